package mysqlwire

import (
	"github.com/go-mysql-org/go-mysql/mysql"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/engine/column"
)

// wireType is how the protocol describes a column's type.
type wireType struct {
	code      byte
	collation uint16
	length    uint32
	flags     uint16
	decimals  byte
}

// The longest values, in bytes, that definitions promise.
const (
	maxTextLength   = 16383 * 4 // the longest VARCHAR of utf8mb4
	maxLongLength   = 1<<32 - 1
	doubleDecimals  = 31 // not fixed
	timestampLength = 26
)

var (
	wireText  = wireType{mysql.MYSQL_TYPE_VAR_STRING, textCollation, maxTextLength, 0, 0}
	wireJSON  = wireType{mysql.MYSQL_TYPE_JSON, textCollation, maxLongLength, mysql.BLOB_FLAG | mysql.BINARY_FLAG, 0}
	wireTypes = map[column.Kind]wireType{
		// Without BINARY_FLAG, as a TINYINT(1) of a table has it: Connector/J makes bytes of one with it.
		column.KindBool:      {mysql.MYSQL_TYPE_TINY, binaryCollation, 1, 0, 0},
		column.KindInt64:     {mysql.MYSQL_TYPE_LONGLONG, binaryCollation, 20, mysql.BINARY_FLAG, 0},
		column.KindFloat64:   {mysql.MYSQL_TYPE_DOUBLE, binaryCollation, 22, mysql.BINARY_FLAG, doubleDecimals},
		column.KindTimestamp: {mysql.MYSQL_TYPE_TIMESTAMP, binaryCollation, timestampLength, mysql.BINARY_FLAG, 6},
		column.KindJSON:      wireJSON,
		column.KindHStore:    wireJSON,
		column.KindList:      wireJSON,
	}
	declaredTypes = map[Declared]wireType{
		engine.NativeDate:     {mysql.MYSQL_TYPE_DATE, binaryCollation, 10, mysql.BINARY_FLAG, 0},
		engine.NativeTime:     {mysql.MYSQL_TYPE_VAR_STRING, textCollation, 64, 0, 0},
		engine.NativeDecimal:  {mysql.MYSQL_TYPE_NEWDECIMAL, binaryCollation, 67, mysql.BINARY_FLAG, 30},
		engine.NativeUnsigned: {mysql.MYSQL_TYPE_LONGLONG, binaryCollation, 20, mysql.BINARY_FLAG | mysql.UNSIGNED_FLAG, 0},
		engine.NativeBlob:     {mysql.MYSQL_TYPE_BLOB, binaryCollation, maxLongLength, mysql.BLOB_FLAG | mysql.BINARY_FLAG, 0},
	}
)

// wireTypeOf is a column's type. Intervals, addresses and whatever MySQL has no type for are text.
func wireTypeOf(c *Column) wireType {
	t, ok := declaredTypes[c.Declared]
	if !ok {
		if t, ok = wireTypes[c.Type.Kind]; !ok {
			t = wireText
		}
	}
	if c.NotNull {
		t.flags |= mysql.NOT_NULL_FLAG
	}
	if c.Key {
		t.flags |= mysql.PRI_KEY_FLAG | mysql.NOT_NULL_FLAG
	}
	return t
}

// appendDefinition appends a column's definition (Protocol::ColumnDefinition41).
func appendDefinition(dst []byte, c *Column) []byte {
	dst = appendCounted(dst, "def")
	dst = appendCounted(dst, c.Schema)
	dst = appendCounted(dst, c.Table)
	dst = appendCounted(dst, c.Table)
	dst = appendCounted(dst, c.Name)
	dst = appendCounted(dst, c.Origin)
	t := wireTypeOf(c)
	return append(dst, 0x0c, byte(t.collation), byte(t.collation>>8), byte(t.length), byte(t.length>>8), byte(t.length>>16), byte(t.length>>24),
		t.code, byte(t.flags), byte(t.flags>>8), t.decimals, 0, 0)
}

// appendCounted appends a text with its length before it.
func appendCounted(dst []byte, s string) []byte {
	return append(mysql.AppendLengthEncodedInteger(dst, uint64(len(s))), s...)
}
