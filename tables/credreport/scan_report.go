package credreport

import (
	"context"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/tables"
)

// chunk is a run of rows in one block, of one or more reports.
type chunk struct {
	block    *block
	from, to int
	spans    []span
}

// span is the rows of one report in a chunk.
type span struct {
	report *Report
	row    int // of the report, where the span begins
	n      int
}

// chunksOf lays the rows of reports out as chunks: rows that lie side by side in a block are one chunk.
func chunksOf(reports []*Report) []chunk {
	var chunks []chunk
	for _, r := range reports {
		row := 0
		for _, e := range r.extents {
			s := span{report: r, row: row, n: e.n}
			row += e.n
			if n := len(chunks); n > 0 && chunks[n-1].block == e.block && chunks[n-1].to == e.from {
				chunks[n-1].to += e.n
				chunks[n-1].spans = append(chunks[n-1].spans, s)
				continue
			}
			chunks = append(chunks, chunk{block: e.block, from: e.from, to: e.from + e.n, spans: []span{s}})
		}
	}
	return chunks
}

// reportScan reads aws.iam_credential_report.
type reportScan struct {
	chunks  []chunk
	columns []int
}

func (s *Snapshot) openReport(req tables.Request) (tables.Scan, error) {
	if err := s.require(Columns(req.Columns...)); err != nil {
		return nil, err
	}
	return &reportScan{chunks: s.chunksFor(req.Accounts), columns: req.Columns}, nil
}

// Chunks is the number of chunks.
func (s *reportScan) Chunks() int { return len(s.chunks) }

// Read gives chunk i.
func (s *reportScan) Read(ctx context.Context, i int) (*column.Batch, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c := &s.chunks[i]
	batch := &column.Batch{N: c.to - c.from, Cols: make([]*column.Vector, len(s.columns))}
	for k, position := range s.columns {
		if position == ColTags {
			batch.Cols[k] = c.tags()
		} else {
			batch.Cols[k] = c.block.slice(position, c.from, c.to)
		}
	}
	return batch, nil
}

// tags is the chunk's tags, NULL where they are not known.
func (c *chunk) tags() *column.Vector {
	n := c.to - c.from
	known := false
	for _, s := range c.spans {
		known = known || s.report.tags != nil
	}
	if !known {
		return column.ConstVector(column.HStoreT, nil, n)
	}
	v := &column.Vector{Type: column.HStoreT, N: n, Valid: column.NewBitmap(n), HStores: make([]*column.HStore, 0, n)}
	for _, s := range c.spans {
		if s.report.tags == nil {
			v.HStores = append(v.HStores, make([]*column.HStore, s.n)...)
			continue
		}
		v.HStores = append(v.HStores, s.report.tags[s.row:s.row+s.n]...)
	}
	for i, tags := range v.HStores {
		v.Valid.Put(i, tags != nil)
	}
	return v
}
