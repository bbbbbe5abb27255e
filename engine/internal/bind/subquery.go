package bind

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// inner binds a query inside an expression; what it takes from the rows around it is in the border.
func (x *exprBinder) inner(q *syntax.Query) (plan.Node, *border, error) {
	d := x.b.newBorder()
	d.host = x
	node, err := x.b.query(q, &scope{parent: x.scope, border: d}, x.ctes.within("a subquery"))
	if err != nil {
		return nil, nil, err
	}
	node, err = x.b.settle(node)
	return node, d, err
}

// subquery binds EXISTS, ARRAY(…) and a scalar subquery.
func (x *exprBinder) subquery(kind plan.SubqueryKind, q *syntax.Query, pos int) (plan.Expr, error) {
	node, d, err := x.inner(q)
	if err != nil {
		return nil, err
	}
	out := &plan.Subquery{Pos: plan.Pos(pos), Kind: kind, Plan: node, Params: d.params, Typ: column.Bool, Written: q}
	if kind == plan.ExistsSub {
		return out, nil
	}
	cols := node.Columns()
	if len(cols) != 1 {
		return nil, sqlerr.Syntax("subquery must return only one column").At(pos)
	}
	out.Typ = cols[0].Type
	if kind == plan.ArraySub {
		if out.Typ.IsList() {
			return nil, sqlerr.NotSupported("an array of arrays").At(pos)
		}
		out.Typ = column.ListOf(out.Typ)
	}
	return out, nil
}

// quantified binds x op ANY|ALL over an array or a subquery, IN (SELECT …) included.
func (x *exprBinder) quantified(e *syntax.Quantified) (plan.Expr, error) {
	if e.Query == nil {
		return x.quantifiedArray(e)
	}
	left, err := x.operands(e.Arg)
	if err != nil {
		return nil, err
	}
	node, d, err := x.inner(e.Query)
	if err != nil {
		return nil, err
	}
	cols := node.Columns()
	if len(cols) != len(left) {
		few := "subquery has too many columns"
		if len(cols) < len(left) {
			few = "subquery has too few columns"
		}
		return nil, sqlerr.Syntax("%s", few).At(e.Offset())
	}
	kind := plan.AnySub
	if e.All {
		kind = plan.AllSub
	}
	out := &plan.Subquery{Pos: plan.Pos(e.Offset()), Kind: kind, Plan: node, Params: d.params, Typ: column.Bool, Written: e.Query}
	return x.quantify(out, left, cols, e)
}

// quantify builds the comparison of a quantified subquery over [left…, columns…].
func (x *exprBinder) quantify(out *plan.Subquery, left []plan.Expr, cols []plan.Col, e *syntax.Quantified) (plan.Expr, error) {
	ls, rs := make([]plan.Expr, len(left)), make([]plan.Expr, len(left))
	for i := range left {
		t := cols[i].Type
		if left[i].Type() != column.Unknown {
			t = left[i].Type()
		}
		l, err := x.b.coerce(left[i], t, funcs.Implicit)
		if err != nil {
			return nil, err
		}
		out.Left = append(out.Left, l)
		ls[i] = &plan.ColRef{Pos: posOf(left[i]), Index: i, Typ: l.Type(), Name: exprName(l)}
		rs[i] = &plan.ColRef{Pos: plan.Pos(e.Offset()), Index: len(left) + i, Typ: cols[i].Type, Name: cols[i].Name}
	}
	cmp, err := x.compareQuantified(e, ls, rs)
	if err != nil {
		return nil, err
	}
	if cmp.Type() != column.Bool {
		return nil, sqlerr.New(sqlerr.CodeWrongObjectType, "op ANY/ALL (array) requires operator to yield boolean").At(e.Offset())
	}
	out.Cmp = cmp
	out.Equal = e.Sign == "=" && plainEquality(cmp, len(left)) || e.Sign == "<>" && e.All && len(left) == 1 && plainEquality(cmp, 1)
	return out, nil
}

func (x *exprBinder) compareQuantified(e *syntax.Quantified, ls, rs []plan.Expr) (plan.Expr, error) {
	switch e.Sign {
	case "LIKE", "NOT LIKE", "ILIKE", "NOT ILIKE":
		if len(ls) != 1 {
			return nil, sqlerr.NotSupported("a row with " + e.Sign).At(e.Offset())
		}
		return x.b.likeCall(e.Sign, ls[0], rs[0], e.Offset())
	}
	if e.In && e.Sign == "<>" {
		// NOT IN compares rows with =, and asks that none matches.
		eq, err := x.b.compareRows("=", ls, rs, e.Offset())
		if err != nil {
			return nil, err
		}
		return &plan.Not{Pos: plan.Pos(e.Offset()), Arg: eq}, nil
	}
	return x.b.compareRows(e.Sign, ls, rs, e.Offset())
}

// plainEquality says whether cmp compares column references of one type directly, without casts between.
func plainEquality(cmp plan.Expr, width int) bool {
	if n, ok := cmp.(*plan.Not); ok {
		cmp = n.Arg
	}
	parts := []plan.Expr{cmp}
	if l, ok := cmp.(*plan.Logic); ok {
		parts = l.Args
	}
	if len(parts) != width {
		return false
	}
	for i, p := range parts {
		c, ok := p.(*plan.Call)
		if !ok || len(c.Args) != 2 {
			return false
		}
		l, lok := c.Args[0].(*plan.ColRef)
		r, rok := c.Args[1].(*plan.ColRef)
		if !lok || !rok || l.Index != i || r.Index != width+i || l.Typ != r.Typ {
			return false
		}
	}
	return true
}

// operands is the left side of a quantified comparison: one expression, or the fields of a row.
func (x *exprBinder) operands(e syntax.Expr) ([]plan.Expr, error) {
	if row, ok := e.(*syntax.Row); ok {
		return x.exprs(row.Items)
	}
	return x.exprs([]syntax.Expr{e})
}

func (b *Binder) likeCall(sign string, left, right plan.Expr, pos int) (plan.Expr, error) {
	name, not := "like", false
	switch sign {
	case "NOT LIKE":
		not = true
	case "ILIKE":
		name = "ilike"
	case "NOT ILIKE":
		name, not = "ilike", true
	}
	c, err := b.callByName(name, pos, []plan.Expr{left, right})
	return negated(c, not), err
}

// quantifiedArray binds x op ANY|ALL (array) as a subquery over its elements.
func (x *exprBinder) quantifiedArray(e *syntax.Quantified) (plan.Expr, error) {
	left, err := x.expr(e.Arg)
	if err != nil {
		return nil, err
	}
	array, err := x.expr(e.Array)
	if err != nil {
		return nil, err
	}
	if array.Type() == column.Unknown {
		elem := left.Type()
		if elem == column.Unknown {
			elem = column.Text
		}
		if array, err = x.b.coerce(array, column.ListOf(elem), funcs.Implicit); err != nil {
			return nil, err
		}
	}
	if !array.Type().IsList() {
		return nil, sqlerr.New(sqlerr.CodeWrongObjectType, "op ANY/ALL (array) requires array on right side").At(e.Offset())
	}
	return x.overElements(e, left, array)
}

// overElements makes op ANY|ALL (array) a quantified subquery SELECT u FROM unnest(array) u, whose array is a parameter.
func (x *exprBinder) overElements(e *syntax.Quantified, left, array plan.Expr) (plan.Expr, error) {
	m, err := x.b.Registry.Resolve("unnest", []column.Type{array.Type()})
	if err != nil {
		return nil, placed(err, e.Offset())
	}
	d := x.b.newBorder()
	elem := array.Type().ElemType()
	cols := []plan.Col{{Name: "unnest", Type: elem}}
	call := &plan.TableCall{Fn: m.Overload, Args: []plan.Expr{d.take(array)}, Width: 1, Types: m.Args}
	kind := plan.AnySub
	if e.All {
		kind = plan.AllSub
	}
	out := &plan.Subquery{Pos: plan.Pos(e.Offset()), Kind: kind, Typ: column.Bool, Elements: true,
		Plan: &plan.FuncScan{Calls: []*plan.TableCall{call}, Cols: cols}, Params: d.params}
	// PostgreSQL answers NULL for a NULL array, not as for an empty one.
	q, err := x.quantify(out, []plan.Expr{left}, cols, e)
	if err != nil {
		return nil, err
	}
	if err := x.b.reuse(e.Offset(), array); err != nil {
		return nil, err
	}
	null := &plan.Const{Pos: -1, Typ: column.Bool}
	isNull := &plan.Is{Pos: plan.Pos(e.Offset()), Arg: array, Test: plan.IsNull}
	return &plan.Case{Pos: plan.Pos(e.Offset()), Whens: []plan.When{{Cond: isNull, Then: null}}, Else: q, Typ: column.Bool}, nil
}
