package vec_test

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/vec"
	"github.com/credsql/credsql/engine/internal/sqltype"
)

var kinds = map[column.Type][]column.Value{
	column.Bool:                {true, nil, false},
	column.Int64:               {int64(3), nil, int64(math.MinInt64), int64(-1), int64(math.MaxInt64)},
	column.Float64:             {1.5, math.NaN(), nil, math.Inf(-1), 0.0, math.Copysign(0, -1), -2.5, math.Inf(1), 5e-324},
	column.Text:                {"b", "", nil, "ab", "abcdefgh1", "abcdefgh0", "ä"},
	column.TimestampT:          {column.Timestamp(5), nil, column.Timestamp(-5)},
	column.IntervalT:           {column.Interval{Days: 1}, nil, column.Interval{Months: 1}},
	column.JSON:                {column.JSONText("{}"), nil},
	column.HStoreT:             {column.NewHStore(nil), nil},
	column.ListOf(column.Text): {&column.List{Elem: column.Text}, nil},
}

func build(t column.Type, values []column.Value) *column.Vector {
	b := column.NewBuilder(t, len(values))
	for _, v := range values {
		b.Append(v)
	}
	return b.Vector()
}

// same compares values; NaN is itself.
func same(a, b column.Value) bool {
	x, ok := a.(float64)
	y, too := b.(float64)
	if ok && too {
		return math.Float64bits(x) == math.Float64bits(y) || x != x && y != y
	}
	return a == b
}

// TestMoving gathers, spreads and blends vectors of every kind.
func TestMoving(t *testing.T) {
	t.Parallel()
	for typ, values := range kinds {
		v, constV := build(typ, values), column.ConstVector(typ, values[0], 3)
		idx := make([]int32, 0, 200)
		for i := range 200 {
			idx = append(idx, int32(i*7%len(values)))
		}
		g := vec.Gather(v, idx)
		twice := vec.Gather(g, []int32{199, 0, 64})
		chunks := []*column.Vector{v, constV, {Type: column.Unknown, N: 2}}
		refs := []vec.Ref{vec.MakeRef(1, 2), vec.NoRow, vec.MakeRef(0, len(values)-1), vec.MakeRef(2, 1)}
		s := vec.GatherRefs(typ, chunks, refs)
		wantSpread := []column.Value{values[0], nil, values[len(values)-1], nil}
		blended := vec.Blend(typ, 200, []vec.Part{{Idx: idx[:0], Vals: build(typ, nil)}, {Idx: []int32{199, 3}, Vals: vec.Gather(v, []int32{0, 1})}})
		for i, at := range idx {
			if !same(g.Value(i), values[at]) {
				t.Errorf("%s: gathered row %d is %v, want %v", typ, i, g.Value(i), values[at])
			}
			want := column.Value(nil)
			if i == 199 {
				want = values[0]
			} else if i == 3 {
				want = values[1]
			}
			if !same(blended.Value(i), want) {
				t.Errorf("%s: blended row %d is %v, want %v", typ, i, blended.Value(i), want)
			}
		}
		for i, at := range []int32{199, 0, 64} {
			if !same(twice.Value(i), values[idx[at]]) {
				t.Errorf("%s: twice gathered row %d is %v", typ, i, twice.Value(i))
			}
		}
		for i, want := range wantSpread {
			if !same(s.Value(i), want) {
				t.Errorf("%s: spread row %d is %v, want %v", typ, i, s.Value(i), want)
			}
		}
	}
}

// TestRanks keeps the order of SQL in numbers, and back.
func TestRanks(t *testing.T) {
	t.Parallel()
	for _, typ := range []column.Type{column.Bool, column.Int64, column.Float64, column.Text, column.TimestampT} {
		v := build(typ, kinds[typ])
		r := vec.NewRanker(typ, []*column.Vector{v}, &vec.Ranks{})
		for _, ranks := range [][]uint64{vec.RankOf(v), r.Of(v)} {
			for i := range v.N {
				for j := range v.N {
					if v.IsNull(i) || v.IsNull(j) {
						continue
					}
					order, rank := sqltype.Compare(typ, v.Value(i), v.Value(j)), cmp.Compare(ranks[i], ranks[j])
					if rank != 0 && rank != order || r.Exact && rank != order {
						t.Errorf("%s: %v and %v compare as %d, their ranks as %d", typ, v.Value(i), v.Value(j), order, rank)
					}
				}
				back := vec.Unranked(typ, ranks[i])
				if typ == column.Int64 || typ == column.TimestampT || typ == column.Float64 {
					if !v.IsNull(i) && sqltype.Compare(typ, v.Value(i), back) != 0 {
						t.Errorf("%s: %v came back as %v", typ, v.Value(i), back)
					}
				}
			}
		}
	}
}

// TestHashes gives equal values equal hashes in every form.
func TestHashes(t *testing.T) {
	t.Parallel()
	h := vec.NewHasher()
	for typ, values := range kinds {
		v := build(typ, values)
		hashes := h.Rows([]*column.Vector{v}, v.N)
		for i := range v.N {
			for j := range v.N {
				if !v.IsNull(i) && !v.IsNull(j) && vec.Equal(v, i, v, j) && hashes[i] != hashes[j] {
					t.Errorf("%s: %v and %v are equal, their hashes are not", typ, v.Value(i), v.Value(j))
				}
			}
		}
		if typ != column.Text {
			continue
		}
		dict, a, c := column.NewDict(), &column.Arena{}, &column.Coded{}
		for i := range v.N {
			a.Append([]byte(v.Texts.At(i)))
			c.Codes = append(c.Codes, dict.Code([]byte(v.Texts.At(i))))
		}
		c.Dict = dict
		for _, texts := range []column.Strings{a, c} {
			w := *v
			w.Texts = texts
			if other := h.Rows([]*column.Vector{&w}, v.N); !slices.EqualFunc(hashes, other, func(x, y uint64) bool { return x == y }) {
				for i := range other {
					if !v.IsNull(i) && other[i] != hashes[i] {
						t.Errorf("%T: hash of %q differs", texts, v.Text(i))
					}
				}
			}
		}
	}
}
