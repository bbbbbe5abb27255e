package agg

import (
	"fmt"
	"hash/maphash"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/credsql/credsql/engine/column"
)

func TestSelectNth(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(1, 2))
	for name, next := range map[string]func(i int) uint64{
		"uniform":  func(int) uint64 { return rnd.Uint64() },
		"few":      func(int) uint64 { return rnd.Uint64N(3) },
		"same":     func(int) uint64 { return 7 },
		"rising":   func(i int) uint64 { return uint64(i) },
		"skewed":   func(int) uint64 { return math.MaxUint64 >> rnd.UintN(64) },
		"extremes": func(i int) uint64 { return []uint64{0, math.MaxUint64, 1}[i%3] },
	} {
		for _, n := range []int{1, 2, 100, selectSort + 1, 20000} {
			values := make([]uint64, n)
			for i := range values {
				values[i] = next(i)
			}
			sorted := slices.Clone(values)
			slices.Sort(sorted)
			for _, k := range []int{0, n / 3, n / 2, n - 1} {
				if got := selectNth(values, k); got != sorted[k] {
					t.Errorf("%s: place %d of %d is %d, want %d", name, k, n, got, sorted[k])
				}
			}
		}
	}
}

// reference numbers keys by their text, in order of first sight.
type reference struct {
	ids map[string]uint32
}

func (r *reference) id(key string) uint32 {
	id, ok := r.ids[key]
	if !ok {
		id = uint32(len(r.ids))
		r.ids[key] = id
	}
	return id
}

// batches are keys of one or two columns, in forms that change from batch to batch.
func batches(rnd *rand.Rand, n, distinct int) [][]*column.Vector {
	dict := column.NewDict()
	var out [][]*column.Vector
	for b := range 6 {
		text, num := column.NewBuilder(column.Text, n), column.NewBuilder(column.Int64, n)
		for range n {
			text.Append(maybe(rnd, "t"+strconv.Itoa(rnd.IntN(distinct))))
			num.Append(maybe(rnd, int64(rnd.IntN(distinct))))
		}
		v := text.Vector()
		if b < 3 { // coded first, then not
			c := &column.Coded{Dict: dict}
			for i := range v.N {
				c.Codes = append(c.Codes, dict.Code([]byte(v.Texts.At(i))))
			}
			v.Texts = c
		}
		out = append(out, []*column.Vector{v, num.Vector()})
	}
	return out
}

func maybe(rnd *rand.Rand, v column.Value) column.Value {
	if rnd.IntN(10) == 0 {
		return nil
	}
	return v
}

// TestGroups numbers keys that change their form, and so many that matrices become tables.
func TestGroups(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(3, 4))
	for _, distinct := range []int{3, 50, 700} {
		for _, cols := range [][]int{{0}, {1}, {0, 1}, {1, 0}, {0, 1, 0}} {
			types := make([]column.Type, len(cols))
			for i, c := range cols {
				types[i] = []column.Type{column.Text, column.Int64}[c]
			}
			sets := []*Groups{NewGroups(types), NewGroups(types)}
			want := &reference{ids: map[string]uint32{}}
			halves := [2][]string{}
			for b, batch := range batches(rnd, 500, distinct) {
				keys := make([]*column.Vector, len(cols))
				for i, c := range cols {
					keys[i] = batch[c]
				}
				ids := make([]uint32, 500)
				g := sets[b%2]
				g.Assign(keys, 500, uint64(b)<<32, ids)
				for i, id := range ids {
					halves[b%2] = set(halves[b%2], id, text(keys, i))
				}
			}
			merged, err := sets[0].Merge(sets[1], func() error { return nil })
			if err != nil {
				t.Fatal(err)
			}
			for i, id := range merged {
				halves[0] = set(halves[0], id, halves[1][i])
			}
			for _, key := range halves[0] {
				want.id(key)
			}
			keys, first := sets[0].Keys()
			if sets[0].Len() != len(want.ids) || len(first) != sets[0].Len() {
				t.Fatalf("%v of %d: %d groups, want %d", cols, distinct, sets[0].Len(), len(want.ids))
			}
			for i, key := range halves[0] {
				if got := text(keys, i); got != key {
					t.Fatalf("%v of %d: group %d is %s, want %s", cols, distinct, i, got, key)
				}
			}
		}
	}
}

func text(keys []*column.Vector, i int) string {
	s := ""
	for _, k := range keys {
		s += fmt.Sprint(k.Value(i), "|")
	}
	return s
}

// set notes the key of a group, which must always be the same.
func set(keys []string, id uint32, key string) []string {
	for int(id) >= len(keys) {
		keys = append(keys, "")
	}
	if keys[id] != "" && keys[id] != key {
		panic(keys[id] + " and " + key + " are one group")
	}
	keys[id] = key
	return keys
}

// TestDistinctTexts counts texts that come coded, plain and twice.
func TestDistinctTexts(t *testing.T) {
	t.Parallel()
	each := func(n int, work func(int) error) error {
		for i := range n {
			if err := work(i); err != nil {
				return err
			}
		}
		return nil
	}
	rnd := rand.New(rand.NewPCG(5, 6))
	for _, only := range []string{"coded", "plain", "both"} {
		seed := maphash.MakeSeed()
		accs := []Accumulator{newDistinctTexts(seed, each), newDistinctTexts(seed, each)}
		seen := map[string]bool{}
		for b, batch := range batches(rnd, 500, 900) {
			if only == "coded" && b >= 3 || only == "plain" && b < 3 {
				continue
			}
			for i := range batch[0].N {
				if v := batch[0].Value(i); v != nil {
					seen[v.(string)] = true
				}
			}
			if err := accs[b%2].Add(&Rows{N: 500, Total: 1}, batch[:1]); err != nil {
				t.Fatal(err)
			}
		}
		if err := accs[0].Merge(accs[1], []uint32{0}, 1, func() error { return nil }); err != nil {
			t.Fatal(err)
		}
		v, err := accs[0].Result(1)
		if err != nil || v.Int(0) != int64(len(seen)) {
			t.Errorf("%s: got %v, %v, want %d", only, v.Int(0), err, len(seen))
		}
	}
}
