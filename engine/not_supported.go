package engine

import (
	"fmt"

	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/tables"
)

// sentinelCounter is a snapshot that knows how many rows of a column hold not_supported.
type sentinelCounter interface {
	NotSupported(table, column string, accounts []string) int64
}

// notSupported says how many rows a filter met whose value AWS does not report. Such a value is NULL, so that password_enabled AND … drops
// old reports' root users without a word; this is the word.
func (r *Rows) notSupported() []tables.Notice {
	counter, ok := r.snapshot.(sentinelCounter)
	if !ok {
		return nil
	}
	var out []tables.Notice
	seen := map[string]bool{}
	plan.Walk(r.plan, func(n plan.Node) {
		f, ok := n.(*plan.Filter)
		if !ok {
			return
		}
		scan, ok := f.Input.(*plan.Scan)
		if !ok {
			return
		}
		for _, name := range plan.DecidedBy(f.Cond) {
			table := scan.Table.QualifiedName()
			if seen[table+"."+name] {
				continue
			}
			seen[table+"."+name] = true
			if n := counter.NotSupported(table, name, scan.Accounts); n > 0 {
				out = append(out, tables.Notice{Message: fmt.Sprintf(
					"%s is not_supported, hence NULL, in %d rows that the filter looked at: old reports say so of root users; test with %[1]s IS NULL", name, n)})
			}
		}
	})
	return out
}
