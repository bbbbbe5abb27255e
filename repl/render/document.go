package render

import (
	"unicode/utf8"

	"github.com/credsql/credsql/engine/column"
)

// markdownWriter writes a table of GitHub's Markdown. It is not padded, so that it can be streamed.
type markdownWriter struct{ stream }

var _ Writer = (*markdownWriter)(nil)

// NULL is set in italics, which no value can be: its asterisks are escaped.
var markdownForm = &form{null: "*NULL*", text: appendMarkdown}

func (w *markdownWriter) Begin(cols []Column) error {
	w.begin(cols, markdownForm)
	for _, c := range cols {
		w.buf = append(w.buf, "| "...)
		w.buf = appendMarkdown(w.buf, c.Name)
		w.buf = append(w.buf, ' ')
	}
	w.buf = append(w.buf, "|\n"...)
	for _, c := range cols {
		if c.Type.IsNumeric() {
			w.buf = append(w.buf, "| ---: "...)
		} else {
			w.buf = append(w.buf, "| --- "...)
		}
	}
	w.buf = append(w.buf, "|\n"...)
	return w.flush()
}

func (w *markdownWriter) Write(b *column.Batch) error {
	w.bind(b)
	for i := range b.N {
		for j := range w.cells {
			w.buf = append(w.buf, "| "...)
			w.buf = w.cells[j].append(w.buf, i)
			w.buf = append(w.buf, ' ')
		}
		w.buf = append(w.buf, "|\n"...)
		if err := w.spill(); err != nil {
			return err
		}
	}
	return w.flush()
}

func (w *markdownWriter) End() error { return w.flush() }

// appendMarkdown escapes what Markdown or the HTML inside it would interpret, and shows control characters as escapes.
func appendMarkdown(dst []byte, s string) []byte {
	return appendMapped(dst, s, func(dst []byte, c byte) ([]byte, bool) {
		switch c {
		case '&', '<', '>':
			return append(dst, htmlEntities[c]...), true
		case '|', '\\', '`', '*', '_', '[', ']', '~', '$', '#', '!':
			return append(dst, '\\', c), true
		}
		return dst, false
	})
}

// htmlWriter writes a <table> that can stand alone or be pasted into a page.
type htmlWriter struct {
	stream
	form *form
}

var _ Writer = (*htmlWriter)(nil)

// htmlForm guards cells if asked to, for spreadsheets open pages as well.
func htmlForm(opts Options) *form {
	text := appendHTML
	if opts.ExcelGuard {
		text = guarded(text, "")
	}
	return &form{null: "<i>NULL</i>", text: text}
}

func (w *htmlWriter) Begin(cols []Column) error {
	w.begin(cols, w.form)
	w.buf = append(w.buf, "<meta charset=\"utf-8\">\n<table>\n<thead>\n<tr>"...)
	for _, c := range cols {
		w.buf = append(w.buf, "<th title=\""...)
		w.buf = append(w.buf, c.Type.String()...)
		w.buf = append(w.buf, "\">"...)
		w.buf = w.form.text(w.buf, c.Name)
		w.buf = append(w.buf, "</th>"...)
	}
	w.buf = append(w.buf, "</tr>\n</thead>\n<tbody>\n"...)
	return w.flush()
}

func (w *htmlWriter) Write(b *column.Batch) error {
	w.bind(b)
	for i := range b.N {
		w.buf = append(w.buf, "<tr>"...)
		for j := range w.cells {
			w.buf = append(w.buf, w.openCell(j)...)
			w.buf = w.cells[j].append(w.buf, i)
			w.buf = append(w.buf, "</td>"...)
		}
		w.buf = append(w.buf, "</tr>\n"...)
		if err := w.spill(); err != nil {
			return err
		}
	}
	return w.flush()
}

func (w *htmlWriter) openCell(j int) string {
	if w.cols[j].Type.IsNumeric() {
		return `<td align="right">`
	}
	return "<td>"
}

func (w *htmlWriter) End() error {
	w.buf = append(w.buf, "</tbody>\n</table>\n"...)
	return w.flush()
}

var htmlEntities = [...]string{'&': "&amp;", '<': "&lt;", '>': "&gt;", '"': "&quot;", '\'': "&#39;"}

func appendHTML(dst []byte, s string) []byte {
	return appendMapped(dst, s, func(dst []byte, c byte) ([]byte, bool) {
		if int(c) < len(htmlEntities) && htmlEntities[c] != "" {
			return append(dst, htmlEntities[c]...), true
		}
		return dst, false
	})
}

// appendMapped appends s with its unsafe characters as escapes and its ASCII characters as replace says; where that says
// false the character stays. A document is UTF-8, so an invalid byte becomes an escape as well.
func appendMapped(dst []byte, s string, replace func([]byte, byte) ([]byte, bool)) []byte {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			dst = appendHexByte(dst, s[i])
		case isUnsafe(r):
			dst = appendEscape(dst, r)
		case n == 1:
			var done bool
			if dst, done = replace(dst, s[i]); !done {
				dst = append(dst, s[i])
			}
		default:
			dst = append(dst, s[i:i+n]...)
		}
		i += n
	}
	return dst
}
