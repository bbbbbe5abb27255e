package ddsql

import (
	"github.com/multigres/multigres/go/common/parser/ast"

	"github.com/credsql/credsql/engine/internal/syntax"
)

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
