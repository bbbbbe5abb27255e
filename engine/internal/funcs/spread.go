package funcs

import "github.com/credsql/credsql/engine/column"

// spread gives row i the value at slots[i] of v; rows that are not in valid are NULL.
func spread(v *column.Vector, slots []uint32, valid column.Bitmap, n int) *column.Vector {
	out := &column.Vector{Type: v.Type, N: n, Valid: spreadValid(v, slots, valid, n)}
	if v.Const {
		slots = make([]uint32, n)
	}
	switch v.Type.Kind {
	case column.KindBool:
		out.Bools = column.NewBitmap(n)
		for i, s := range slots {
			if v.Bools.Get(int(s)) {
				out.Bools.Set(i)
			}
		}
	case column.KindInt64, column.KindTimestamp:
		out.Ints = gather(v.Ints, slots)
	case column.KindFloat64:
		out.Floats = gather(v.Floats, slots)
	case column.KindText, column.KindJSON:
		out.Texts = column.Plain(gather(texts(v.Texts), slots))
	case column.KindInterval:
		out.Intervals = gather(v.Intervals, slots)
	case column.KindInet:
		out.Inets = gather(v.Inets, slots)
	case column.KindHStore:
		out.HStores = gather(v.HStores, slots)
	case column.KindList:
		out.Lists = gather(v.Lists, slots)
	}
	return out
}

func gather[A any](vals []A, slots []uint32) []A {
	out := make([]A, len(slots))
	for i, s := range slots {
		out[i] = vals[s]
	}
	return out
}

func spreadValid(v *column.Vector, slots []uint32, valid column.Bitmap, n int) column.Bitmap {
	if v.Valid == nil {
		return valid
	}
	out := column.NewBitmap(n)
	for i, s := range slots {
		if (valid == nil || valid.Get(i)) && !v.IsNull(int(s)) {
			out.Set(i)
		}
	}
	return out
}
