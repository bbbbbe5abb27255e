package bind

import (
	"strconv"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// exprBinder binds expressions of one clause.
type exprBinder struct {
	b       *Binder
	scope   *scope
	ctes    *cteEnv
	clause  string // for errors: "WHERE"
	aggs    bool   // aggregates are allowed
	wins    bool   // window functions are allowed
	within  string // "aggregate" or "window" inside the arguments of one
	windows map[string]*syntax.Window
	aliases []syntax.Item // that stand for their expressions, where no column has the name
}

// expr binds one expression. Its type may still be unknown: a quoted literal, NULL or a parameter that takes its context's type.
func (x *exprBinder) expr(e syntax.Expr) (plan.Expr, error) {
	if err := x.b.enter(); err != nil {
		return nil, err
	}
	defer func() { x.b.depth-- }()
	switch e := e.(type) {
	case *syntax.Column:
		bound, err := x.scope.column(x.b, e)
		if meant := x.aliased(e); err != nil && meant != nil {
			return x.expr(meant)
		}
		return bound, err
	case *syntax.Literal:
		return literal(e)
	case *syntax.TypedLiteral:
		return x.typedLiteral(e)
	case *syntax.Param:
		return x.param(e)
	case *syntax.Cast:
		return x.cast(e)
	case *syntax.Op:
		return x.op(e)
	case *syntax.Call:
		return x.call(e)
	case *syntax.Case:
		return x.caseExpr(e)
	case *syntax.Star:
		if len(e.Table) > 0 && x.scope.relation(e.Table) {
			return nil, sqlerr.NotSupported("a whole row as a value").At(e.Offset()).WithHint("name the columns; count(*) counts rows")
		}
		return nil, sqlerr.Syntax("* is only allowed in a select list or count(*)").At(e.Offset())
	}
	return x.predicate(e)
}

// predicate binds the expressions that ask something.
func (x *exprBinder) predicate(e syntax.Expr) (plan.Expr, error) {
	switch e := e.(type) {
	case *syntax.Logic:
		return x.logic(e)
	case *syntax.Not:
		arg, err := x.condition(e.Arg, "NOT")
		return &plan.Not{Pos: plan.Pos(e.Offset()), Arg: arg}, err
	case *syntax.Is:
		return x.is(e)
	case *syntax.Like:
		return x.like(e)
	case *syntax.Between:
		return x.between(e)
	case *syntax.In:
		return x.in(e)
	case *syntax.DistinctFrom:
		return x.distinctFrom(e)
	case *syntax.MySQLTruth:
		return x.truth(e)
	case *syntax.MySQLBit:
		n := int64(0)
		if e.One {
			n = 1
		}
		return &plan.Const{Pos: plan.Pos(e.Offset()), Val: n, Typ: column.Int64}, nil
	}
	return x.nested(e)
}

// nested binds subqueries, arrays and what reaches into values.
func (x *exprBinder) nested(e syntax.Expr) (plan.Expr, error) {
	switch e := e.(type) {
	case *syntax.Exists:
		return x.subquery(plan.ExistsSub, e.Query, e.Offset())
	case *syntax.Subquery:
		return x.subquery(plan.ScalarSub, e.Query, e.Offset())
	case *syntax.ArrayQuery:
		return x.subquery(plan.ArraySub, e.Query, e.Offset())
	case *syntax.Quantified:
		return x.quantified(e)
	case *syntax.Array:
		return x.array(e)
	case *syntax.Subscript:
		return x.subscript(e)
	case *syntax.Extract:
		return x.hidden("extract", e.Offset(), text(e.Field, e.Offset()), e.Arg)
	case *syntax.AtTimeZone:
		return x.atTimeZone(e)
	case *syntax.Collate:
		return x.collate(e)
	case *syntax.Row:
		return nil, sqlerr.NotSupported("a row value outside a comparison").At(e.Offset())
	case *syntax.Field:
		return nil, sqlerr.NotSupported("selecting a field of a row value").At(e.Offset())
	}
	return nil, sqlerr.NotSupported("this expression").At(e.Offset())
}

// atTimeZone shows an instant as the clocks of a zone do. What it gives is no instant any more, so it cannot be moved to another zone.
func (x *exprBinder) atTimeZone(e *syntax.AtTimeZone) (plan.Expr, error) {
	if _, again := e.Arg.(*syntax.AtTimeZone); again {
		return nil, sqlerr.NotSupported("AT TIME ZONE of an AT TIME ZONE").At(e.Offset()).
			WithHint("every TIMESTAMP is an instant in UTC already; name the zone that you want once")
	}
	return x.hidden("timezone", e.Offset(), e.Zone, e.Arg)
}

func text(s string, pos int) syntax.Expr {
	return &syntax.Literal{Pos: syntax.Pos(pos), Kind: syntax.StringLit, Text: s}
}

// condition binds an expression that must be boolean.
func (x *exprBinder) condition(e syntax.Expr, clause string) (plan.Expr, error) {
	bound, err := x.expr(e)
	if err != nil {
		return nil, err
	}
	if t := bound.Type(); t != column.Bool && t != column.Unknown {
		return nil, sqlerr.New(sqlerr.CodeDatatypeMismatch, "argument of %s must be type boolean, not type %s", clause, t).At(e.Offset()).
			WithHint("write a comparison, such as column = value or column IS NOT NULL")
	}
	return x.b.coerce(bound, column.Bool, funcs.Implicit)
}

func literal(e *syntax.Literal) (plan.Expr, error) {
	pos := plan.Pos(e.Offset())
	switch e.Kind {
	case syntax.NullLit:
		return &plan.Const{Pos: pos, Typ: column.Unknown}, nil
	case syntax.StringLit:
		return &plan.Const{Pos: pos, Val: e.Text, Typ: column.Unknown}, nil
	case syntax.BoolLit:
		return &plan.Const{Pos: pos, Val: e.Text == "true", Typ: column.Bool}, nil
	case syntax.IntLit:
		if n, err := strconv.ParseInt(e.Text, 10, 64); err == nil {
			return &plan.Const{Pos: pos, Val: n, Typ: column.Int64}, nil
		}
	case syntax.BitLit:
		return nil, sqlerr.NotSupported("a bit string").At(e.Offset())
	}
	v, err := sqltype.Parse(e.Text, column.Float64)
	if err != nil {
		return nil, placed(err, e.Offset())
	}
	return &plan.Const{Pos: pos, Val: v, Typ: column.Float64}, nil
}

func (x *exprBinder) typedLiteral(e *syntax.TypedLiteral) (plan.Expr, error) {
	if e.Type.Name == "interval" && len(e.Type.Mods) == 1 && !e.Type.Array {
		return intervalLiteral(e)
	}
	t, err := typeOf(e.Type)
	if err != nil {
		return nil, err
	}
	v, err := sqltype.Parse(e.Text, t)
	if err != nil {
		return nil, placed(err, e.Offset())
	}
	return &plan.Const{Pos: plan.Pos(e.Offset()), Val: v, Typ: t}, nil
}

// intervalLiteral is INTERVAL '90' MINUTE.
func intervalLiteral(e *syntax.TypedLiteral) (plan.Expr, error) {
	v, err := sqltype.ParseIntervalField(e.Text, e.Type.Mods[0])
	if err != nil {
		return nil, placed(err, e.Offset())
	}
	return &plan.Const{Pos: plan.Pos(e.Offset()), Val: v, Typ: column.IntervalT}, nil
}

func typeOf(n syntax.TypeName) (column.Type, error) {
	t, err := sqltype.FromName(n.Name, n.Mods, n.Array)
	return t, placed(err, n.Pos)
}

// placed gives an error a position unless it has one.
func placed(err error, pos int) error {
	if err == nil {
		return nil
	}
	if e, ok := sqlerr.As(err); ok {
		return e.At(pos)
	}
	return err
}

func (x *exprBinder) param(e *syntax.Param) (plan.Expr, error) {
	b := x.b
	for len(b.paramTypes) < e.N {
		b.paramTypes = append(b.paramTypes, column.Unknown)
	}
	if b.HasParams && e.N > len(b.Params) {
		return nil, sqlerr.New(sqlerr.CodeUndefinedObject, "there is no parameter $%d: %d given", e.N, len(b.Params)).At(e.Offset())
	}
	return &plan.Param{Pos: plan.Pos(e.Offset()), N: e.N, Typ: column.Unknown}, nil
}

func (x *exprBinder) cast(e *syntax.Cast) (plan.Expr, error) {
	t, err := typeOf(e.Type)
	if err != nil {
		return nil, err
	}
	arg, err := x.castArg(e.Arg, t)
	if err != nil {
		return nil, err
	}
	out, err := x.b.coerce(arg, t, funcs.Explicit)
	if err != nil {
		return nil, placed(err, e.Offset())
	}
	return out, nil
}

// castArg binds what is cast. An array literal takes its elements' type from the cast, so that ARRAY[]::varchar[] has one.
func (x *exprBinder) castArg(e syntax.Expr, t column.Type) (plan.Expr, error) {
	a, ok := e.(*syntax.Array)
	if !ok || !t.IsList() {
		return x.expr(e)
	}
	items, err := x.exprs(a.Items)
	if err != nil {
		return nil, err
	}
	for i := range items {
		if items[i], err = x.b.coerce(items[i], t.ElemType(), funcs.Explicit); err != nil {
			return nil, placed(err, a.Items[i].Offset())
		}
	}
	return &plan.Array{Pos: plan.Pos(e.Offset()), Items: items, Typ: t}, nil
}

func (x *exprBinder) exprs(in []syntax.Expr) ([]plan.Expr, error) {
	out := make([]plan.Expr, len(in))
	for i, e := range in {
		var err error
		if out[i], err = x.expr(e); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (x *exprBinder) op(e *syntax.Op) (plan.Expr, error) {
	if e.Left == nil {
		arg, err := x.expr(e.Right)
		if err != nil {
			return nil, err
		}
		return x.b.prefix(e.Sign, arg, e.Offset())
	}
	if out, ok, err := x.rowComparison(e); ok || err != nil {
		return out, err
	}
	left, err := x.expr(e.Left)
	if err != nil {
		return nil, err
	}
	right, err := x.expr(e.Right)
	if err != nil {
		return nil, err
	}
	return x.b.operator(e.Sign, asBit(left, e.Left, right), asBit(right, e.Right, left), e.Offset())
}

// asBit is a bound operand, which is false or true instead of 0 or 1 where MySQL compares it with a boolean.
func asBit(bound plan.Expr, written syntax.Expr, other plan.Expr) plan.Expr {
	bit, ok := written.(*syntax.MySQLBit)
	if !ok || other.Type() != column.Bool {
		return bound
	}
	return &plan.Const{Pos: plan.Pos(bit.Offset()), Val: bit.One, Typ: column.Bool}
}

// logic binds AND and OR; a chain is one node.
func (x *exprBinder) logic(e *syntax.Logic) (plan.Expr, error) {
	name := "AND"
	if e.Or {
		name = "OR"
	}
	out := &plan.Logic{Pos: plan.Pos(e.Offset()), Or: e.Or}
	for _, a := range e.Args {
		arg, err := x.condition(a, name)
		if err != nil {
			return nil, err
		}
		out.Args = append(out.Args, arg)
	}
	return out, nil
}

func (x *exprBinder) is(e *syntax.Is) (plan.Expr, error) {
	pos := plan.Pos(e.Offset())
	if row, ok := e.Arg.(*syntax.Row); ok && e.Test == syntax.IsNull {
		return x.rowIsNull(row, e.Not, pos)
	}
	if e.Test == syntax.IsNull {
		arg, err := x.expr(e.Arg)
		if err != nil {
			return nil, err
		}
		arg, err = x.b.settleExpr(arg)
		return &plan.Is{Pos: pos, Arg: arg, Test: plan.IsNull, Not: e.Not}, err
	}
	names := map[syntax.IsTest]string{syntax.IsTrue: "IS TRUE", syntax.IsFalse: "IS FALSE", syntax.IsUnknown: "IS UNKNOWN"}
	arg, err := x.condition(e.Arg, names[e.Test])
	if err != nil {
		return nil, err
	}
	tests := map[syntax.IsTest]plan.IsTest{syntax.IsTrue: plan.IsTrue, syntax.IsFalse: plan.IsFalse, syntax.IsUnknown: plan.IsNull}
	return &plan.Is{Pos: pos, Arg: arg, Test: tests[e.Test], Not: e.Not}, nil
}

// rowIsNull: (a, b) IS NULL asks that every field is NULL, IS NOT NULL that none is; they are not each other's negation.
func (x *exprBinder) rowIsNull(row *syntax.Row, not bool, pos plan.Pos) (plan.Expr, error) {
	if len(row.Items) == 0 {
		return &plan.Const{Pos: pos, Val: true, Typ: column.Bool}, nil
	}
	items, err := x.exprs(row.Items)
	if err != nil {
		return nil, err
	}
	var tests []plan.Expr
	for _, item := range items {
		if item, err = x.b.settleExpr(item); err != nil {
			return nil, err
		}
		tests = append(tests, &plan.Is{Pos: pos, Arg: item, Test: plan.IsNull, Not: not})
	}
	return plan.And(tests), nil
}

func (x *exprBinder) caseExpr(e *syntax.Case) (plan.Expr, error) {
	out := &plan.Case{Pos: plan.Pos(e.Offset())}
	results := make([]plan.Expr, 0, len(e.Whens)+1)
	arg, err := x.caseArg(e)
	if err != nil {
		return nil, err
	}
	for _, w := range e.Whens {
		cond, err := x.whenCond(arg, w)
		if err != nil {
			return nil, err
		}
		then, err := x.expr(w.Then)
		if err != nil {
			return nil, err
		}
		out.Whens = append(out.Whens, plan.When{Cond: cond})
		results = append(results, then)
	}
	var otherwise plan.Expr = &plan.Const{Pos: -1, Typ: column.Unknown}
	if e.Else != nil {
		var err error
		if otherwise, err = x.expr(e.Else); err != nil {
			return nil, err
		}
	}
	results = append(results, otherwise)
	t, err := x.b.commonType(results, "CASE")
	if err != nil {
		return nil, err
	}
	if results, err = x.b.coerceEach(results, t); err != nil {
		return nil, err
	}
	for i := range out.Whens {
		out.Whens[i].Then = results[i]
	}
	out.Else, out.Typ = results[len(results)-1], t
	return out, nil
}

// caseArg is the x of CASE x WHEN, which each branch compares; nil in the searched form.
func (x *exprBinder) caseArg(e *syntax.Case) (plan.Expr, error) {
	if e.Arg == nil {
		return nil, nil
	}
	arg, err := x.expr(e.Arg)
	if err != nil {
		return nil, err
	}
	for range e.Whens {
		if err := x.b.reuse(e.Offset(), arg); err != nil {
			return nil, err
		}
	}
	return x.b.settleExpr(arg)
}

// whenCond is the condition of one branch: CASE x WHEN y is x = y.
func (x *exprBinder) whenCond(arg plan.Expr, w syntax.When) (plan.Expr, error) {
	if arg == nil {
		return x.condition(w.Cond, "CASE/WHEN")
	}
	value, err := x.expr(w.Cond)
	if err != nil {
		return nil, err
	}
	return x.b.operator("=", arg, value, w.Cond.Offset())
}

func (x *exprBinder) coalesce(c *syntax.Call) (plan.Expr, error) {
	if err := plainCall(c); err != nil {
		return nil, err
	}
	args, err := x.args(c)
	if err != nil {
		return nil, err
	}
	if len(args) == 0 {
		return nil, sqlerr.Syntax("COALESCE needs at least one argument").At(c.Offset())
	}
	t, err := x.b.commonType(args, "COALESCE")
	if err != nil {
		return nil, err
	}
	args, err = x.b.coerceEach(args, t)
	return &plan.Coalesce{Pos: plan.Pos(c.Offset()), Args: args, Typ: t}, err
}

// nullif is NULL where a = b, and a otherwise.
func (x *exprBinder) nullif(c *syntax.Call) (plan.Expr, error) {
	args, err := x.args(c)
	if err != nil {
		return nil, err
	}
	if len(args) != 2 {
		return nil, sqlerr.Syntax("NULLIF takes two arguments").At(c.Offset())
	}
	eq, err := x.b.operator("=", args[0], args[1], c.Offset())
	if err != nil {
		return nil, err
	}
	first := args[0]
	if call, ok := eq.(*plan.Call); ok {
		first = call.Args[0] // NULLIF(1, 2.5) is a DECIMAL, since that is what is compared
	}
	if err := x.b.reuse(c.Offset(), first); err != nil {
		return nil, err
	}
	null := &plan.Const{Pos: -1, Typ: first.Type()}
	return &plan.Case{Pos: plan.Pos(c.Offset()), Whens: []plan.When{{Cond: eq, Then: null}}, Else: first, Typ: first.Type()}, nil
}

// hidden calls a registry function that only syntax reaches.
func (x *exprBinder) hidden(name string, pos int, args ...syntax.Expr) (plan.Expr, error) {
	bound, err := x.exprs(args)
	if err != nil {
		return nil, err
	}
	return x.b.callByName(name, pos, bound)
}

func (x *exprBinder) collate(e *syntax.Collate) (plan.Expr, error) {
	if e.Name != "C" && e.Name != "POSIX" && e.Name != "ucs_basic" && e.Name != "default" {
		return nil, sqlerr.New(sqlerr.CodeUndefinedObject, "collation %q is not supported", e.Name).At(e.Offset()).
			WithHint(`text compares by code point, as with COLLATE "C"`)
	}
	return x.expr(e.Arg)
}

// truth is MySQL's idea of a condition: a number is true when it is not zero.
func (x *exprBinder) truth(e *syntax.MySQLTruth) (plan.Expr, error) {
	arg, err := x.expr(e.Arg)
	if err != nil {
		return nil, err
	}
	if !arg.Type().IsNumeric() {
		return x.b.coerce(arg, column.Bool, funcs.Implicit)
	}
	return x.b.operator("<>", arg, &plan.Const{Pos: -1, Val: int64(0), Typ: column.Int64}, e.Offset())
}
