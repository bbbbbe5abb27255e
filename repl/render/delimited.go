package render

import (
	"strings"

	"github.com/credsql/credsql/engine/column"
)

// delimitedWriter writes csv and tsv: a line of names, then a line a row.
type delimitedWriter struct {
	stream
	separator byte
	form      *form
}

var _ Writer = (*delimitedWriter)(nil)

func (w *delimitedWriter) Begin(cols []Column) error {
	w.begin(cols, w.form)
	for i, c := range cols {
		if i > 0 {
			w.buf = append(w.buf, w.separator)
		}
		w.buf = w.form.text(w.buf, c.Name)
	}
	w.buf = append(w.buf, '\n')
	return w.flush()
}

func (w *delimitedWriter) Write(b *column.Batch) error {
	w.bind(b)
	for i := range b.N {
		for j := range w.cells {
			if j > 0 {
				w.buf = append(w.buf, w.separator)
			}
			w.buf = w.cells[j].append(w.buf, i)
		}
		w.buf = append(w.buf, '\n')
		if err := w.spill(); err != nil {
			return err
		}
	}
	return w.flush()
}

func (w *delimitedWriter) End() error { return w.flush() }

// visibly has control characters shown as escapes if the output is a terminal's.
func visibly(text func([]byte, string) []byte, opts Options) func([]byte, string) []byte {
	if opts.Terminal {
		return visible(text)
	}
	return text
}

// visible shows control characters as escapes.
func visible(text func([]byte, string) []byte) func([]byte, string) []byte {
	return func(dst []byte, s string) []byte { return text(dst, Safe(s)) }
}

// csvForm quotes as PostgreSQL's COPY with FORMAT csv does, which keeps NULL and ” apart.
func csvForm(opts Options) *form {
	text := appendCSV
	if opts.ExcelGuard {
		text = guarded(appendGuardedCSV, ";")
	}
	return &form{null: "", text: visibly(text, opts)}
}

func appendCSV(dst []byte, s string) []byte {
	if s != "" && !needsQuotes(s) {
		return append(dst, s...)
	}
	return appendQuoted(dst, s)
}

func appendQuoted(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for {
		i := strings.IndexByte(s, '"')
		if i < 0 {
			break
		}
		dst = append(dst, s[:i+1]...)
		dst = append(dst, '"')
		s = s[i+1:]
	}
	dst = append(dst, s...)
	return append(dst, '"')
}

// needsQuotes looks for a comma, a quote or the end of a line. Fields are short, so one pass beats three searches.
func needsQuotes(s string) bool {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case ',', '"', '\n', '\r':
			return true
		}
	}
	return false
}

// tsvForm is PostgreSQL's COPY text format, which has an escape for each character that would end a field or a line.
func tsvForm(opts Options) *form {
	text := appendTSV
	if opts.ExcelGuard { // it has no quotes that would keep a semicolon or a comma from parting cells
		text = guarded(text, ";,")
	}
	return &form{null: `\N`, text: visibly(text, opts)}
}

// tsvEscapes are the letters of COPY's backslash escapes, by control character.
var tsvEscapes = [...]byte{'\b': 'b', '\t': 't', '\n': 'n', '\v': 'v', '\f': 'f', '\r': 'r', '\\': '\\'}

func appendTSV(dst []byte, s string) []byte {
	from := 0
	for i := 0; i < len(s); i++ {
		if c := s[i]; int(c) < len(tsvEscapes) && tsvEscapes[c] != 0 {
			dst = append(dst, s[from:i]...)
			dst = append(dst, '\\', tsvEscapes[c])
			from = i + 1
		}
	}
	return append(dst, s[from:]...)
}
