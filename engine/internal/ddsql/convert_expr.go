package ddsql

import (
	"github.com/multigres/multigres/go/common/parser/ast"

	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// placeholder stands where conversion failed; nobody sees it, because the error is returned instead.
var placeholder = &syntax.Literal{Pos: -1, Kind: syntax.NullLit}

// expr converts an expression and tells where it was written.
func (c *converter) expr(n ast.Node) (syntax.Expr, span) {
	if k, ok := n.(*ast.A_Const); ok {
		return c.constant(k)
	}
	if !c.enter(-1) {
		return placeholder, nowhere
	}
	defer c.leave()
	switch n := n.(type) {
	case *ast.ParenExpr:
		return c.paren(n)
	case *ast.ColumnRef:
		return c.column(n)
	case *ast.ParamRef:
		return c.param(n)
	case *ast.A_Expr:
		return c.operation(n)
	case *ast.BoolExpr:
		return c.boolean(n)
	case *ast.NullTest:
		return c.isTest(n.Arg, syntax.IsNull, n.Nulltesttype == ast.IS_NOT_NULL)
	case *ast.BooleanTest:
		return c.truthTest(n)
	case *ast.CaseExpr:
		return c.caseExpr(n)
	case *ast.TypeCast:
		return c.typeCast(n)
	case *ast.FuncCall:
		return c.call(n)
	case *ast.SubLink:
		return c.subLink(n)
	case *ast.ArrayExpr:
		return c.array(n)
	case *ast.RowExpr:
		return c.row(n)
	case *ast.A_Indirection:
		return c.indirection(n)
	case *ast.CollateClause:
		return c.collate(n)
	}
	c.unknown(n, -1)
	return placeholder, nowhere
}

// exprs converts a list and joins its spans.
func (c *converter) exprs(list *ast.NodeList) ([]syntax.Expr, span) {
	at := nowhere
	if len(items(list)) == 0 {
		return nil, at
	}
	out := make([]syntax.Expr, 0, len(list.Items))
	for _, n := range list.Items {
		e, s := c.expr(n)
		if c.err != nil {
			break
		}
		out = append(out, e)
		at = at.to(s)
	}
	return out, at
}

func (c *converter) paren(n *ast.ParenExpr) (syntax.Expr, span) {
	e, at := c.expr(n.Expr)
	if open := before(at.first); open >= 0 && c.toks[open].isPunct("(") {
		at = span{open, c.close(open)}
	}
	return e, at
}

// column converts a column reference, t.*, and the words that are values by themselves.
func (c *converter) column(n *ast.ColumnRef) (syntax.Expr, span) {
	fields := items(n.Fields)
	if len(fields) == 1 {
		if i := c.valueWord(stringOf(fields[0])); i >= 0 {
			return c.value(i), span{i, i}
		}
	}
	var parts []syntax.Ident
	at := nowhere
	for k, f := range fields {
		switch f := f.(type) {
		case *ast.String:
			id, i := c.ident(f.SVal)
			parts = append(parts, id)
			at = at.to(span{i, i})
		case *ast.A_Star:
			return c.star(parts, at, k == len(fields)-1)
		case *ast.A_Indices:
			base := &syntax.Column{Pos: c.pos(at.first), Parts: parts}
			return c.subscripts(base, at, fields[k:])
		default:
			c.unknown(f, at.first)
		}
	}
	if len(parts) > 3 {
		c.fail(at.first, sqlerr.Syntax("improper qualified name (too many dotted names)"))
	}
	return &syntax.Column{Pos: c.pos(at.first), Parts: parts}, at
}

func (c *converter) star(table []syntax.Ident, at span, last bool) (syntax.Expr, span) {
	if !last {
		c.fail(at.first, sqlerr.Syntax("improper use of \"*\""))
	}
	if len(table) > 0 {
		// table . *
		at.last = c.after(c.after(at.last))
		return &syntax.Star{Pos: c.pos(at.first), Table: table}, at
	}
	i := c.nextStar()
	return &syntax.Star{Pos: c.pos(i)}, span{i, i}
}

// nextStar finds the next * of a select list, which the grammar tells nothing about.
func (c *converter) nextStar() int {
	for i := range c.toks {
		if c.used[i] || c.toks[i].kind != kindOp || c.toks[i].value != "*" {
			continue
		}
		if prev := at(c.toks, i-1); prev.isWord("select", "all", "distinct") || prev.isPunct(",") || prev.isPunct(")") {
			c.used[i] = true
			return i
		}
	}
	return -1
}

// valueWord is the index of TRUE, CURRENT_DATE and the like; -1 for names.
func (c *converter) valueWord(ref string) int {
	i := refIndex(ref, len(c.toks))
	if i < 0 || c.toks[i].kind != kindWord || c.toks[i].label || !valueWords[c.toks[i].value] {
		return -1
	}
	c.used[i] = true
	return i
}

func (c *converter) value(i int) syntax.Expr {
	t := &c.toks[i]
	switch t.value {
	case "true", "false":
		return &syntax.Literal{Pos: c.pos(i), Kind: syntax.BoolLit, Text: t.value}
	case "null":
		return &syntax.Literal{Pos: c.pos(i), Kind: syntax.NullLit}
	}
	return &syntax.Call{Pos: c.pos(i), Name: syntax.Ident{Name: t.value, Pos: t.pos}, Schema: syntax.Ident{Pos: -1}}
}

func (c *converter) param(n *ast.ParamRef) (syntax.Expr, span) {
	if n.Number < 0 || n.Number >= len(c.toks) || c.toks[n.Number].kind != kindParam {
		c.unknown(n, -1)
		return placeholder, nowhere
	}
	c.used[n.Number] = true
	return &syntax.Param{Pos: c.pos(n.Number), N: c.toks[n.Number].param}, span{n.Number, n.Number}
}

func (c *converter) collate(n *ast.CollateClause) (syntax.Expr, span) {
	e, at := c.expr(n.Arg)
	out := &syntax.Collate{Pos: c.pos(c.after(at.last)), Arg: e}
	for _, name := range items(n.Collname) {
		id, i := c.ident(stringOf(name))
		out.Name = id.Name
		at = at.to(span{i, i})
	}
	return out, at
}
