package optimize

import (
	"slices"

	"github.com/credsql/credsql/engine/internal/plan"
)

// conjuncts splits a condition at its ANDs.
func conjuncts(e plan.Expr) []plan.Expr {
	if e == nil {
		return nil
	}
	l, ok := e.(*plan.Logic)
	if !ok || l.Or {
		return []plan.Expr{e}
	}
	var out []plan.Expr
	for _, a := range l.Args {
		out = append(out, conjuncts(a)...)
	}
	return out
}

// filtered puts conditions above a node.
func filtered(n plan.Node, conds []plan.Expr) plan.Node {
	if len(conds) == 0 {
		return n
	}
	return &plan.Filter{Input: n, Cond: plan.And(conds)}
}

// push moves conditions, which are over n's columns, as far down as they mean the same. Their order is kept, so that one that guards
// another from failing stays before it.
func push(n plan.Node, conds []plan.Expr) plan.Node {
	switch n := n.(type) {
	case *plan.Filter:
		return push(n.Input, append(conjuncts(n.Cond), conds...))
	case *plan.Project:
		return pushProject(n, conds)
	case *plan.Sort:
		return &plan.Sort{Input: push(n.Input, conds), Keys: n.Keys}
	case *plan.Distinct:
		if n.On == nil {
			return &plan.Distinct{Input: push(n.Input, conds)}
		}
	case *plan.Join:
		return pushJoin(n, conds)
	case *plan.Apply:
		left, above := splitBySide(conds, len(n.Left.Columns()))
		c := *n
		c.Left, c.Right = push(n.Left, left), push(n.Right, nil)
		return filtered(&c, above)
	case *plan.Aggregate:
		return pushAggregate(n, conds)
	case *plan.Window:
		return pushWindow(n, conds)
	case *plan.SetOp:
		c := *n
		c.Left, c.Right = push(n.Left, conds), push(n.Right, conds)
		return &c
	case *plan.With:
		out := plan.WithInputs(n, func(m plan.Node) plan.Node { return m }).(*plan.With)
		for _, d := range out.Defs {
			d.Plan = push(d.Plan, nil)
			if d.Step != nil {
				d.Step = push(d.Step, nil)
			}
		}
		out.Body = push(n.Body, conds)
		return out
	}
	n = plan.WithInputs(n, func(m plan.Node) plan.Node { return push(m, nil) })
	return settleConds(n, conds)
}

// settleConds puts conditions above n for good: IN and EXISTS among them become joins, and plans inside the rest are optimised.
func settleConds(n plan.Node, conds []plan.Expr) plan.Node {
	var rest []plan.Expr
	for _, c := range conds {
		if j := semiJoin(n, c); j != nil {
			n = filtered(n, rest)
			rest = nil
			j.Left = n
			n = j
			continue
		}
		rest = append(rest, pushInside(c))
	}
	return filtered(n, rest)
}

// pushInside optimises the plans of subqueries in an expression.
func pushInside(e plan.Expr) plan.Expr {
	return plan.Transform(e, func(x plan.Expr) plan.Expr {
		if s, ok := x.(*plan.Subquery); ok {
			c := *s
			c.Plan = push(s.Plan, nil)
			return &c
		}
		return x
	})
}

// maxSubstituted is how large a condition may become on its way down through a projection.
const maxSubstituted = 1000

// substitute replaces column references by expressions.
func substitute(e plan.Expr, by []plan.Expr) plan.Expr {
	return plan.Transform(e, func(x plan.Expr) plan.Expr {
		if c, ok := x.(*plan.ColRef); ok {
			return by[c.Index]
		}
		return x
	})
}

func pushProject(n *plan.Project, conds []plan.Expr) plan.Node {
	var below, above []plan.Expr
	for _, c := range conds {
		movable := len(above) == 0 && plan.SizeWith(c, n.Exprs) <= maxSubstituted
		if movable && slices.IndexFunc(plan.ColumnsOf(c), func(i int) bool { return hasSubquery(n.Exprs[i]) }) < 0 {
			below = append(below, substitute(c, n.Exprs))
		} else {
			above = append(above, c)
		}
	}
	out := &plan.Project{Input: push(n.Input, below), Exprs: plan.MapExprs(n.Exprs, pushInside), Cols: n.Cols}
	return settleConds(out, above)
}

func hasSubquery(e plan.Expr) bool {
	found := false
	plan.Visit(e, func(x plan.Expr) bool {
		if _, ok := x.(*plan.Subquery); ok {
			found = true
		}
		return !found
	})
	return found
}

// splitBySide separates the conditions that read only the first columns.
func splitBySide(conds []plan.Expr, width int) (left, rest []plan.Expr) {
	for _, c := range conds {
		if cols := plan.ColumnsOf(c); len(cols) > 0 && slices.Max(cols) < width {
			left = append(left, c)
		} else {
			rest = append(rest, c)
		}
	}
	return left, rest
}

func pushJoin(n *plan.Join, conds []plan.Expr) plan.Node {
	width := len(n.Left.Columns())
	out := *n
	if n.Kind >= plan.Semi {
		out.Left, out.Right = push(n.Left, conds), push(n.Right, nil)
		return &out
	}
	s := &joinSplit{width: width, join: &out}
	on := conjuncts(n.On)
	var above []plan.Expr
	switch n.Kind {
	case plan.Inner:
		s.place(append(on, conds...), true, true)
	case plan.Left:
		s.place(on, false, true)
		left, rest := splitBySide(conds, width)
		s.left, above = append(s.left, left...), rest
	case plan.Right:
		s.place(on, true, false)
		for _, c := range conds {
			if cols := plan.ColumnsOf(c); len(cols) > 0 && slices.Min(cols) >= width {
				s.right = append(s.right, plan.Shift(c, -width))
			} else {
				above = append(above, c)
			}
		}
	default:
		s.place(on, false, false)
		above = conds
	}
	out.Left, out.Right = push(n.Left, s.left), push(n.Right, s.right)
	out.On = plan.MapMaybe(plan.And(s.on), pushInside)
	return settleConds(&out, above)
}

// joinSplit sorts a join's conditions: those of one side, equalities between the sides, and the rest.
type joinSplit struct {
	width           int
	join            *plan.Join
	left, right, on []plan.Expr
}

// place decides where each condition goes; a side that is padded with NULLs by the join must not be filtered by its own ON, so the flags say
// which sides may take conditions.
func (s *joinSplit) place(conds []plan.Expr, leftOK, rightOK bool) {
	for _, c := range conds {
		cols := plan.ColumnsOf(c)
		switch {
		case len(cols) > 0 && slices.Max(cols) < s.width && leftOK:
			s.left = append(s.left, c)
		case len(cols) > 0 && slices.Min(cols) >= s.width && rightOK:
			s.right = append(s.right, plan.Shift(c, -s.width))
		case s.key(c):
		default:
			s.on = append(s.on, c)
		}
	}
}

// key takes an equality between the sides as a hash key.
func (s *joinSplit) key(c plan.Expr) bool {
	call, ok := c.(*plan.Call)
	if !ok || call.Name != "=" || len(call.Args) != 2 || call.Args[0].Type() != call.Args[1].Type() || hasSubquery(c) {
		return false
	}
	a, b := call.Args[0], call.Args[1]
	ac, bc := plan.ColumnsOf(a), plan.ColumnsOf(b)
	if len(ac) == 0 || len(bc) == 0 {
		return false
	}
	if slices.Min(ac) >= s.width {
		a, b, ac, bc = b, a, bc, ac
	}
	if slices.Max(ac) >= s.width || slices.Min(bc) < s.width {
		return false
	}
	// Clipped, because the slices may be shared with the tree that the join came from.
	s.join.LeftKeys = append(slices.Clip(s.join.LeftKeys), a)
	s.join.RightKeys = append(slices.Clip(s.join.RightKeys), plan.Shift(b, -s.width))
	return true
}

// pushAggregate lets conditions on grouping keys filter the input.
func pushAggregate(n *plan.Aggregate, conds []plan.Expr) plan.Node {
	var below, above []plan.Expr
	for _, c := range conds {
		cols := plan.ColumnsOf(c)
		if n.Sets == nil && len(cols) > 0 && slices.Max(cols) < len(n.Keys) && !hasSubquery(c) && plan.SizeWith(c, n.Keys) <= maxSubstituted {
			below = append(below, substitute(c, n.Keys))
		} else {
			above = append(above, c)
		}
	}
	out := *n
	out.Input = push(n.Input, below)
	return settleConds(plan.WithExprs(&out, pushInside), above)
}

// pushWindow lets conditions on columns by which every window is partitioned filter the input: whole partitions go.
func pushWindow(n *plan.Window, conds []plan.Expr) plan.Node {
	var below, above []plan.Expr
	for _, c := range conds {
		if partitionOnly(n, plan.ColumnsOf(c)) && !hasSubquery(c) {
			below = append(below, c)
		} else {
			above = append(above, c)
		}
	}
	out := plan.WithExprs(&plan.Window{Input: push(n.Input, below), Calls: n.Calls}, pushInside)
	return settleConds(out, above)
}

func partitionOnly(n *plan.Window, cols []int) bool {
	for _, call := range n.Calls {
		for _, col := range cols {
			if !slices.ContainsFunc(call.PartitionBy, func(e plan.Expr) bool {
				c, ok := e.(*plan.ColRef)
				return ok && c.Index == col
			}) {
				return false
			}
		}
	}
	return len(cols) > 0
}
