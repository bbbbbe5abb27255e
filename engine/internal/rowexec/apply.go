package rowexec

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/plan"
)

// apply runs the right side for each left row.
func (r *run) apply(n *plan.Apply) Rows {
	return func(yield func([]column.Value, error) bool) {
		for left, err := range r.rows(n.Left) {
			if err != nil {
				yield(nil, err)
				return
			}
			if !r.applyRow(n, left, yield) {
				return
			}
		}
	}
}

// applyRow yields the pairs of one left row; false ends the apply.
func (r *run) applyRow(n *plan.Apply, left []column.Value, yield func([]column.Value, error) bool) bool {
	values, err := r.binds(n.Params, left)
	if err != nil {
		yield(nil, err)
		return false
	}
	scope := r.scope.WithValues(values)
	defer scope.close()
	matched := false
	for right, err := range r.within(scope).rows(n.Right) {
		var pair []column.Value
		hit := false
		if err == nil {
			err = r.tick()
		}
		if err == nil {
			pair = beside(left, right)
			hit, err = r.isTrue(n.On, pair)
		}
		if err != nil {
			yield(nil, err)
			return false
		}
		matched = matched || hit
		if hit && !yield(pair, nil) {
			return false
		}
	}
	if n.Kind == plan.Left && !matched {
		return yield(beside(left, make([]column.Value, len(n.Right.Columns()))), nil)
	}
	return true
}

// binds computes the values that an Apply or a Subquery hands to its plan.
func (r *run) binds(params []plan.ParamBind, row []column.Value) (map[int]column.Value, error) {
	values := make(map[int]column.Value, len(params))
	for _, p := range params {
		v, err := r.eval(p.Expr, row)
		if err != nil {
			return nil, err
		}
		values[p.ID] = v
	}
	return values, nil
}
