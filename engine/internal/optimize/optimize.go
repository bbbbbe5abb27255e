package optimize

import (
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
)

// Rewrite turns a plan into a cheaper one with the same answer: constants are computed, conditions move to where their rows are
// read, IN and EXISTS become joins, and only the columns that are used are read.
func Rewrite(n plan.Node, ctx *funcs.Ctx) plan.Node {
	n = foldTree(n, ctx)
	n = inlineCTEs(n)
	n = push(n, nil)
	n = foldTree(n, ctx)
	n = pruneRoot(n)
	return restrictScans(n)
}
