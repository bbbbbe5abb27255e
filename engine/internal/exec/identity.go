package exec

import (
	"encoding/binary"
	"math"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
)

// appendIdentity encodes a value so that different bytes stand for values that some expression could tell apart: SQL's equality is
// not enough, because 1 day = 24 hours and 0 = -0.
func appendIdentity(dst []byte, v column.Value) []byte {
	switch v := v.(type) {
	case float64:
		return binary.LittleEndian.AppendUint64(append(dst, 'f'), math.Float64bits(v))
	case column.Interval:
		dst = binary.LittleEndian.AppendUint32(append(dst, 'i'), uint32(v.Months))
		dst = binary.LittleEndian.AppendUint32(dst, uint32(v.Days))
		return binary.LittleEndian.AppendUint64(dst, uint64(v.Micros))
	case *column.List:
		dst = binary.AppendUvarint(append(dst, 'l'), uint64(len(v.Items)))
		for _, item := range v.Items {
			dst = appendIdentity(dst, item)
		}
		return dst
	default:
		return sqltype.AppendKey(append(dst, 'v'), v)
	}
}
