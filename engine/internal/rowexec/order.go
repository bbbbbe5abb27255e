package rowexec

import (
	"cmp"
	"slices"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/sqltype"
)

// keyed is a row with the values that it is sorted by.
type keyed struct {
	key []column.Value
	row []column.Value
}

// sort holds all rows and gives them in order, equal ones as they came.
func (r *run) sort(n *plan.Sort) Rows {
	return func(yield func([]column.Value, error) bool) {
		held := r.env.Memory.Account()
		defer held.Close()
		rows, err := r.keyed(r.rows(n.Input), n.Keys, held)
		if err != nil {
			yield(nil, err)
			return
		}
		sortKeyed(rows, n.Keys)
		for _, k := range rows {
			if !yield(k.row, nil) {
				return
			}
		}
	}
}

// keyed reads all rows with their sort keys.
func (r *run) keyed(rows Rows, keys []plan.SortKey, held *budget.Account) ([]keyed, error) {
	var out []keyed
	for row, err := range rows {
		var k keyed
		if err == nil {
			k.row = row
			k.key, err = r.sortKey(keys, row)
		}
		if err == nil {
			err = cmp.Or(held.GrowRow(row), held.GrowRow(k.key))
		}
		if err != nil {
			return nil, err
		}
		out = append(out, k)
	}
	return out, nil
}

// sortKey computes a row's sort key.
func (r *run) sortKey(keys []plan.SortKey, row []column.Value) ([]column.Value, error) {
	out := make([]column.Value, len(keys))
	for i, k := range keys {
		var err error
		if out[i], err = r.eval(k.Expr, row); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// sortKeyed sorts stably.
func sortKeyed(rows []keyed, keys []plan.SortKey) {
	slices.SortStableFunc(rows, func(a, b keyed) int { return compareKeys(keys, a.key, b.key) })
}

// compareKeys orders two sort keys.
func compareKeys(keys []plan.SortKey, a, b []column.Value) int {
	for i, k := range keys {
		if c := compareKey(k, a[i], b[i]); c != 0 {
			return c
		}
	}
	return 0
}

func compareKey(k plan.SortKey, a, b column.Value) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil || b == nil:
		if (a == nil) == k.NullsFirst {
			return -1
		}
		return 1
	}
	c := sqltype.Compare(k.Expr.Type(), a, b)
	if k.Desc {
		return -c
	}
	return c
}
