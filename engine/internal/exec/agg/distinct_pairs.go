package agg

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/vec"
)

// distinctPairs is count(DISTINCT x): it numbers the pairs of a group and a value.
type distinctPairs struct {
	pairs *Groups
	ids   []uint32 // scratch
}

var _ Accumulator = (*distinctPairs)(nil)

func newDistinctPairs(t column.Type) *distinctPairs {
	return &distinctPairs{pairs: NewGroups([]column.Type{column.Int64, t})}
}

func (a *distinctPairs) Add(r *Rows, args []*column.Vector) error {
	groups := &column.Vector{Type: column.Int64, N: r.N}
	if r.Groups == nil {
		groups.Const, groups.Ints = true, []int64{0}
	} else {
		groups.Ints = widened(r.Groups)
	}
	a.assign(groups, args[0])
	return nil
}

func (a *distinctPairs) assign(groups, values *column.Vector) {
	a.ids = grown(a.ids, groups.N)
	a.pairs.Assign([]*column.Vector{groups, values}, groups.N, 0, a.ids[:groups.N])
}

// widened are group numbers as BIGINTs.
func widened(groups []uint32) []int64 {
	out := make([]int64, len(groups))
	for i, g := range groups {
		out[i] = int64(g)
	}
	return out
}

func (a *distinctPairs) Merge(o Accumulator, ids []uint32, _ int, alive func() error) error {
	other := o.(*distinctPairs).pairs
	if other.Len() == 0 {
		return nil
	}
	keys, _ := other.Keys()
	for from := 0; from < other.Len(); from += mergeRows {
		if err := alive(); err != nil {
			return err
		}
		to := min(from+mergeRows, other.Len())
		groups := &column.Vector{Type: column.Int64, N: to - from, Ints: make([]int64, to-from)}
		for i := range groups.Ints {
			groups.Ints[i] = int64(ids[keys[0].Int(from+i)])
		}
		a.assign(groups, vec.Range(keys[1], from, to))
	}
	return nil
}

// Result counts the values that are not NULL.
func (a *distinctPairs) Result(total int) (*column.Vector, error) {
	counts := make([]int64, total)
	if a.pairs.Len() > 0 {
		keys, _ := a.pairs.Keys()
		for i := range a.pairs.Len() {
			if !keys[1].IsNull(i) {
				counts[keys[0].Int(i)]++
			}
		}
	}
	return &column.Vector{Type: column.Int64, N: total, Ints: counts}, nil
}

func (a *distinctPairs) Bytes() int64 { return a.pairs.Bytes() }
