package plan

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
)

// Optimize rewrites a plan into a cheaper one with the same answer: constants are computed, conditions move to where their rows are
// read, IN and EXISTS become joins, and only the columns that are used are read.
func Optimize(n Node, ctx *funcs.Ctx) Node {
	n = foldTree(n, ctx)
	n = inlineCTEs(n)
	n = push(n, nil)
	n = foldTree(n, ctx)
	n = pruneRoot(n)
	return restrictScans(n)
}

// foldTree computes constant expressions everywhere in a tree.
func foldTree(n Node, ctx *funcs.Ctx) Node {
	f := &folder{ctx: ctx}
	return f.node(n)
}

type folder struct{ ctx *funcs.Ctx }

func (f *folder) node(n Node) Node {
	n = withExprs(n, func(e Expr) Expr { return transform(e, f.expr) })
	return withInputs(n, f.node)
}

// expr folds one node whose children are folded already. What would fail is left for run time, where it may not be reached.
func (f *folder) expr(e Expr) Expr {
	switch e := e.(type) {
	case *Call:
		return f.call(e)
	case *Logic:
		return foldLogic(e)
	case *Not:
		if c, ok := constant(e.Arg); ok {
			if c.Val == nil {
				return c
			}
			return &Const{Pos: e.Pos, Val: !c.Val.(bool), Typ: column.Bool}
		}
	case *Is:
		if c, ok := constant(e.Arg); ok {
			return &Const{Pos: e.Pos, Val: isHolds(c.Val, e.Test) != e.Not, Typ: column.Bool}
		}
	case *Case:
		return foldCase(e)
	case *Coalesce:
		return foldCoalesce(e)
	case *Array:
		return foldArray(e)
	case *Subquery:
		c := *e
		c.Plan = f.node(e.Plan)
		return &c
	}
	return e
}

func isHolds(v column.Value, t IsTest) bool {
	switch t {
	case IsTrue:
		return v == true
	case IsFalse:
		return v == false
	}
	return v == nil
}

func (f *folder) call(e *Call) Expr {
	if e.Fn.Row == nil || f.ctx == nil || e.Fn.Stable && f.ctx.Now == 0 {
		return e
	}
	args := make([]column.Value, len(e.Args))
	for i, a := range e.Args {
		c, ok := constant(a)
		if !ok {
			return e
		}
		if c.Val == nil && !e.Fn.NullCalled {
			return &Const{Pos: e.Pos, Typ: e.Typ}
		}
		args[i] = c.Val
	}
	v, err := e.Fn.Row(f.ctx, args)
	if err != nil {
		return e
	}
	return &Const{Pos: e.Pos, Val: v, Typ: e.Typ}
}

func foldLogic(e *Logic) Expr {
	kept := make([]Expr, 0, len(e.Args))
	for _, a := range e.Args {
		c, ok := constant(a)
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
		return &Const{Pos: e.Pos, Val: !e.Or, Typ: column.Bool}
	case len(kept) == 1:
		return kept[0]
	}
	return &Logic{Pos: e.Pos, Or: e.Or, Args: kept}
}

func foldCase(e *Case) Expr {
	out := &Case{Pos: e.Pos, Else: e.Else, Typ: e.Typ}
	for _, w := range e.Whens {
		if c, ok := constant(w.Cond); ok {
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

func foldCoalesce(e *Coalesce) Expr {
	out := &Coalesce{Pos: e.Pos, Typ: e.Typ}
	for _, a := range e.Args {
		c, ok := constant(a)
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
		return &Const{Pos: e.Pos, Typ: e.Typ}
	case 1:
		return out.Args[0]
	}
	return out
}

func foldArray(e *Array) Expr {
	items := make([]column.Value, len(e.Items))
	for i, item := range e.Items {
		c, ok := constant(item)
		if !ok {
			return e
		}
		items[i] = c.Val
	}
	return &Const{Pos: e.Pos, Val: &column.List{Elem: e.Typ.ElemType(), Items: items}, Typ: e.Typ}
}

// inlineCTEs puts a definition that is read once, and does not depend on rows around it, in the place where it is read, so that conditions
// and columns can be pushed into it.
func inlineCTEs(n Node) Node {
	uses := map[int]int{}
	Walk(n, func(m Node) {
		if r, ok := m.(*CTERef); ok {
			uses[r.ID]++
		}
	})
	defs := map[int]Node{}
	Walk(n, func(m Node) {
		if w, ok := m.(*With); ok {
			for _, d := range w.Defs {
				if uses[d.ID] <= 1 && d.Step == nil && len(outerRefs(d.Plan)) == 0 {
					defs[d.ID] = d.Plan
				}
			}
		}
	})
	if len(defs) == 0 {
		return n
	}
	return (&inliner{defs: defs}).node(n)
}

type inliner struct{ defs map[int]Node }

func (i *inliner) node(n Node) Node {
	switch m := n.(type) {
	case *CTERef:
		if p := i.defs[m.ID]; p != nil {
			return i.node(p)
		}
		return n
	case *With:
		var kept []*CTE
		for _, d := range m.Defs {
			if i.defs[d.ID] == nil {
				kept = append(kept, d)
			}
		}
		if len(kept) == 0 {
			return i.node(m.Body)
		}
		n = &With{Defs: kept, Body: m.Body}
	}
	n = withExprs(n, func(e Expr) Expr {
		return transform(e, func(x Expr) Expr {
			if s, ok := x.(*Subquery); ok {
				c := *s
				c.Plan = i.node(s.Plan)
				return &c
			}
			return x
		})
	})
	return withInputs(n, i.node)
}
