package plan

// children are the expressions directly below e that are evaluated over the same row as e. Of a subquery these are its left operand
// and what its parameters are set to, not what is inside its plan.
func children(e Expr) []Expr {
	switch e := e.(type) {
	case *Call:
		return e.Args
	case *Logic:
		return e.Args
	case *Coalesce:
		return e.Args
	case *Array:
		return e.Items
	case *Not:
		return []Expr{e.Arg}
	case *Is:
		return []Expr{e.Arg}
	case *InList:
		return []Expr{e.Arg}
	case *Case:
		var out []Expr
		for _, w := range e.Whens {
			out = append(out, w.Cond, w.Then)
		}
		return append(out, e.Else)
	case *Subquery:
		out := append([]Expr(nil), e.Left...)
		for _, p := range e.Params {
			out = append(out, p.Expr)
		}
		return out
	case *aggExpr:
		return aggChildren(e.call)
	case *windowExpr:
		return windowChildren(e.call)
	}
	return nil
}

func aggChildren(c *AggCall) []Expr {
	out := append(append([]Expr(nil), c.Args...), c.Direct...)
	for _, k := range c.OrderBy {
		out = append(out, k.Expr)
	}
	if c.Filter != nil {
		out = append(out, c.Filter)
	}
	return out
}

func windowChildren(c *WindowCall) []Expr {
	out := append(append([]Expr(nil), c.Args...), c.PartitionBy...)
	for _, k := range c.OrderBy {
		out = append(out, k.Expr)
	}
	for _, x := range []Expr{c.Filter, c.Frame.Lower, c.Frame.Upper, c.Frame.Start.Offset, c.Frame.End.Offset} {
		if x != nil {
			out = append(out, x)
		}
	}
	return out
}

// rewrite gives a copy of e with each child c replaced by f(c).
func rewrite(e Expr, f func(Expr) Expr) Expr {
	list := func(in []Expr) []Expr {
		out := make([]Expr, len(in))
		for i, x := range in {
			out[i] = f(x)
		}
		return out
	}
	switch e := e.(type) {
	case *Call:
		c := *e
		c.Args = list(e.Args)
		return &c
	case *Logic:
		c := *e
		c.Args = list(e.Args)
		return &c
	case *Coalesce:
		c := *e
		c.Args = list(e.Args)
		return &c
	case *Array:
		c := *e
		c.Items = list(e.Items)
		return &c
	case *Not:
		c := *e
		c.Arg = f(e.Arg)
		return &c
	case *Is:
		c := *e
		c.Arg = f(e.Arg)
		return &c
	case *InList:
		c := *e
		c.Arg = f(e.Arg)
		return &c
	case *Case:
		c := *e
		c.Whens = make([]When, len(e.Whens))
		for i, w := range e.Whens {
			c.Whens[i] = When{Cond: f(w.Cond), Then: f(w.Then)}
		}
		c.Else = f(e.Else)
		return &c
	case *Subquery:
		c := *e
		c.Left = list(e.Left)
		c.Params = mapParams(e.Params, f)
		return &c
	case *aggExpr:
		return &aggExpr{Pos: e.Pos, call: rewriteAgg(e.call, f)}
	case *windowExpr:
		return &windowExpr{Pos: e.Pos, call: rewriteWindow(e.call, f)}
	}
	return e
}

func mapParams(in []ParamBind, f func(Expr) Expr) []ParamBind {
	out := make([]ParamBind, len(in))
	for i, p := range in {
		out[i] = ParamBind{ID: p.ID, Expr: f(p.Expr)}
	}
	return out
}

func mapKeys(in []SortKey, f func(Expr) Expr) []SortKey {
	out := make([]SortKey, len(in))
	for i, k := range in {
		k.Expr = f(k.Expr)
		out[i] = k
	}
	return out
}

func mapExprs(in []Expr, f func(Expr) Expr) []Expr {
	out := make([]Expr, len(in))
	for i, e := range in {
		out[i] = f(e)
	}
	return out
}

func mapMaybe(e Expr, f func(Expr) Expr) Expr {
	if e == nil {
		return nil
	}
	return f(e)
}

func rewriteAgg(a *AggCall, f func(Expr) Expr) *AggCall {
	c := *a
	c.Args, c.Direct = mapExprs(a.Args, f), mapExprs(a.Direct, f)
	c.OrderBy = mapKeys(a.OrderBy, f)
	c.Filter = mapMaybe(a.Filter, f)
	return &c
}

func rewriteWindow(w *WindowCall, f func(Expr) Expr) *WindowCall {
	c := *w
	c.Args, c.PartitionBy = mapExprs(w.Args, f), mapExprs(w.PartitionBy, f)
	c.OrderBy = mapKeys(w.OrderBy, f)
	c.Filter = mapMaybe(w.Filter, f)
	c.Frame.Lower, c.Frame.Upper = mapMaybe(w.Frame.Lower, f), mapMaybe(w.Frame.Upper, f)
	return &c
}

// transform rewrites e bottom up: f sees each node after its children.
func transform(e Expr, f func(Expr) Expr) Expr {
	if e == nil {
		return nil
	}
	return f(rewrite(e, func(c Expr) Expr { return transform(c, f) }))
}

// visit calls f for e and everything below it over the same row, until f says false for a branch.
func visit(e Expr, f func(Expr) bool) {
	if e == nil || !f(e) {
		return
	}
	for _, c := range children(e) {
		visit(c, f)
	}
}

// Shift moves every column reference of e by delta columns.
func shift(e Expr, delta int) Expr {
	if delta == 0 {
		return e
	}
	return transform(e, func(x Expr) Expr {
		if c, ok := x.(*ColRef); ok {
			d := *c
			d.Index += delta
			return &d
		}
		return x
	})
}

// CanFail says whether evaluating e may give an error for some row.
func CanFail(e Expr) bool {
	fails := false
	visit(e, func(x Expr) bool {
		switch x := x.(type) {
		case *Call:
			fails = fails || x.Fn.CanFail
		case *Subquery:
			fails = true
		}
		return !fails
	})
	return fails
}

// constant says whether e is a known value.
func constant(e Expr) (*Const, bool) {
	c, ok := e.(*Const)
	return c, ok
}
