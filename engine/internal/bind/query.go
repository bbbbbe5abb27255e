package bind

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// query binds a query. outer is what its names can mean beyond its own FROM.
func (b *Binder) query(q *syntax.Query, outer *scope, ctes *cteEnv) (plan.Node, error) {
	if err := b.enter(); err != nil {
		return nil, err
	}
	defer func() { b.depth-- }()
	var defs []*plan.CTE
	if q.With != nil {
		var err error
		if defs, ctes, err = b.with(q.With, outer, ctes); err != nil {
			return nil, err
		}
	}
	node, err := b.queryBody(q, outer, ctes)
	if err != nil {
		return nil, err
	}
	if len(defs) > 0 {
		node = &plan.With{Defs: defs, Body: node}
	}
	return node, nil
}

func (b *Binder) queryBody(q *syntax.Query, outer *scope, ctes *cteEnv) (plan.Node, error) {
	if s, ok := q.Body.(*syntax.Select); ok {
		node, keys, names, err := b.selectBlock(s, q.OrderBy, outer, ctes)
		if err != nil {
			return nil, err
		}
		return b.limit(q, node, keys, names, ctes)
	}
	node, err := b.body(q.Body, outer, ctes)
	if err != nil {
		return nil, err
	}
	keys, err := b.outputOrder(q.OrderBy, node, q.Body)
	if err != nil {
		return nil, err
	}
	if len(keys) > 0 {
		node = &plan.Sort{Input: node, Keys: keys}
	}
	return b.limit(q, node, keys, &scope{parent: outer.parent, border: outer.border}, ctes)
}

// body binds a query without its ORDER BY and LIMIT.
func (b *Binder) body(body syntax.Body, outer *scope, ctes *cteEnv) (plan.Node, error) {
	switch body := body.(type) {
	case *syntax.Select:
		node, _, _, err := b.selectBlock(body, nil, outer, ctes)
		return node, err
	case *syntax.Query:
		return b.query(body, outer, ctes)
	case *syntax.Values:
		return b.values(body, outer, ctes)
	case *syntax.SetOp:
		return b.setOp(body, outer, ctes)
	}
	return nil, sqlerr.NotSupported("this kind of query")
}

// outputOrder binds ORDER BY where only output columns may be named: after a set operation or VALUES.
func (b *Binder) outputOrder(items []syntax.OrderItem, node plan.Node, body syntax.Body) ([]plan.SortKey, error) {
	var keys []plan.SortKey
	for _, item := range items {
		i, err := outputColumn(item.Expr, node.Columns())
		if err != nil {
			return nil, err
		}
		if i < 0 {
			if _, ok := body.(*syntax.SetOp); ok {
				return nil, sqlerr.New(sqlerr.CodeNotSupported, "invalid UNION/INTERSECT/EXCEPT ORDER BY clause").At(item.Expr.Offset()).
					WithDetail("only result column names can be used, not expressions or functions").
					WithHint("add the expression to every SELECT, or move the UNION into a FROM clause")
			}
			return nil, sqlerr.New(sqlerr.CodeNotSupported, "only result column names can be used in this ORDER BY").At(item.Expr.Offset()).
				WithHint("move the query into a FROM clause")
		}
		c := node.Columns()[i]
		key := &plan.ColRef{Pos: plan.Pos(item.Expr.Offset()), Index: i, Typ: c.Type, Name: c.Name}
		if err := comparable(key, "ordering"); err != nil {
			return nil, err
		}
		keys = append(keys, sortKey(item, key))
	}
	return keys, nil
}

// outputColumn is the output column that an ORDER BY element names or counts, or -1.
func outputColumn(e syntax.Expr, cols []plan.Col) (int, error) {
	if n, ok, err := ordinal(e, len(cols), "ORDER BY"); ok || err != nil {
		return n, err
	}
	ref, ok := e.(*syntax.Column)
	if !ok || len(ref.Parts) != 1 {
		return -1, nil
	}
	found := -1
	for i, c := range cols {
		if !means(ref.Parts[0], c.Name) {
			continue
		}
		if found >= 0 {
			return -1, sqlerr.New(sqlerr.CodeAmbiguousColumn, "ORDER BY %q is ambiguous", c.Name).At(e.Offset())
		}
		found = i
	}
	if found < 0 {
		names := make([]string, len(cols))
		for i, c := range cols {
			names[i] = c.Name
		}
		err := sqlerr.New(sqlerr.CodeUndefinedColumn, "column %q does not exist", ref.Parts[0].Name).At(e.Offset())
		if near := sqlerr.Nearest(ref.Parts[0].Name, names); near != "" {
			err.WithHint("did you mean " + plan.QuoteName(near) + "?")
		}
		return -1, err
	}
	return found, nil
}

func sortKey(item syntax.OrderItem, e plan.Expr) plan.SortKey {
	first := item.Desc
	if item.Nulls != syntax.NullsDefault {
		first = item.Nulls == syntax.NullsFirst
	}
	return plan.SortKey{Expr: e, Desc: item.Desc, NullsFirst: first}
}

// limit binds LIMIT and OFFSET, whose expressions may not name columns of the query; names is what its names mean.
func (b *Binder) limit(q *syntax.Query, node plan.Node, keys []plan.SortKey, names *scope, ctes *cteEnv) (plan.Node, error) {
	if q.Limit == nil && q.Offset == nil {
		return node, nil
	}
	n := &plan.Limit{Input: node}
	var err error
	if n.Count, err = b.limitExpr(q.Limit, "LIMIT", names, ctes); err != nil {
		return nil, err
	}
	if n.Offset, err = b.limitExpr(q.Offset, "OFFSET", names, ctes); err != nil {
		return nil, err
	}
	if q.WithTies {
		if len(keys) == 0 {
			return nil, sqlerr.New(sqlerr.CodeSyntax, "WITH TIES cannot be specified without ORDER BY clause").At(q.Limit.Offset())
		}
		n.TiesBy = keys
		// Above a Sort a projection only drops what was there to order by, and the ties are found by it.
		if drop, ok := node.(*plan.Project); ok {
			n.Input = drop.Input
			return &plan.Project{Input: n, Exprs: drop.Exprs, Cols: drop.Cols}, nil
		}
	}
	return n, nil
}

func (b *Binder) limitExpr(e syntax.Expr, clause string, names *scope, ctes *cteEnv) (plan.Expr, error) {
	if e == nil {
		return nil, nil
	}
	x := &exprBinder{b: b, scope: names, ctes: ctes, clause: clause}
	bound, err := x.expr(e)
	if err != nil {
		return nil, err
	}
	if len(plan.ColumnsOf(bound)) > 0 {
		return nil, sqlerr.New(sqlerr.CodeInvalidColumnRef, "argument of %s must not contain variables", clause).At(e.Offset())
	}
	literal := bound.Type() == column.Unknown
	bound, err = b.coerce(bound, column.Int64, funcs.Assignment)
	if err != nil && literal {
		return nil, err
	}
	if err != nil {
		return nil, sqlerr.New(sqlerr.CodeDatatypeMismatch, "argument of %s must be type bigint, not type %s", clause, bound.Type()).At(e.Offset())
	}
	return bound, nil
}

func (b *Binder) values(v *syntax.Values, outer *scope, ctes *cteEnv) (plan.Node, error) {
	x := &exprBinder{b: b, scope: &scope{parent: outer.parent, border: outer.border}, ctes: ctes, clause: "VALUES"}
	width := len(v.Rows[0])
	rows := make([][]plan.Expr, len(v.Rows))
	for r, row := range v.Rows {
		if len(row) != width {
			return nil, sqlerr.New(sqlerr.CodeSyntax, "VALUES lists must all be the same length").At(row[0].Offset())
		}
		for _, e := range row {
			bound, err := x.expr(e)
			if err != nil {
				return nil, err
			}
			rows[r] = append(rows[r], bound)
		}
	}
	node := &plan.Values{Rows: rows}
	types := make([]column.Type, width)
	for c := range width {
		list := make([]plan.Expr, len(rows))
		for r := range rows {
			list[r] = rows[r][c]
		}
		t, err := b.commonType(list, "VALUES")
		if err != nil {
			return nil, err
		}
		types[c] = t
		node.Cols = append(node.Cols, plan.Col{Name: "column" + itoa(c+1), Type: column.Unknown})
	}
	return b.coerceValues(node, types)
}

func (b *Binder) setOp(s *syntax.SetOp, outer *scope, ctes *cteEnv) (plan.Node, error) {
	if err := b.enter(); err != nil {
		return nil, err
	}
	defer func() { b.depth-- }()
	leftCTEs, rightCTEs := ctes, ctes
	switch {
	case s.Kind == syntax.Intersect && s.All:
		leftCTEs, rightCTEs = ctes.within("INTERSECT"), ctes.within("INTERSECT")
	case s.Kind == syntax.Except:
		rightCTEs = ctes.within("EXCEPT")
		if s.All {
			leftCTEs = rightCTEs
		}
	}
	left, err := b.body(s.Left, outer, leftCTEs)
	if err != nil {
		return nil, err
	}
	right, err := b.body(s.Right, outer, rightCTEs)
	if err != nil {
		return nil, err
	}
	return b.combine(plan.SetKind(s.Kind), s.All, left, right, s.Pos)
}

// combine makes a set operation of two bound queries, whose columns it brings to common types.
func (b *Binder) combine(kind plan.SetKind, all bool, left, right plan.Node, pos int) (plan.Node, error) {
	name := syntax.SetKind(kind).String()
	lc, rc := left.Columns(), right.Columns()
	if len(lc) != len(rc) {
		return nil, sqlerr.New(sqlerr.CodeSyntax, "each %s query must have the same number of columns", name).At(pos)
	}
	types := make([]column.Type, len(lc))
	cols := make([]plan.Col, len(lc))
	for i := range lc {
		t, ok := b.Registry.CommonType([]column.Type{lc[i].Type, rc[i].Type})
		if !ok {
			return nil, sqlerr.New(sqlerr.CodeDatatypeMismatch, "%s types %s and %s cannot be matched", name, lc[i].Type, rc[i].Type).At(pos).
				WithHint("column " + itoa(i+1) + " (" + lc[i].Name + ") must have one type; use CAST")
		}
		types[i], cols[i] = t, plan.Col{Name: lc[i].Name, Type: t}
	}
	var err error
	if left, err = b.coerceColumns(left, types); err != nil {
		return nil, err
	}
	if right, err = b.coerceColumns(right, types); err != nil {
		return nil, err
	}
	out := &plan.SetOp{Kind: kind, All: all, Left: left, Right: right, Cols: cols}
	if kind == plan.Union && all {
		return out, nil
	}
	return out, comparableColumns(out, pos)
}
