package rowexec

import (
	"errors"
	"slices"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/plan"
)

// errEnough ends a table function whose rows are not wanted any more. It goes no further than the call.
var errEnough = errors.New("no more rows are wanted")

// funcScan gives the rows of table functions: of one as they come, of several side by side.
func (r *run) funcScan(n *plan.FuncScan) Rows {
	rows := r.zipped(n)
	if len(n.Calls) == 1 {
		rows = r.tableCall(n.Calls[0])
	}
	if !n.Ordinality {
		return rows
	}
	return func(yield func([]column.Value, error) bool) {
		number := int64(0)
		for row, err := range rows {
			number++
			if err == nil {
				row = append(slices.Clip(row), number)
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// tableCall gives the rows of one table function. One that is not called with NULL arguments gives none for them.
func (r *run) tableCall(c *plan.TableCall) Rows {
	return func(yield func([]column.Value, error) bool) {
		args, err := r.evalAll(c.Args, nil)
		if err != nil {
			yield(nil, err)
			return
		}
		if !c.Fn.NullCalled && slices.Contains(args, nil) {
			return
		}
		enough := false
		err = c.Fn.Rows(r.funcs, args, func(row []column.Value) error {
			if err := r.tick(); err != nil {
				return err
			}
			if enough = enough || !yield(slices.Clone(row), nil); enough {
				return errEnough
			}
			return nil
		})
		if err != nil && !enough {
			yield(nil, placedAtArg(err, c.Args))
		}
	}
}

// zipped puts the rows of several table functions side by side; the shorter ones are padded with NULL.
func (r *run) zipped(n *plan.FuncScan) Rows {
	return func(yield func([]column.Value, error) bool) {
		held := r.env.Memory.Account()
		defer held.Close()
		columns, longest := make([][][]column.Value, len(n.Calls)), 0
		for i, c := range n.Calls {
			rows, err := r.collect(r.tableCall(c), held)
			if err != nil {
				yield(nil, err)
				return
			}
			columns[i], longest = rows, max(longest, len(rows))
		}
		for at := range longest {
			var out []column.Value
			for i, c := range n.Calls {
				part := make([]column.Value, c.Width)
				if at < len(columns[i]) {
					copy(part, columns[i][at])
				}
				out = append(out, part...)
			}
			if !yield(out, nil) {
				return
			}
		}
	}
}
