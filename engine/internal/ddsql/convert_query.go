package ddsql

import (
	"github.com/multigres/multigres/go/common/parser/ast"

	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// query converts a SELECT, VALUES or set operation with its clauses.
func (c *converter) query(s *ast.SelectStmt) *syntax.Query {
	q := &syntax.Query{Pos: -1}
	if s == nil || !c.enter(-1) {
		return q
	}
	defer c.leave()
	if s.LockingClause != nil && len(s.LockingClause.Items) > 0 {
		c.fail(c.firstUnused(), readOnly("SELECT FOR UPDATE"))
	}
	q.With = c.with(s.WithClause)
	q.Body = c.body(s)
	q.OrderBy = c.orderBy(s.SortClause)
	q.Limit = c.limit(s.LimitCount)
	if s.LimitOffset != nil {
		q.Offset, _ = c.expr(s.LimitOffset)
	}
	q.WithTies = s.LimitOption == ast.LIMIT_OPTION_WITH_TIES
	q.Pos = bodyPos(q.Body)
	return q
}

// bodyPos is where a body begins, as far as it is known.
func bodyPos(b syntax.Body) int {
	for {
		switch n := b.(type) {
		case *syntax.Select:
			return n.Pos
		case *syntax.Values:
			return n.Pos
		case *syntax.Query:
			return n.Pos
		case *syntax.SetOp:
			b = n.Left
		default:
			return -1
		}
	}
}

// limit converts the row count; ALL and NULL mean none.
func (c *converter) limit(n ast.Node) syntax.Expr {
	if n == nil {
		return nil
	}
	if k, ok := n.(*ast.A_Const); ok && k.Location() == -1 {
		// The grammar made this up: NULL for LIMIT ALL, 1 for FETCH FIRST ROW.
		if i, ok := k.Val.(*ast.Integer); ok && i.IVal == 1 {
			return &syntax.Literal{Pos: -1, Kind: syntax.IntLit, Text: "1"}
		}
		return nil
	}
	e, _ := c.expr(n)
	if l, ok := e.(*syntax.Literal); ok && l.Kind == syntax.NullLit {
		return nil
	}
	return e
}

// body converts what stands before ORDER BY. An operand of a set operation that has clauses of its own is a query.
func (c *converter) body(s *ast.SelectStmt) syntax.Body {
	switch {
	case s.Op != ast.SETOP_NONE:
		return c.setOp(s)
	case s.ValuesLists != nil:
		return c.values(s)
	}
	return c.selectBlock(s)
}

func (c *converter) operand(s *ast.SelectStmt) syntax.Body {
	if s == nil {
		return &syntax.Select{Pos: -1}
	}
	if s.WithClause != nil || s.SortClause != nil || s.LimitCount != nil || s.LimitOffset != nil || s.LockingClause != nil {
		return c.query(s)
	}
	if !c.enter(-1) {
		return &syntax.Select{Pos: -1}
	}
	defer c.leave()
	return c.body(s)
}

var setKinds = map[ast.SetOperation]syntax.SetKind{
	ast.SETOP_UNION: syntax.Union, ast.SETOP_INTERSECT: syntax.Intersect, ast.SETOP_EXCEPT: syntax.Except,
}

func (c *converter) setOp(s *ast.SelectStmt) syntax.Body {
	kind, ok := setKinds[s.Op]
	if !ok {
		c.unknown(s, -1)
	}
	op := &syntax.SetOp{Kind: kind, All: s.All, Pos: -1}
	op.Left = c.operand(s.Larg)
	op.Right = c.operand(s.Rarg)
	if p := bodyPos(op.Right); p >= 0 {
		op.Pos = int(c.pos(c.wordBefore(c.tokenAt(p), "union", "intersect", "except")))
	}
	return op
}

// tokenAt is the index of the token that begins at an offset of the text.
func (c *converter) tokenAt(offset int) int {
	lo, hi := 0, len(c.toks)
	for lo < hi {
		if mid := (lo + hi) / 2; c.toks[mid].pos < offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

func (c *converter) values(s *ast.SelectStmt) syntax.Body {
	v := &syntax.Values{Pos: -1}
	first := -1
	for _, row := range s.ValuesLists.Items {
		list, ok := row.(*ast.NodeList)
		if !ok {
			c.unknown(row, -1)
			return v
		}
		exprs, at := c.exprs(list)
		if first < 0 {
			first = at.first
		}
		v.Rows = append(v.Rows, exprs)
	}
	v.Pos = int(c.pos(c.wordBefore(first, "values")))
	return v
}

func (c *converter) with(w *ast.WithClause) *syntax.With {
	if w == nil {
		return nil
	}
	out := &syntax.With{Recursive: w.Recursive}
	for _, n := range items(w.Ctes) {
		t, ok := n.(*ast.CommonTableExpr)
		if !ok {
			c.unknown(n, -1)
			break
		}
		out.CTEs = append(out.CTEs, c.cte(t))
	}
	return out
}

func (c *converter) cte(t *ast.CommonTableExpr) *syntax.CTE {
	out := &syntax.CTE{}
	var at int
	out.Name, at = c.alias(t.Ctename)
	out.Columns = c.idents(t.Aliascolnames)
	switch t.Ctematerialized {
	case ast.CTEMaterializeAlways, ast.CTEMaterializeNever:
		always := t.Ctematerialized == ast.CTEMaterializeAlways
		out.Materialized = &always
	}
	sel, ok := t.Ctequery.(*ast.SelectStmt)
	switch {
	case !ok:
		c.fail(at, readOnly("a data-modifying WITH query"))
		sel = nil
	case t.SearchClause != nil:
		c.fail(at, sqlerr.NotSupported("WITH … SEARCH"))
	case t.CycleClause != nil:
		c.fail(at, sqlerr.NotSupported("WITH … CYCLE"))
	}
	out.Query = c.query(sel)
	return out
}

// readOnly is PostgreSQL's refusal of what would write.
func readOnly(what string) *sqlerr.Error {
	return sqlerr.New(sqlerr.CodeReadOnly, "cannot execute %s in a read-only session", what).
		WithHint("credsql answers queries; it never changes anything")
}
