package rowexec

import (
	"fmt"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/engine/sqlerr"
)

// eval computes an expression over a row.
func (r *run) eval(e plan.Expr, row []column.Value) (column.Value, error) {
	switch e := e.(type) {
	case *plan.ColRef:
		return row[e.Index], nil
	case *plan.Const:
		return e.Val, nil
	case *plan.OuterRef:
		return r.outer(e)
	case *plan.Param:
		return r.param(e)
	case *plan.Call:
		return r.call(e, row)
	case *plan.Logic:
		return r.logic(e, row)
	case *plan.Not:
		return r.not(e, row)
	case *plan.Is:
		return r.is(e, row)
	case *plan.Case:
		return r.caseWhen(e, row)
	case *plan.Coalesce:
		return r.coalesce(e, row)
	case *plan.InList:
		return r.inList(e, row)
	case *plan.Array:
		return r.array(e, row)
	case *plan.Subquery:
		return r.subquery(e, row)
	}
	return nil, sqlerr.Internal(fmt.Errorf("no evaluation for %T", e))
}

// evalAll computes several expressions over a row, left to right.
func (r *run) evalAll(exprs []plan.Expr, row []column.Value) ([]column.Value, error) {
	out := make([]column.Value, len(exprs))
	for i, e := range exprs {
		var err error
		if out[i], err = r.eval(e, row); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// isTrue says whether a condition holds: NULL does not. A nil condition always does.
func (r *run) isTrue(e plan.Expr, row []column.Value) (bool, error) {
	if e == nil {
		return true, nil
	}
	v, err := r.eval(e, row)
	return v == true, err
}

func (r *run) outer(e *plan.OuterRef) (column.Value, error) {
	v, ok := r.scope.Value(e.ID)
	if !ok {
		return nil, sqlerr.Internal(fmt.Errorf("outer value %d (%s) is not set", e.ID, e.Name))
	}
	return v, nil
}

func (r *run) param(e *plan.Param) (column.Value, error) {
	if e.N < 1 || e.N > len(r.env.Params) {
		return nil, sqlerr.New(sqlerr.CodeUndefinedObject, "there is no parameter $%d", e.N).At(e.Offset())
	}
	return r.env.Params[e.N-1], nil
}

// logic is AND or OR. It stops at the operand that decides; a NULL decides nothing.
func (r *run) logic(e *plan.Logic, row []column.Value) (column.Value, error) {
	var out column.Value = !e.Or
	for _, arg := range e.Args {
		v, err := r.eval(arg, row)
		if err != nil {
			return nil, err
		}
		switch v {
		case nil:
			out = nil
		case e.Or:
			return v, nil
		}
	}
	return out, nil
}

func (r *run) not(e *plan.Not, row []column.Value) (column.Value, error) {
	v, err := r.eval(e.Arg, row)
	return negated(v), err
}

// negated is NOT of a three-valued truth.
func negated(v column.Value) column.Value {
	if v == nil {
		return nil
	}
	return v == false
}

func (r *run) is(e *plan.Is, row []column.Value) (column.Value, error) {
	v, err := r.eval(e.Arg, row)
	if err != nil {
		return nil, err
	}
	holds := v == nil
	switch e.Test {
	case plan.IsTrue:
		holds = v == true
	case plan.IsFalse:
		holds = v == false
	}
	return holds != e.Not, nil
}

func (r *run) caseWhen(e *plan.Case, row []column.Value) (column.Value, error) {
	for _, w := range e.Whens {
		hit, err := r.isTrue(w.Cond, row)
		if err != nil {
			return nil, err
		}
		if hit {
			return r.eval(w.Then, row)
		}
	}
	return r.eval(e.Else, row)
}

func (r *run) coalesce(e *plan.Coalesce, row []column.Value) (column.Value, error) {
	for _, arg := range e.Args {
		if v, err := r.eval(arg, row); v != nil || err != nil {
			return v, err
		}
	}
	return nil, nil
}

func (r *run) inList(e *plan.InList, row []column.Value) (column.Value, error) {
	v, err := r.eval(e.Arg, row)
	if v == nil || err != nil {
		return nil, err
	}
	list, ok := r.lists[e]
	if !ok {
		list = make(map[string]struct{}, len(e.Vals))
		for _, x := range e.Vals {
			list[string(sqltype.AppendKey(nil, x))] = struct{}{}
		}
		r.lists[e] = list
	}
	if _, hit := list[string(sqltype.AppendKey(nil, v))]; hit {
		return !e.Not, nil
	}
	if e.HasNull {
		return nil, nil
	}
	return e.Not, nil
}

func (r *run) array(e *plan.Array, row []column.Value) (column.Value, error) {
	items, err := r.evalAll(e.Items, row)
	if err != nil {
		return nil, err
	}
	return &column.List{Elem: e.Typ.ElemType(), Items: items}, nil
}
