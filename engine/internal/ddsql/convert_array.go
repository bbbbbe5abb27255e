package ddsql

import (
	"github.com/multigres/multigres/go/common/parser/ast"

	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

func (c *converter) array(n *ast.ArrayExpr) (syntax.Expr, span) {
	e, at := c.exprs(n.Elements)
	open := before(at.first)
	if len(e) == 0 {
		open = c.emptyBracket()
	}
	at = span{open, c.close(open)}
	if prev := before(open); prev >= 0 && c.toks[prev].isWord("array") {
		at.first = prev
	}
	return &syntax.Array{Pos: c.pos(at.first), Items: e}, at
}

// emptyBracket finds the next ARRAY[] that no node has taken.
func (c *converter) emptyBracket() int {
	for i := range c.toks {
		if !c.used[i] && c.toks[i].isPunct("[") && c.match[i] == i+1 && !at(c.toks, i-1).isNameLike() {
			c.used[i] = true
			return i
		}
	}
	return -1
}

// isNameLike tells a type's name, whose brackets are no array.
func (t token) isNameLike() bool {
	return t.kind == kindQuoted || t.kind == kindWord && t.asName || t.isPunct(")")
}

// row converts ROW(…) and (a, b).
func (c *converter) row(n *ast.RowExpr) (syntax.Expr, span) {
	e, at := c.exprs(n.Args)
	open := before(at.first)
	at = span{open, c.close(open)}
	if prev := before(open); n.RowFormat == ast.COERCE_EXPLICIT_CALL && prev >= 0 && c.toks[prev].isWord("row") {
		at.first = prev
	}
	return &syntax.Row{Pos: c.pos(at.first), Items: e}, at
}

// indirection converts what follows an expression in brackets or after a dot.
func (c *converter) indirection(n *ast.A_Indirection) (syntax.Expr, span) {
	e, at := c.expr(n.Arg)
	return c.subscripts(e, at, items(n.Indirection))
}

func (c *converter) subscripts(e syntax.Expr, at span, list []ast.Node) (syntax.Expr, span) {
	for _, n := range list {
		if !c.enter(at.first) {
			break
		}
		defer c.leave()
		open := c.after(at.last)
		switch n := n.(type) {
		case *ast.A_Indices:
			e = c.subscript(e, n, open)
			at.last = c.close(open)
		case *ast.String:
			id, i := c.ident(n.SVal)
			e = &syntax.Field{Pos: c.pos(open), Arg: e, Name: id}
			at.last = i
		default:
			c.fail(open, sqlerr.NotSupported("this indirection"))
		}
	}
	return e, at
}

func (c *converter) subscript(arg syntax.Expr, n *ast.A_Indices, open int) syntax.Expr {
	out := &syntax.Subscript{Pos: c.pos(open), Arg: arg, Slice: n.IsSlice}
	if !n.IsSlice {
		// The grammar keeps the one subscript where a slice has its upper bound, or its lower.
		index := n.Uidx
		if index == nil {
			index = n.Lidx
		}
		out.Index, _ = c.expr(index)
		return out
	}
	if n.Lidx != nil {
		out.Lo, _ = c.expr(n.Lidx)
	}
	if n.Uidx != nil {
		out.Hi, _ = c.expr(n.Uidx)
	}
	return out
}
