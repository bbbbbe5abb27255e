package rowexec

import (
	"slices"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
)

// feed is what one row gives to one aggregate.
type feed struct {
	args []column.Value
	key  []column.Value // of ORDER BY
}

// feed evaluates an aggregate's inputs for a row: FILTER first, and arguments only for rows that pass it. It is nil for a row that the
// aggregate does not count: one that does not pass, or, unless the aggregate counts them, one with a NULL argument.
func (r *run) feed(call *plan.AggCall, row []column.Value) (*feed, error) {
	pass, err := r.isTrue(call.Filter, row)
	if err != nil || !pass {
		return nil, err
	}
	f := &feed{}
	if f.args, err = r.evalAll(call.Args, row); err != nil {
		return nil, err
	}
	if f.key, err = r.sortKey(call.OrderBy, row); err != nil {
		return nil, err
	}
	if !call.Fn.NullCalled && slices.Contains(f.args, nil) {
		return nil, nil
	}
	return f, nil
}

// accumulator is one aggregate of one group. Without DISTINCT and ORDER BY it feeds its state at once, otherwise when it is asked for
// the result.
type accumulator struct {
	call  *plan.AggCall
	state funcs.State
	kept  []keyed // the rows to be sorted; row holds the arguments
	seen  *counts // of DISTINCT
}

// accumulator starts an aggregate; its direct arguments are evaluated over the group's first row.
func (g *grouping) accumulator(call *plan.AggCall, row []column.Value) (*accumulator, error) {
	direct, err := g.evalAll(call.Direct, row)
	if err != nil {
		return nil, err
	}
	types := make([]column.Type, len(call.Args))
	for i, arg := range call.Args {
		types[i] = arg.Type()
	}
	a := &accumulator{call: call}
	if call.Distinct {
		a.seen = newCounts(g.held)
	}
	a.state, err = call.Fn.State(g.funcs, types, direct)
	return a, err
}

func (a *accumulator) add(f *feed, held *budget.Account) error {
	if a.seen != nil {
		if before, err := a.seen.add(f.args); before > 0 || err != nil {
			return err
		}
	}
	if a.seen == nil && len(a.call.OrderBy) == 0 {
		if holdsArgs(a.call) {
			if err := held.Grow(budget.SizeOfRow(f.args)); err != nil {
				return err
			}
		}
		return a.state.Add(f.args)
	}
	a.kept = append(a.kept, keyed{key: f.key, row: f.args})
	return held.Grow(budget.SizeOfRow(f.args) + budget.SizeOfRow(f.key))
}

// holdsArgs says whether an aggregate's state grows with every row.
func holdsArgs(call *plan.AggCall) bool {
	return call.Type.IsList() || call.Type.Kind == column.KindJSON || call.Name == "string_agg"
}

// result feeds what was kept, in order, and gives the aggregate's value. DISTINCT rows that ORDER BY leaves equal come in ascending order
// of the arguments, as PostgreSQL's sort for DISTINCT leaves them.
func (a *accumulator) result() (column.Value, error) {
	slices.SortStableFunc(a.kept, func(x, y keyed) int {
		c := compareKeys(a.call.OrderBy, x.key, y.key)
		for i := 0; c == 0 && a.seen != nil && i < len(a.call.Args); i++ {
			c = compareKey(plan.SortKey{Expr: a.call.Args[i]}, x.row[i], y.row[i])
		}
		return c
	})
	for _, k := range a.kept {
		if err := a.state.Add(k.row); err != nil {
			return nil, err
		}
	}
	a.kept = nil
	return a.state.Result()
}
