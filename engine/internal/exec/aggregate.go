package exec

import (
	"slices"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/agg"
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/plan"
)

// aggregate groups by keys and computes aggregates, each worker for itself; then the workers' groups are merged.
type aggregate struct {
	node  *plan.Aggregate
	input operator
	keys  []*eval.Expr
	calls []*aggCall
	sets  [][]int // key indexes of each grouping set; one of all keys for plain grouping
	scan  *scan   // set when only rows of a table are counted
}

// aggCall is one aggregate, compiled.
type aggCall struct {
	node   *plan.AggCall
	inputs []*eval.Expr // arguments, then ORDER BY keys
	direct []*eval.Expr // nil if they are the same for all rows
	known  []column.Value
	filter *eval.Expr
	shared int // the call whose accumulator answers this one too: itself in most cases
}

func (b *builder) aggregate(n *plan.Aggregate) (operator, error) {
	input, err := b.build(n.Input)
	if err != nil {
		return nil, err
	}
	o := &aggregate{node: n, input: input, sets: n.Sets}
	if o.keys, err = b.expressions().CompileAll(n.Keys); err != nil {
		return nil, err
	}
	if o.sets == nil {
		o.sets = [][]int{identity(len(n.Keys))}
	}
	for _, c := range n.Aggs {
		call, err := b.aggCall(c)
		if err != nil {
			return nil, err
		}
		call.shared = slices.IndexFunc(n.Aggs, func(other *plan.AggCall) bool { return other == c || agg.SamePercentiles(other, c) })
		o.calls = append(o.calls, call)
	}
	if s, ok := n.Input.(*plan.Scan); ok && o.countsRows() && s.Accounts == nil {
		o.scan = &scan{node: s}
	}
	return o, nil
}

func (b *builder) aggCall(c *plan.AggCall) (*aggCall, error) {
	env := b.expressions()
	out := &aggCall{node: c}
	exprs := append([]plan.Expr(nil), c.Args...)
	for _, k := range c.OrderBy {
		exprs = append(exprs, k.Expr)
	}
	var err error
	if out.inputs, err = env.CompileAll(exprs); err != nil {
		return nil, err
	}
	if err = out.setDirect(env, c.Direct); err != nil {
		return nil, err
	}
	if c.Filter != nil {
		out.filter, err = env.Compile(c.Filter)
	}
	return out, err
}

// setDirect compiles the direct arguments.
func (c *aggCall) setDirect(env *eval.Env, list []plan.Expr) error {
	exprs, err := env.CompileAll(list)
	if err != nil {
		return err
	}
	for _, x := range exprs {
		v, ok := x.Constant()
		if !ok {
			c.direct = exprs
			return nil
		}
		c.known = append(c.known, v)
	}
	return nil
}

// countsRows says whether there is nothing to compute but the number of rows.
func (o *aggregate) countsRows() bool {
	for _, c := range o.calls {
		f := c.node.Fn.Func
		if f == nil || f.Name != "count" || len(c.inputs) > 0 || c.filter != nil {
			return false
		}
	}
	return len(o.keys) == 0 && len(o.sets) == 1 && o.node.Sets == nil && len(o.calls) > 0
}

func (o *aggregate) run(x *run, out consumer) (int64, error) {
	if o.scan != nil {
		if n, known := x.env.Snapshot.RowCount(o.scan.table()); known {
			return emitBatch(x, o.known(n), out)
		}
	}
	g := newGrouping(x, o)
	defer g.accounts.close()
	if _, err := o.input.run(x, g); err != nil {
		return 0, err
	}
	b, err := g.result()
	if err != nil || b.N == 0 {
		return 0, err
	}
	return emitBatch(x, b, out)
}

// known is the row of counts of a table whose number of rows is known.
func (o *aggregate) known(n int64) *column.Batch {
	b := &column.Batch{N: 1}
	for range o.calls {
		b.Cols = append(b.Cols, column.ConstVector(column.Int64, n, 1))
	}
	return b
}
