package window

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
)

// running keeps the state of the frame before and feeds it only what the next one has more; a frame that lost rows is fed anew.
type running struct {
	a      *aggregation
	p      *partition
	state  funcs.State
	before []span
}

var _ feeder = (*running)(nil)

func (r *running) value(spans []span) (column.Value, error) {
	rest, grows := extension(r.before, spans)
	if r.state == nil || !grows {
		var err error
		if r.state, err = r.a.state(); err != nil {
			return nil, err
		}
		rest = spans
	}
	for _, s := range rest {
		if err := r.a.add(r.state, r.p, s); err != nil {
			return nil, err
		}
	}
	r.before = append(r.before[:0], spans...)
	return r.state.Result()
}

// extension gives what after has beyond before, possibly with an empty span first; false when before is not how after begins.
func extension(before, after []span) (rest []span, grows bool) {
	if len(before) == 0 {
		return after, true
	}
	last := len(before) - 1
	if len(after) <= last {
		return nil, false
	}
	for i, s := range before {
		same := s == after[i] || i == last && s.from == after[i].from && s.to < after[i].to
		if !same {
			return nil, false
		}
	}
	rest = append(rest, after[last:]...)
	rest[0].from = before[last].to
	return rest, true
}
