package optimize

import (
	"github.com/credsql/credsql/engine/internal/plan"
)

// semiJoin turns a condition that is IN (SELECT …), EXISTS (SELECT …) or the negation of one into a join with its subquery, when the
// join means the same; nil otherwise. The caller sets Left.
func semiJoin(left plan.Node, cond plan.Expr) *plan.Join {
	not := false
	for {
		n, ok := cond.(*plan.Not)
		if !ok {
			break
		}
		cond, not = n.Arg, !not
	}
	s, ok := cond.(*plan.Subquery)
	if !ok {
		return nil
	}
	for _, l := range s.Left {
		if hasSubquery(l) {
			return nil
		}
	}
	width := len(left.Columns())
	switch {
	case s.Kind == plan.ExistsSub && len(s.Params) > 0:
		kind := plan.Semi
		if not {
			kind = plan.Anti
		}
		return correlated(s, kind, width)
	case s.Kind == plan.AnySub && s.Equal && !not:
		j := correlated(s, plan.Semi, width)
		return withKeys(j, s)
	case s.Kind == plan.AllSub && s.Equal && !not && len(s.Params) == 0 && len(s.Left) == 1 && notEqual(s.Cmp):
		return withKeys(&plan.Join{Kind: plan.NullAnti, Right: push(s.Plan, nil)}, s)
	case s.Kind == plan.AnySub && s.Equal && not && len(s.Params) == 0 && len(s.Left) == 1:
		return withKeys(&plan.Join{Kind: plan.NullAnti, Right: push(s.Plan, nil)}, s)
	}
	return nil
}

func isNot(e plan.Expr) bool { _, ok := e.(*plan.Not); return ok }

// notEqual says whether a quantified comparison asks for difference: x <> ALL, which is NOT IN.
func notEqual(cmp plan.Expr) bool {
	if isNot(cmp) {
		return true
	}
	c, ok := cmp.(*plan.Call)
	return ok && c.Name == "<>"
}

// withKeys adds the equality of the subquery's columns to a join.
func withKeys(j *plan.Join, s *plan.Subquery) *plan.Join {
	if j == nil {
		return nil
	}
	for i, l := range s.Left {
		c := s.Plan.Columns()[i]
		j.LeftKeys = append(j.LeftKeys, l)
		j.RightKeys = append(j.RightKeys, &plan.ColRef{Pos: s.Pos, Index: i, Typ: c.Type, Name: c.Name})
	}
	return j
}

// correlated pulls a subquery's references to the outer row up into the join's condition. It can when they are only in the filter of a
// plain SELECT … FROM … WHERE.
func correlated(s *plan.Subquery, kind plan.JoinKind, width int) *plan.Join {
	if len(s.Params) == 0 {
		return &plan.Join{Kind: kind, Right: push(s.Plan, nil)}
	}
	project, filter := plainSelect(s.Plan)
	if filter == nil {
		return nil
	}
	values := map[int]plan.Expr{}
	for _, p := range s.Params {
		if hasSubquery(p.Expr) {
			return nil
		}
		values[p.ID] = p.Expr
	}
	var inner, outer []plan.Expr
	for _, c := range conjuncts(filter.Cond) {
		switch {
		case !readsOuter(c, values):
			inner = append(inner, c)
		case hasSubquery(c):
			return nil
		default:
			outer = append(outer, c)
		}
	}
	if dependsOn(filter.Input, values) || exprsDepend(inner, values) || project != nil && exprsDepend(project.Exprs, values) {
		return nil
	}
	return pulledUp(kind, project, filtered(filter.Input, inner), outer, values, width)
}

// pulledUp joins with the subquery's rows as they are before its projection, beside what the projection computes.
func pulledUp(kind plan.JoinKind, project *plan.Project, input plan.Node, outer []plan.Expr, values map[int]plan.Expr, width int) *plan.Join {
	cols := input.Columns()
	right := &plan.Project{Input: input}
	offset := 0
	if project != nil {
		offset = len(project.Exprs)
		right.Exprs, right.Cols = append(right.Exprs, project.Exprs...), append(right.Cols, project.Cols...)
	}
	for i, c := range cols {
		right.Exprs = append(right.Exprs, &plan.ColRef{Pos: -1, Index: i, Typ: c.Type, Name: c.Name})
	}
	right.Cols = append(right.Cols, cols...)
	j := &plan.Join{Kind: kind}
	split := &joinSplit{width: width, join: j}
	for _, c := range outer {
		c = plan.Transform(plan.Shift(c, width+offset), func(x plan.Expr) plan.Expr {
			if o, ok := x.(*plan.OuterRef); ok && values[o.ID] != nil {
				return values[o.ID]
			}
			return x
		})
		if !split.key(c) {
			split.on = append(split.on, c)
		}
	}
	j.On = plan.And(split.on)
	j.Right = push(right, nil)
	return j
}

// plainSelect takes SELECT … FROM … WHERE apart; filter is nil when the plan is something else.
func plainSelect(n plan.Node) (*plan.Project, *plan.Filter) {
	project, _ := n.(*plan.Project)
	if project != nil {
		n = project.Input
	}
	filter, _ := n.(*plan.Filter)
	return project, filter
}

func readsOuter(e plan.Expr, ids map[int]plan.Expr) bool {
	found := false
	plan.Visit(e, func(x plan.Expr) bool {
		switch x := x.(type) {
		case *plan.OuterRef:
			found = found || ids[x.ID] != nil
		case *plan.Subquery:
			found = found || dependsOn(x.Plan, ids)
		}
		return !found
	})
	return found
}

func exprsDepend(exprs []plan.Expr, ids map[int]plan.Expr) bool {
	for _, e := range exprs {
		if readsOuter(e, ids) {
			return true
		}
	}
	return false
}

func dependsOn(n plan.Node, ids map[int]plan.Expr) bool {
	for id := range plan.OuterRefs(n) {
		if ids[id] != nil {
			return true
		}
	}
	return false
}
