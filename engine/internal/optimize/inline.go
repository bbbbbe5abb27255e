package optimize

import (
	"github.com/credsql/credsql/engine/internal/plan"
)

// inlineCTEs puts a definition that is read once, and does not depend on rows around it, in the place where it is read, so that conditions
// and columns can be pushed into it.
func inlineCTEs(n plan.Node) plan.Node {
	uses := map[int]int{}
	plan.Walk(n, func(m plan.Node) {
		if r, ok := m.(*plan.CTERef); ok {
			uses[r.ID]++
		}
	})
	defs := map[int]plan.Node{}
	plan.Walk(n, func(m plan.Node) {
		if w, ok := m.(*plan.With); ok {
			for _, d := range w.Defs {
				if uses[d.ID] <= 1 && d.Step == nil && len(plan.OuterRefs(d.Plan)) == 0 {
					defs[d.ID] = d.Plan
				}
			}
		}
	})
	if len(defs) == 0 {
		return n
	}
	return (&inliner{defs: defs}).node(n)
}

type inliner struct{ defs map[int]plan.Node }

func (i *inliner) node(n plan.Node) plan.Node {
	switch m := n.(type) {
	case *plan.CTERef:
		if p := i.defs[m.ID]; p != nil {
			return i.node(p)
		}
		return n
	case *plan.With:
		var kept []*plan.CTE
		for _, d := range m.Defs {
			if i.defs[d.ID] == nil {
				kept = append(kept, d)
			}
		}
		if len(kept) == 0 {
			return i.node(m.Body)
		}
		n = &plan.With{Defs: kept, Body: m.Body}
	}
	n = plan.WithExprs(n, func(e plan.Expr) plan.Expr {
		return plan.Transform(e, func(x plan.Expr) plan.Expr {
			if s, ok := x.(*plan.Subquery); ok {
				c := *s
				c.Plan = i.node(s.Plan)
				return &c
			}
			return x
		})
	})
	return plan.WithInputs(n, i.node)
}
