package mysqlfront

import (
	"github.com/dolthub/vitess/go/vt/sqlparser"

	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// condition lowers what gives a truth value; ok is false for anything else.
func (l *lowerer) condition(n sqlparser.Expr) (e syntax.Expr, at int, ok bool) {
	switch n := n.(type) {
	case *sqlparser.AndExpr, *sqlparser.OrExpr:
		e, at = l.logic(n)
	case *sqlparser.XorExpr:
		e, at = l.xor(n)
	case *sqlparser.NotExpr:
		e, at = l.truthAt(n.Expr)
		e, at = &syntax.Not{Pos: l.pos(before(at)), Arg: e}, before(at)
	case *sqlparser.ComparisonExpr:
		e, at = l.comparison(n)
		l.refuseChain(at, n.Left, n.Right)
	case *sqlparser.RangeCond:
		e, at = l.between(n)
		l.refuseChain(at, n.Left, n.From, n.To)
	case *sqlparser.IsExpr:
		e, at = l.is(n)
	case *sqlparser.ExistsExpr:
		at = l.take("exists")
		e = &syntax.Exists{Pos: l.pos(at), Query: l.query(n.Subquery.Select)}
	default:
		return nil, -1, false
	}
	return e, at, true
}

// refuseChain refuses a comparison that is an operand of another without parentheses, as in a = b IN (c): MySQL reads it from
// the left, DDSQL the tighter operator first.
func (l *lowerer) refuseChain(at int, operands ...sqlparser.Expr) {
	for _, o := range operands {
		switch o.(type) {
		case *sqlparser.ComparisonExpr, *sqlparser.RangeCond, *sqlparser.IsExpr:
			l.fail(at, sqlerr.Syntax("a comparison of comparisons reads differently in MySQL and DDSQL").WithHint(parenthesise))
		}
	}
}

// truth lowers an expression that stands where a truth value is wanted. MySQL takes numbers there.
func (l *lowerer) truth(n sqlparser.Expr) syntax.Expr {
	e, _ := l.truthAt(n)
	return e
}

func (l *lowerer) truthAt(n sqlparser.Expr) (syntax.Expr, int) {
	e, at := l.expr(n)
	switch e := e.(type) {
	case *syntax.Logic, *syntax.Not, *syntax.Is, *syntax.In, *syntax.Like, *syntax.Between, *syntax.Exists, *syntax.Quantified,
		*syntax.DistinctFrom, *syntax.MySQLTruth:
		return e, at
	case *syntax.Literal:
		if e.Kind == syntax.BoolLit {
			return e, at
		}
	case *syntax.Op:
		if comparisons[e.Sign] != "" {
			return e, at
		}
	}
	return &syntax.MySQLTruth{Pos: syntax.Pos(e.Offset()), Arg: e}, at
}

// logic lowers AND and OR: a chain, which the grammar makes of two-armed nodes leaning left, becomes one flat node, without
// recursion.
func (l *lowerer) logic(n sqlparser.Expr) (syntax.Expr, int) {
	out := &syntax.Logic{Pos: -1}
	var terms []sqlparser.Expr
	switch n := n.(type) {
	case *sqlparser.OrExpr:
		out.Or = true
		var e sqlparser.Expr = n
		for o, ok := e.(*sqlparser.OrExpr); ok; o, ok = e.(*sqlparser.OrExpr) {
			terms = append(terms, o.Right)
			e = o.Left
		}
		terms = append(terms, e)
	case *sqlparser.AndExpr:
		var e sqlparser.Expr = n
		for o, ok := e.(*sqlparser.AndExpr); ok; o, ok = e.(*sqlparser.AndExpr) {
			terms = append(terms, o.Right)
			e = o.Left
		}
		terms = append(terms, e)
	}
	first := -1
	for i := len(terms) - 1; i >= 0 && l.err == nil; i-- {
		e, at := l.truthAt(terms[i])
		switch len(out.Args) {
		case 0:
			first = at
		case 1:
			out.Pos = l.pos(before(at))
		}
		out.Args = append(out.Args, e)
	}
	return out, first
}

// xor is true when one side is true and the other false; NULL if a side is.
func (l *lowerer) xor(n *sqlparser.XorExpr) (syntax.Expr, int) {
	left, first := l.truthAt(n.Left)
	right, at := l.truthAt(n.Right)
	return &syntax.Op{Pos: l.pos(before(at)), Sign: "<>", Left: left, Right: right}, first
}

// comparisons are the comparison operators and how DDSQL spells them.
var comparisons = map[string]string{
	sqlparser.EqualStr: "=", sqlparser.NotEqualStr: "<>", "<>": "<>", sqlparser.LessThanStr: "<", sqlparser.GreaterThanStr: ">",
	sqlparser.LessEqualStr: "<=", sqlparser.GreaterEqualStr: ">=",
}

func (l *lowerer) comparison(n *sqlparser.ComparisonExpr) (syntax.Expr, int) {
	switch n.Operator {
	case sqlparser.InStr, sqlparser.NotInStr:
		return l.in(n)
	case sqlparser.LikeStr, sqlparser.NotLikeStr:
		return l.like(n)
	case sqlparser.RegexpStr, sqlparser.NotRegexpStr:
		return l.regexp(n)
	}
	left, first := l.expr(n.Left)
	right, at := l.expr(n.Right)
	left, right = syntax.Bit(left, right), syntax.Bit(right, left)
	op := before(at)
	if n.Operator == sqlparser.NullSafeEqualStr {
		return &syntax.DistinctFrom{Pos: l.pos(op), Not: true, Left: left, Right: right}, first
	}
	sign, ok := comparisons[n.Operator]
	if !ok || n.Escape != nil {
		l.unknown(op)
	}
	return &syntax.Op{Pos: l.pos(op), Sign: sign, Left: left, Right: right}, first
}

func (l *lowerer) in(n *sqlparser.ComparisonExpr) (syntax.Expr, int) {
	left, first := l.expr(n.Left)
	not := n.Operator == sqlparser.NotInStr
	switch r := n.Right.(type) {
	case sqlparser.ValTuple:
		list, at := l.exprs(sqlparser.Exprs(r))
		for i, e := range list {
			list[i] = syntax.Bit(e, left)
		}
		op := before(before(at))
		return &syntax.In{Pos: l.pos(op), Not: not, Arg: left, List: list}, first
	case *sqlparser.Subquery:
		out := &syntax.Quantified{Pos: l.pos(first), Arg: left, Sign: "=", In: true, Query: l.query(r.Select)}
		if not {
			out.Sign, out.All = "<>", true
		}
		return out, first
	}
	l.unknown(first)
	return placeholder, first
}

func (l *lowerer) like(n *sqlparser.ComparisonExpr) (syntax.Expr, int) {
	out := &syntax.Like{Not: n.Operator == sqlparser.NotLikeStr}
	var first, at int
	out.Arg, first = l.expr(n.Left)
	out.Pattern, at = l.expr(n.Right)
	if n.Escape != nil {
		out.Escape, _ = l.expr(n.Escape)
	}
	out.Pos = l.pos(before(at))
	return out, first
}

// regexp lowers REGEXP to the function that DDSQL has.
func (l *lowerer) regexp(n *sqlparser.ComparisonExpr) (syntax.Expr, int) {
	left, first := l.expr(n.Left)
	right, at := l.expr(n.Right)
	op := before(at)
	var out syntax.Expr = &syntax.Call{Pos: l.pos(op), Name: made("regexp_like", op, l), Schema: noIdent, Args: positional(left, right)}
	if n.Operator == sqlparser.NotRegexpStr {
		out = &syntax.Not{Pos: l.pos(op), Arg: out}
	}
	return out, first
}

func (l *lowerer) between(n *sqlparser.RangeCond) (syntax.Expr, int) {
	out := &syntax.Between{Not: n.Operator == sqlparser.NotBetweenStr}
	var first, at int
	out.Arg, first = l.expr(n.Left)
	out.Low, at = l.expr(n.From)
	out.High, _ = l.expr(n.To)
	out.Pos = l.pos(before(at))
	return out, first
}

var isTests = map[string]struct {
	test syntax.IsTest
	not  bool
}{
	sqlparser.IsNullStr: {syntax.IsNull, false}, sqlparser.IsNotNullStr: {syntax.IsNull, true},
	sqlparser.IsTrueStr: {syntax.IsTrue, false}, sqlparser.IsNotTrueStr: {syntax.IsTrue, true},
	sqlparser.IsFalseStr: {syntax.IsFalse, false}, sqlparser.IsNotFalseStr: {syntax.IsFalse, true},
}

func (l *lowerer) is(n *sqlparser.IsExpr) (syntax.Expr, int) {
	t, ok := isTests[n.Operator]
	if !ok {
		l.unknown(-1)
	}
	var e syntax.Expr
	var at int
	if t.test == syntax.IsNull {
		e, at = l.expr(n.Expr)
	} else {
		e, at = l.truthAt(n.Expr)
	}
	return &syntax.Is{Pos: l.pos(at), Arg: e, Test: t.test, Not: t.not}, at
}
