package ddsql

import (
	"strings"

	"github.com/multigres/multigres/go/common/parser/ast"

	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// call converts a function call. A call whose name the grammar made up is a construct with its own syntax.
func (c *converter) call(n *ast.FuncCall) (syntax.Expr, span) {
	names := items(n.Funcname)
	if len(names) == 0 || refIndex(stringOf(names[0]), len(c.toks)) < 0 && stringOf(names[0]) == "pg_catalog" {
		return c.madeCall(n, names)
	}
	out := &syntax.Call{Pos: -1, Schema: syntax.Ident{Pos: -1}}
	at := c.callName(out, names)
	if i := at.first; i >= 0 && len(names) == 1 && c.toks[i].isWord("extract") && c.toks[i].asName && len(items(n.Args)) == 2 {
		return c.extract(n, i)
	}
	out.Star, out.Distinct, out.WithinGroup = n.AggStar, n.AggDistinct, n.AggWithinGroup
	open := c.after(at.last)
	at.last = c.close(open)
	out.All = open >= 0 && open+1 < len(c.toks) && c.toks[open+1].isWord("all")
	out.Args = c.args(n)
	out.OrderBy = c.orderBy(n.AggOrder)
	if n.AggWithinGroup {
		at.last = c.close(c.after(c.after(c.after(at.last))))
	}
	if n.AggFilter != nil {
		out.Filter, _ = c.expr(n.AggFilter)
		at.last = c.close(c.after(c.after(at.last)))
	}
	if n.Over != nil {
		over := c.after(at.last)
		out.Over = c.window(n.Over, over)
		at.last = c.after(over)
		if end := c.close(at.last); end >= 0 {
			at.last = end
		}
	}
	return out, at
}

// callName reads the function's name and schema.
func (c *converter) callName(out *syntax.Call, names []ast.Node) span {
	at := nowhere
	for k, n := range names {
		s, ok := n.(*ast.String)
		if !ok || len(names) > 2 {
			c.fail(at.first, sqlerr.Syntax("improper qualified name (too many dotted names)"))
			return at
		}
		id, i := c.functionIdent(s.SVal)
		if k == 0 && len(names) == 2 {
			out.Schema = id
		} else {
			out.Name = id
		}
		at = at.to(span{i, i})
	}
	out.Pos = c.pos(at.first)
	return at
}

// functionIdent is a function's name; CURRENT_TIMESTAMP(3) is one too.
func (c *converter) functionIdent(ref string) (syntax.Ident, int) {
	if i := c.valueWord(ref); i >= 0 {
		t := &c.toks[i]
		if !strings.Contains(t.value, "time") {
			c.unexpected(i + 1)
		}
		return syntax.Ident{Name: t.value, Pos: t.pos}, i
	}
	return c.ident(ref)
}

func (c *converter) args(n *ast.FuncCall) []syntax.Arg {
	var out []syntax.Arg
	list := items(n.Args)
	for k, a := range list {
		arg := syntax.Arg{Name: syntax.Ident{Pos: -1}, Variadic: n.FuncVariadic && k == len(list)-1}
		if named, ok := a.(*ast.NamedArgExpr); ok {
			arg.Name, _ = c.ident(named.Name)
			a = named.Arg
		}
		arg.Value, _ = c.expr(a)
		if c.err != nil {
			break
		}
		out = append(out, arg)
	}
	return out
}

// extract converts EXTRACT(field FROM x), which rewriting has made extract('field', x).
func (c *converter) extract(n *ast.FuncCall, name int) (syntax.Expr, span) {
	out := &syntax.Extract{Pos: c.pos(name)}
	if k, ok := n.Args.Items[0].(*ast.A_Const); ok {
		if i, _ := c.constIndex(k); i >= 0 {
			c.used[i] = true
			out.Field = foldASCII(c.toks[i].value)
		}
	}
	out.Arg, _ = c.expr(n.Args.Items[1])
	return out, span{name, c.close(name + 1)}
}

// madeCall converts the constructs that the grammar turns into calls of pg_catalog.
func (c *converter) madeCall(n *ast.FuncCall, names []ast.Node) (syntax.Expr, span) {
	args := items(n.Args)
	if len(names) == 2 && stringOf(names[1]) == "timezone" && len(args) == 2 {
		x, at := c.expr(args[1])
		zone, end := c.expr(args[0])
		return &syntax.AtTimeZone{Pos: c.pos(c.after(at.last)), Arg: x, Zone: zone}, at.to(end)
	}
	what := "this construct"
	if len(names) == 2 {
		if s, ok := madeCalls[stringOf(names[1])]; ok {
			what = s
		}
	}
	c.fail(c.firstUnused(), sqlerr.NotSupported(what))
	return placeholder, nowhere
}

// madeCalls names the constructs behind the grammar's own calls.
var madeCalls = map[string]string{
	"timezone": "AT LOCAL", "overlaps": "OVERLAPS", "is_normalized": "IS NORMALIZED", "normalize": "NORMALIZE",
	"pg_collation_for": "COLLATION FOR", "system_user": "SYSTEM_USER", "xmlexists": "XML",
}
