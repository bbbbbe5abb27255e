package rowexec

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/plan"
)

// filter keeps the rows for which the condition is true.
func (r *run) filter(n *plan.Filter) Rows {
	return func(yield func([]column.Value, error) bool) {
		for row, err := range r.rows(n.Input) {
			keep := false
			if err == nil {
				keep, err = r.isTrue(n.Cond, row)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if keep && !yield(row, nil) {
				return
			}
		}
	}
}

// project computes columns.
func (r *run) project(n *plan.Project) Rows {
	return func(yield func([]column.Value, error) bool) {
		for row, err := range r.rows(n.Input) {
			var out []column.Value
			if err == nil {
				out, err = r.evalAll(n.Exprs, row)
			}
			if !yield(out, err) || err != nil {
				return
			}
		}
	}
}

// collect reads all rows and charges them to an account.
func (r *run) collect(rows Rows, held *budget.Account) ([][]column.Value, error) {
	var out [][]column.Value
	for row, err := range rows {
		if err == nil {
			err = held.GrowRow(row)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, nil
}
