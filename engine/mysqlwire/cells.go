package mysqlwire

import (
	"strconv"

	"github.com/go-mysql-org/go-mysql/mysql"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/engine/column"
)

// nullCell is NULL in a text row.
const nullCell = 0xfb

// appender appends row i's value to a packet.
type appender func(dst []byte, i int) []byte

// cell appends the values of one column of one batch, straight from the vector.
type cell struct {
	valid    column.Bitmap // nil: no NULL
	constant bool          // the value of row 0 is that of all
	null     bool          // all are NULL
	put      appender
}

// newCell chooses how a vector's values are written. The error is a value that the protocol cannot carry.
func newCell(v *column.Vector, declared Declared, binary bool) (cell, error) {
	c := cell{valid: v.Valid, constant: v.Const, null: v.Type.Kind == column.KindUnknown}
	if c.null {
		return c, nil
	}
	switch v.Type.Kind {
	case column.KindTimestamp:
		if err := checkTimestamps(v); err != nil {
			return c, err
		}
		c.put = timestampAppender(v.Ints, declared == engine.NativeDate, binary)
	case column.KindText, column.KindJSON:
		c.put = textAppender(v.Texts)
	case column.KindHStore, column.KindList, column.KindInterval, column.KindInet:
		c.put = nestedAppender(v)
	default:
		c.put = numberAppender(v, declared == engine.NativeUnsigned, binary)
	}
	return c, nil
}

// isNull says whether row i is NULL, and gives the row that holds its value.
func (c *cell) isNull(i int) (at int, null bool) {
	if c.constant {
		i = 0
	}
	return i, c.null || c.valid != nil && !c.valid.Get(i)
}

// appendTextRow appends row i as COM_QUERY's answers have it: every value as text.
func appendTextRow(dst []byte, cells []cell, i int) []byte {
	for j := range cells {
		at, null := cells[j].isNull(i)
		if null {
			dst = append(dst, nullCell)
		} else {
			dst = cells[j].put(dst, at)
		}
	}
	return dst
}

// appendBinaryRow appends row i as COM_STMT_EXECUTE's answers have it: a bitmap of NULLs, then the values that are none. The
// bitmap's first two bits are not used.
func appendBinaryRow(dst []byte, cells []cell, i int) []byte {
	dst = append(dst, mysql.OK_HEADER)
	bitmap := len(dst)
	for range (len(cells) + 2 + 7) / 8 {
		dst = append(dst, 0)
	}
	for j := range cells {
		at, null := cells[j].isNull(i)
		if null {
			dst[bitmap+(j+2)/8] |= 1 << ((j + 2) % 8)
		} else {
			dst = cells[j].put(dst, at)
		}
	}
	return dst
}

// textAppender writes texts, which look the same in both forms of a row. The forms of storage that a scan gives have a way of their own.
func textAppender(texts column.Strings) appender {
	switch texts := texts.(type) {
	case column.Plain:
		return func(dst []byte, i int) []byte { return appendCounted(dst, texts[i]) }
	case *column.Coded:
		values := texts.Dict.Values() // once a batch: the dictionary takes a lock for each At
		return func(dst []byte, i int) []byte { return appendCounted(dst, values[texts.Codes[i]]) }
	case column.TextAppender:
		return func(dst []byte, i int) []byte {
			at := len(dst)
			return count(texts.AppendText(append(dst, 0), i), at)
		}
	}
	return func(dst []byte, i int) []byte { return appendCounted(dst, texts.At(i)) }
}

// nestedAppender writes tags and arrays as JSON, intervals and addresses as text.
func nestedAppender(v *column.Vector) appender {
	switch v.Type.Kind {
	case column.KindHStore:
		return counted(func(dst []byte, i int) []byte { return appendJSON(dst, v.HStores[i]) })
	case column.KindList:
		return counted(func(dst []byte, i int) []byte { return appendJSON(dst, v.Lists[i]) })
	case column.KindInterval:
		return counted(func(dst []byte, i int) []byte { return column.AppendInterval(dst, v.Intervals[i]) })
	}
	return counted(func(dst []byte, i int) []byte { return column.AppendInet(dst, v.Inets[i]) })
}

// counted puts the length of what put appends before it.
func counted(put appender) appender {
	return func(dst []byte, i int) []byte {
		at := len(dst)
		return count(put(append(dst, 0), i), at)
	}
}

// count writes the length of what stands after dst[at], where one byte has been left for it. Longer texts are moved.
func count(dst []byte, at int) []byte {
	n := len(dst) - at - 1
	if n < nullCell {
		dst[at] = byte(n)
		return dst
	}
	var head [9]byte
	length := mysql.AppendLengthEncodedInteger(head[:0], uint64(n))
	dst = append(dst, length[1:]...) // as much room as is lacking
	copy(dst[at+len(length):], dst[at+1:at+1+n])
	copy(dst[at:], length)
	return dst
}

// numberAppender writes booleans and numbers.
func numberAppender(v *column.Vector, unsigned, binary bool) appender {
	if binary {
		return binaryNumberAppender(v)
	}
	switch {
	case v.Type.Kind == column.KindBool:
		return func(dst []byte, i int) []byte { return append(dst, 1, '0'+bit(v.Bools.Get(i))) }
	case v.Type.Kind == column.KindFloat64:
		return counted(func(dst []byte, i int) []byte { return column.AppendFloat(dst, v.Floats[i]) })
	case unsigned:
		return counted(func(dst []byte, i int) []byte { return strconv.AppendUint(dst, uint64(v.Ints[i]), 10) })
	}
	return counted(func(dst []byte, i int) []byte { return strconv.AppendInt(dst, v.Ints[i], 10) })
}

func bit(set bool) byte {
	if set {
		return 1
	}
	return 0
}
