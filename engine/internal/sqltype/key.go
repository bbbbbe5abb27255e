package sqltype

import (
	"encoding/binary"
	"math"

	"github.com/credsql/credsql/engine/column"
)

// AppendKey appends an encoding of v for grouping, DISTINCT, hash joins and set operations: two values of one type have equal
// bytes exactly when SQL calls them not distinct (-0 and 0, every NaN, '1 day' and '24 hours'; NULL only with NULL). The
// encoding tells its own end, so the keys of several columns may follow each other. It is not ordered.
func AppendKey(dst []byte, v column.Value) []byte {
	switch v := v.(type) {
	case nil:
		return append(dst, keyNull)
	case bool:
		if v {
			return append(dst, keyTrue)
		}
		return append(dst, keyFalse)
	case int64:
		return appendFixed(dst, uint64(v))
	case column.Timestamp:
		return appendFixed(dst, uint64(v))
	case float64:
		return appendFixed(dst, FloatKey(v))
	case string:
		return appendKeyText(dst, v)
	case column.JSONText:
		return appendKeyText(dst, string(v))
	case column.Interval:
		days, micros := normalInterval(v)
		return binary.LittleEndian.AppendUint64(appendFixed(dst, uint64(days)), uint64(micros))
	case column.Inet:
		return appendKeyInet(dst, v)
	case *column.HStore:
		return appendKeyHStore(dst, v)
	case *column.List:
		return appendKeyList(dst, v)
	default:
		return dst
	}
}

// The first byte of every key.
const (
	keyNull = iota
	keyFalse
	keyTrue
	keyValue
)

// FloatKey is a number's bits with one zero and one NaN: equal exactly for numbers that SQL calls equal.
func FloatKey(f float64) uint64 {
	switch {
	case f == 0:
		return 0
	case f != f:
		return math.Float64bits(math.NaN())
	default:
		return math.Float64bits(f)
	}
}

func appendFixed(dst []byte, n uint64) []byte {
	return binary.LittleEndian.AppendUint64(append(dst, keyValue), n)
}

func appendKeyText(dst []byte, s string) []byte {
	dst = binary.AppendUvarint(append(dst, keyValue), uint64(len(s)))
	return append(dst, s...)
}

func appendKeyInet(dst []byte, x column.Inet) []byte {
	addr := x.Addr()
	dst = append(dst, keyValue, byte(addr.BitLen()), byte(x.Bits()))
	if addr.Is4() {
		b := addr.As4()
		return append(dst, b[:]...)
	}
	b := addr.As16()
	return append(dst, b[:]...)
}

func appendKeyHStore(dst []byte, h *column.HStore) []byte {
	dst = binary.AppendUvarint(append(dst, keyValue), uint64(h.Len()))
	for _, p := range h.Pairs() {
		dst = appendKeyText(dst, p.Key)
		if p.Null {
			dst = append(dst, keyNull)
		} else {
			dst = appendKeyText(dst, p.Value)
		}
	}
	return dst
}

func appendKeyList(dst []byte, l *column.List) []byte {
	dst = binary.AppendUvarint(append(dst, keyValue), uint64(len(l.Items)))
	for _, item := range l.Items {
		dst = AppendKey(dst, item)
	}
	return dst
}
