package mysqlwire

import (
	"strconv"
	"unicode/utf8"

	"github.com/credsql/credsql/engine/column"
)

// appendJSON writes a value as JSON: tags as an object, arrays as arrays, what JSON has no type for as text.
func appendJSON(dst []byte, x column.Value) []byte {
	switch x := x.(type) {
	case nil:
		return append(dst, "null"...)
	case bool, int64:
		return column.AppendText(dst, x)
	case float64:
		if x-x != 0 { // NaN and the infinities are no JSON numbers
			return appendJSONString(dst, string(column.AppendFloat(nil, x)))
		}
		return column.AppendFloat(dst, x)
	case column.JSONText:
		return append(dst, x...)
	case *column.HStore:
		return appendObject(dst, x)
	case *column.List:
		return appendArray(dst, x)
	}
	return appendJSONString(dst, string(column.AppendText(nil, x)))
}

func appendObject(dst []byte, h *column.HStore) []byte {
	dst = append(dst, '{')
	for i, p := range h.Pairs() {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = append(appendJSONString(dst, p.Key), ": "...)
		if p.Null {
			dst = append(dst, "null"...)
		} else {
			dst = appendJSONString(dst, p.Value)
		}
	}
	return append(dst, '}')
}

func appendArray(dst []byte, l *column.List) []byte {
	dst = append(dst, '[')
	for i, item := range l.Items {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = appendJSON(dst, item)
	}
	return append(dst, ']')
}

// appendJSONString quotes a text; bytes that are not UTF-8 become U+FFFD.
func appendJSONString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			dst = append(dst, '\\', byte(r))
		case r < ' ':
			dst = append(dst, `\u00`...)
			if r < 0x10 {
				dst = append(dst, '0')
			}
			dst = strconv.AppendInt(dst, int64(r), 16)
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return append(dst, '"')
}
