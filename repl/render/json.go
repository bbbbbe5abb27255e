package render

import (
	"bytes"
	"encoding/json"
	"strconv"
	"unicode/utf8"

	"github.com/credsql/credsql/engine/column"
)

// jsonWriter writes an object a row: inside one array, or a line each.
type jsonWriter struct {
	stream
	lines bool
	keys  [][]byte // `{"a":`, `,"b":`
	rows  int64
}

var _ Writer = (*jsonWriter)(nil)

var jsonForm = &form{null: "null", quote: `"`, text: appendJSONString, nested: appendJSONValue}

func (w *jsonWriter) Begin(cols []Column) error {
	w.begin(cols, jsonForm)
	sep := byte('{')
	for _, name := range UniqueNames(cols) {
		key := append(appendJSONString([]byte{sep}, name), ':')
		w.keys = append(w.keys, key)
		sep = ','
	}
	if !w.lines {
		w.buf = append(w.buf, '[')
	}
	return w.flush()
}

// UniqueNames are the keys of a row in json and jsonl: the second and later columns of one name get a number, because an object with one key twice loses a value in
// most readers: a, a_2, a_3.
func UniqueNames(cols []Column) []string {
	taken := make(map[string]bool, len(cols))
	for _, c := range cols {
		taken[c.Name] = true
	}
	used := make(map[string]bool, len(cols))
	names := make([]string, len(cols))
	for i, c := range cols {
		name := c.Name
		for n := 2; used[name] || name != c.Name && taken[name]; n++ {
			name = c.Name + "_" + strconv.Itoa(n)
		}
		used[name], names[i] = true, name
	}
	return names
}

func (w *jsonWriter) Write(b *column.Batch) error {
	w.bind(b)
	for i := range b.N {
		w.beginRow()
		for j := range w.cells {
			w.buf = append(w.buf, w.keys[j]...)
			w.buf = w.cells[j].append(w.buf, i)
		}
		if len(w.cells) == 0 {
			w.buf = append(w.buf, '{')
		}
		w.buf = append(w.buf, '}')
		if w.lines {
			w.buf = append(w.buf, '\n')
		}
		if err := w.spill(); err != nil {
			return err
		}
	}
	return w.flush()
}

func (w *jsonWriter) beginRow() {
	if !w.lines {
		if w.rows > 0 {
			w.buf = append(w.buf, ',')
		}
		w.buf = append(w.buf, '\n')
	}
	w.rows++
}

func (w *jsonWriter) End() error {
	if !w.lines {
		if w.rows > 0 {
			w.buf = append(w.buf, '\n')
		}
		w.buf = append(w.buf, "]\n"...)
	}
	return w.flush()
}

// appendJSONString quotes a text. Besides what JSON asks for, it escapes what Safe does, so that a document shown on a
// terminal is harmless; every reader gives back the same text. Invalid bytes become U+FFFD, for JSON is UTF-8.
func appendJSONString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); {
		if c := s[i]; c >= ' ' && c < 0x7f && c != '"' && c != '\\' {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if n > 1 && !isUnsafe(r) {
			i += n
			continue
		}
		dst = append(dst, s[from:i]...)
		dst = appendJSONEscape(dst, r)
		i += n
		from = i
	}
	dst = append(dst, s[from:]...)
	return append(dst, '"')
}

func appendJSONEscape(dst []byte, r rune) []byte {
	switch r {
	case '"', '\\':
		return append(dst, '\\', byte(r))
	case '\n':
		return append(dst, `\n`...)
	case '\r':
		return append(dst, `\r`...)
	case '\t':
		return append(dst, `\t`...)
	}
	if r > 0xffff { // a surrogate pair
		r -= 0x10000
		dst = appendHex(append(dst, `\u`...), 0xd800+r>>10, 4)
		r = 0xdc00 + r&0x3ff
	}
	return appendHex(append(dst, `\u`...), r, 4)
}

// appendJSONValue writes any value as JSON: documents embedded, tags as objects, arrays as arrays.
func appendJSONValue(dst []byte, x column.Value) []byte {
	switch x := x.(type) {
	case nil:
		return append(dst, "null"...)
	case column.JSONText:
		return appendDocument(dst, string(x))
	case *column.HStore:
		return appendObject(dst, x)
	case *column.List:
		return appendArray(dst, x)
	case bool, int64:
		return column.AppendText(dst, x)
	case float64:
		return appendFloat(dst, x, `"`)
	case column.Timestamp:
		dst = append(dst, '"')
		return append(column.AppendRFC3339(dst, x), '"')
	default:
		return appendJSONString(dst, string(column.AppendText(nil, x)))
	}
}

func appendObject(dst []byte, h *column.HStore) []byte {
	dst = append(dst, '{')
	for i, p := range h.Pairs() {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(appendJSONString(dst, p.Key), ':')
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
			dst = append(dst, ',')
		}
		dst = appendJSONValue(dst, item)
	}
	return append(dst, ']')
}

// appendDocument embeds a JSON document on one line, with its unsafe characters escaped: outside ASCII they can only stand
// inside its strings, so the document means the same. A text that is no document becomes a string, never a broken output.
func appendDocument(dst []byte, doc string) []byte {
	var line bytes.Buffer
	if json.Compact(&line, []byte(doc)) != nil {
		return appendJSONString(dst, doc)
	}
	for s := line.Bytes(); len(s) > 0; {
		r, n := utf8.DecodeRune(s)
		switch {
		case r == utf8.RuneError && n == 1:
			dst = appendJSONEscape(dst, r)
		case isUnsafe(r):
			dst = appendJSONEscape(dst, r)
		default:
			dst = append(dst, s[:n]...)
		}
		s = s[n:]
	}
	return dst
}
