package plan

// WithInputs gives a copy of n whose inputs are f of its inputs. Definitions of a With count as inputs.
func WithInputs(n Node, f func(Node) Node) Node {
	switch n := n.(type) {
	case *Filter:
		return &Filter{Input: f(n.Input), Cond: n.Cond}
	case *Project:
		return &Project{Input: f(n.Input), Exprs: n.Exprs, Cols: n.Cols}
	case *Join:
		c := *n
		c.Left, c.Right = f(n.Left), f(n.Right)
		return &c
	case *Apply:
		c := *n
		c.Left, c.Right = f(n.Left), f(n.Right)
		return &c
	case *Aggregate:
		c := *n
		c.Input = f(n.Input)
		return &c
	case *Window:
		return &Window{Input: f(n.Input), Calls: n.Calls}
	case *Sort:
		return &Sort{Input: f(n.Input), Keys: n.Keys}
	case *Limit:
		c := *n
		c.Input = f(n.Input)
		return &c
	case *Distinct:
		return &Distinct{Input: f(n.Input), On: n.On}
	case *SetOp:
		c := *n
		c.Left, c.Right = f(n.Left), f(n.Right)
		return &c
	case *With:
		out := &With{Body: f(n.Body)}
		for _, d := range n.Defs {
			c := *d
			c.Plan = f(d.Plan)
			if d.Step != nil {
				c.Step = f(d.Step)
			}
			out.Defs = append(out.Defs, &c)
		}
		return out
	}
	return n
}

// WithExprs gives a copy of n whose own expressions are f of them.
func WithExprs(n Node, f func(Expr) Expr) Node {
	switch n := n.(type) {
	case *Values:
		c := *n
		c.Rows = make([][]Expr, len(n.Rows))
		for i, r := range n.Rows {
			c.Rows[i] = MapExprs(r, f)
		}
		return &c
	case *FuncScan:
		c := *n
		c.Calls = make([]*TableCall, len(n.Calls))
		for i, tc := range n.Calls {
			d := *tc
			d.Args = MapExprs(tc.Args, f)
			c.Calls[i] = &d
		}
		return &c
	case *Filter:
		return &Filter{Input: n.Input, Cond: f(n.Cond)}
	case *Project:
		return &Project{Input: n.Input, Exprs: MapExprs(n.Exprs, f), Cols: n.Cols}
	case *Join:
		c := *n
		c.LeftKeys, c.RightKeys, c.On = MapExprs(n.LeftKeys, f), MapExprs(n.RightKeys, f), MapMaybe(n.On, f)
		return &c
	case *Apply:
		c := *n
		c.Params, c.On = MapParams(n.Params, f), MapMaybe(n.On, f)
		return &c
	case *Aggregate:
		c := *n
		c.Keys, c.Aggs = MapExprs(n.Keys, f), make([]*AggCall, len(n.Aggs))
		for i, a := range n.Aggs {
			c.Aggs[i] = rewriteAgg(a, f)
		}
		return &c
	}
	return withOrderExprs(n, f)
}

func withOrderExprs(n Node, f func(Expr) Expr) Node {
	switch n := n.(type) {
	case *Window:
		c := &Window{Input: n.Input, Calls: make([]*WindowCall, len(n.Calls))}
		for i, w := range n.Calls {
			c.Calls[i] = rewriteWindow(w, f)
		}
		return c
	case *Sort:
		return &Sort{Input: n.Input, Keys: MapKeys(n.Keys, f)}
	case *Limit:
		c := *n
		c.Count, c.Offset, c.TiesBy = MapMaybe(n.Count, f), MapMaybe(n.Offset, f), MapKeys(n.TiesBy, f)
		if n.TiesBy == nil {
			c.TiesBy = nil
		}
		return &c
	case *Distinct:
		if n.On == nil {
			return n
		}
		return &Distinct{Input: n.Input, On: MapExprs(n.On, f)}
	}
	return n
}

// everyExpr calls f for each expression of the tree below n, subqueries' plans included.
func everyExpr(n Node, f func(Expr)) {
	Walk(n, func(m Node) {
		WithExprs(m, func(e Expr) Expr {
			Visit(e, func(x Expr) bool {
				f(x)
				return true
			})
			return e
		})
	})
}

// Walk calls f for each node of the tree, those inside subqueries included.
func Walk(n Node, f func(Node)) {
	f(n)
	WithExprs(n, func(e Expr) Expr {
		Visit(e, func(x Expr) bool {
			if s, ok := x.(*Subquery); ok {
				Walk(s.Plan, f)
			}
			return true
		})
		return e
	})
	for _, in := range n.Inputs() {
		Walk(in, f)
	}
}

// OuterRefs are the parameters that the tree reads from enclosing queries.
func OuterRefs(n Node) map[int]bool {
	out := map[int]bool{}
	everyExpr(n, func(e Expr) {
		if o, ok := e.(*OuterRef); ok {
			out[o.ID] = true
		}
	})
	return out
}
