package vec

import "github.com/credsql/credsql/engine/column"

// Gather takes rows idx of v, in that order. The result may share idx and v's texts, which must not be changed after.
func Gather(v *column.Vector, idx []int32) *column.Vector {
	if v.Const || v.Type.Kind == column.KindUnknown {
		return Resized(v, len(idx))
	}
	out := &column.Vector{Type: v.Type, N: len(idx)}
	if v.Valid != nil {
		out.Valid = gatherBits(v.Valid, idx)
	}
	switch v.Type.Kind {
	case column.KindBool:
		out.Bools = gatherBits(v.Bools, idx)
	case column.KindInt64, column.KindTimestamp:
		out.Ints = pick(v.Ints, idx)
	case column.KindFloat64:
		out.Floats = pick(v.Floats, idx)
	case column.KindText, column.KindJSON:
		out.Texts = pickTexts(v.Texts, idx)
	case column.KindInterval:
		out.Intervals = pick(v.Intervals, idx)
	case column.KindInet:
		out.Inets = pick(v.Inets, idx)
	case column.KindHStore:
		out.HStores = pick(v.HStores, idx)
	case column.KindList:
		out.Lists = pick(v.Lists, idx)
	}
	return out
}

// Resized is a vector of Const or unknown kind with n rows.
func Resized(v *column.Vector, n int) *column.Vector {
	out := *v
	out.N = n
	return &out
}

func pick[T any](src []T, idx []int32) []T {
	out := make([]T, len(idx))
	for i, r := range idx {
		out[i] = src[r]
	}
	return out
}

func gatherBits(src column.Bitmap, idx []int32) column.Bitmap {
	out := column.NewBitmap(len(idx))
	for w := range out {
		rows := idx[w<<6:]
		if len(rows) > 64 {
			rows = rows[:64]
		}
		var word uint64
		for j, r := range rows {
			word |= (src[uint32(r)>>6] >> (uint32(r) & 63) & 1) << (uint(j) & 63)
		}
		out[w] = word
	}
	return out
}

// Nulls is n NULLs of type t.
func Nulls(t column.Type, n int) *column.Vector { return column.ConstVector(t, nil, n) }
