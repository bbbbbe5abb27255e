package column

import (
	"math"
	"strconv"
)

// AppendText appends a value in the text form of a cast to VARCHAR, as PostgreSQL 15 prints it: true, 1e+15,
// 2025-01-05 00:00:00, 1 mon 04:05:06, {a,"b c",NULL}, "k"=>"v", 10.0.0.0/8. NULL appends nothing: only the caller knows
// how it shows a NULL.
func AppendText(dst []byte, x Value) []byte {
	switch x := x.(type) {
	case bool:
		return strconv.AppendBool(dst, x)
	case int64:
		return strconv.AppendInt(dst, x, 10)
	case float64:
		return AppendFloat(dst, x)
	case string:
		return append(dst, x...)
	case Timestamp:
		return AppendTimestamp(dst, x)
	case Interval:
		return AppendInterval(dst, x)
	case JSONText:
		return append(dst, x...)
	case Inet:
		return AppendInet(dst, x)
	case *HStore:
		return AppendHStore(dst, x)
	case *List:
		return AppendList(dst, x)
	default:
		return dst
	}
}

// TextAppender is a Strings that makes its texts when they are asked for, and can do so without allocating.
type TextAppender interface {
	Strings
	// AppendText appends row i's text to dst.
	AppendText(dst []byte, i int) []byte
}

// AppendText appends row i in the form of the function AppendText, without boxing the value; nothing where the row is NULL.
func (v *Vector) AppendText(dst []byte, i int) []byte {
	if v.IsNull(i) {
		return dst
	}
	i = v.At(i)
	switch v.Type.Kind {
	case KindBool:
		return strconv.AppendBool(dst, v.Bools.Get(i))
	case KindInt64:
		return strconv.AppendInt(dst, v.Ints[i], 10)
	case KindFloat64:
		return AppendFloat(dst, v.Floats[i])
	case KindText, KindJSON:
		if a, ok := v.Texts.(TextAppender); ok {
			return a.AppendText(dst, i)
		}
		return append(dst, v.Texts.At(i)...)
	case KindTimestamp:
		return AppendTimestamp(dst, Timestamp(v.Ints[i]))
	case KindInterval:
		return AppendInterval(dst, v.Intervals[i])
	case KindInet:
		return AppendInet(dst, v.Inets[i])
	case KindHStore:
		return AppendHStore(dst, v.HStores[i])
	case KindList:
		return AppendList(dst, v.Lists[i])
	default:
		return dst
	}
}

// AppendFloat appends the shortest decimal that reads back as f, with an exponent below 1e-4 and from 1e15 on, as
// PostgreSQL's float8out does with its default extra_float_digits.
func AppendFloat(dst []byte, f float64) []byte {
	switch {
	case math.IsNaN(f):
		return append(dst, "NaN"...)
	case math.IsInf(f, 1):
		return append(dst, "Infinity"...)
	case math.IsInf(f, -1):
		return append(dst, "-Infinity"...)
	}
	format := byte('f')
	if abs := math.Abs(f); abs != 0 && (abs < 1e-4 || abs >= 1e15) {
		format = 'e'
	}
	return strconv.AppendFloat(dst, f, format, -1, 64)
}
