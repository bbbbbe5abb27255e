package vec

import (
	"math"

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

// RankExact says whether, for values of type t, equal numbers of RankOf mean equal values.
func RankExact(t column.Type) bool {
	switch t.Kind {
	case column.KindInt64, column.KindTimestamp, column.KindFloat64, column.KindBool:
		return true
	}
	return false
}

// RankOf gives each row a number: a lower one means an earlier place in ascending order. NULLs get any number.
func RankOf(v *column.Vector) []uint64 {
	out := make([]uint64, v.N)
	switch v.Type.Kind {
	case column.KindInt64, column.KindTimestamp:
		for i := range out {
			out[i] = rankInt(v.Int(i))
		}
	case column.KindFloat64:
		for i := range out {
			out[i] = rankFloat(v.Float(i))
		}
	case column.KindBool:
		for i := range out {
			if v.Bool(i) {
				out[i] = 1
			}
		}
	case column.KindText:
		for i := range out {
			if !v.IsNull(i) {
				out[i] = rankText(v.Text(i))
			}
		}
	}
	return out
}

// rankInt keeps the order by moving the sign.
func rankInt(x int64) uint64 { return uint64(x) ^ 1<<63 }

// rankFloat keeps the order of SQL: -Infinity, numbers, Infinity, NaN; -0 equals 0.
func rankFloat(f float64) uint64 {
	if f != f {
		return math.MaxUint64
	}
	if f == 0 {
		return 1 << 63
	}
	b := math.Float64bits(f)
	if b>>63 != 0 {
		return ^b
	}
	return b | 1<<63
}

// rankText is the first eight bytes, as a big-endian number.
func rankText(s string) uint64 {
	var x uint64
	n := min(len(s), 8)
	for i := range n {
		x = x<<8 | uint64(s[i])
	}
	return x << (8 * uint(8-n))
}

// Unranked is the value that RankOf gave the number.
func Unranked(t column.Type, rank uint64) column.Value {
	switch t.Kind {
	case column.KindInt64:
		return int64(rank ^ 1<<63)
	case column.KindTimestamp:
		return column.Timestamp(rank ^ 1<<63)
	case column.KindFloat64:
		if rank>>63 != 0 {
			return math.Float64frombits(rank &^ (1 << 63))
		}
		return math.Float64frombits(^rank)
	default:
		return nil
	}
}
