package window

import (
	"math"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/engine/sqlerr"
)

// bounds is the frame of a call with its offsets checked: the same for every row.
type bounds struct {
	mode       plan.FrameMode
	start, end edge
	exclude    plan.Exclude
	key        *column.Vector // the ORDER BY key of RANGE with offsets
	desc       bool
}

// edge is one end of a frame.
type edge struct {
	kind   plan.BoundKind
	offset int            // rows or groups
	limit  *column.Vector // RANGE with an offset: the key that the frame reaches to
}

func (w *work) bounds() (*bounds, error) {
	f := w.call.Frame
	b := &bounds{mode: f.Mode, exclude: f.Exclude}
	if len(w.rows.Order) > 0 {
		b.key, b.desc = w.rows.Order[0], w.rows.Keys[0].Desc
	}
	var err error
	if b.start, err = w.edge(f.Start, w.in.Start, w.in.Lower, "starting"); err != nil {
		return nil, err
	}
	b.end, err = w.edge(f.End, w.in.End, w.in.Upper, "ending")
	return b, err
}

// edge checks a bound's offset as PostgreSQL does.
func (w *work) edge(b plan.Bound, offset column.Value, limit *column.Vector, which string) (edge, error) {
	e := edge{kind: b.Kind}
	if b.Kind != plan.OffsetPreceding && b.Kind != plan.OffsetFollowing {
		return e, nil
	}
	place := -1
	if b.Offset != nil {
		place = b.Offset.Offset()
	}
	if offset == nil {
		return e, sqlerr.New(sqlerr.CodeNullNotAllowed, "frame %s offset must not be null", which).At(place)
	}
	if w.call.Frame.Mode == plan.FrameRange {
		e.limit = limit
		if w.rows.N > 0 && negative(offset) {
			return e, sqlerr.New(sqlerr.CodeInvalidFrame, "invalid preceding or following size in window function").At(place)
		}
		return e, nil
	}
	n, ok := offset.(int64)
	if !ok || n < 0 {
		return e, sqlerr.New(sqlerr.CodeInvalidFrame, "frame %s offset must not be negative", which).At(place)
	}
	e.offset = int(min(n, math.MaxInt32)) // more rows than a window can hold
	return e, nil
}

// negative says whether a RANGE offset is less than nothing, or not a number.
func negative(offset column.Value) bool {
	switch x := offset.(type) {
	case int64:
		return x < 0
	case float64:
		return x < 0 || math.IsNaN(x)
	case column.Interval:
		return sqltype.CompareInterval(x, column.Interval{}) < 0
	}
	return false
}
