package bind

import (
	"slices"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// like binds LIKE, ILIKE and SIMILAR TO as calls of hidden functions, which compile the pattern once.
func (x *exprBinder) like(e *syntax.Like) (plan.Expr, error) {
	name := map[syntax.LikeKind]string{syntax.LikePattern: "like", syntax.ILikePattern: "ilike", syntax.SimilarPattern: "similar_to"}[e.Kind]
	args := []syntax.Expr{e.Arg, e.Pattern}
	if e.Escape != nil {
		args = append(args, e.Escape)
	}
	out, err := x.hidden(name, e.Offset(), args...)
	if err != nil {
		return nil, err
	}
	return negated(out, e.Not), nil
}

func negated(e plan.Expr, not bool) plan.Expr {
	if !not {
		return e
	}
	return &plan.Not{Pos: posOf(e), Arg: e}
}

// between is low <= x AND x <= high; SYMMETRIC tries both orders.
func (x *exprBinder) between(e *syntax.Between) (plan.Expr, error) {
	pos := e.Offset()
	bound := make([][]plan.Expr, 3)
	for i, side := range []syntax.Expr{e.Arg, e.Low, e.High} {
		var err error
		if bound[i], err = x.operands(side); err != nil {
			return nil, err
		}
		if len(bound[i]) != len(bound[0]) {
			return nil, sqlerr.Syntax("unequal number of entries in row expressions").At(pos)
		}
	}
	within := func(low, high []plan.Expr) (plan.Expr, error) {
		if err := x.b.reuse(pos, bound[0]...); err != nil {
			return nil, err
		}
		ge, err := x.b.compareRows(">=", bound[0], low, pos)
		if err != nil {
			return nil, err
		}
		le, err := x.b.compareRows("<=", bound[0], high, pos)
		if err != nil {
			return nil, err
		}
		return &plan.Logic{Pos: plan.Pos(pos), Args: []plan.Expr{ge, le}}, nil
	}
	out, err := within(bound[1], bound[2])
	if err != nil {
		return nil, err
	}
	if e.Symmetric {
		if err := x.b.reuse(pos, slices.Concat(bound...)...); err != nil {
			return nil, err
		}
		other, err := within(bound[2], bound[1])
		if err != nil {
			return nil, err
		}
		out = &plan.Logic{Pos: plan.Pos(pos), Or: true, Args: []plan.Expr{out, other}}
	}
	return negated(out, e.Not), nil
}

// in binds x IN (list): constants of x's type become one set, anything else is = OR = ….
func (x *exprBinder) in(e *syntax.In) (plan.Expr, error) {
	if row, ok := e.Arg.(*syntax.Row); ok {
		return x.rowIn(row, e)
	}
	arg, err := x.expr(e.Arg)
	if err != nil {
		return nil, err
	}
	items, err := x.exprs(e.List)
	if err != nil {
		return nil, err
	}
	for i, written := range e.List {
		items[i] = asBit(items[i], written, arg)
	}
	t, err := x.b.commonType(append([]plan.Expr{arg}, items...), "IN")
	if err != nil {
		return nil, x.inMismatch(arg, items, e)
	}
	if arg, err = x.b.coerce(arg, t, funcs.Implicit); err != nil {
		return nil, err
	}
	if items, err = x.b.coerceEach(items, t); err != nil {
		return nil, err
	}
	if list := inSet(arg, items, e); list != nil {
		return list, nil
	}
	out := &plan.Logic{Pos: plan.Pos(e.Offset()), Or: true}
	for i, item := range items {
		if i > 0 {
			if err := x.b.reuse(e.Offset(), arg); err != nil {
				return nil, err
			}
		}
		eq, err := x.b.operator("=", arg, item, item.Offset())
		if err != nil {
			return nil, err
		}
		out.Args = append(out.Args, eq)
	}
	if len(out.Args) == 1 {
		return negated(out.Args[0], e.Not), nil
	}
	return negated(out, e.Not), nil
}

// inMismatch words the error as the comparison that fails.
func (x *exprBinder) inMismatch(arg plan.Expr, items []plan.Expr, e *syntax.In) error {
	for i, item := range items {
		if _, err := x.b.operator("=", arg, item, e.List[i].Offset()); err != nil {
			return err
		}
	}
	return sqlerr.New(sqlerr.CodeDatatypeMismatch, "the elements of an IN list must have one type").At(e.Offset())
}

// inSet is the set form of an IN list, or nil when an element is not a constant or the type has no plain equality.
func inSet(arg plan.Expr, items []plan.Expr, e *syntax.In) plan.Expr {
	switch arg.Type() {
	case column.Text, column.Int64, column.Float64, column.TimestampT, column.Bool:
	default:
		return nil
	}
	out := &plan.InList{Pos: plan.Pos(e.Offset()), Arg: arg, Not: e.Not}
	seen := map[string]bool{}
	for _, item := range items {
		c, ok := plan.Constant(item)
		if !ok {
			return nil
		}
		if c.Val == nil {
			out.HasNull = true
			continue
		}
		key := string(sqltype.AppendKey(nil, c.Val))
		if !seen[key] {
			seen[key] = true
			out.Vals = append(out.Vals, c.Val)
		}
	}
	return out
}

// distinctFrom: NULLs are equal to each other and to nothing else. The result is never NULL.
func (x *exprBinder) distinctFrom(e *syntax.DistinctFrom) (plan.Expr, error) {
	lr, lok := e.Left.(*syntax.Row)
	rr, rok := e.Right.(*syntax.Row)
	if lok && rok && len(lr.Items) == len(rr.Items) {
		if len(lr.Items) == 0 {
			return nil, errEmptyRow(e.Offset())
		}
		var same []plan.Expr
		for i := range lr.Items {
			one, err := x.distinctFrom(&syntax.DistinctFrom{Pos: e.Pos, Not: true, Left: lr.Items[i], Right: rr.Items[i]})
			if err != nil {
				return nil, err
			}
			same = append(same, one)
		}
		return negated(plan.And(same), !e.Not), nil
	}
	if isNullLiteral(e.Right) || isNullLiteral(e.Left) {
		return x.distinctFromNull(e)
	}
	left, err := x.expr(e.Left)
	if err != nil {
		return nil, err
	}
	right, err := x.expr(e.Right)
	if err != nil {
		return nil, err
	}
	return x.b.notDistinct(left, right, !e.Not, e.Offset())
}

func isNullLiteral(e syntax.Expr) bool {
	l, ok := e.(*syntax.Literal)
	return ok && l.Kind == syntax.NullLit
}

// distinctFromNull: compared with a written NULL any type will do, even one without equality.
func (x *exprBinder) distinctFromNull(e *syntax.DistinctFrom) (plan.Expr, error) {
	arg := e.Left
	if isNullLiteral(arg) {
		arg = e.Right
	}
	return x.is(&syntax.Is{Pos: e.Pos, Arg: arg, Test: syntax.IsNull, Not: !e.Not})
}

// notDistinct builds IS NOT DISTINCT FROM out of = and IS NULL: (a = b) IS TRUE OR (a IS NULL AND b IS NULL).
func (b *Binder) notDistinct(left, right plan.Expr, not bool, pos int) (plan.Expr, error) {
	eq, err := b.operator("=", left, right, pos)
	if err != nil {
		return nil, err
	}
	args := []plan.Expr{left, right}
	if c, ok := eq.(*plan.Call); ok {
		args = c.Args
	}
	if err := b.reuse(pos, args...); err != nil {
		return nil, err
	}
	p := plan.Pos(pos)
	bothNull := &plan.Logic{Pos: p, Args: []plan.Expr{&plan.Is{Pos: p, Arg: args[0]}, &plan.Is{Pos: p, Arg: args[1]}}}
	return negated(&plan.Logic{Pos: p, Or: true, Args: []plan.Expr{&plan.Is{Pos: p, Arg: eq, Test: plan.IsTrue}, bothNull}}, not), nil
}

// rowComparison binds (a, b) op (c, d); ok is false when neither side is a row.
func (x *exprBinder) rowComparison(e *syntax.Op) (plan.Expr, bool, error) {
	l, lok := e.Left.(*syntax.Row)
	r, rok := e.Right.(*syntax.Row)
	if !lok && !rok {
		return nil, false, nil
	}
	if !lok || !rok {
		return nil, true, sqlerr.New(sqlerr.CodeUndefinedFunction, "operator %s compares a row with a row only", e.Sign).At(e.Offset())
	}
	if len(l.Items) != len(r.Items) {
		return nil, true, sqlerr.Syntax("unequal number of entries in row expressions").At(e.Offset())
	}
	left, err := x.exprs(l.Items)
	if err != nil {
		return nil, true, err
	}
	right, err := x.exprs(r.Items)
	if err != nil {
		return nil, true, err
	}
	out, err := x.b.compareRows(e.Sign, left, right, e.Offset())
	return out, true, err
}

func errEmptyRow(pos int) error {
	return sqlerr.New(sqlerr.CodeNotSupported, "cannot compare rows of zero length").At(pos)
}

// compareRows is SQL's row comparison: = and <> column by column, the others by the first column that differs.
func (b *Binder) compareRows(sign string, left, right []plan.Expr, pos int) (plan.Expr, error) {
	if len(left) == 0 {
		return nil, errEmptyRow(pos)
	}
	p := plan.Pos(pos)
	switch sign {
	case "=", "<>":
		var parts []plan.Expr
		for i := range left {
			c, err := b.operator(sign, left[i], right[i], pos)
			if err != nil {
				return nil, err
			}
			parts = append(parts, c)
		}
		if len(parts) == 1 {
			return parts[0], nil
		}
		return &plan.Logic{Pos: p, Or: sign == "<>", Args: parts}, nil
	case "<", "<=", ">", ">=":
	default:
		if len(left) > 1 {
			return nil, sqlerr.NotSupported("the operator " + sign + " between rows").At(pos)
		}
	}
	if len(left) == 1 {
		return b.operator(sign, left[0], right[0], pos)
	}
	first, err := b.operator(sign[:1], left[0], right[0], pos)
	if err != nil {
		return nil, err
	}
	equal, err := b.operator("=", left[0], right[0], pos)
	if err != nil {
		return nil, err
	}
	if err := b.reuse(pos, left[0], right[0]); err != nil {
		return nil, err
	}
	rest, err := b.compareRows(sign, left[1:], right[1:], pos)
	if err != nil {
		return nil, err
	}
	return &plan.Logic{Pos: p, Or: true, Args: []plan.Expr{first, &plan.Logic{Pos: p, Args: []plan.Expr{equal, rest}}}}, nil
}

func (x *exprBinder) rowIn(row *syntax.Row, e *syntax.In) (plan.Expr, error) {
	left, err := x.exprs(row.Items)
	if err != nil {
		return nil, err
	}
	out := &plan.Logic{Pos: plan.Pos(e.Offset()), Or: true}
	for _, item := range e.List {
		r, ok := item.(*syntax.Row)
		if !ok || len(r.Items) != len(left) {
			return nil, sqlerr.Syntax("unequal number of entries in row expressions").At(item.Offset())
		}
		right, err := x.exprs(r.Items)
		if err != nil {
			return nil, err
		}
		if err := x.b.reuse(e.Offset(), left...); err != nil {
			return nil, err
		}
		eq, err := x.b.compareRows("=", left, right, item.Offset())
		if err != nil {
			return nil, err
		}
		out.Args = append(out.Args, eq)
	}
	if len(out.Args) == 1 {
		return negated(out.Args[0], e.Not), nil
	}
	return negated(out, e.Not), nil
}
