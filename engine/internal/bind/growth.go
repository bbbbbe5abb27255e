package bind

import (
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/sqlerr"
)

// maxGrowth bounds the nodes that binding adds to what was written, because BETWEEN, NULLIF, IS DISTINCT FROM and others need an operand
// more than once: each such level of nesting doubles what is below it.
const maxGrowth = 100_000

// reuse counts expressions that are used once more.
func (b *Binder) reuse(pos int, exprs ...plan.Expr) error {
	for _, e := range exprs {
		b.growth += b.sizes.Of(e)
		if b.growth > maxGrowth {
			return sqlerr.New(sqlerr.CodeTooComplex, "statement is too complex: operands that are needed more than once nest too deeply").At(pos).
				WithHint("compute the inner value in a subquery in FROM, or in WITH")
		}
	}
	return nil
}
