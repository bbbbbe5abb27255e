package window

import (
	"errors"
	"sort"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/engine/sqlerr"
)

// span is the places from up to, but without, to.
type span struct{ from, to int }

func (s span) len() int { return s.to - s.from }

// frame finds the frames of one partition's rows.
type frame struct {
	*bounds
	p   *partition
	buf [3]span
	// The places whose RANGE key is not NULL; found when first needed.
	keyed      span
	keyedKnown bool
}

// whole is the frame of a place before anything is excluded from it.
func (f *frame) whole(at int) (span, error) {
	from, err := f.from(at)
	if err != nil {
		return span{}, err
	}
	to, err := f.to(at)
	if err != nil || to <= from {
		return span{from, from}, err
	}
	return span{from, to}, nil
}

// spans is the frame of a place: up to three spans, none of them empty. The slice is good until the next call.
func (f *frame) spans(at int) ([]span, error) {
	w, err := f.whole(at)
	if err != nil {
		return nil, err
	}
	return f.without(w, at), nil
}

// without takes from a frame what EXCLUDE names.
func (f *frame) without(w span, at int) []span {
	out := f.buf[:0]
	add := func(from, to int) {
		if from < to {
			out = append(out, span{from, to})
		}
	}
	if f.exclude == plan.ExcludeNone {
		add(w.from, w.to)
		return out
	}
	gap := span{at, at + 1}
	if f.exclude != plan.ExcludeCurrentRow {
		gap = f.p.peersOf(at)
	}
	add(w.from, min(w.to, gap.from))
	if f.exclude == plan.ExcludeTies {
		add(max(w.from, at), min(w.to, at+1))
	}
	add(max(w.from, gap.to), w.to)
	return out
}

// from is the first place of the frame.
func (f *frame) from(at int) (int, error) {
	switch n := f.p.len(); {
	case f.start.kind == plan.UnboundedPreceding:
		return 0, nil
	case f.mode == plan.FrameRows:
		return clamp(at+f.start.distance(), n), nil
	case f.mode == plan.FrameGroups:
		g := clamp(f.p.groupOf(at)+f.start.distance(), f.p.groups())
		return int(f.p.peers[g]), nil
	case f.start.kind == plan.CurrentRow:
		return f.p.peersOf(at).from, nil
	default:
		return f.reach(at, f.start.limit, false)
	}
}

// to is the place after the last one of the frame.
func (f *frame) to(at int) (int, error) {
	switch n := f.p.len(); {
	case f.end.kind == plan.UnboundedFollowing:
		return n, nil
	case f.mode == plan.FrameRows:
		return clamp(at+f.end.distance()+1, n), nil
	case f.mode == plan.FrameGroups:
		g := clamp(f.p.groupOf(at)+f.end.distance()+1, f.p.groups())
		return int(f.p.peers[g]), nil
	case f.end.kind == plan.CurrentRow:
		return f.p.peersOf(at).to, nil
	default:
		return f.reach(at, f.end.limit, true)
	}
}

// distance is how far the edge lies from the current row or group, in rows or groups.
func (e edge) distance() int {
	switch e.kind {
	case plan.OffsetPreceding:
		return -e.offset
	case plan.OffsetFollowing:
		return e.offset
	default:
		return 0
	}
}

func clamp(at, n int) int { return max(0, min(at, n)) }

// reach finds where a RANGE frame with an offset starts: at the first row whose key is not before the limit; or, past, where it ends:
// at the first row whose key is after it. A row with a NULL key reaches to its peers only, and no other row reaches it.
func (f *frame) reach(at int, limit *column.Vector, past bool) (int, error) {
	row := int(f.p.rows[at])
	if f.key.IsNull(row) {
		peers := f.p.peersOf(at)
		if past {
			return peers.to, nil
		}
		return peers.from, nil
	}
	if limit == nil || limit.IsNull(row) {
		return 0, sqlerr.Internal(errors.New("a RANGE frame has no limit for a row"))
	}
	keyed, to := f.keyedSpan(), limit.Value(row)
	return keyed.from + sort.Search(keyed.len(), func(i int) bool {
		c := sqltype.Compare(f.key.Type, f.key.Value(int(f.p.rows[keyed.from+i])), to)
		if f.desc {
			c = -c
		}
		return c > 0 || c == 0 && !past
	}), nil
}

// keyedSpan is where the rows are whose key is not NULL: the NULLs are together at one end.
func (f *frame) keyedSpan() span {
	if f.keyedKnown {
		return f.keyed
	}
	null := func(at int) bool { return f.key.IsNull(int(f.p.rows[at])) }
	from, to := 0, f.p.len()
	for from < to && null(from) {
		from++
	}
	for from < to && null(to-1) {
		to--
	}
	f.keyed, f.keyedKnown = span{from, to}, true
	return f.keyed
}
