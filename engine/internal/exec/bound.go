package exec

import (
	"math"

	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/tables"
)

// manyRows stands for a number of rows that is not known.
const manyRows = math.MaxInt64

// rowsAtMost bounds the number of rows that a node gives.
func rowsAtMost(node plan.Node, snapshot tables.Snapshot) int64 {
	switch n := node.(type) {
	case *plan.Scan:
		if snapshot == nil {
			return manyRows
		}
		if rows, known := snapshot.RowCount(n.Table.Schema + "." + n.Table.Name); known {
			return rows
		}
	case *plan.Values:
		return int64(len(n.Rows))
	case *plan.Limit:
		rows := rowsAtMost(n.Input, snapshot)
		if c, ok := n.Count.(*plan.Const); ok && n.TiesBy == nil {
			if count, ok := c.Val.(int64); ok && count >= 0 {
				return min(rows, count)
			}
		}
		return rows
	case *plan.Filter, *plan.Project, *plan.Sort, *plan.Distinct, *plan.Window:
		return rowsAtMost(node.Inputs()[0], snapshot)
	case *plan.Aggregate:
		if n.Sets != nil {
			return manyRows
		}
		return max(1, rowsAtMost(n.Input, snapshot))
	case *plan.Join:
		if n.Kind >= plan.Semi {
			return rowsAtMost(n.Left, snapshot)
		}
	}
	return manyRows
}
