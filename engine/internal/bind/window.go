package bind

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// mergeWindow resolves OVER (name …) against the named windows, with PostgreSQL's rules on what may be added.
func mergeWindow(w *syntax.Window, named map[string]*syntax.Window) (*syntax.Window, error) {
	if w.Ref.Name == "" {
		return w, nil
	}
	base := named[w.Ref.Name]
	if base == nil {
		return nil, sqlerr.New(sqlerr.CodeUndefinedObject, "window %q does not exist", w.Ref.Name).At(w.Ref.Pos)
	}
	if w.Bare {
		return base, nil
	}
	if len(w.PartitionBy) > 0 {
		return nil, sqlerr.New(sqlerr.CodeWindowing, "cannot override PARTITION BY clause of window %q", w.Ref.Name).At(w.Ref.Pos)
	}
	if len(w.OrderBy) > 0 && len(base.OrderBy) > 0 {
		return nil, sqlerr.New(sqlerr.CodeWindowing, "cannot override ORDER BY clause of window %q", w.Ref.Name).At(w.Ref.Pos)
	}
	if base.Frame != nil {
		return nil, sqlerr.New(sqlerr.CodeWindowing, "cannot copy window %q because it has a frame clause", w.Ref.Name).At(w.Ref.Pos)
	}
	merged := *w
	merged.Ref = syntax.Ident{}
	merged.PartitionBy = base.PartitionBy
	if len(merged.OrderBy) == 0 {
		merged.OrderBy = base.OrderBy
	}
	return &merged, nil
}

// over binds an OVER clause onto a call.
func (x *exprBinder) over(call *plan.WindowCall, spec *syntax.Window) error {
	w, err := mergeWindow(spec, x.windows)
	if err != nil {
		return err
	}
	in := *x
	in.wins, in.clause = false, "window definitions"
	for _, e := range w.PartitionBy {
		bound, err := in.settled(e)
		if err != nil {
			return err
		}
		if err := comparable(bound, "equality"); err != nil {
			return err
		}
		call.PartitionBy = append(call.PartitionBy, bound)
	}
	for _, item := range w.OrderBy {
		bound, err := in.settled(item.Expr)
		if err != nil {
			return err
		}
		if err := comparable(bound, "ordering"); err != nil {
			return err
		}
		call.OrderBy = append(call.OrderBy, sortKey(item, bound))
	}
	return in.frame(call, w)
}

func (x *exprBinder) settled(e syntax.Expr) (plan.Expr, error) {
	bound, err := x.expr(e)
	if err != nil {
		return nil, err
	}
	return x.b.settleExpr(bound)
}

// frame fills in PostgreSQL's default frame, or binds the one that was written.
func (x *exprBinder) frame(call *plan.WindowCall, w *syntax.Window) error {
	if w.Frame == nil {
		call.Frame = plan.Frame{Mode: plan.FrameRange, Start: plan.Bound{Kind: plan.UnboundedPreceding}, End: plan.Bound{Kind: plan.CurrentRow}}
		return nil
	}
	f := w.Frame
	if err := checkFrame(f, len(w.OrderBy)); err != nil {
		return err
	}
	call.Frame = plan.Frame{Mode: plan.FrameMode(f.Mode), Exclude: plan.Exclude(f.Exclude)}
	var err error
	if call.Frame.Start, call.Frame.Lower, err = x.bound(call, f, f.Start); err != nil {
		return err
	}
	call.Frame.End, call.Frame.Upper, err = x.bound(call, f, f.End)
	return err
}

func checkFrame(f *syntax.Frame, keys int) error {
	fail := func(code, msg string) error { return sqlerr.New(code, "%s", msg).At(f.Pos) }
	switch {
	case f.Start.Kind == syntax.UnboundedFollowing:
		return fail(sqlerr.CodeWindowing, "frame start cannot be UNBOUNDED FOLLOWING")
	case f.End.Kind == syntax.UnboundedPreceding:
		return fail(sqlerr.CodeWindowing, "frame end cannot be UNBOUNDED PRECEDING")
	case f.Start.Kind == syntax.CurrentRow && f.End.Kind == syntax.OffsetPreceding:
		return fail(sqlerr.CodeWindowing, "frame starting from current row cannot have preceding rows")
	case f.Start.Kind == syntax.OffsetFollowing && f.End.Kind < syntax.OffsetFollowing:
		return fail(sqlerr.CodeWindowing, "frame starting from following row cannot have preceding rows")
	case f.Mode == syntax.FrameGroups && keys == 0:
		return fail(sqlerr.CodeWindowing, "GROUPS mode requires an ORDER BY clause")
	case f.Mode == syntax.FrameRange && keys != 1 && (f.Start.Offset != nil || f.End.Offset != nil):
		return fail(sqlerr.CodeWindowing, "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column")
	}
	return nil
}

// bound binds one end of a frame; for RANGE with an offset it also gives the value that the ORDER BY key is compared with.
func (x *exprBinder) bound(call *plan.WindowCall, f *syntax.Frame, fb syntax.FrameBound) (plan.Bound, plan.Expr, error) {
	out := plan.Bound{Kind: plan.BoundKind(fb.Kind)}
	if fb.Offset == nil {
		return out, nil, nil
	}
	mode := [...]string{syntax.FrameRange: "RANGE", syntax.FrameRows: "ROWS", syntax.FrameGroups: "GROUPS"}[f.Mode]
	in := &exprBinder{b: x.b, scope: x.scope, ctes: x.ctes, clause: "window " + mode}
	e, err := in.expr(fb.Offset)
	if err != nil {
		return out, nil, err
	}
	if len(plan.ColumnsOf(e)) > 0 {
		return out, nil, sqlerr.New(sqlerr.CodeInvalidColumnRef, "argument of %s must not contain variables", mode).At(fb.Offset.Offset())
	}
	if f.Mode != syntax.FrameRange {
		out.Offset, err = x.b.coerce(e, column.Int64, funcs.Assignment)
		return out, nil, err
	}
	key := call.OrderBy[0]
	if out.Offset, err = x.b.coerceOffset(e, key.Expr.Type()); err != nil {
		return out, nil, sqlerr.New(sqlerr.CodeNotSupported, "RANGE with offset PRECEDING/FOLLOWING is not supported for column type %s and offset type %s",
			key.Expr.Type(), e.Type()).At(fb.Offset.Offset())
	}
	sign := "+"
	if (fb.Kind == syntax.OffsetPreceding) != key.Desc {
		sign = "-"
	}
	edge, err := x.b.operator(sign, key.Expr, out.Offset, fb.Offset.Offset())
	return out, edge, err
}

// coerceOffset gives a RANGE offset the type that goes with the key: its own for numbers, an interval for times.
func (b *Binder) coerceOffset(e plan.Expr, key column.Type) (plan.Expr, error) {
	switch key {
	case column.Int64, column.Float64:
		return b.coerce(e, key, funcs.Implicit)
	case column.TimestampT, column.IntervalT:
		return b.coerce(e, column.IntervalT, funcs.Implicit)
	}
	return nil, sqlerr.NotSupported("RANGE with an offset over " + key.String())
}

// window puts the Window operator over node and makes the select list read its columns.
func (s *selectBinder) window(node plan.Node) (plan.Node, error) {
	var calls []*plan.WindowCall
	width := len(node.Columns())
	place := func(e plan.Expr) plan.Expr {
		return plan.Transform(e, func(x plan.Expr) plan.Expr {
			w, ok := x.(*plan.WindowExpr)
			if !ok {
				return x
			}
			calls = append(calls, w.Call)
			return &plan.ColRef{Pos: w.Pos, Index: width + len(calls) - 1, Typ: w.Call.Type, Name: w.Call.Name}
		})
	}
	for i := range s.targets {
		s.targets[i].expr = place(s.targets[i].expr)
	}
	if len(calls) == 0 {
		return node, nil
	}
	return &plan.Window{Input: node, Calls: calls}, nil
}
