package window

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// firstValue is the value of the frame's first row.
func (w *work) firstValue() (*column.Vector, error) {
	return w.pick(func(f *frame, at int) (int, bool, error) {
		spans, err := f.spans(at)
		if err != nil || len(spans) == 0 {
			return 0, false, err
		}
		return spans[0].from, true, nil
	})
}

// lastValue is the value of the frame's last row.
func (w *work) lastValue() (*column.Vector, error) {
	return w.pick(func(f *frame, at int) (int, bool, error) {
		spans, err := f.spans(at)
		if err != nil || len(spans) == 0 {
			return 0, false, err
		}
		return spans[len(spans)-1].to - 1, true, nil
	})
}

// nthValue is the value of the frame's n-th row, n being the second argument of the current row.
func (w *work) nthValue() (*column.Vector, error) {
	return w.pick(func(f *frame, at int) (int, bool, error) {
		row := int(f.p.rows[at])
		if w.in.Args[1].IsNull(row) {
			return 0, false, nil
		}
		n := w.in.Args[1].Int(row)
		if n <= 0 {
			return 0, false, w.argError(sqlerr.New(sqlerr.CodeInvalidNthValue, "argument of nth_value must be greater than zero"), 1)
		}
		spans, err := f.spans(at)
		for _, s := range spans {
			if n <= int64(s.len()) {
				return s.from + int(n) - 1, true, err
			}
			n -= int64(s.len())
		}
		return 0, false, err
	})
}

// pick gives each row the first argument's value of the place that choose says; NULL when it says none.
func (w *work) pick(choose func(f *frame, at int) (int, bool, error)) (*column.Vector, error) {
	bounds, err := w.bounds()
	if err != nil {
		return nil, err
	}
	picks := newPicks(w.rows.N)
	err = w.eachPartition(func(p *partition) error {
		f := &frame{bounds: bounds, p: p}
		for at, row := range p.rows {
			if err := w.tick(); err != nil {
				return err
			}
			from, ok, err := choose(f, at)
			if err != nil {
				return err
			}
			if ok {
				picks[row] = p.rows[from]
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return take(w.call.Type, w.in.Args[0], picks), nil
}
