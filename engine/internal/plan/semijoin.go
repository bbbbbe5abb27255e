package plan

// semiJoin turns a condition that is IN (SELECT …), EXISTS (SELECT …) or the negation of one into a join with its subquery, when the
// join means the same; nil otherwise. The caller sets Left.
func semiJoin(left Node, cond Expr) *Join {
	not := false
	for {
		n, ok := cond.(*Not)
		if !ok {
			break
		}
		cond, not = n.Arg, !not
	}
	s, ok := cond.(*Subquery)
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
	case s.Kind == ExistsSub && len(s.Params) > 0:
		kind := Semi
		if not {
			kind = Anti
		}
		return correlated(s, kind, width)
	case s.Kind == AnySub && s.Equal && !not:
		j := correlated(s, Semi, width)
		return withKeys(j, s)
	case s.Kind == AllSub && s.Equal && !not && len(s.Params) == 0 && len(s.Left) == 1 && notEqual(s.Cmp):
		return withKeys(&Join{Kind: NullAnti, Right: push(s.Plan, nil)}, s)
	case s.Kind == AnySub && s.Equal && not && len(s.Params) == 0 && len(s.Left) == 1:
		return withKeys(&Join{Kind: NullAnti, Right: push(s.Plan, nil)}, s)
	}
	return nil
}

func isNot(e Expr) bool { _, ok := e.(*Not); return ok }

// notEqual says whether a quantified comparison asks for difference: x <> ALL, which is NOT IN.
func notEqual(cmp Expr) bool {
	if isNot(cmp) {
		return true
	}
	c, ok := cmp.(*Call)
	return ok && c.Name == "<>"
}

// withKeys adds the equality of the subquery's columns to a join.
func withKeys(j *Join, s *Subquery) *Join {
	if j == nil {
		return nil
	}
	for i, l := range s.Left {
		c := s.Plan.Columns()[i]
		j.LeftKeys = append(j.LeftKeys, l)
		j.RightKeys = append(j.RightKeys, &ColRef{Pos: s.Pos, Index: i, Typ: c.Type, Name: c.Name})
	}
	return j
}

// correlated pulls a subquery's references to the outer row up into the join's condition. It can when they are only in the filter of a
// plain SELECT … FROM … WHERE.
func correlated(s *Subquery, kind JoinKind, width int) *Join {
	if len(s.Params) == 0 {
		return &Join{Kind: kind, Right: push(s.Plan, nil)}
	}
	project, filter := plainSelect(s.Plan)
	if filter == nil {
		return nil
	}
	values := map[int]Expr{}
	for _, p := range s.Params {
		if hasSubquery(p.Expr) {
			return nil
		}
		values[p.ID] = p.Expr
	}
	var inner, outer []Expr
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
func pulledUp(kind JoinKind, project *Project, input Node, outer []Expr, values map[int]Expr, width int) *Join {
	cols := input.Columns()
	right := &Project{Input: input}
	offset := 0
	if project != nil {
		offset = len(project.Exprs)
		right.Exprs, right.Cols = append(right.Exprs, project.Exprs...), append(right.Cols, project.Cols...)
	}
	for i, c := range cols {
		right.Exprs = append(right.Exprs, &ColRef{Pos: -1, Index: i, Typ: c.Type, Name: c.Name})
	}
	right.Cols = append(right.Cols, cols...)
	j := &Join{Kind: kind}
	split := &joinSplit{width: width, join: j}
	for _, c := range outer {
		c = transform(shift(c, width+offset), func(x Expr) Expr {
			if o, ok := x.(*OuterRef); ok && values[o.ID] != nil {
				return values[o.ID]
			}
			return x
		})
		if !split.key(c) {
			split.on = append(split.on, c)
		}
	}
	j.On = and(split.on)
	j.Right = push(right, nil)
	return j
}

// plainSelect takes SELECT … FROM … WHERE apart; filter is nil when the plan is something else.
func plainSelect(n Node) (*Project, *Filter) {
	project, _ := n.(*Project)
	if project != nil {
		n = project.Input
	}
	filter, _ := n.(*Filter)
	return project, filter
}

func readsOuter(e Expr, ids map[int]Expr) bool {
	found := false
	visit(e, func(x Expr) bool {
		switch x := x.(type) {
		case *OuterRef:
			found = found || ids[x.ID] != nil
		case *Subquery:
			found = found || dependsOn(x.Plan, ids)
		}
		return !found
	})
	return found
}

func exprsDepend(exprs []Expr, ids map[int]Expr) bool {
	for _, e := range exprs {
		if readsOuter(e, ids) {
			return true
		}
	}
	return false
}

func dependsOn(n Node, ids map[int]Expr) bool {
	for id := range outerRefs(n) {
		if ids[id] != nil {
			return true
		}
	}
	return false
}
