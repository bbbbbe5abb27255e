package rowexec

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/sqlerr"
)

// recursive gives the rows of the non-recursive term, and then of the recursive term over the rows of the round before, until a round
// has none. With UNION, a row that was there in any round before is dropped.
func (r *run) recursive(def *plan.CTE) Rows {
	return func(yield func([]column.Value, error) bool) {
		c := &recursion{run: r, def: def, limits: r.env.Limits.withDefaults(), yield: yield}
		if def.Union {
			held := r.env.Memory.Account()
			defer held.Close()
			c.seen = newCounts(held)
		}
		work, ok := c.round(r.rows(def.Plan))
		for n := 1; ok && len(work.kept) > 0; n++ {
			if n > c.limits.RecursionRounds {
				work.close()
				yield(nil, c.endless("%d rounds", c.limits.RecursionRounds))
				return
			}
			work, ok = c.step(work)
		}
		work.close()
	}
}

// recursion is a recursive definition being computed.
type recursion struct {
	*run
	def    *plan.CTE
	limits Limits
	yield  func([]column.Value, error) bool
	seen   *counts // the rows so far, with UNION
	given  int
}

// step runs the recursive term over a working table, which is done with after it.
func (c *recursion) step(work *workTable) (*workTable, bool) {
	scope := c.scope.child()
	scope.tables = map[int]table{c.def.Work: work}
	defer scope.close()
	return c.round(c.within(scope).rows(c.def.Step))
}

// round yields the new ones of the rows, which become the next working table; false when nothing is to follow.
func (c *recursion) round(rows Rows) (*workTable, bool) {
	out := &workTable{held: c.env.Memory.Account()}
	for row, err := range rows {
		fresh := false
		if err == nil {
			fresh, err = c.isNew(row)
		}
		if fresh && err == nil {
			err = out.keep(row)
		}
		if err != nil {
			c.yield(nil, err)
			return out, false
		}
		if fresh && !c.yield(row, nil) {
			return out, false
		}
	}
	return out, true
}

func (c *recursion) isNew(row []column.Value) (bool, error) {
	if err := c.tick(); err != nil {
		return false, err
	}
	if c.seen != nil {
		if before, err := c.seen.add(row); before > 0 || err != nil {
			return false, err
		}
	}
	if c.given++; c.given > c.limits.RecursionRows {
		return false, c.endless("%d rows", c.limits.RecursionRows)
	}
	return true, nil
}

func (c *recursion) endless(format string, limit int) error {
	return sqlerr.New(sqlerr.CodeProgramLimit, "recursive query %q exceeds the limit of "+format, c.def.Name, limit).
		WithHint("give the recursive term a condition that ends it, such as WHERE depth < 100")
}

// workTable is the rows of one round.
type workTable struct {
	kept [][]column.Value
	held *budget.Account
}

var _ table = (*workTable)(nil)

func (w *workTable) keep(row []column.Value) error {
	w.kept = append(w.kept, row)
	return w.held.GrowRow(row)
}

func (w *workTable) rows(*run) Rows {
	return func(yield func([]column.Value, error) bool) {
		for _, row := range w.kept {
			if !yield(row, nil) {
				return
			}
		}
	}
}

func (w *workTable) batches(cols []plan.Col) Batches { return batched(w.rows(nil), cols) }

func (w *workTable) close() { w.held.Close() }
