package plan

import "github.com/credsql/credsql/engine/sqlerr"

// sizes counts the nodes of expressions as trees: a part that is used twice counts twice. Each node is looked at once.
type sizes map[Expr]int

// hugeSize is where counting stops.
const hugeSize = 1 << 30

func (s sizes) of(e Expr) int {
	if n, ok := s[e]; ok {
		return n
	}
	n := 1
	for _, c := range children(e) {
		n = min(n+s.of(c), hugeSize)
	}
	s[e] = n
	return n
}

// maxGrowth bounds the nodes that binding adds to what was written, because BETWEEN, NULLIF, IS DISTINCT FROM and others need an operand
// more than once: each such level of nesting doubles what is below it.
const maxGrowth = 100_000

// reuse counts expressions that are used once more.
func (b *Binder) reuse(pos int, exprs ...Expr) error {
	for _, e := range exprs {
		b.growth += b.sizes.of(e)
		if b.growth > maxGrowth {
			return sqlerr.New(sqlerr.CodeTooComplex, "statement is too complex: operands that are needed more than once nest too deeply").At(pos).
				WithHint("compute the inner value in a subquery in FROM, or in WITH")
		}
	}
	return nil
}

// maxSubstituted is how large a condition may become on its way down through a projection.
const maxSubstituted = 1000

// sizeWith is how large e becomes when its columns are replaced.
func sizeWith(e Expr, by []Expr) int {
	total, memo := 0, sizes{}
	visit(e, func(x Expr) bool {
		total++
		if c, ok := x.(*ColRef); ok {
			total = min(total+memo.of(by[c.Index]), hugeSize)
		}
		return total < hugeSize
	})
	return total
}
