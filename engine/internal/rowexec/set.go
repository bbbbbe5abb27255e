package rowexec

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/plan"
)

// counts counts rows that SQL calls not distinct.
type counts struct {
	byKey map[string]int
	held  *budget.Account
	buf   []byte
}

func newCounts(held *budget.Account) *counts { return &counts{byKey: map[string]int{}, held: held} }

// perKey is about what a map entry costs beside its key.
const perKey = 48

func (c *counts) key(row []column.Value) []byte {
	c.buf = appendKeys(c.buf[:0], row)
	return c.buf
}

// add counts a row once more and gives how often it was there before.
func (c *counts) add(row []column.Value) (before int, err error) {
	key := c.key(row)
	before, known := c.byKey[string(key)]
	if !known {
		if err := c.held.Grow(int64(len(key)) + perKey); err != nil {
			return 0, err
		}
	}
	c.byKey[string(key)] = before + 1
	return before, nil
}

// take removes one such row; false when there is none left.
func (c *counts) take(row []column.Value) bool {
	key := c.key(row)
	n := c.byKey[string(key)]
	if n > 0 {
		c.byKey[string(key)] = n - 1
	}
	return n > 0
}

// distinct keeps the first of the rows that are not distinct: in all columns, or in the keys of DISTINCT ON.
func (r *run) distinct(n *plan.Distinct) Rows {
	if n.On == nil {
		return r.atOnce(r.firsts(r.rows(n.Input), wholeRow))
	}
	return r.firsts(r.rows(n.Input), func(row []column.Value) ([]column.Value, error) { return r.evalAll(n.On, row) })
}

func wholeRow(row []column.Value) ([]column.Value, error) { return row, nil }

// atOnce reads all rows before it gives the first, as hashing does: an error in any of them is the statement's, though a LIMIT want few.
func (r *run) atOnce(rows Rows) Rows {
	return func(yield func([]column.Value, error) bool) {
		held := r.env.Memory.Account()
		defer held.Close()
		all, err := r.collect(rows, held)
		if err != nil {
			yield(nil, err)
			return
		}
		for _, row := range all {
			if !yield(row, nil) {
				return
			}
		}
	}
}

// firsts keeps of rows with one key the first.
func (r *run) firsts(rows Rows, keyOf func(row []column.Value) ([]column.Value, error)) Rows {
	return func(yield func([]column.Value, error) bool) {
		held := r.env.Memory.Account()
		defer held.Close()
		seen := newCounts(held)
		for row, err := range rows {
			var key []column.Value
			before := 0
			if err == nil {
				key, err = keyOf(row)
			}
			if err == nil {
				before, err = seen.add(key)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if before == 0 && !yield(row, nil) {
				return
			}
		}
	}
}

// setOp combines two inputs. With ALL, INTERSECT gives a row as often as the rarer side has it, and EXCEPT as often as the left side has
// it more than the right.
func (r *run) setOp(n *plan.SetOp) Rows {
	rows := r.combined(n)
	if n.All {
		return rows
	}
	if rows = r.firsts(rows, wholeRow); n.Kind == plan.Union {
		return r.atOnce(rows)
	}
	return rows
}

func (r *run) combined(n *plan.SetOp) Rows {
	if n.Kind == plan.Union {
		return r.concatenated(n.Left, n.Right)
	}
	return func(yield func([]column.Value, error) bool) {
		held := r.env.Memory.Account()
		defer held.Close()
		right := newCounts(held)
		for row, err := range r.rows(n.Right) {
			if err == nil {
				_, err = right.add(row)
			}
			if err != nil {
				yield(nil, err)
				return
			}
		}
		for row, err := range r.rows(n.Left) {
			if err != nil {
				yield(nil, err)
				return
			}
			if right.matches(row, n.All) == (n.Kind == plan.Intersect) && !yield(row, nil) {
				return
			}
		}
	}
}

// matches says whether the right side has such a row; with all it uses one up.
func (c *counts) matches(row []column.Value, all bool) bool {
	if all {
		return c.take(row)
	}
	return c.byKey[string(c.key(row))] > 0
}

func (r *run) concatenated(nodes ...plan.Node) Rows {
	return func(yield func([]column.Value, error) bool) {
		for _, n := range nodes {
			for row, err := range r.rows(n) {
				if !yield(row, err) || err != nil {
					return
				}
			}
		}
	}
}
