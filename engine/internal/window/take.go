package window

import "github.com/credsql/credsql/engine/column"

// nowhere marks a row whose value is NULL because no row was picked for it.
const nowhere = int32(-1)

// newPicks starts a list of the rows that the rows' values come from.
func newPicks(n int) []int32 {
	picks := make([]int32, n)
	for i := range picks {
		picks[i] = nowhere
	}
	return picks
}

// take gives v's value of row picks[i] as row i.
func take(t column.Type, v *column.Vector, picks []int32) *column.Vector {
	switch v.Type.Kind {
	case column.KindInt64, column.KindTimestamp:
		out := &column.Vector{Type: v.Type, N: len(picks), Ints: make([]int64, len(picks))}
		out.Valid = takeFixed(out.Ints, v, v.Ints, picks)
		return out
	case column.KindFloat64:
		out := &column.Vector{Type: v.Type, N: len(picks), Floats: make([]float64, len(picks))}
		out.Valid = takeFixed(out.Floats, v, v.Floats, picks)
		return out
	}
	return takeOr(t, v, picks, nil, nil)
}

func takeFixed[T any](dst []T, v *column.Vector, src []T, picks []int32) column.Bitmap {
	valid := column.NewBitmap(len(picks))
	for i, row := range picks {
		if row != nowhere && !v.IsNull(int(row)) {
			dst[i] = src[v.At(int(row))]
			valid.Set(i)
		}
	}
	return valid
}

// takeOr is take with the value of other's own row i where instead has bit i.
func takeOr(t column.Type, v *column.Vector, picks []int32, other *column.Vector, instead column.Bitmap) *column.Vector {
	b := column.NewBuilder(t, len(picks))
	for i, row := range picks {
		switch {
		case row != nowhere:
			b.Append(v.Value(int(row)))
		case other != nil && instead.Get(i):
			b.Append(other.Value(i))
		default:
			b.Append(nil)
		}
	}
	return b.Vector()
}
