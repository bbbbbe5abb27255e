package agg

import "github.com/credsql/credsql/engine/column"

// boolFold is bool_and, every and bool_or: decisive is the value that decides.
type boolFold struct {
	decisive      bool
	some, decided []bool
}

var _ Accumulator = (*boolFold)(nil)

func (a *boolFold) Add(r *Rows, args []*column.Vector) error {
	a.some, a.decided = grown(a.some, r.Total), grown(a.decided, r.Total)
	v := args[0]
	for i := range r.N {
		if !v.IsNull(i) {
			g := r.group(i)
			a.some[g] = true
			a.decided[g] = a.decided[g] || v.Bool(i) == a.decisive
		}
	}
	return nil
}

func (a *boolFold) Merge(o Accumulator, ids []uint32, total int, _ func() error) error {
	a.some, a.decided = grown(a.some, total), grown(a.decided, total)
	other := o.(*boolFold)
	for g, id := range ids[:len(other.some)] {
		a.some[id] = a.some[id] || other.some[g]
		a.decided[id] = a.decided[id] || other.decided[g]
	}
	return nil
}

func (a *boolFold) Result(total int) (*column.Vector, error) {
	a.some, a.decided = grown(a.some, total), grown(a.decided, total)
	out := column.NewBitmap(total)
	for g, decided := range a.decided[:total] {
		out.Put(g, decided == a.decisive)
	}
	return &column.Vector{Type: column.Bool, N: total, Bools: out, Valid: validity(a.some[:total])}, nil
}

func (a *boolFold) Bytes() int64 { return int64(cap(a.some)) * 2 }
