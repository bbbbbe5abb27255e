package optimize

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
)

// foldTree computes constant expressions everywhere in a tree.
func foldTree(n plan.Node, ctx *funcs.Ctx) plan.Node {
	f := &folder{ctx: ctx}
	return f.node(n)
}

type folder struct{ ctx *funcs.Ctx }

func (f *folder) node(n plan.Node) plan.Node {
	n = plan.WithExprs(n, func(e plan.Expr) plan.Expr { return plan.Transform(e, f.expr) })
	return plan.WithInputs(n, f.node)
}

// expr folds one node whose children are folded already. What would fail is left for run time, where it may not be reached.
func (f *folder) expr(e plan.Expr) plan.Expr {
	switch e := e.(type) {
	case *plan.Call:
		return f.call(e)
	case *plan.Logic:
		return foldLogic(e)
	case *plan.Not:
		if c, ok := plan.Constant(e.Arg); ok {
			if c.Val == nil {
				return c
			}
			return &plan.Const{Pos: e.Pos, Val: !c.Val.(bool), Typ: column.Bool}
		}
	case *plan.Is:
		if c, ok := plan.Constant(e.Arg); ok {
			return &plan.Const{Pos: e.Pos, Val: isHolds(c.Val, e.Test) != e.Not, Typ: column.Bool}
		}
	case *plan.Case:
		return foldCase(e)
	case *plan.Coalesce:
		return foldCoalesce(e)
	case *plan.Array:
		return foldArray(e)
	case *plan.Subquery:
		c := *e
		c.Plan = f.node(e.Plan)
		return &c
	}
	return e
}

func isHolds(v column.Value, t plan.IsTest) bool {
	switch t {
	case plan.IsTrue:
		return v == true
	case plan.IsFalse:
		return v == false
	}
	return v == nil
}

func (f *folder) call(e *plan.Call) plan.Expr {
	if e.Fn.Row == nil || f.ctx == nil || e.Fn.Stable && f.ctx.Now == 0 {
		return e
	}
	args := make([]column.Value, len(e.Args))
	for i, a := range e.Args {
		c, ok := plan.Constant(a)
		if !ok {
			return e
		}
		if c.Val == nil && !e.Fn.NullCalled {
			return &plan.Const{Pos: e.Pos, Typ: e.Typ}
		}
		args[i] = c.Val
	}
	v, err := e.Fn.Row(f.ctx, args)
	if err != nil {
		return e
	}
	return &plan.Const{Pos: e.Pos, Val: v, Typ: e.Typ}
}

func foldLogic(e *plan.Logic) plan.Expr {
	kept := make([]plan.Expr, 0, len(e.Args))
	for _, a := range e.Args {
		c, ok := plan.Constant(a)
		if !ok || c.Val == nil {
			kept = append(kept, a)
			continue
		}
		if c.Val.(bool) == e.Or {
			return c
		}
	}
	switch {
	case len(kept) == 0:
		return &plan.Const{Pos: e.Pos, Val: !e.Or, Typ: column.Bool}
	case len(kept) == 1:
		return kept[0]
	}
	return &plan.Logic{Pos: e.Pos, Or: e.Or, Args: kept}
}

func foldCase(e *plan.Case) plan.Expr {
	out := &plan.Case{Pos: e.Pos, Else: e.Else, Typ: e.Typ}
	for _, w := range e.Whens {
		if c, ok := plan.Constant(w.Cond); ok {
			if c.Val == true {
				out.Else = w.Then
				break
			}
			continue
		}
		out.Whens = append(out.Whens, w)
	}
	if len(out.Whens) == 0 {
		return out.Else
	}
	return out
}

func foldCoalesce(e *plan.Coalesce) plan.Expr {
	out := &plan.Coalesce{Pos: e.Pos, Typ: e.Typ}
	for _, a := range e.Args {
		c, ok := plan.Constant(a)
		if ok && c.Val == nil {
			continue
		}
		out.Args = append(out.Args, a)
		if ok {
			break
		}
	}
	switch len(out.Args) {
	case 0:
		return &plan.Const{Pos: e.Pos, Typ: e.Typ}
	case 1:
		return out.Args[0]
	}
	return out
}

func foldArray(e *plan.Array) plan.Expr {
	items := make([]column.Value, len(e.Items))
	for i, item := range e.Items {
		c, ok := plan.Constant(item)
		if !ok {
			return e
		}
		items[i] = c.Val
	}
	return &plan.Const{Pos: e.Pos, Val: &column.List{Elem: e.Typ.ElemType(), Items: items}, Typ: e.Typ}
}
