package agg

import "github.com/credsql/credsql/engine/column"

// First keeps, for each group, the values of some expressions over its first row.
type First struct {
	origin []uint64
	values [][]column.Value // by group; nil where there was no row
}

var _ Accumulator = (*First)(nil)

// Add takes in rows, which come in order.
func (f *First) Add(r *Rows, args []*column.Vector) error {
	f.origin, f.values = grown(f.origin, r.Total), grown(f.values, r.Total)
	for i := range r.N {
		g := r.group(i)
		if f.values[g] != nil {
			if r.Groups == nil {
				return nil
			}
			continue
		}
		row := make([]column.Value, len(args))
		for j, v := range args {
			row[j] = v.Value(i)
		}
		f.origin[g], f.values[g] = r.Origin+uint64(i), row
	}
	return nil
}

// Merge keeps the earlier row of each group.
func (f *First) Merge(o Accumulator, ids []uint32, total int, _ func() error) error {
	f.origin, f.values = grown(f.origin, total), grown(f.values, total)
	other := o.(*First)
	for g, row := range other.values {
		if id := ids[g]; row != nil && (f.values[id] == nil || other.origin[g] < f.origin[id]) {
			f.origin[id], f.values[id] = other.origin[g], row
		}
	}
	return nil
}

// Values are those of a group, nil if it has no row.
func (f *First) Values(group int) []column.Value {
	if group >= len(f.values) {
		return nil
	}
	return f.values[group]
}

// Result is not asked for: see Values.
func (f *First) Result(total int) (*column.Vector, error) {
	return &column.Vector{N: total}, nil
}

// Bytes estimates what is held.
func (f *First) Bytes() int64 { return int64(cap(f.origin)) * 64 }
