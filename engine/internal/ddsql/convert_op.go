package ddsql

import (
	"strings"

	"github.com/multigres/multigres/go/common/parser/ast"

	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// operation converts what the grammar calls A_Expr: operators and everything with an operator's shape.
func (c *converter) operation(n *ast.A_Expr) (syntax.Expr, span) {
	switch n.Kind {
	case ast.AEXPR_OP:
		return c.operator(n)
	case ast.AEXPR_OP_ANY, ast.AEXPR_OP_ALL:
		return c.quantified(n)
	case ast.AEXPR_DISTINCT, ast.AEXPR_NOT_DISTINCT:
		left, at := c.expr(n.Lexpr)
		right, end := c.expr(n.Rexpr)
		return &syntax.DistinctFrom{Pos: c.pos(c.after(at.last)), Not: n.Kind == ast.AEXPR_NOT_DISTINCT, Left: left, Right: right}, at.to(end)
	case ast.AEXPR_IN:
		return c.inList(n)
	case ast.AEXPR_LIKE, ast.AEXPR_ILIKE, ast.AEXPR_SIMILAR:
		return c.like(n)
	case ast.AEXPR_BETWEEN, ast.AEXPR_NOT_BETWEEN, ast.AEXPR_BETWEEN_SYM, ast.AEXPR_NOT_BETWEEN_SYM:
		return c.between(n)
	}
	c.unknown(n, -1)
	return placeholder, nowhere
}

// sign is an operator's name. A schema may be written before it, as OPERATOR(pg_catalog.=).
func (c *converter) sign(names *ast.NodeList) string {
	list := items(names)
	for _, n := range list[:max(0, len(list)-1)] {
		if id, i := c.ident(stringOf(n)); id.Name != "pg_catalog" {
			c.fail(i, sqlerr.New(sqlerr.CodeUndefinedObject, "schema %s does not exist", quoted(id.Name)))
		}
	}
	if len(list) == 0 {
		return ""
	}
	if s := stringOf(list[len(list)-1]); s != "!=" {
		return s
	}
	return "<>"
}

func (c *converter) operator(n *ast.A_Expr) (syntax.Expr, span) {
	out := &syntax.Op{Sign: c.sign(n.Name)}
	all := nowhere
	if n.Lexpr != nil {
		out.Left, all = c.expr(n.Lexpr)
	}
	right, at := c.expr(n.Rexpr)
	out.Right = right
	if c.mysql && (out.Sign == "=" || out.Sign == "<>") {
		out.Left, out.Right = syntax.Bit(out.Left, right), syntax.Bit(right, out.Left)
	}
	sign := c.operatorBefore(at.first)
	if sign < 0 && n.Lexpr != nil {
		sign = c.after(all.last)
	}
	out.Pos = c.pos(sign)
	if n.Lexpr == nil {
		all = span{sign, sign}
	}
	return out, all.to(at)
}

// quantifiedSigns are how the grammar names LIKE ANY and its like.
var quantifiedSigns = map[string]string{"~~": "LIKE", "!~~": "NOT LIKE", "~~*": "ILIKE", "!~~*": "NOT ILIKE"}

func spellQuantified(sign string) string {
	if s, ok := quantifiedSigns[sign]; ok {
		return s
	}
	return sign
}

// quantified converts x = ANY (array).
func (c *converter) quantified(n *ast.A_Expr) (syntax.Expr, span) {
	out := &syntax.Quantified{Sign: spellQuantified(c.sign(n.Name)), All: n.Kind == ast.AEXPR_OP_ALL}
	arg, at := c.expr(n.Lexpr)
	array, end := c.expr(n.Rexpr)
	out.Arg, out.Array = arg, array
	out.Pos = c.pos(c.after(at.last))
	if open := before(end.first); open >= 0 {
		end.last = c.close(open)
	}
	return out, at.to(end)
}

func (c *converter) inList(n *ast.A_Expr) (syntax.Expr, span) {
	arg, at := c.expr(n.Lexpr)
	list, ok := n.Rexpr.(*ast.NodeList)
	if !ok {
		c.unknown(n.Rexpr, c.after(at.last))
		return placeholder, nowhere
	}
	es, end := c.exprs(list)
	if c.mysql {
		for i, e := range es {
			es[i] = syntax.Bit(e, arg)
		}
	}
	if open := before(end.first); open >= 0 {
		end.last = c.close(open)
	}
	return &syntax.In{Pos: c.pos(c.after(at.last)), Not: c.sign(n.Name) == "<>", Arg: arg, List: es}, at.to(end)
}

var likeKinds = map[ast.A_Expr_Kind]syntax.LikeKind{
	ast.AEXPR_LIKE: syntax.LikePattern, ast.AEXPR_ILIKE: syntax.ILikePattern, ast.AEXPR_SIMILAR: syntax.SimilarPattern,
}

// like converts LIKE, ILIKE and SIMILAR TO. The grammar wraps a pattern that has an ESCAPE, and every SIMILAR pattern, into
// a call.
func (c *converter) like(n *ast.A_Expr) (syntax.Expr, span) {
	out := &syntax.Like{Kind: likeKinds[n.Kind], Not: strings.HasPrefix(c.sign(n.Name), "!")}
	arg, all := c.expr(n.Lexpr)
	out.Arg, out.Pos = arg, c.pos(c.after(all.last))
	pattern := []ast.Node{n.Rexpr}
	if f, ok := n.Rexpr.(*ast.FuncCall); ok && isEscapeCall(f) {
		pattern = items(f.Args)
	}
	for i, p := range pattern {
		e, at := c.expr(p)
		all = all.to(at)
		if i == 0 {
			out.Pattern = e
		} else {
			out.Escape = e
		}
	}
	return out, all
}

// isEscapeCall reports whether the grammar made the call up; what a user writes comes as references.
func isEscapeCall(f *ast.FuncCall) bool {
	names := items(f.Funcname)
	if len(names) != 2 || stringOf(names[0]) != "pg_catalog" {
		return false
	}
	s := stringOf(names[1])
	return s == "like_escape" || s == "similar_to_escape"
}

func (c *converter) between(n *ast.A_Expr) (syntax.Expr, span) {
	out := &syntax.Between{
		Not:       n.Kind == ast.AEXPR_NOT_BETWEEN || n.Kind == ast.AEXPR_NOT_BETWEEN_SYM,
		Symmetric: n.Kind == ast.AEXPR_BETWEEN_SYM || n.Kind == ast.AEXPR_NOT_BETWEEN_SYM,
	}
	arg, at := c.expr(n.Lexpr)
	bounds, ok := n.Rexpr.(*ast.NodeList)
	if !ok || len(bounds.Items) != 2 {
		c.unknown(n.Rexpr, c.after(at.last))
		return placeholder, nowhere
	}
	out.Arg, out.Pos = arg, c.pos(c.after(at.last))
	out.Low, _ = c.expr(bounds.Items[0])
	high, end := c.expr(bounds.Items[1])
	out.High = high
	return out, at.to(end)
}

// subLink converts the subqueries of expressions.
func (c *converter) subLink(n *ast.SubLink) (syntax.Expr, span) {
	sel, ok := n.Subselect.(*ast.SelectStmt)
	if !ok {
		c.unknown(n, -1)
		return placeholder, nowhere
	}
	switch n.SubLinkType {
	case ast.EXPR_SUBLINK:
		q := c.query(sel)
		at := c.parens(q)
		return &syntax.Subquery{Pos: c.pos(at.first), Query: q}, at
	case ast.EXISTS_SUBLINK, ast.ARRAY_SUBLINK:
		q := c.query(sel)
		at := c.parens(q)
		at.first = c.wordBefore(at.first, "exists", "array")
		if n.SubLinkType == ast.EXISTS_SUBLINK {
			return &syntax.Exists{Pos: c.pos(at.first), Query: q}, at
		}
		return &syntax.ArrayQuery{Pos: c.pos(at.first), Query: q}, at
	case ast.ANY_SUBLINK, ast.ALL_SUBLINK:
		return c.quantifiedQuery(n, sel)
	}
	c.unknown(n, -1)
	return placeholder, nowhere
}

// quantifiedQuery converts x IN (SELECT …), x = ANY (SELECT …) and x = ALL (SELECT …).
func (c *converter) quantifiedQuery(n *ast.SubLink, sel *ast.SelectStmt) (syntax.Expr, span) {
	out := &syntax.Quantified{All: n.SubLinkType == ast.ALL_SUBLINK, Sign: "=", In: n.OperName == nil}
	arg, at := c.expr(n.Testexpr)
	if !out.In {
		out.Sign = spellQuantified(c.sign(n.OperName))
	}
	out.Arg, out.Pos = arg, c.pos(c.after(at.last))
	out.Query = c.query(sel)
	return out, at.to(c.parens(out.Query))
}

// notIn tells x NOT IN (SELECT …) from NOT x IN (SELECT …), for which the grammar has one tree: the word before IN tells.
func (c *converter) notIn(s *ast.SubLink) (syntax.Expr, span, bool) {
	e, at := c.expr(s)
	q, ok := e.(*syntax.Quantified)
	if !ok || q.Pos < 0 {
		return &syntax.Not{Pos: -1, Arg: e}, at, true
	}
	in := c.tokenAt(int(q.Pos))
	if !c.toks[in].isWord("not") {
		not := before(at.first)
		return &syntax.Not{Pos: c.pos(not), Arg: e}, span{not, at.last}, true
	}
	q.Sign, q.All = "<>", true
	return q, at, true
}
