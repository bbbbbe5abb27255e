package engine

import (
	"math"

	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/tables"
)

// needOf collects what a plan reads, for one consistent snapshot. reads is false when it reads no table.
func needOf(root plan.Node) (need tables.Need, reads bool) {
	need.Columns = map[string][]string{}
	accounts, all, scans := map[string]bool{}, false, 0
	plan.Walk(root, func(n plan.Node) {
		scan, ok := n.(*plan.Scan)
		if !ok {
			return
		}
		scans++
		name := scan.Table.QualifiedName()
		if _, seen := need.Columns[name]; !seen {
			need.Tables = append(need.Tables, name)
			need.Columns[name] = nil
		}
		for _, c := range scan.Columns() {
			need.Columns[name] = appendNew(need.Columns[name], c.Name)
		}
		if scan.Accounts == nil {
			all = true
		}
		for _, id := range scan.Accounts {
			accounts[id] = true
		}
	})
	if scans == 1 {
		need.Rows = firstRows(root)
	}
	if !all && len(need.Tables) > 0 {
		need.Accounts = []string{}
		for id := range accounts {
			need.Accounts = append(need.Accounts, id)
		}
	}
	return need, len(need.Tables) > 0
}

// firstRows is how many of the first rows of a scan a plan reads at most, if it is the scan with nothing above it but a LIMIT and columns that
// are computed of each row: whatever looks at several rows, or drops some, reads more. 0: not known.
func firstRows(n plan.Node) int64 {
	var limit *plan.Limit
	for {
		switch m := n.(type) {
		case *plan.Project:
			n = m.Input
		case *plan.Limit:
			if limit != nil || m.TiesBy != nil {
				return 0
			}
			limit, n = m, m.Input
		case *plan.Scan:
			if limit == nil {
				return 0
			}
			count, known := number(limit.Count)
			offset, there := number(limit.Offset)
			if !known || !there && limit.Offset != nil || count > math.MaxInt64-offset {
				return 0
			}
			return count + offset
		default:
			return 0
		}
	}
}

// number is the value of a constant that counts rows.
func number(e plan.Expr) (n int64, known bool) {
	if c, ok := e.(*plan.Const); ok {
		n, known = c.Val.(int64)
	}
	return n, known && n >= 0
}

func appendNew(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}
