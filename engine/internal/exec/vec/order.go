package vec

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
)

// Compare orders row i of a against row j of b, neither NULL, both of one type, as SQL does.
func Compare(a *column.Vector, i int, b *column.Vector, j int) int {
	i, j = a.At(i), b.At(j)
	switch a.Type.Kind {
	case column.KindInt64, column.KindTimestamp:
		return compareOrdered(a.Ints[i], b.Ints[j])
	case column.KindFloat64:
		return sqltype.CompareFloat(a.Floats[i], b.Floats[j])
	case column.KindText, column.KindJSON:
		return compareOrdered(a.Texts.At(i), b.Texts.At(j))
	case column.KindBool:
		return sqltype.CompareBool(a.Bools.Get(i), b.Bools.Get(j))
	case column.KindUnknown:
		return 0
	default:
		return sqltype.Compare(a.Type, a.Value(i), b.Value(j))
	}
}

func compareOrdered[T int64 | uint64 | string](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	default:
		return 0
	}
}
