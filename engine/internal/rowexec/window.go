package rowexec

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/window"
)

// window holds all rows and gives them, in input order, with the calls' values.
func (r *run) window(n *plan.Window) Rows {
	return func(yield func([]column.Value, error) bool) {
		held := r.env.Memory.Account()
		defer held.Close()
		rows, err := r.collect(r.rows(n.Input), held)
		if err != nil {
			yield(nil, err)
			return
		}
		w := &windows{run: r, rows: rows, held: held}
		results := make([]*column.Vector, len(n.Calls))
		for i, call := range n.Calls {
			if results[i], err = w.compute(call); err != nil {
				yield(nil, err)
				return
			}
		}
		for i, row := range rows {
			out := append(make([]column.Value, 0, len(row)+len(results)), row...)
			for _, v := range results {
				out = append(out, v.Value(i))
			}
			if !yield(out, nil) {
				return
			}
		}
	}
}

// windows is a Window at work.
type windows struct {
	*run
	rows     [][]column.Value
	held     *budget.Account
	arranged []arrangement
}

// arrangement is the rows as one PARTITION BY and ORDER BY arrange them.
type arrangement struct {
	call *plan.WindowCall
	rows *window.Rows
}

func (w *windows) compute(call *plan.WindowCall) (*column.Vector, error) {
	rows, err := w.arrange(call)
	if err != nil {
		return nil, err
	}
	in := &window.Inputs{Account: w.held}
	if in.Filter, err = w.vector(call.Filter, nil); err != nil {
		return nil, err
	}
	for _, arg := range call.Args {
		v, err := w.vector(arg, in.Filter)
		if err != nil {
			return nil, err
		}
		in.Args = append(in.Args, v)
	}
	if err := w.frame(call.Frame, in); err != nil {
		return nil, err
	}
	return window.Compute(w.funcs, call, rows, in)
}

// frame evaluates the offsets of a frame, once, and what they mean for each row.
func (w *windows) frame(f plan.Frame, in *window.Inputs) (err error) {
	if f.Start.Offset != nil {
		if in.Start, err = w.eval(f.Start.Offset, nil); err != nil {
			return err
		}
	}
	if f.End.Offset != nil {
		if in.End, err = w.eval(f.End.Offset, nil); err != nil {
			return err
		}
	}
	// An offset that is refused is to be refused for what it is, not for what comes of it.
	if in.Lower, err = w.limit(f.Lower, in.Start); err != nil {
		return err
	}
	in.Upper, err = w.limit(f.Upper, in.End)
	return err
}

func (w *windows) limit(e plan.Expr, offset column.Value) (*column.Vector, error) {
	if e == nil || offset == nil {
		return nil, nil
	}
	return w.vector(e, nil)
}

// arrange sorts the rows for a call, once for calls of one arrangement.
func (w *windows) arrange(call *plan.WindowCall) (*window.Rows, error) {
	for _, a := range w.arranged {
		if sameArrangement(a.call, call) {
			return a.rows, nil
		}
	}
	parts, err := w.vectors(call.PartitionBy)
	if err != nil {
		return nil, err
	}
	order, err := w.vectors(sortExprs(call.OrderBy))
	if err != nil {
		return nil, err
	}
	rows, err := window.Arrange(w.ctx, len(w.rows), parts, order, call.OrderBy)
	if err != nil {
		return nil, err
	}
	w.arranged = append(w.arranged, arrangement{call, rows})
	return rows, nil
}

func sameArrangement(a, b *plan.WindowCall) bool {
	if len(a.PartitionBy) != len(b.PartitionBy) || len(a.OrderBy) != len(b.OrderBy) {
		return false
	}
	for i := range a.PartitionBy {
		if !sameExpr(a.PartitionBy[i], b.PartitionBy[i]) {
			return false
		}
	}
	for i, k := range a.OrderBy {
		if o := b.OrderBy[i]; k.Desc != o.Desc || k.NullsFirst != o.NullsFirst || !sameExpr(k.Expr, o.Expr) {
			return false
		}
	}
	return true
}

// sameExpr says whether two expressions are plainly the same.
func sameExpr(a, b plan.Expr) bool {
	x, ok := a.(*plan.ColRef)
	y, too := b.(*plan.ColRef)
	return a == b || ok && too && x.Index == y.Index
}

func (w *windows) vectors(exprs []plan.Expr) ([]*column.Vector, error) {
	out := make([]*column.Vector, len(exprs))
	for i, e := range exprs {
		var err error
		if out[i], err = w.vector(e, nil); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// vector evaluates an expression for all rows, or, with a filter, for those that pass; the others are NULL. It is nil for a nil expression.
func (w *windows) vector(e plan.Expr, filter *column.Vector) (*column.Vector, error) {
	if e == nil {
		return nil, nil
	}
	b := column.NewBuilder(e.Type(), len(w.rows))
	for i, row := range w.rows {
		var v column.Value
		err := w.tick()
		if err == nil && (filter == nil || !filter.IsNull(i) && filter.Bool(i)) {
			v, err = w.eval(e, row)
		}
		if err == nil {
			err = w.held.Grow(2*perValue + budget.SizeOf(v))
		}
		if err != nil {
			return nil, err
		}
		b.Append(v)
	}
	return b.Vector(), nil
}

// perValue is what a value's place in a vector takes.
const perValue = 8
