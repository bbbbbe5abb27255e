package agg

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
)

// intSum is sum and avg of BIGINT.
type intSum struct {
	mean bool
	sums []funcs.IntSum
	n    []int64
}

var _ Accumulator = (*intSum)(nil)

func (a *intSum) Add(r *Rows, args []*column.Vector) error {
	a.sums, a.n = grown(a.sums, r.Total), grown(a.n, r.Total)
	v := args[0]
	for i := range r.N {
		if !v.IsNull(i) {
			g := r.group(i)
			a.sums[g].Add(v.Int(i))
			a.n[g]++
		}
	}
	return nil
}

func (a *intSum) Merge(o Accumulator, ids []uint32, total int, _ func() error) error {
	a.sums, a.n = grown(a.sums, total), grown(a.n, total)
	other := o.(*intSum)
	for g, n := range other.n {
		a.sums[ids[g]].Merge(other.sums[g])
		a.n[ids[g]] += n
	}
	return nil
}

func (a *intSum) Result(total int) (*column.Vector, error) {
	a.sums, a.n = grown(a.sums, total), grown(a.n, total)
	t := column.Int64
	if a.mean {
		t = column.Float64
	}
	out := column.NewBuilder(t, total)
	for g := range total {
		x, err := a.value(g)
		if err != nil {
			return nil, err
		}
		out.Append(x)
	}
	return out.Vector(), nil
}

func (a *intSum) value(g int) (column.Value, error) {
	switch {
	case a.n[g] == 0:
		return nil, nil
	case a.mean:
		return a.sums[g].Mean(a.n[g]), nil
	}
	return a.sums[g].Int()
}

func (a *intSum) Bytes() int64 { return int64(cap(a.n)) * 24 }

// floatSum is sum and avg of DECIMAL. The sum is exact, so that the order in which workers come does not show.
type floatSum struct {
	mean bool
	sums []funcs.FloatSum
	n    []int64
}

var _ Accumulator = (*floatSum)(nil)

func (a *floatSum) Add(r *Rows, args []*column.Vector) error {
	a.sums, a.n = grown(a.sums, r.Total), grown(a.n, r.Total)
	v := args[0]
	for i := range r.N {
		if !v.IsNull(i) {
			g := r.group(i)
			a.sums[g].Add(v.Float(i))
			a.n[g]++
		}
	}
	return nil
}

func (a *floatSum) Merge(o Accumulator, ids []uint32, total int, _ func() error) error {
	a.sums, a.n = grown(a.sums, total), grown(a.n, total)
	other := o.(*floatSum)
	for g, n := range other.n {
		a.sums[ids[g]].Merge(&other.sums[g])
		a.n[ids[g]] += n
	}
	return nil
}

func (a *floatSum) Result(total int) (*column.Vector, error) {
	a.sums, a.n = grown(a.sums, total), grown(a.n, total)
	out := column.NewBuilder(column.Float64, total)
	for g := range total {
		if a.n[g] == 0 {
			out.Append(nil)
			continue
		}
		sum, err := a.sums[g].Float()
		if err != nil {
			return nil, err
		}
		if a.mean {
			sum /= float64(a.n[g])
		}
		out.Append(sum)
	}
	return out.Vector(), nil
}

func (a *floatSum) Bytes() int64 { return int64(cap(a.n)) * 128 }
