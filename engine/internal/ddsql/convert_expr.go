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

// boolean converts AND, OR and NOT. The grammar makes a chain of two-armed nodes, leaning left; it becomes one flat node,
// without recursion, so that a thousand terms are no deeper than two.
func (c *converter) boolean(n *ast.BoolExpr) (syntax.Expr, span) {
	if n.Boolop == ast.NOT_EXPR {
		return c.not(n)
	}
	var terms []ast.Node
	var node ast.Node = n
	for {
		b, ok := node.(*ast.BoolExpr)
		if !ok || b.Boolop != n.Boolop || len(b.Args.Items) != 2 {
			terms = append(terms, node)
			break
		}
		terms = append(terms, b.Args.Items[1])
		node = b.Args.Items[0]
	}
	out := &syntax.Logic{Or: n.Boolop == ast.OR_EXPR, Pos: -1}
	all := nowhere
	for i := len(terms) - 1; i >= 0 && c.err == nil; i-- {
		e, at := c.expr(terms[i])
		if len(out.Args) == 1 {
			out.Pos = c.pos(before(at.first))
		}
		out.Args = append(out.Args, e)
		all = all.to(at)
	}
	return out, all
}

func (c *converter) not(n *ast.BoolExpr) (syntax.Expr, span) {
	if s, ok := n.Args.Items[0].(*ast.SubLink); ok && s.SubLinkType == ast.ANY_SUBLINK && s.OperName == nil {
		if e, at, done := c.notIn(s); done {
			return e, at
		}
	}
	e, at := c.expr(n.Args.Items[0])
	at.first = before(at.first)
	return &syntax.Not{Pos: c.pos(at.first), Arg: e}, at
}

func (c *converter) isTest(arg ast.Node, test syntax.IsTest, not bool) (syntax.Expr, span) {
	e, at := c.expr(arg)
	is := c.after(at.last)
	if is >= 0 {
		at.last = is
		for at.last+1 < len(c.toks) && !c.toks[at.last].isWord("null", "true", "false", "unknown", "isnull", "notnull") {
			at.last++
		}
	}
	return &syntax.Is{Pos: c.pos(is), Arg: e, Test: test, Not: not}, at
}

var truthTests = map[ast.BoolTestType]struct {
	test syntax.IsTest
	not  bool
}{
	ast.IS_TRUE: {syntax.IsTrue, false}, ast.IS_NOT_TRUE: {syntax.IsTrue, true},
	ast.IS_FALSE: {syntax.IsFalse, false}, ast.IS_NOT_FALSE: {syntax.IsFalse, true},
	ast.IS_UNKNOWN: {syntax.IsUnknown, false}, ast.IS_NOT_UNKNOWN: {syntax.IsUnknown, true},
}

func (c *converter) truthTest(n *ast.BooleanTest) (syntax.Expr, span) {
	t, ok := truthTests[n.Booltesttype]
	if !ok {
		c.unknown(n, -1)
	}
	return c.isTest(n.Arg, t.test, t.not)
}

func (c *converter) caseExpr(n *ast.CaseExpr) (syntax.Expr, span) {
	out := &syntax.Case{}
	all := nowhere
	if n.Arg != nil {
		out.Arg, all = c.expr(n.Arg)
	}
	for _, w := range items(n.Args) {
		when, ok := w.(*ast.CaseWhen)
		if !ok {
			c.unknown(w, -1)
			break
		}
		cond, at := c.expr(when.Expr)
		then, end := c.expr(when.Result)
		out.Whens = append(out.Whens, syntax.When{Cond: cond, Then: then})
		if n.Arg == nil && all.first < 0 {
			at.first = before(at.first) // WHEN
		}
		all = all.to(at).to(end)
	}
	if n.Defresult != nil {
		var at span
		out.Else, at = c.expr(n.Defresult)
		all = all.to(at)
	}
	all = span{before(all.first), c.after(all.last)}
	out.Pos = c.pos(all.first)
	return out, all
}

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
