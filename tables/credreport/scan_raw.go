package credreport

import (
	"bytes"
	"context"

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

// rawScan reads credsql.raw_report: records are split again, from where the reports came from.
type rawScan struct {
	chunks  []rawChunk
	columns []int
}

// rawChunk is pieces of one file, which is read once for all of them.
type rawChunk struct {
	file   *File
	pieces []rawPiece
	rows   int
}

type rawPiece struct {
	account string
	piece   piece
}

func (s *Snapshot) openRaw(req tables.Request) tables.Scan {
	scan := &rawScan{columns: req.Columns}
	for _, r := range s.reportsOf(req.Accounts) {
		for _, p := range r.section.pieces {
			n := len(scan.chunks)
			if n == 0 || scan.chunks[n-1].file != r.file || scan.chunks[n-1].rows+p.rows > maxPieceRows {
				scan.chunks = append(scan.chunks, rawChunk{file: r.file})
				n++
			}
			c := &scan.chunks[n-1]
			c.pieces = append(c.pieces, rawPiece{r.Account(), p})
			c.rows += p.rows
		}
	}
	return scan
}

// Chunks is the number of chunks.
func (s *rawScan) Chunks() int { return len(s.chunks) }

// Read gives chunk i.
func (s *rawScan) Read(ctx context.Context, i int) (*column.Batch, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	raw, err := s.chunks[i].read(ctx)
	if err != nil {
		return nil, err
	}
	batch := &column.Batch{N: s.chunks[i].rows}
	for _, c := range s.columns {
		batch.Cols = append(batch.Cols, raw.vector(c))
	}
	return batch, nil
}

// rawRows are the texts of a chunk.
type rawRows struct {
	file     string
	n        int
	accounts column.Coded
	lines    []int64
	fields   [numFields]*column.Arena // nil: not in the report
}

// read gets the file's bytes again and splits the chunk's records anew.
func (c *rawChunk) read(ctx context.Context) (*rawRows, error) {
	if c.file.Raw == nil {
		return nil, sqlerr.New(sqlerr.CodeSource, "%s was not kept: its raw fields cannot be read", c.file.Name)
	}
	data, err := c.file.Raw(ctx)
	if err != nil {
		return nil, sqlerr.New(sqlerr.CodeSource, "%s cannot be read again: %v", c.file.Name, err).Wrap(err)
	}
	out := &rawRows{file: c.file.Name, n: c.rows, accounts: column.Coded{Dict: column.NewDict()}}
	for f, at := range c.file.layout.at {
		if at >= 0 {
			out.fields[f] = &column.Arena{Ends: make([]uint32, 0, c.rows)}
		}
	}
	for _, p := range c.pieces {
		if len(data) < p.piece.end || !out.add(&c.file.layout, p, data[p.piece.off:p.piece.end]) {
			return nil, sqlerr.New(sqlerr.CodeSource, "%s has changed since it was read", c.file.Name)
		}
	}
	return out, nil
}

// add splits the records of a piece; false if they are not those that were inspected.
func (r *rawRows) add(l *layout, p rawPiece, records []byte) bool {
	split := newSplitter(l.fields)
	line, rows := p.piece.line, 0
	code := r.accounts.Dict.Code([]byte(p.account))
	for len(records) > 0 {
		text, next := cutLine(records)
		if len(text) > 0 {
			text, next, _ = split.quoted(records)
			if split.fields() != l.fields {
				return false
			}
			r.lines = append(r.lines, int64(line))
			r.accounts.Codes = append(r.accounts.Codes, code)
			for f, arena := range r.fields {
				if arena != nil {
					arena.Append(split.field(text, l.at[f]))
				}
			}
			rows++
		}
		line += bytes.Count(records[:next], []byte("\n"))
		records = records[next:]
	}
	return rows == p.piece.rows
}

// vector is column i of credsql.raw_report.
func (r *rawRows) vector(i int) *column.Vector {
	switch i {
	case rawAccount:
		return &column.Vector{Type: column.Text, N: r.n, Texts: &r.accounts}
	case rawFile:
		return column.ConstVector(column.Text, r.file, r.n)
	case rawLine:
		return &column.Vector{Type: column.Int64, N: r.n, Ints: r.lines}
	}
	arena := r.fields[i-rawFields]
	if arena == nil {
		return column.ConstVector(column.Text, nil, r.n)
	}
	return &column.Vector{Type: column.Text, N: r.n, Texts: arena}
}
