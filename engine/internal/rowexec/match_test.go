package rowexec

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/credsql/credsql/engine/column"
)

// TestMatcherAgreesWithRowByRow compares the matcher with three-valued equality written out, over all NULL patterns.
func TestMatcherAgreesWithRowByRow(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		width := 1 + random.IntN(3)
		m, keys := newMatcher(), make([][]column.Value, random.IntN(12))
		for i := range keys {
			keys[i] = randomKey(random, width)
			m.add(keys[i], int32(i))
		}
		for range 20 {
			asked := randomKey(random, width)
			var certain, possible []int32
			var contains column.Value = false
			for i, k := range keys {
				switch equality(asked, k) {
				case true:
					certain = append(certain, int32(i))
					contains = true
				case nil:
					possible = append(possible, int32(i))
					if contains == false {
						contains = nil
					}
				}
			}
			got := slices.Sorted(m.possible(asked))
			if !slices.Equal(m.certain(asked), certain) || !slices.Equal(got, possible) || m.contains(asked) != contains {
				t.Fatalf("%v in %v: %v, %v, %v; want %v, %v, %v", asked, keys, m.certain(asked), got, m.contains(asked), certain, possible, contains)
			}
		}
	}
}

func randomKey(random *rand.Rand, width int) []column.Value {
	key := make([]column.Value, width)
	for i := range key {
		if random.IntN(3) > 0 {
			key[i] = int64(random.IntN(3))
		}
	}
	return key
}

// equality is (a…) = (b…) as SQL's AND of the columns' equalities.
func equality(a, b []column.Value) column.Value {
	var out column.Value = true
	for i := range a {
		switch {
		case a[i] == nil || b[i] == nil:
			out = nil
		case a[i] != b[i]:
			return false
		}
	}
	return out
}

func TestIdentityTellsEqualValuesApart(t *testing.T) {
	t.Parallel()
	pairs := [][2]column.Value{
		{column.Interval{Days: 1}, column.Interval{Micros: 86_400_000_000}},
		{0.0, math.Copysign(0, -1)},
		{nil, ""},
		{int64(1), 1.0},
		{&column.List{Items: []column.Value{column.Interval{Days: 30}}}, &column.List{Items: []column.Value{column.Interval{Months: 1}}}},
	}
	for _, p := range pairs {
		if a, b := appendIdentity(nil, p[0]), appendIdentity(nil, p[1]); slices.Equal(a, b) {
			t.Errorf("%#v and %#v are taken for one value", p[0], p[1])
		}
	}
}
