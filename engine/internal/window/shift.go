package window

import "github.com/credsql/credsql/engine/column"

// lag is the value of the row that many rows before the current one in its partition.
func (w *work) lag() (*column.Vector, error) { return w.shift(-1) }

// lead is the value of the row that many rows after.
func (w *work) lead() (*column.Vector, error) { return w.shift(+1) }

// shift gives the first argument's value of the row that lies offset rows away, the second argument, default 1, which may be negative.
// Outside the partition it is the third argument of the current row, default NULL. A NULL offset gives NULL.
func (w *work) shift(direction int) (*column.Vector, error) {
	picks := newPicks(w.rows.N)
	outside := column.NewBitmap(w.rows.N)
	err := w.eachPartition(func(p *partition) error {
		for at, row := range p.rows {
			offset, ok := w.shiftOffset(int(row))
			if !ok {
				continue
			}
			if to, inside := moved(at, direction, offset, p.len()); inside {
				picks[row] = p.rows[to]
			} else {
				outside.Set(int(row))
			}
		}
		return w.canceled()
	})
	if err != nil {
		return nil, err
	}
	if len(w.in.Args) < 3 {
		return take(w.call.Type, w.in.Args[0], picks), nil
	}
	return takeOr(w.call.Type, w.in.Args[0], picks, w.in.Args[2], outside), nil
}

// shiftOffset is the offset for a row; false when it is NULL.
func (w *work) shiftOffset(row int) (int64, bool) {
	if len(w.in.Args) < 2 {
		return 1, true
	}
	v := w.in.Args[1]
	if v.IsNull(row) {
		return 0, false
	}
	return v.Int(row), true
}

// moved is the place offset rows from at, without overflow; false when it is not one of n.
func moved(at, direction int, offset int64, n int) (int, bool) {
	if offset >= int64(n) || offset <= -int64(n) {
		return 0, false
	}
	to := at + direction*int(offset)
	return to, to >= 0 && to < n
}
