package bind

import (
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// taken remembers how much each border had taken, innermost first.
type taken struct {
	border *border
	params int
}

func (s *scope) taken() []taken {
	var out []taken
	for ; s != nil; s = s.parent {
		if s.border != nil {
			out = append(out, taken{s.border, len(s.border.params)})
		}
	}
	return out
}

// giveBack makes borders forget what they took since.
func giveBack(marks []taken) {
	for _, m := range marks {
		if len(m.border.params) == m.params {
			continue
		}
		m.border.params = m.border.params[:m.params]
		kept := map[int]bool{}
		for _, p := range m.border.params {
			kept[p.ID] = true
		}
		for print, id := range m.border.prints {
			if !kept[id] {
				delete(m.border.prints, print)
			}
		}
	}
}

// aggregate binds an aggregate call; its arguments may hold neither aggregates of the same query nor window functions. An aggregate whose
// arguments name only columns of queries around this one belongs to the nearest of those, as the SQL standard has it.
func (x *exprBinder) aggregate(c *syntax.Call, fn *funcs.Function) (plan.Expr, error) {
	marks := x.scope.taken()
	a, err := x.aggCall(c, fn)
	if err != nil {
		return nil, err
	}
	if path := x.owner(plan.AggChildren(a)); len(path) > 0 {
		giveBack(marks)
		return x.outerAggregate(c, fn, path)
	}
	if !x.aggs {
		return nil, x.misplaced(c, "aggregate")
	}
	return &plan.AggExpr{Pos: plan.Pos(c.Offset()), Call: a}, nil
}

// owner is the way outwards to the query that an aggregate of some arguments belongs to; empty when that is its own.
func (x *exprBinder) owner(args []plan.Expr) []*border {
	outer, local := map[int]bool{}, false
	for _, e := range args {
		plan.Visit(e, func(x plan.Expr) bool {
			switch x := x.(type) {
			case *plan.OuterRef:
				outer[x.ID] = true
			case *plan.ColRef:
				local = true
			}
			return !local
		})
	}
	if local || len(outer) == 0 {
		return nil
	}
	var path []*border
	for s := x.scope; s != nil; s = s.parent {
		if s.border == nil {
			continue
		}
		path = append(path, s.border)
		for _, p := range s.border.params {
			if _, handed := p.Expr.(*plan.OuterRef); outer[p.ID] && !handed {
				return path
			}
		}
	}
	return path
}

// outerAggregate binds a call where it belongs, and hands its value inwards.
func (x *exprBinder) outerAggregate(c *syntax.Call, fn *funcs.Function, path []*border) (plan.Expr, error) {
	host := path[len(path)-1].host
	if host == nil {
		return nil, sqlerr.New(sqlerr.CodeGrouping, "aggregate functions are not allowed in FROM clause of their own query level").At(c.Offset())
	}
	e, err := host.aggregate(c, fn)
	if err != nil {
		return nil, err
	}
	for i := len(path) - 1; i >= 0; i-- {
		e = path[i].take(e)
	}
	return e, nil
}
