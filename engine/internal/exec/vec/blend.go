package vec

import "github.com/credsql/credsql/engine/column"

// Part is values for some rows of a vector that is put together: value i belongs to row Idx[i]. A nil Idx means every row.
type Part struct {
	Idx  []int32
	Vals *column.Vector
}

// Blend puts parts together to n rows of type t; rows that no part covers are NULL. No two parts may cover one row.
func Blend(t column.Type, n int, parts []Part) *column.Vector {
	if len(parts) == 1 && parts[0].Idx == nil && parts[0].Vals.Type == t {
		return parts[0].Vals
	}
	out := &column.Vector{Type: t, N: n, Valid: column.NewBitmap(n)}
	alloc(out)
	for _, p := range parts {
		if p.Vals.Type.Kind != column.KindUnknown {
			blendPart(out, p)
		}
	}
	return out
}

func alloc(v *column.Vector) {
	switch v.Type.Kind {
	case column.KindBool:
		v.Bools = column.NewBitmap(v.N)
	case column.KindInt64, column.KindTimestamp:
		v.Ints = make([]int64, v.N)
	case column.KindFloat64:
		v.Floats = make([]float64, v.N)
	case column.KindText, column.KindJSON:
		v.Texts = make(column.Plain, v.N)
	case column.KindInterval:
		v.Intervals = make([]column.Interval, v.N)
	case column.KindInet:
		v.Inets = make([]column.Inet, v.N)
	case column.KindHStore:
		v.HStores = make([]*column.HStore, v.N)
	case column.KindList:
		v.Lists = make([]*column.List, v.N)
	}
}

func blendPart(out *column.Vector, p Part) {
	v := p.Vals
	switch out.Type.Kind {
	case column.KindBool:
		put(out, p, func(to, from int) { out.Bools.Put(to, v.Bools.Get(from)) })
	case column.KindInt64, column.KindTimestamp:
		put(out, p, func(to, from int) { out.Ints[to] = v.Ints[from] })
	case column.KindFloat64:
		put(out, p, func(to, from int) { out.Floats[to] = v.Floats[from] })
	case column.KindText, column.KindJSON:
		texts := out.Texts.(column.Plain)
		put(out, p, func(to, from int) { texts[to] = v.Texts.At(from) })
	case column.KindInterval:
		put(out, p, func(to, from int) { out.Intervals[to] = v.Intervals[from] })
	case column.KindInet:
		put(out, p, func(to, from int) { out.Inets[to] = v.Inets[from] })
	case column.KindHStore:
		put(out, p, func(to, from int) { out.HStores[to] = v.HStores[from] })
	case column.KindList:
		put(out, p, func(to, from int) { out.Lists[to] = v.Lists[from] })
	}
}

// put copies the values of one part that are not NULL.
func put(out *column.Vector, p Part, set func(to, from int)) {
	for i := range p.Vals.N {
		if p.Vals.IsNull(i) {
			continue
		}
		to := i
		if p.Idx != nil {
			to = int(p.Idx[i])
		}
		out.Valid.Set(to)
		set(to, p.Vals.At(i))
	}
}
