package bind

import (
	"math"
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// array binds ARRAY[…], whose elements take one type.
func (x *exprBinder) array(e *syntax.Array) (plan.Expr, error) {
	items, err := x.exprs(e.Items)
	if err != nil {
		return nil, err
	}
	if len(items) == 0 {
		return nil, sqlerr.New(sqlerr.CodeIndeterminateType, "cannot determine type of empty array").At(e.Offset()).
			WithHint("explicitly cast to the desired type, for example ARRAY[]::varchar[]")
	}
	t, err := x.b.commonType(items, "ARRAY")
	if err != nil {
		return nil, err
	}
	if t.IsList() {
		return nil, sqlerr.NotSupported("an array of arrays").At(e.Offset())
	}
	if t == column.Unknown {
		t = column.Text
	}
	items, err = x.b.coerceEach(items, t)
	return &plan.Array{Pos: plan.Pos(e.Offset()), Items: items, Typ: column.ListOf(t)}, err
}

// subscript binds a[i], tags['k'] and slices.
func (x *exprBinder) subscript(e *syntax.Subscript) (plan.Expr, error) {
	if !e.Slice {
		return x.hidden("subscript", e.Offset(), e.Arg, e.Index)
	}
	arg, err := x.expr(e.Arg)
	if err != nil {
		return nil, err
	}
	bounds := []plan.Expr{&plan.Const{Pos: -1, Val: int64(1), Typ: column.Int64}, &plan.Const{Pos: -1, Val: int64(math.MaxInt64), Typ: column.Int64}}
	for i, written := range []syntax.Expr{e.Lo, e.Hi} {
		if written == nil {
			continue
		}
		if bounds[i], err = x.expr(written); err != nil {
			return nil, err
		}
	}
	return x.b.callByName("array_slice", e.Offset(), append([]plan.Expr{arg}, bounds...))
}

// outputName is the name that PostgreSQL gives a column without an alias.
func outputName(e syntax.Expr) string {
	name, _ := figureName(e)
	if name == "" {
		return "?column?"
	}
	return name
}

// figureName gives a name and how good it is: 2 a column or function, 1 a type or keyword.
func figureName(e syntax.Expr) (string, int) {
	switch e := e.(type) {
	case *syntax.Column:
		return e.Parts[len(e.Parts)-1].Name, 2
	case *syntax.Call:
		return strings.TrimPrefix(e.Name.Name, "mysql_"), 2
	case *syntax.Cast:
		if name, strength := figureName(e.Arg); strength == 2 {
			return name, 2
		}
		return e.Type.Name, 1
	case *syntax.TypedLiteral:
		return e.Type.Name, 1
	case *syntax.Case:
		if name, strength := figureName(e.Else); strength == 2 {
			return name, 2
		}
		return "case", 1
	case *syntax.Extract:
		return "extract", 2
	case *syntax.AtTimeZone:
		return "timezone", 2
	case *syntax.Array, *syntax.ArrayQuery:
		return "array", 2
	case *syntax.Exists:
		return "exists", 2
	case *syntax.Row:
		return "row", 2
	case *syntax.Subscript:
		return figureName(e.Arg)
	case *syntax.Collate:
		return figureName(e.Arg)
	case *syntax.Subquery:
		return subqueryName(e.Query.Body)
	}
	return "", 0
}

func subqueryName(body syntax.Body) (string, int) {
	switch b := body.(type) {
	case *syntax.Select:
		if len(b.Items) > 0 {
			if b.Items[0].Alias.Name != "" {
				return b.Items[0].Alias.Name, 2
			}
			return figureName(b.Items[0].Expr)
		}
	case *syntax.Query:
		return subqueryName(b.Body)
	case *syntax.SetOp:
		return subqueryName(b.Left)
	case *syntax.Values:
		return "column1", 2
	}
	return "", 0
}

// operator resolves and builds a binary operator.
func (b *Binder) operator(sign string, left, right plan.Expr, pos int) (plan.Expr, error) {
	l, r := left.Type(), right.Type()
	m, err := b.Registry.Operator(sign, &l, &r)
	if err != nil {
		return nil, b.explain(placed(err, pos), sign, left, right)
	}
	args, err := b.coerceAll([]plan.Expr{left, right}, m.Args)
	if err != nil {
		return nil, placed(err, pos)
	}
	return &plan.Call{Pos: plan.Pos(pos), Fn: m.Overload, Name: sign, Args: args, Typ: m.Ret}, nil
}

// explain adds to an operator's error what people most often meant.
func (b *Binder) explain(err error, sign string, left, right plan.Expr) error {
	e, ok := sqlerr.As(err)
	if !ok || e.Hint != "" {
		return err
	}
	if left.Type() == column.Bool || right.Type() == column.Bool {
		return e.WithHint("a boolean compares with true and false: write column, or NOT column")
	}
	return e.WithHint("cast one side: CAST(x AS " + left.Type().String() + ")")
}

func (b *Binder) prefix(sign string, arg plan.Expr, pos int) (plan.Expr, error) {
	if c, ok := plan.Constant(arg); ok && sign == "-" && c.Val == float64(1<<63) {
		// The smallest BIGINT is written as a minus and a number that does not fit alone.
		return &plan.Const{Pos: plan.Pos(pos), Val: int64(math.MinInt64), Typ: column.Int64}, nil
	}
	t := arg.Type()
	m, err := b.Registry.Operator(sign, nil, &t)
	if err != nil {
		return nil, placed(err, pos)
	}
	args, err := b.coerceAll([]plan.Expr{arg}, m.Args)
	if err != nil {
		return nil, placed(err, pos)
	}
	return &plan.Call{Pos: plan.Pos(pos), Fn: m.Overload, Name: sign, Args: args, Typ: m.Ret}, nil
}

// callByName resolves and builds a call of a function by name with bound arguments.
func (b *Binder) callByName(name string, pos int, args []plan.Expr) (plan.Expr, error) {
	m, err := b.Registry.Resolve(name, typesOf(args))
	if err != nil {
		return nil, placed(err, pos)
	}
	args, err = b.coerceAll(args, m.Args)
	if err != nil {
		return nil, placed(err, pos)
	}
	return &plan.Call{Pos: plan.Pos(pos), Fn: m.Overload, Name: name, Args: args, Typ: m.Ret}, nil
}
