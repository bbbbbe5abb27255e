package exec

import "github.com/credsql/credsql/engine/internal/plan"

// Declined says whether a node runs by rows: table functions, LATERAL, recursion, NOT IN of several columns, and what has no
// columns to tell rows apart by. What is below it is asked for on its own.
func Declined(node plan.Node) bool {
	switch n := node.(type) {
	case *plan.Scan, *plan.Values, *plan.Filter, *plan.Project, *plan.Aggregate, *plan.Sort, *plan.Limit, *plan.Window, *plan.CTERef:
		return false
	case *plan.Distinct:
		return n.On == nil && len(n.Columns()) == 0
	case *plan.SetOp:
		return len(n.Cols) == 0
	case *plan.Join:
		return n.Kind == plan.NullAnti && (len(n.LeftKeys) != 1 || n.On != nil)
	case *plan.With:
		for _, d := range n.Defs {
			if d.Step != nil {
				return true
			}
		}
		return false
	}
	return true
}
