package mysqlwire

import (
	"encoding/binary"
	"math"

	"github.com/credsql/credsql/engine/column"
)

// binaryNumberAppender writes booleans and numbers as the machine holds them. Signed and unsigned integers are the same bytes.
func binaryNumberAppender(v *column.Vector) appender {
	switch v.Type.Kind {
	case column.KindBool:
		return func(dst []byte, i int) []byte { return append(dst, bit(v.Bools.Get(i))) }
	case column.KindFloat64:
		return func(dst []byte, i int) []byte {
			return binary.LittleEndian.AppendUint64(dst, math.Float64bits(v.Floats[i]))
		}
	}
	return func(dst []byte, i int) []byte { return binary.LittleEndian.AppendUint64(dst, uint64(v.Ints[i])) }
}
