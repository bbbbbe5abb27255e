package ddsql

import (
	"github.com/multigres/multigres/go/common/parser/ast"

	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

func (c *converter) from(list *ast.NodeList) []syntax.TableExpr {
	var out []syntax.TableExpr
	for _, n := range items(list) {
		t, _ := c.table(n)
		out = append(out, t)
	}
	return out
}

// table converts one element of FROM and tells where it was written.
func (c *converter) table(n ast.Node) (syntax.TableExpr, span) {
	if !c.enter(-1) {
		return &syntax.Table{}, nowhere
	}
	defer c.leave()
	switch n := n.(type) {
	case *ast.RangeVar:
		return c.rangeVar(n)
	case *ast.RangeSubselect:
		return c.derived(n)
	case *ast.RangeFunction:
		return c.tableFunc(n)
	case *ast.JoinExpr:
		return c.join(n)
	case *ast.ParenExpr:
		// The parentheses of a join say how joins nest, which the tree says already.
		return c.table(n.Expr)
	}
	c.unknown(n, -1)
	return &syntax.Table{}, nowhere
}

func (c *converter) rangeVar(n *ast.RangeVar) (syntax.TableExpr, span) {
	t := &syntax.Table{Schema: syntax.Ident{Pos: -1}}
	if n.CatalogName != "" {
		_, at := c.ident(n.CatalogName)
		c.fail(at, sqlerr.NotSupported("a table name of three parts").WithHint("write schema.table"))
	}
	at := nowhere
	if n.SchemaName != "" {
		var i int
		t.Schema, i = c.ident(n.SchemaName)
		at = span{i, i}
	}
	id, i := c.ident(n.RelName)
	t.Name = id
	at = at.to(span{i, i})
	if !n.Inh {
		c.fail(i, sqlerr.NotSupported("ONLY"))
	}
	t.Alias = c.tableAlias(n.Alias, nil)
	return t, at
}

// tableAlias converts an alias with its column names or column definitions.
func (c *converter) tableAlias(a *ast.Alias, defs *ast.NodeList) syntax.Alias {
	out := syntax.Alias{Name: syntax.Ident{Pos: -1}}
	if a != nil {
		out.Name, _ = c.alias(a.AliasName)
		out.Columns = c.idents(a.ColNames)
	}
	for _, n := range items(defs) {
		d, ok := n.(*ast.ColumnDef)
		if !ok {
			c.unknown(n, -1)
			break
		}
		name, at := c.alias(d.Colname)
		typ, _ := c.typeName(d.TypeName)
		if d.Collclause != nil {
			c.fail(at, sqlerr.NotSupported("COLLATE in a column definition"))
		}
		out.Defs = append(out.Defs, syntax.ColumnDef{Name: name, Type: typ})
	}
	return out
}

func (c *converter) derived(n *ast.RangeSubselect) (syntax.TableExpr, span) {
	sel, ok := n.Subquery.(*ast.SelectStmt)
	if !ok {
		c.unknown(n.Subquery, -1)
		return &syntax.Table{}, nowhere
	}
	d := &syntax.Derived{Lateral: n.Lateral, Query: c.query(sel)}
	at := c.parens(d.Query)
	if n.Lateral && at.first > 0 {
		at.first--
	}
	d.Pos = int(c.pos(at.first))
	d.Alias = c.tableAlias(n.Alias, nil)
	return d, at
}

// parens is the span of the parentheses directly around a query.
func (c *converter) parens(q *syntax.Query) span {
	if q.Pos < 0 {
		return nowhere
	}
	i := c.tokenAt(q.Pos)
	if q.With != nil && len(q.With.CTEs) > 0 && q.With.CTEs[0].Name.Pos >= 0 {
		i = c.wordBefore(c.tokenAt(q.With.CTEs[0].Name.Pos), "with")
	}
	open := before(i)
	// A set operation's first operand may have parentheses of its own.
	for open > 0 && c.toks[open].isPunct("(") && c.close(open) >= 0 && c.close(open) < len(c.toks)-1 &&
		c.toks[c.close(open)+1].isWord("union", "intersect", "except") && !c.toks[c.close(open)+1].asName {
		open--
	}
	if open < 0 || !c.toks[open].isPunct("(") {
		return nowhere
	}
	return span{open, c.close(open)}
}

func (c *converter) tableFunc(n *ast.RangeFunction) (syntax.TableExpr, span) {
	f := &syntax.TableFunc{Lateral: n.Lateral, Ordinality: n.Ordinality, Pos: -1}
	if n.IsRowsFrom {
		c.fail(c.firstUnused(), sqlerr.NotSupported("ROWS FROM").WithHint("join the functions, or give UNNEST several arrays"))
		return f, nowhere
	}
	if len(items(n.Functions)) != 1 {
		c.unknown(n, -1)
		return f, nowhere
	}
	pair, ok := n.Functions.Items[0].(*ast.NodeList)
	if !ok || len(pair.Items) != 1 {
		c.unknown(n, -1)
		return f, nowhere
	}
	e, at := c.expr(pair.Items[0])
	call, ok := e.(*syntax.Call)
	if !ok {
		c.fail(at.first, sqlerr.NotSupported("this expression as a table"))
		return f, nowhere
	}
	f.Call = call
	f.Pos = int(c.pos(at.first))
	if n.Lateral && at.first > 0 {
		f.Pos = int(c.pos(at.first - 1))
	}
	f.Alias = c.tableAlias(n.Alias, n.ColDefList)
	return f, at
}

var joinKinds = map[ast.JoinType]syntax.JoinKind{
	ast.JOIN_INNER: syntax.InnerJoin, ast.JOIN_LEFT: syntax.LeftJoin, ast.JOIN_RIGHT: syntax.RightJoin, ast.JOIN_FULL: syntax.FullJoin,
}

func (c *converter) join(n *ast.JoinExpr) (syntax.TableExpr, span) {
	kind, ok := joinKinds[n.Jointype]
	if !ok {
		c.unknown(n, -1)
	}
	j := &syntax.Join{Kind: kind, Natural: n.IsNatural, UsingAlias: syntax.Ident{Pos: -1}, Pos: -1}
	var left, right span
	j.Left, left = c.table(n.Larg)
	j.Right, right = c.table(n.Rarg)
	j.Pos = int(c.pos(c.wordBefore(before(right.first), "join")))
	j.Using = c.idents(n.UsingClause)
	if n.JoinUsingAlias != nil {
		j.UsingAlias, _ = c.alias(n.JoinUsingAlias.AliasName)
	}
	if n.Quals != nil {
		j.On, _ = c.expr(n.Quals)
	}
	if kind == syntax.InnerJoin && !n.IsNatural && n.UsingClause == nil && n.Quals == nil {
		j.Kind = syntax.CrossJoin
	}
	j.Alias = c.tableAlias(n.Alias, nil)
	return j, left.to(right)
}
