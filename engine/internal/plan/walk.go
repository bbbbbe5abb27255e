package plan

import "slices"

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
	case *AggExpr:
		return AggChildren(e.Call)
	case *WindowExpr:
		return WindowChildren(e.Call)
	}
	return nil
}

// AggChildren are the expressions of an aggregate.
func AggChildren(c *AggCall) []Expr {
	out := append(append([]Expr(nil), c.Args...), c.Direct...)
	for _, k := range c.OrderBy {
		out = append(out, k.Expr)
	}
	if c.Filter != nil {
		out = append(out, c.Filter)
	}
	return out
}

// WindowChildren are the expressions of a window function and of its window.
func WindowChildren(c *WindowCall) []Expr {
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

// Rewrite gives a copy of e with each child c replaced by f(c).
func Rewrite(e Expr, f func(Expr) Expr) Expr {
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
		c.Params = MapParams(e.Params, f)
		return &c
	case *AggExpr:
		return &AggExpr{Pos: e.Pos, Call: rewriteAgg(e.Call, f)}
	case *WindowExpr:
		return &WindowExpr{Pos: e.Pos, Call: rewriteWindow(e.Call, f)}
	}
	return e
}

// MapParams gives parameters set to f of what they were set to.
func MapParams(in []ParamBind, f func(Expr) Expr) []ParamBind {
	out := make([]ParamBind, len(in))
	for i, p := range in {
		out[i] = ParamBind{ID: p.ID, Expr: f(p.Expr)}
	}
	return out
}

// MapKeys gives the keys with f of their expressions.
func MapKeys(in []SortKey, f func(Expr) Expr) []SortKey {
	out := make([]SortKey, len(in))
	for i, k := range in {
		k.Expr = f(k.Expr)
		out[i] = k
	}
	return out
}

// MapExprs gives f of each expression.
func MapExprs(in []Expr, f func(Expr) Expr) []Expr {
	out := make([]Expr, len(in))
	for i, e := range in {
		out[i] = f(e)
	}
	return out
}

// MapMaybe gives f of an expression that may be absent.
func MapMaybe(e Expr, f func(Expr) Expr) Expr {
	if e == nil {
		return nil
	}
	return f(e)
}

func rewriteAgg(a *AggCall, f func(Expr) Expr) *AggCall {
	c := *a
	c.Args, c.Direct = MapExprs(a.Args, f), MapExprs(a.Direct, f)
	c.OrderBy = MapKeys(a.OrderBy, f)
	c.Filter = MapMaybe(a.Filter, f)
	return &c
}

func rewriteWindow(w *WindowCall, f func(Expr) Expr) *WindowCall {
	c := *w
	c.Args, c.PartitionBy = MapExprs(w.Args, f), MapExprs(w.PartitionBy, f)
	c.OrderBy = MapKeys(w.OrderBy, f)
	c.Filter = MapMaybe(w.Filter, f)
	c.Frame.Lower, c.Frame.Upper = MapMaybe(w.Frame.Lower, f), MapMaybe(w.Frame.Upper, f)
	return &c
}

// Transform rewrites e bottom up: f sees each node after its children.
func Transform(e Expr, f func(Expr) Expr) Expr {
	if e == nil {
		return nil
	}
	return f(Rewrite(e, func(c Expr) Expr { return Transform(c, f) }))
}

// Visit calls f for e and everything below it over the same row, until f says false for a branch.
func Visit(e Expr, f func(Expr) bool) {
	if e == nil || !f(e) {
		return
	}
	for _, c := range children(e) {
		Visit(c, f)
	}
}

// Shift moves every column reference of e by delta columns.
func Shift(e Expr, delta int) Expr {
	if delta == 0 {
		return e
	}
	return Transform(e, func(x Expr) Expr {
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
	Visit(e, func(x Expr) bool {
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

// Constant says whether e is a known value.
func Constant(e Expr) (*Const, bool) {
	c, ok := e.(*Const)
	return c, ok
}

// And joins conditions; nil without any.
func And(conds []Expr) Expr {
	switch len(conds) {
	case 0:
		return nil
	case 1:
		return conds[0]
	}
	return &Logic{Pos: Pos(conds[0].Offset()), Args: conds}
}

// ColumnsOf are the columns of its row that an expression reads.
func ColumnsOf(e Expr) []int {
	var out []int
	Visit(e, func(x Expr) bool {
		if c, ok := x.(*ColRef); ok && !slices.Contains(out, c.Index) {
			out = append(out, c.Index)
		}
		return true
	})
	return out
}
