package credreport

import (
	"bytes"
	"context"
	"slices"
)

// SameRows says whether two reports hold the same records, field by field as text and in the same order. Line ends and
// quotes do not count, nor do columns that are not known. Both are read again.
func SameRows(ctx context.Context, a, b *Report) (bool, error) {
	if a.Rows() != b.Rows() {
		return false, nil
	}
	x, err := a.raw(ctx)
	if err != nil {
		return false, err
	}
	y, err := b.raw(ctx)
	if err != nil {
		return false, err
	}
	return x.same(y), nil
}

// raw is all records of a report.
func (r *Report) raw(ctx context.Context) (*rawRows, error) {
	c := rawChunk{file: r.file, rows: r.Rows()}
	for _, p := range r.section.pieces {
		c.pieces = append(c.pieces, rawPiece{r.Account(), p})
	}
	return c.read(ctx)
}

func (r *rawRows) same(o *rawRows) bool {
	for f, x := range r.fields {
		y := o.fields[f]
		if (x == nil) != (y == nil) || x != nil && !(bytes.Equal(x.Bytes, y.Bytes) && slices.Equal(x.Ends, y.Ends)) {
			return false
		}
	}
	return true
}
