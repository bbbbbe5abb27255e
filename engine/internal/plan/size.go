package plan

// Sizes counts the nodes of expressions as trees: a part that is used twice counts twice. Each node is looked at once.
type Sizes map[Expr]int

// hugeSize is where counting stops.
const hugeSize = 1 << 30

// Of is the size of e, at most hugeSize.
func (s Sizes) Of(e Expr) int {
	if n, ok := s[e]; ok {
		return n
	}
	n := 1
	for _, c := range children(e) {
		n = min(n+s.Of(c), hugeSize)
	}
	s[e] = n
	return n
}

// SizeWith is how large e becomes when its columns are replaced.
func SizeWith(e Expr, by []Expr) int {
	total, memo := 0, Sizes{}
	Visit(e, func(x Expr) bool {
		total++
		if c, ok := x.(*ColRef); ok {
			total = min(total+memo.Of(by[c.Index]), hugeSize)
		}
		return total < hugeSize
	})
	return total
}
