package exec

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/agg"
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/exec/vec"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/window"
)

// windows computes window functions over all its input. It gives the rows in input order.
type windows struct {
	input operator
	calls []*windowCall
	types []column.Type // of the input
}

// windowCall is one window function, compiled.
type windowCall struct {
	node         *plan.WindowCall
	parts        []*eval.Expr
	order        []*eval.Expr
	args         []*eval.Expr
	filter       *eval.Expr // nil without
	lower, upper *eval.Expr // nil without
	start, end   *eval.Expr // nil without; over no row
}

func (b *builder) window(n *plan.Window) (operator, error) {
	input, err := b.build(n.Input)
	if err != nil {
		return nil, err
	}
	return b.windowOver(n, input)
}

func (b *builder) windowOver(n *plan.Window, input operator) (operator, error) {
	o := &windows{input: input, types: typesOf(n.Input)}
	for _, c := range n.Calls {
		call, err := b.windowCall(c)
		if err != nil {
			return nil, err
		}
		o.calls = append(o.calls, call)
	}
	return o, nil
}

func (b *builder) windowCall(c *plan.WindowCall) (*windowCall, error) {
	env := b.expressions()
	out := &windowCall{node: c}
	var keys []plan.Expr
	for _, k := range c.OrderBy {
		keys = append(keys, k.Expr)
	}
	var err error
	list := func(in []plan.Expr) []*eval.Expr {
		var compiled []*eval.Expr
		if err == nil {
			compiled, err = env.CompileAll(in)
		}
		return compiled
	}
	one := func(x plan.Expr) *eval.Expr {
		if x == nil || err != nil {
			return nil
		}
		var compiled *eval.Expr
		compiled, err = env.Compile(x)
		return compiled
	}
	out.parts, out.order, out.args = list(c.PartitionBy), list(keys), list(c.Args)
	out.filter, out.lower, out.upper = one(c.Filter), one(c.Frame.Lower), one(c.Frame.Upper)
	out.start, out.end = one(c.Frame.Start.Offset), one(c.Frame.End.Offset)
	return out, err
}

func (o *windows) run(x *run, out consumer) (int64, error) {
	r, acc, err := x.collect(o, o.input, o.types)
	if err != nil {
		return 0, err
	}
	defer acc.close()
	if r.n == 0 {
		return 0, nil
	}
	all := &windowRows{x: x, rows: r, refs: r.refs(), accounts: acc}
	results := &column.Batch{N: r.n}
	for _, c := range o.calls {
		v, err := all.compute(c)
		if err != nil {
			return 0, err
		}
		if err := acc.grow(0, int64(v.N)*resultWord); err != nil { // what values hold, window.Compute has charged
			return 0, err
		}
		results.Cols = append(results.Cols, v)
	}
	return all.emit(results, out)
}

// windowRows is the input of window functions.
type windowRows struct {
	x        *run
	rows     *rows
	refs     []vec.Ref
	accounts *accounts

	arranged []*arrangement // calls of one PARTITION BY and ORDER BY share it
}

// arrangement is the rows sorted for one PARTITION BY and ORDER BY.
type arrangement struct {
	like *plan.WindowCall
	rows *window.Rows
}

// vector computes an expression over all rows; nil for none.
func (w *windowRows) vector(e *eval.Expr) (*column.Vector, error) { return w.vectorWhere(e, nil) }

// vectorWhere computes an expression for the rows that pass a filter; the others get NULL.
func (w *windowRows) vectorWhere(e, filter *eval.Expr) (*column.Vector, error) {
	if e == nil {
		return nil, nil
	}
	chunks := make([]*column.Vector, len(w.rows.chunks))
	err := w.x.each(len(chunks), func(_, c int) error {
		var err error
		chunks[c], err = evalWhere(e, filter, eval.NewFrame(w.rows.chunks[c]))
		return err
	})
	if err != nil {
		return nil, err
	}
	v := chunks[0]
	if len(chunks) > 1 {
		v = vec.GatherRefs(e.Type(), chunks, w.refs)
	}
	return v, w.accounts.grow(0, vec.Bytes(v))
}

func evalWhere(e, filter *eval.Expr, f *eval.Frame) (*column.Vector, error) {
	if filter == nil {
		return e.Eval(f)
	}
	pass, err := filter.True(f)
	if err != nil {
		return nil, err
	}
	idx := pass.Indexes([]int32{})
	v, err := e.Eval(f.Pick(idx))
	if err != nil {
		return nil, err
	}
	return vec.Blend(e.Type(), f.N, []vec.Part{{Idx: idx, Vals: v}}), nil
}

func (w *windowRows) vectors(list []*eval.Expr) ([]*column.Vector, error) {
	out := make([]*column.Vector, len(list))
	for i, e := range list {
		v, err := w.vector(e)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

func (w *windowRows) compute(c *windowCall) (*column.Vector, error) {
	arranged, err := w.arrange(c)
	if err != nil {
		return nil, err
	}
	in := &window.Inputs{Account: w.accounts.list[0]}
	if in.Filter, err = w.vector(c.filter); err != nil {
		return nil, err
	}
	for _, arg := range c.args {
		v, err := w.vectorWhere(arg, c.filter)
		if err != nil {
			return nil, err
		}
		in.Args = append(in.Args, v)
	}
	if err := w.frame(c, in); err != nil {
		return nil, err
	}
	return window.Compute(w.x.fctx, c.node, arranged, in)
}

// frame evaluates the offsets of a frame, and, where there are offsets, what they mean for each row.
func (w *windowRows) frame(c *windowCall, in *window.Inputs) (err error) {
	if in.Start, err = constantOf(c.start); err != nil {
		return err
	}
	if in.End, err = constantOf(c.end); err != nil {
		return err
	}
	if in.Start != nil {
		if in.Lower, err = w.vector(c.lower); err != nil {
			return err
		}
	}
	if in.End != nil {
		in.Upper, err = w.vector(c.upper)
	}
	return err
}

// constantOf evaluates an expression without a row.
func constantOf(e *eval.Expr) (column.Value, error) {
	if e == nil {
		return nil, nil
	}
	v, err := e.Eval(oneRow())
	if err != nil {
		return nil, err
	}
	return v.Value(0), nil
}

// emit gives the rows with the results beside them.
func (w *windowRows) emit(results *column.Batch, out consumer) (int64, error) {
	starts := make([]int, len(w.rows.chunks))
	for c := 1; c < len(starts); c++ {
		starts[c] = starts[c-1] + w.rows.chunks[c-1].N
	}
	n := int64(len(starts))
	return n, w.x.morsels(n, out, func(worker int, seq int64) error {
		f, from := w.rows.frames[seq], starts[seq]
		mine := eval.NewFrame(results).Pick(span(from, from+f.N))
		return out.take(worker, seq, eval.Beside(f, mine))
	})
}

// partitions numbers the rows' partitions in the order in which they are first seen.
func partitions(parts []*column.Vector, n int) (ids []uint32, count int) {
	ids = make([]uint32, n)
	if len(parts) == 0 {
		return ids, 1
	}
	types := make([]column.Type, len(parts))
	for i, v := range parts {
		types[i] = v.Type
	}
	g := agg.NewGroups(types)
	g.Assign(parts, n, 0, ids)
	return ids, g.Len()
}
