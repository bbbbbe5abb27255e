package window

import (
	"slices"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/sqlerr"
)

// directWork is how many rows a partition's frames may feed to the aggregate one by one. Frames that need more, because their start
// moves or they have a hole, are put together from states of blocks instead.
const directWork = 8 << 20

// aggregate computes an aggregate over each row's frame.
func (w *work) aggregate() (*column.Vector, error) {
	if w.call.Distinct {
		return nil, sqlerr.NotSupported("DISTINCT for window functions")
	}
	bounds, err := w.bounds()
	if err != nil {
		return nil, err
	}
	a := &aggregation{work: w, args: make([]column.Value, len(w.in.Args)), out: make([]column.Value, w.rows.N)}
	for _, arg := range w.call.Args {
		a.types = append(a.types, arg.Type())
	}
	err = w.eachPartition(func(p *partition) error { return a.partition(&frame{bounds: bounds, p: p}) })
	if err != nil {
		return nil, err
	}
	b := column.NewBuilder(w.call.Type, w.rows.N)
	for _, v := range a.out {
		b.Append(v)
	}
	return b.Vector(), nil
}

// aggregation is an aggregate being computed over all partitions.
type aggregation struct {
	*work
	types []column.Type
	args  []column.Value // buffer of one row's arguments
	out   []column.Value // by row
}

func (a *aggregation) partition(f *frame) error {
	wholes := make([]span, f.p.len())
	for at := range wholes {
		var err error
		if wholes[at], err = f.whole(at); err != nil {
			return err
		}
	}
	var feed feeder = &running{a: a, p: f.p}
	if a.effort(f, wholes) > a.direct {
		feed = newBlocks(a, f.p)
	}
	return a.each(f, wholes, feed)
}

// effort is how many rows a running state would be fed for all frames of a partition.
func (a *aggregation) effort(f *frame, wholes []span) int {
	total := 0
	var before []span
	for at, whole := range wholes {
		spans := f.without(whole, at)
		rest, grows := extension(before, spans)
		if !grows {
			rest = spans
		}
		for _, s := range rest {
			total += s.len()
		}
		before = append(before[:0], spans...)
	}
	return total
}

// feeder gives the aggregate's value over a frame. It is asked for the frames of a partition in the order of its rows.
type feeder interface {
	value(spans []span) (column.Value, error)
}

// each computes the value of every row of a partition; rows that follow each other with equal frames share it.
func (a *aggregation) each(f *frame, wholes []span, feed feeder) error {
	var last []span
	var value column.Value
	for at, whole := range wholes {
		if err := a.tick(); err != nil {
			return err
		}
		spans := f.without(whole, at)
		if at == 0 || !slices.Equal(spans, last) {
			var err error
			if value, err = feed.value(spans); err != nil {
				return a.argError(err, 0)
			}
			if err = a.account.Grow(budget.SizeOf(value)); err != nil {
				return err
			}
			last = append(last[:0], spans...)
		}
		a.out[f.p.rows[at]] = value
	}
	return nil
}

func (a *aggregation) state() (funcs.State, error) { return a.call.Fn.State(a.ctx, a.types, nil) }

// add feeds the rows of a span to a state: those that pass the filter, and, if the aggregate does not count NULLs, have no NULL
// argument.
func (a *aggregation) add(s funcs.State, p *partition, places span) error {
	for _, row := range p.rows[places.from:places.to] {
		if err := a.tick(); err != nil {
			return err
		}
		if !a.counts(int(row)) {
			continue
		}
		if err := s.Add(a.args); err != nil {
			return err
		}
	}
	return nil
}

// counts reads a row's arguments into the buffer; false when the row is not one that the aggregate is fed.
func (a *aggregation) counts(row int) bool {
	if f := a.in.Filter; f != nil && (f.IsNull(row) || !f.Bool(row)) {
		return false
	}
	for i, v := range a.in.Args {
		a.args[i] = v.Value(row)
		if a.args[i] == nil && !a.call.Fn.NullCalled {
			return false
		}
	}
	return true
}
