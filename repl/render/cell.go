package render

import (
	"math"
	"strconv"
	"unsafe"

	"github.com/credsql/credsql/engine/column"
)

// form is how a format writes values. Numbers, booleans and timestamps hold no character that any format must escape, so
// they are written as they are, between quote if that is set.
type form struct {
	null  string
	quote string
	// text writes a VARCHAR, or the text form of a kind that nested does not write.
	text func(dst []byte, s string) []byte
	// nested writes JSON documents, tags and arrays; nil: their text form goes through text.
	nested func(dst []byte, x column.Value) []byte
}

// maxCached bounds the dictionaries whose encoded texts are kept.
const maxCached = 4096

// cell encodes the values of one column, batch after batch, without an allocation for each.
type cell struct {
	form *form
	v    *column.Vector

	// Of a dictionary-coded column: the codes of this batch and the texts by code, encoded once where the dictionary is small.
	codes   []uint32
	texts   []string
	dict    *column.Dict
	encoded [][]byte

	maker   column.TextAppender // of a text column that is not held
	scratch []byte
}

func (c *cell) bind(v *column.Vector) {
	c.v, c.codes = v, nil
	c.maker, _ = v.Texts.(column.TextAppender)
	coded, ok := v.Texts.(*column.Coded)
	if !ok || v.Type.Kind != column.KindText {
		return
	}
	c.codes, c.texts = coded.Codes, coded.Dict.Values()
	if coded.Dict != c.dict {
		c.dict, c.encoded = coded.Dict, nil
	}
	if len(c.texts) <= maxCached {
		c.encoded = append(c.encoded, make([][]byte, len(c.texts)-len(c.encoded))...)
	} else {
		c.encoded = nil
	}
}

// append encodes row i of the batch.
func (c *cell) append(dst []byte, i int) []byte {
	v := c.v
	if v.IsNull(i) {
		return append(dst, c.form.null...)
	}
	switch v.Type.Kind {
	case column.KindBool:
		return strconv.AppendBool(dst, v.Bool(i))
	case column.KindInt64:
		return strconv.AppendInt(dst, v.Int(i), 10)
	case column.KindFloat64:
		return appendFloat(dst, v.Float(i), c.form.quote)
	case column.KindTimestamp:
		dst = append(dst, c.form.quote...)
		dst = column.AppendRFC3339(dst, column.Timestamp(v.Int(i)))
		return append(dst, c.form.quote...)
	case column.KindText:
		return c.appendText(dst, v.At(i))
	case column.KindJSON, column.KindHStore, column.KindList:
		if c.form.nested != nil {
			return c.form.nested(dst, v.Value(i))
		}
	}
	c.scratch = v.AppendText(c.scratch[:0], i)
	return c.form.text(dst, borrow(c.scratch))
}

// appendFloat quotes what the number syntax of a format with quotes cannot say.
func appendFloat(dst []byte, f float64, quote string) []byte {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		dst = append(dst, quote...)
		return append(column.AppendFloat(dst, f), quote...)
	}
	return column.AppendFloat(dst, f)
}

// appendText encodes the text at place i of the storage.
func (c *cell) appendText(dst []byte, i int) []byte {
	if c.maker != nil {
		c.scratch = c.maker.AppendText(c.scratch[:0], i)
		return c.form.text(dst, borrow(c.scratch))
	}
	if c.codes == nil {
		return c.form.text(dst, c.v.Texts.At(i))
	}
	code := c.codes[i]
	if c.encoded == nil {
		return c.form.text(dst, c.texts[code])
	}
	if c.encoded[code] == nil {
		c.encoded[code] = c.form.text(make([]byte, 0, len(c.texts[code])+2), c.texts[code])
	}
	return append(dst, c.encoded[code]...)
}

// borrow is b as a string for the length of one call.
func borrow(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
