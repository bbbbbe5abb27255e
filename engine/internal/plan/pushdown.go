package plan

import "slices"

// conjuncts splits a condition at its ANDs.
func conjuncts(e Expr) []Expr {
	if e == nil {
		return nil
	}
	l, ok := e.(*Logic)
	if !ok || l.Or {
		return []Expr{e}
	}
	var out []Expr
	for _, a := range l.Args {
		out = append(out, conjuncts(a)...)
	}
	return out
}

// filtered puts conditions above a node.
func filtered(n Node, conds []Expr) Node {
	if len(conds) == 0 {
		return n
	}
	return &Filter{Input: n, Cond: and(conds)}
}

// push moves conditions, which are over n's columns, as far down as they mean the same. Their order is kept, so that one that guards
// another from failing stays before it.
func push(n Node, conds []Expr) Node {
	switch n := n.(type) {
	case *Filter:
		return push(n.Input, append(conjuncts(n.Cond), conds...))
	case *Project:
		return pushProject(n, conds)
	case *Sort:
		return &Sort{Input: push(n.Input, conds), Keys: n.Keys}
	case *Distinct:
		if n.On == nil {
			return &Distinct{Input: push(n.Input, conds)}
		}
	case *Join:
		return pushJoin(n, conds)
	case *Apply:
		left, above := splitBySide(conds, len(n.Left.Columns()))
		c := *n
		c.Left, c.Right = push(n.Left, left), push(n.Right, nil)
		return filtered(&c, above)
	case *Aggregate:
		return pushAggregate(n, conds)
	case *Window:
		return pushWindow(n, conds)
	case *SetOp:
		c := *n
		c.Left, c.Right = push(n.Left, conds), push(n.Right, conds)
		return &c
	case *With:
		out := withInputs(n, func(m Node) Node { return m }).(*With)
		for _, d := range out.Defs {
			d.Plan = push(d.Plan, nil)
			if d.Step != nil {
				d.Step = push(d.Step, nil)
			}
		}
		out.Body = push(n.Body, conds)
		return out
	}
	n = withInputs(n, func(m Node) Node { return push(m, nil) })
	return settleConds(n, conds)
}

// settleConds puts conditions above n for good: IN and EXISTS among them become joins, and plans inside the rest are optimised.
func settleConds(n Node, conds []Expr) Node {
	var rest []Expr
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
func pushInside(e Expr) Expr {
	return transform(e, func(x Expr) Expr {
		if s, ok := x.(*Subquery); ok {
			c := *s
			c.Plan = push(s.Plan, nil)
			return &c
		}
		return x
	})
}

// columnsOf are the columns of its row that an expression reads.
func columnsOf(e Expr) []int {
	var out []int
	visit(e, func(x Expr) bool {
		if c, ok := x.(*ColRef); ok && !slices.Contains(out, c.Index) {
			out = append(out, c.Index)
		}
		return true
	})
	return out
}

// substitute replaces column references by expressions.
func substitute(e Expr, by []Expr) Expr {
	return transform(e, func(x Expr) Expr {
		if c, ok := x.(*ColRef); ok {
			return by[c.Index]
		}
		return x
	})
}

func pushProject(n *Project, conds []Expr) Node {
	var below, above []Expr
	for _, c := range conds {
		movable := len(above) == 0 && sizeWith(c, n.Exprs) <= maxSubstituted
		if movable && slices.IndexFunc(columnsOf(c), func(i int) bool { return hasSubquery(n.Exprs[i]) }) < 0 {
			below = append(below, substitute(c, n.Exprs))
		} else {
			above = append(above, c)
		}
	}
	out := &Project{Input: push(n.Input, below), Exprs: mapExprs(n.Exprs, pushInside), Cols: n.Cols}
	return settleConds(out, above)
}

func hasSubquery(e Expr) bool {
	found := false
	visit(e, func(x Expr) bool {
		if _, ok := x.(*Subquery); ok {
			found = true
		}
		return !found
	})
	return found
}

// splitBySide separates the conditions that read only the first columns.
func splitBySide(conds []Expr, width int) (left, rest []Expr) {
	for _, c := range conds {
		if cols := columnsOf(c); len(cols) > 0 && slices.Max(cols) < width {
			left = append(left, c)
		} else {
			rest = append(rest, c)
		}
	}
	return left, rest
}

func pushJoin(n *Join, conds []Expr) Node {
	width := len(n.Left.Columns())
	out := *n
	if n.Kind >= Semi {
		out.Left, out.Right = push(n.Left, conds), push(n.Right, nil)
		return &out
	}
	s := &joinSplit{width: width, join: &out}
	on := conjuncts(n.On)
	var above []Expr
	switch n.Kind {
	case Inner:
		s.place(append(on, conds...), true, true)
	case Left:
		s.place(on, false, true)
		left, rest := splitBySide(conds, width)
		s.left, above = append(s.left, left...), rest
	case Right:
		s.place(on, true, false)
		for _, c := range conds {
			if cols := columnsOf(c); len(cols) > 0 && slices.Min(cols) >= width {
				s.right = append(s.right, shift(c, -width))
			} else {
				above = append(above, c)
			}
		}
	default:
		s.place(on, false, false)
		above = conds
	}
	out.Left, out.Right = push(n.Left, s.left), push(n.Right, s.right)
	out.On = mapMaybe(and(s.on), pushInside)
	return settleConds(&out, above)
}

// joinSplit sorts a join's conditions: those of one side, equalities between the sides, and the rest.
type joinSplit struct {
	width           int
	join            *Join
	left, right, on []Expr
}

// place decides where each condition goes; a side that is padded with NULLs by the join must not be filtered by its own ON, so the flags say
// which sides may take conditions.
func (s *joinSplit) place(conds []Expr, leftOK, rightOK bool) {
	for _, c := range conds {
		cols := columnsOf(c)
		switch {
		case len(cols) > 0 && slices.Max(cols) < s.width && leftOK:
			s.left = append(s.left, c)
		case len(cols) > 0 && slices.Min(cols) >= s.width && rightOK:
			s.right = append(s.right, shift(c, -s.width))
		case s.key(c):
		default:
			s.on = append(s.on, c)
		}
	}
}

// key takes an equality between the sides as a hash key.
func (s *joinSplit) key(c Expr) bool {
	call, ok := c.(*Call)
	if !ok || call.Name != "=" || len(call.Args) != 2 || call.Args[0].Type() != call.Args[1].Type() || hasSubquery(c) {
		return false
	}
	a, b := call.Args[0], call.Args[1]
	ac, bc := columnsOf(a), columnsOf(b)
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
	s.join.RightKeys = append(slices.Clip(s.join.RightKeys), shift(b, -s.width))
	return true
}

// pushAggregate lets conditions on grouping keys filter the input.
func pushAggregate(n *Aggregate, conds []Expr) Node {
	var below, above []Expr
	for _, c := range conds {
		cols := columnsOf(c)
		if n.Sets == nil && len(cols) > 0 && slices.Max(cols) < len(n.Keys) && !hasSubquery(c) && sizeWith(c, n.Keys) <= maxSubstituted {
			below = append(below, substitute(c, n.Keys))
		} else {
			above = append(above, c)
		}
	}
	out := *n
	out.Input = push(n.Input, below)
	return settleConds(withExprs(&out, pushInside), above)
}

// pushWindow lets conditions on columns by which every window is partitioned filter the input: whole partitions go.
func pushWindow(n *Window, conds []Expr) Node {
	var below, above []Expr
	for _, c := range conds {
		if partitionOnly(n, columnsOf(c)) && !hasSubquery(c) {
			below = append(below, c)
		} else {
			above = append(above, c)
		}
	}
	out := withExprs(&Window{Input: push(n.Input, below), Calls: n.Calls}, pushInside)
	return settleConds(out, above)
}

func partitionOnly(n *Window, cols []int) bool {
	for _, call := range n.Calls {
		for _, col := range cols {
			if !slices.ContainsFunc(call.PartitionBy, func(e Expr) bool {
				c, ok := e.(*ColRef)
				return ok && c.Index == col
			}) {
				return false
			}
		}
	}
	return len(cols) > 0
}
