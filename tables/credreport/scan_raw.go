package credreport

import (
	"bytes"
	"context"
	"fmt"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/tables"
)

// The columns of credsql.raw_report before the fields.
const (
	rawAccount = iota
	rawFile
	rawLine
	rawFields
)

// rawScan reads credsql.raw_report: a chunk for each piece of a report, read again from where the report came from.
type rawScan struct {
	pieces  []rawPiece
	columns []int
}

type rawPiece struct {
	report *Report
	piece  piece
}

func (s *Snapshot) openRaw(req tables.Request) tables.Scan {
	scan := &rawScan{columns: req.Columns}
	for _, r := range s.reportsOf(req.Accounts) {
		for _, p := range r.section.pieces {
			scan.pieces = append(scan.pieces, rawPiece{r, p})
		}
	}
	return scan
}

// Chunks is the number of chunks.
func (s *rawScan) Chunks() int { return len(s.pieces) }

// Read gives chunk i.
func (s *rawScan) Read(ctx context.Context, i int) (*column.Batch, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p := s.pieces[i]
	if p.report.file.Raw == nil {
		return nil, sqlerr.New(sqlerr.CodeSource, "%s was not kept: its raw fields cannot be read", p.report.File())
	}
	data, err := p.report.file.Raw(ctx)
	if err != nil {
		return nil, sqlerr.New(sqlerr.CodeSource, "%s cannot be read again: %v", p.report.File(), err).Wrap(err)
	}
	if len(data) < p.piece.end {
		return nil, sqlerr.New(sqlerr.CodeSource, "%s has changed since it was read", p.report.File())
	}
	columns, err := p.read(data)
	if err != nil {
		return nil, err
	}
	batch := &column.Batch{N: p.piece.rows}
	for _, c := range s.columns {
		batch.Cols = append(batch.Cols, columns.vector(c, p))
	}
	return batch, nil
}

// rawColumns are the texts of a piece.
type rawColumns struct {
	fields [numFields]*column.Arena // nil: not in the report
	lines  []int64
}

// read splits the piece's records anew.
func (p rawPiece) read(data []byte) (*rawColumns, error) {
	l := &p.report.file.layout
	out := &rawColumns{}
	for f, at := range l.at {
		if at >= 0 {
			out.fields[f] = &column.Arena{}
		}
	}
	split := newSplitter(l.fields)
	split.reserve(l.fields)
	line := p.piece.line
	for records := data[p.piece.off:p.piece.end]; len(records) > 0; {
		text, next := cutLine(records)
		if len(text) > 0 {
			if bytes.IndexByte(text, '"') >= 0 || bytes.Count(text, []byte(",")) >= l.fields {
				text, next, _ = split.quoted(records)
			} else {
				split.plain(text)
			}
			if split.fields() != l.fields {
				break
			}
			out.add(l, split, text, line)
		}
		line += bytes.Count(records[:next], []byte("\n"))
		records = records[next:]
	}
	if len(out.lines) != p.piece.rows {
		return nil, sqlerr.New(sqlerr.CodeSource, "%s has changed since it was read", p.report.File()).
			Wrap(fmt.Errorf("%d records, %d expected", len(out.lines), p.piece.rows))
	}
	return out, nil
}

func (c *rawColumns) add(l *layout, split *splitter, text []byte, line int) {
	c.lines = append(c.lines, int64(line))
	for f, arena := range c.fields {
		if arena != nil {
			arena.Append(split.field(text, l.at[f]))
		}
	}
}

// vector is column i of credsql.raw_report.
func (c *rawColumns) vector(i int, p rawPiece) *column.Vector {
	n := p.piece.rows
	switch i {
	case rawAccount:
		return column.ConstVector(column.Text, p.report.Account(), n)
	case rawFile:
		return column.ConstVector(column.Text, p.report.File(), n)
	case rawLine:
		return &column.Vector{Type: column.Int64, N: n, Ints: c.lines}
	}
	arena := c.fields[i-rawFields]
	if arena == nil {
		return column.ConstVector(column.Text, nil, n)
	}
	return &column.Vector{Type: column.Text, N: n, Texts: arena}
}
