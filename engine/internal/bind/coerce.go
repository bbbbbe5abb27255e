package bind

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/engine/sqlerr"
)

// coerce makes e have type t: an unknown literal or parameter is read as t, anything else is cast if the context allows it.
func (b *Binder) coerce(e plan.Expr, t column.Type, c funcs.CastContext) (plan.Expr, error) {
	from := e.Type()
	if from == t || t == column.Unknown {
		return e, nil
	}
	if from == column.Unknown {
		switch x := e.(type) {
		case *plan.Const:
			return readLiteral(x, t)
		case *plan.Param:
			return b.readParam(x, t)
		}
	}
	m, ok := b.Registry.Cast(from, t, c)
	if !ok {
		if c == funcs.Explicit {
			return e, sqlerr.New(sqlerr.CodeCannotCoerce, "cannot cast type %s to %s", from, t).At(e.Offset())
		}
		return e, sqlerr.New(sqlerr.CodeDatatypeMismatch, "expression is of type %s but %s is needed", from, t).At(e.Offset()).
			WithHint("you will need to rewrite or cast the expression")
	}
	if m.Overload == nil {
		return retyped(e, t), nil
	}
	return &plan.Call{Pos: posOf(e), Fn: m.Overload, Name: "::" + t.String(), Args: []plan.Expr{e}, Typ: t}, nil
}

// retyped is e seen as another type of the same representation.
func retyped(e plan.Expr, t column.Type) plan.Expr {
	switch x := e.(type) {
	case *plan.Const:
		c := *x
		c.Typ = t
		return &c
	case *plan.ColRef:
		c := *x
		c.Typ = t
		return &c
	}
	return e
}

func readLiteral(c *plan.Const, t column.Type) (plan.Expr, error) {
	if c.Val == nil {
		return &plan.Const{Pos: c.Pos, Typ: t}, nil
	}
	v, err := sqltype.Parse(c.Val.(string), t)
	if err != nil {
		return c, placed(err, c.Offset())
	}
	return &plan.Const{Pos: c.Pos, Val: v, Typ: t}, nil
}

// readParam types a parameter by its context. Its value is converted to exactly that, or refused.
func (b *Binder) readParam(p *plan.Param, t column.Type) (plan.Expr, error) {
	if b.paramTypes[p.N-1] == column.Unknown {
		b.paramTypes[p.N-1] = t
	}
	if !b.HasParams {
		return &plan.Param{Pos: p.Pos, N: p.N, Typ: t}, nil
	}
	v, err := sqltype.Convert(b.Params[p.N-1], t)
	if err != nil {
		e, ok := sqlerr.As(err)
		if !ok {
			return p, err
		}
		return p, e.At(p.Offset()).WithDetail("parameter $" + itoa(p.N) + " is used as " + t.String())
	}
	return &plan.Const{Pos: p.Pos, Val: v, Typ: t}, nil
}

// coerceAll coerces arguments to the types that a resolved call takes.
func (b *Binder) coerceAll(args []plan.Expr, types []column.Type) ([]plan.Expr, error) {
	out := make([]plan.Expr, len(args))
	for i, a := range args {
		t := a.Type()
		if i < len(types) {
			t = types[i]
		}
		c, err := b.coerce(a, t, funcs.Implicit)
		if err != nil {
			return nil, err
		}
		out[i] = c
	}
	return out, nil
}

func (b *Binder) coerceEach(exprs []plan.Expr, t column.Type) ([]plan.Expr, error) {
	out := make([]plan.Expr, len(exprs))
	for i, e := range exprs {
		c, err := b.coerce(e, t, funcs.Implicit)
		if err != nil {
			return nil, err
		}
		out[i] = c
	}
	return out, nil
}

// commonType is the type that a list of expressions agrees on, as UNION, CASE and COALESCE decide it.
func (b *Binder) commonType(exprs []plan.Expr, what string) (column.Type, error) {
	t, ok := b.Registry.CommonType(typesOf(exprs))
	if ok {
		return t, nil
	}
	first := column.Unknown
	for _, e := range exprs {
		et := e.Type()
		if first == column.Unknown {
			first = et
			continue
		}
		if _, ok := b.Registry.CommonType([]column.Type{first, et}); !ok {
			return t, sqlerr.New(sqlerr.CodeDatatypeMismatch, "%s types %s and %s cannot be matched", what, first, et).At(e.Offset()).
				WithHint("cast one of them")
		}
	}
	return t, sqlerr.New(sqlerr.CodeDatatypeMismatch, "%s could not convert its elements to one type", what).At(exprs[0].Offset())
}

// comparable refuses values that cannot be told apart, and so cannot be ordered either: JSON, whose texts may mean the same. what is
// "equality" or "ordering".
func comparable(e plan.Expr, what string) error {
	t := e.Type()
	if t.Kind != column.KindJSON && t.Elem != column.KindJSON {
		return nil
	}
	return sqlerr.New(sqlerr.CodeUndefinedFunction, "could not identify an %s operator for type %s", what, t).At(e.Offset()).
		WithHint("compare its text: CAST(x AS VARCHAR)")
}

// comparableColumns is comparable of all columns of a node.
func comparableColumns(node plan.Node, pos int) error {
	for i, c := range node.Columns() {
		if err := comparable(&plan.ColRef{Pos: plan.Pos(pos), Index: i, Typ: c.Type, Name: c.Name}, "equality"); err != nil {
			return err
		}
	}
	return nil
}
