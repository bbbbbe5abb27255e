package rowexec

import "github.com/credsql/credsql/engine/internal/plan"

// tablesRead lists the ids of the WITH definitions and working tables that a plan reads, wherever in it.
func tablesRead(node plan.Node) []int {
	f := &finder{}
	f.node(node)
	return f.ids
}

type finder struct{ ids []int }

func (f *finder) node(node plan.Node) {
	if node == nil {
		return
	}
	if ref, ok := node.(*plan.CTERef); ok {
		f.ids = append(f.ids, ref.ID)
	}
	for _, e := range nodeExprs(node) {
		f.expr(e)
	}
	for _, in := range node.Inputs() {
		f.node(in)
	}
}

func (f *finder) expr(e plan.Expr) {
	if e == nil {
		return
	}
	if sub, ok := e.(*plan.Subquery); ok {
		f.node(sub.Plan)
	}
	for _, c := range operands(e) {
		f.expr(c)
	}
}

// operands are the expressions directly below e; some may be nil.
func operands(e plan.Expr) []plan.Expr {
	switch e := e.(type) {
	case *plan.Call:
		return e.Args
	case *plan.Logic:
		return e.Args
	case *plan.Coalesce:
		return e.Args
	case *plan.Array:
		return e.Items
	case *plan.Not:
		return []plan.Expr{e.Arg}
	case *plan.Is:
		return []plan.Expr{e.Arg}
	case *plan.InList:
		return []plan.Expr{e.Arg}
	case *plan.Case:
		out := []plan.Expr{e.Else}
		for _, w := range e.Whens {
			out = append(out, w.Cond, w.Then)
		}
		return out
	case *plan.Subquery:
		return append(append([]plan.Expr{e.Cmp}, e.Left...), bound(e.Params)...)
	}
	return nil
}

func bound(params []plan.ParamBind) []plan.Expr {
	out := make([]plan.Expr, len(params))
	for i, p := range params {
		out[i] = p.Expr
	}
	return out
}

// nodeExprs are the expressions of a node itself; some may be nil.
func nodeExprs(node plan.Node) []plan.Expr {
	switch n := node.(type) {
	case *plan.Values:
		var out []plan.Expr
		for _, row := range n.Rows {
			out = append(out, row...)
		}
		return out
	case *plan.FuncScan:
		var out []plan.Expr
		for _, c := range n.Calls {
			out = append(out, c.Args...)
		}
		return out
	case *plan.Filter:
		return []plan.Expr{n.Cond}
	case *plan.Project:
		return n.Exprs
	case *plan.Join:
		return append(append([]plan.Expr{n.On}, n.LeftKeys...), n.RightKeys...)
	case *plan.Apply:
		return append(bound(n.Params), n.On)
	case *plan.Aggregate:
		return aggregateExprs(n)
	case *plan.Window:
		return windowExprs(n)
	case *plan.Sort:
		return sortExprs(n.Keys)
	case *plan.Limit:
		return append(sortExprs(n.TiesBy), n.Count, n.Offset)
	case *plan.Distinct:
		return n.On
	}
	return nil
}

func aggregateExprs(n *plan.Aggregate) []plan.Expr {
	out := append([]plan.Expr(nil), n.Keys...)
	for _, c := range n.Aggs {
		out = append(append(append(out, c.Args...), c.Direct...), c.Filter)
		out = append(out, sortExprs(c.OrderBy)...)
	}
	return out
}

func windowExprs(n *plan.Window) []plan.Expr {
	var out []plan.Expr
	for _, c := range n.Calls {
		out = append(append(append(out, c.Args...), c.PartitionBy...), sortExprs(c.OrderBy)...)
		out = append(out, c.Filter, c.Frame.Lower, c.Frame.Upper, c.Frame.Start.Offset, c.Frame.End.Offset)
	}
	return out
}

func sortExprs(keys []plan.SortKey) []plan.Expr {
	out := make([]plan.Expr, len(keys))
	for i, k := range keys {
		out[i] = k.Expr
	}
	return out
}
