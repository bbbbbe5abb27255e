// Package render writes result sets as text: box tables and records for people, csv, tsv, json and jsonl for programs,
// markdown and html for documents. Batches of columns are pushed in and nothing but a box table is held in memory.
//
// It knows columns, not engines: of this module it imports engine/column alone. Values come from IAM names and tags, which
// an attacker may choose, so no format lets a value leave its cell, and no control character reaches a terminal or a page.
package render

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/credsql/credsql/engine/column"
)

// Column is one column of a result set.
type Column struct {
	Name string
	Type column.Type
}

// Writer writes one result set: Begin once, Write for each batch, End once. Its errors are those of the output.
type Writer interface {
	Begin(cols []Column) error
	// Write takes the next rows. The batch has the columns that Begin announced and is not kept after the call.
	Write(b *column.Batch) error
	End() error
}

// Format is the name of an output format, as -o takes it.
type Format string

// The output formats.
const (
	Table    Format = "table"    // a box that fits the terminal
	Vertical Format = "vertical" // one line a column, a block a row
	CSV      Format = "csv"      // RFC 4180 with LF; NULL is an empty field, '' is ""
	TSV      Format = "tsv"      // PostgreSQL's COPY text: backslash escapes, NULL is \N
	JSON     Format = "json"     // an array of objects
	JSONL    Format = "jsonl"    // an object a line
	Markdown Format = "markdown" // a GitHub table
	HTML     Format = "html"     // a <table>
)

// Formats are all formats, in the order help shows them.
func Formats() []Format {
	return []Format{Table, Vertical, CSV, TSV, JSON, JSONL, Markdown, HTML}
}

// ParseFormat finds a format by its name, in either case.
func ParseFormat(name string) (Format, error) {
	if f := Format(strings.ToLower(name)); slices.Contains(Formats(), f) {
		return f, nil
	}
	return "", fmt.Errorf("unknown output format %q; one of %s", name, formatNames())
}

func formatNames() string {
	s := ""
	for i, f := range Formats() {
		if i > 0 {
			s += ", "
		}
		s += string(f)
	}
	return s
}

// Options shape the output. The zero value writes everything, without colour, for a file.
type Options struct {
	// Width is the terminal's width in cells; a table wider than it shortens cells and leaves out middle columns. 0: no limit.
	Width int
	// MaxRows is how many rows a table shows before it leaves out the middle ones. 0: no limit.
	MaxRows int
	// NoTypes leaves the line of types out of a table's heading.
	NoTypes bool
	// Color allows ANSI colours in table and vertical.
	Color bool
	// Terminal says that the output is shown, not kept: csv and tsv then escape control characters as well, instead of
	// keeping the data exact.
	Terminal bool
	// ExcelGuard puts an apostrophe before texts that a spreadsheet would run as a formula (csv, tsv and html).
	ExcelGuard bool
}

// New makes a writer of a format onto out. Writes are gathered, so out needs no buffer.
func New(out io.Writer, f Format, opts Options) (Writer, error) {
	s := stream{out: out}
	switch f {
	case Table:
		return &tableWriter{stream: s, opts: opts}, nil
	case Vertical:
		return &verticalWriter{stream: s, opts: opts}, nil
	case CSV:
		return &delimitedWriter{stream: s, separator: ',', form: csvForm(opts)}, nil
	case TSV:
		return &delimitedWriter{stream: s, separator: '\t', form: tsvForm(opts)}, nil
	case JSON:
		return &jsonWriter{stream: s}, nil
	case JSONL:
		return &jsonWriter{stream: s, lines: true}, nil
	case Markdown:
		return &markdownWriter{stream: s}, nil
	case HTML:
		return &htmlWriter{stream: s, form: htmlForm(opts)}, nil
	default:
		return nil, fmt.Errorf("unknown output format %q; one of %s", f, formatNames())
	}
}
