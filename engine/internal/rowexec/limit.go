package rowexec

import (
	"math"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/sqlerr"
)

// limit skips Offset rows and passes Count rows, and with TiesBy also those that follow and sort equally with the last of them.
func (r *run) limit(n *plan.Limit) Rows {
	return func(yield func([]column.Value, error) bool) {
		count, err := r.rowCount(n.Count, math.MaxInt64, sqlerr.CodeInvalidLimit, "LIMIT must not be negative")
		if err != nil {
			yield(nil, err)
			return
		}
		skip, err := r.rowCount(n.Offset, 0, sqlerr.CodeInvalidOffset, "OFFSET must not be negative")
		if err != nil {
			yield(nil, err)
			return
		}
		if count == 0 {
			return
		}
		r.passed(n, count, skip, yield)
	}
}

func (r *run) passed(n *plan.Limit, count, skip int64, yield func([]column.Value, error) bool) {
	var last []column.Value // the sort key of the last row within the count
	for row, err := range r.rows(n.Input) {
		if err != nil {
			yield(nil, err)
			return
		}
		switch {
		case skip > 0:
			skip--
			continue
		case count > 0:
			count--
			if count == 0 && n.TiesBy != nil {
				last, err = r.sortKey(n.TiesBy, row)
			}
		default:
			var key []column.Value
			if key, err = r.sortKey(n.TiesBy, row); err == nil && compareKeys(n.TiesBy, key, last) != 0 {
				return
			}
		}
		if !yield(row, err) || err != nil || count == 0 && n.TiesBy == nil {
			return
		}
	}
}

// rowCount evaluates LIMIT or OFFSET; NULL is the default.
func (r *run) rowCount(e plan.Expr, missing int64, code, negative string) (int64, error) {
	if e == nil {
		return missing, nil
	}
	v, err := r.eval(e, nil)
	if err != nil || v == nil {
		return missing, err
	}
	n, ok := v.(int64)
	if !ok || n < 0 {
		return 0, sqlerr.New(code, "%s", negative).At(e.Offset())
	}
	return n, nil
}
