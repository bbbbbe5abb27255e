package exec

import (
	"slices"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/exec/agg"
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/exec/vec"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/sqlerr"
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

// grouping is an aggregate at work.
type grouping struct {
	sink
	x        *run
	op       *aggregate
	accounts *accounts
	workers  []*groupWorker
	specs    []*agg.Spec
}

// groupWorker is one worker's groups, for each grouping set.
type groupWorker struct {
	sets []groupSet
	ids  []uint32
	seq  int64
	row  uint64 // rows of morsel seq so far
	held int64  // bytes charged so far
}

type groupSet struct {
	groups *agg.Groups       // nil without keys: one group
	accs   []agg.Accumulator // by call; nil for one that another call answers
	firsts []*agg.First      // by call: direct arguments that differ between groups
}

func newGrouping(x *run, o *aggregate) *grouping {
	g := &grouping{x: x, op: o, accounts: x.accounts(o), workers: make([]*groupWorker, x.workers)}
	each := func(n int, work func(i int) error) error {
		return x.each(n, func(_, i int) error { return work(i) })
	}
	grouped := len(o.keys) > 0
	for _, c := range o.calls {
		g.specs = append(g.specs, agg.NewSpec(x.fctx, c.node, grouped, each))
	}
	return g
}

func (g *grouping) newWorker() *groupWorker {
	w := &groupWorker{seq: -1}
	for _, set := range g.op.sets {
		s := groupSet{accs: make([]agg.Accumulator, len(g.specs)), firsts: make([]*agg.First, len(g.specs))}
		for i, spec := range g.specs {
			if g.op.calls[i].shared == i {
				s.accs[i] = spec.New()
			}
			if g.op.calls[i].direct != nil {
				s.firsts[i] = &agg.First{}
			}
		}
		if len(set) > 0 {
			types := make([]column.Type, len(set))
			for i, k := range set {
				types[i] = g.op.keys[k].Type()
			}
			s.groups = agg.NewGroups(types)
		}
		w.sets = append(w.sets, s)
	}
	return w
}

func (g *grouping) take(worker int, seq int64, f *eval.Frame) error {
	w := g.workers[worker]
	if w == nil {
		w = g.newWorker()
		g.workers[worker] = w
	}
	if seq != w.seq {
		w.seq, w.row = seq, 0
	}
	origin := uint64(seq)<<32 + w.row
	w.row += uint64(f.N)
	keys, feeds, err := g.evaluate(f)
	if err != nil {
		_, err = g.x.firstError(f, err, func(part *eval.Frame) error {
			_, _, err := g.evaluate(part)
			return err
		})
		return err
	}
	for i := range w.sets {
		if err := g.feedSet(w, i, keys, feeds, agg.Rows{N: f.N, Origin: origin}); err != nil {
			return err
		}
	}
	return g.charge(worker, w)
}

func (g *grouping) evaluate(f *eval.Frame) ([]*column.Vector, []feed, error) {
	keys, err := eval.EvalAll(g.op.keys, f)
	if err != nil {
		return nil, nil, err
	}
	feeds, err := g.feeds(f)
	return keys, feeds, err
}

// charge takes the memory that the groups grew by.
func (g *grouping) charge(worker int, w *groupWorker) error {
	var held int64
	for _, s := range w.sets {
		if s.groups != nil {
			held += s.groups.Bytes()
		}
		for _, a := range s.accs {
			if a != nil {
				held += a.Bytes()
			}
		}
	}
	if held <= w.held {
		return nil
	}
	grown := held - w.held
	w.held = held
	return g.accounts.grow(worker, grown)
}

// feed is what one call gets of a frame.
type feed struct {
	n      int
	pass   column.Bitmap // the rows that pass FILTER; nil: all
	idx    []int32       // the same as indexes; nil when only pass is needed
	inputs []*column.Vector
	direct []*column.Vector // over all rows
}

// feeds evaluates each call's filter, and its inputs for the rows that pass.
func (g *grouping) feeds(f *eval.Frame) ([]feed, error) {
	out := make([]feed, len(g.op.calls))
	for i, c := range g.op.calls {
		if c.shared != i {
			continue
		}
		rows := f
		if c.filter != nil {
			pass, err := c.filter.True(f)
			if err != nil {
				return nil, err
			}
			out[i].pass = pass
			if len(c.inputs) > 0 {
				out[i].idx = pass.Indexes([]int32{})
				rows = f.Pick(out[i].idx)
			}
		}
		inputs, err := eval.EvalAll(c.inputs, rows)
		if err != nil {
			return nil, err
		}
		out[i].n, out[i].inputs = rows.N, inputs
		if out[i].direct, err = eval.EvalAll(c.direct, f); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// feedSet gives a frame to one grouping set.
func (g *grouping) feedSet(w *groupWorker, which int, keys []*column.Vector, feeds []feed, r agg.Rows) error {
	s := &w.sets[which]
	r.Total = 1
	if s.groups != nil {
		if cap(w.ids) < r.N {
			w.ids = make([]uint32, r.N)
		}
		r.Groups = w.ids[:r.N]
		mine := make([]*column.Vector, len(g.op.sets[which]))
		for i, k := range g.op.sets[which] {
			mine[i] = keys[k]
		}
		s.groups.Assign(mine, r.N, r.Origin, r.Groups)
		r.Total = s.groups.Len()
	}
	for i, f := range feeds {
		if s.accs[i] == nil {
			continue
		}
		if s.firsts[i] != nil {
			if err := s.firsts[i].Add(&r, f.direct); err != nil {
				return err
			}
		}
		if err := feedCall(s.accs[i], f, r); err != nil {
			return g.placed(i, err)
		}
	}
	return nil
}

func feedCall(acc agg.Accumulator, f feed, r agg.Rows) error {
	if count, ok := acc.(*agg.Count); ok && f.pass != nil && f.idx == nil {
		count.AddBits(&r, f.pass)
		return nil
	}
	if f.idx != nil {
		r.N = f.n
		if r.Groups != nil {
			groups := make([]uint32, f.n)
			for i, row := range f.idx {
				groups[i] = r.Groups[row]
			}
			r.Groups = groups
		}
	}
	return acc.Add(&r, f.inputs)
}

// placed gives an error of an aggregate the place of its first argument.
func (g *grouping) placed(call int, err error) error {
	if args := g.op.calls[call].node.Args; len(args) > 0 {
		return sqlerr.Place(err, args[0].Offset())
	}
	return err
}

// result merges the workers and puts the groups of each set in the order in which they were first seen.
func (g *grouping) result() (*column.Batch, error) {
	var merged *groupWorker
	for _, w := range g.workers {
		switch {
		case w == nil:
		case merged == nil:
			merged = w
		default:
			if err := g.merge(merged, w); err != nil {
				return nil, err
			}
		}
	}
	if merged == nil {
		merged = g.newWorker()
	}
	var parts []*column.Batch
	for i := range merged.sets {
		b, err := g.setResult(i, &merged.sets[i])
		if err != nil {
			return nil, err
		}
		if b.N > 0 {
			parts = append(parts, b)
		}
	}
	r := &rows{types: typesOf(g.op.node), chunks: parts}
	for _, p := range parts {
		r.n += p.N
	}
	if len(parts) == 0 {
		return &column.Batch{}, nil
	}
	return r.whole(), nil
}

func (g *grouping) merge(into, from *groupWorker) error {
	for i := range into.sets {
		to, other := &into.sets[i], &from.sets[i]
		ids, total := []uint32{0}, 1
		if to.groups != nil {
			var err error
			if ids, err = to.groups.Merge(other.groups, func() error { return budget.Canceled(g.x.ctx) }); err != nil {
				return err
			}
			total = to.groups.Len()
		}
		for j, acc := range to.accs {
			if acc == nil {
				continue
			}
			if first := to.firsts[j]; first != nil {
				if err := first.Merge(other.firsts[j], ids, total); err != nil {
					return err
				}
			}
			if err := acc.Merge(other.accs[j], ids, total); err != nil {
				return g.placed(j, err)
			}
		}
	}
	return nil
}

// setResult is the rows of one grouping set.
func (g *grouping) setResult(which int, s *groupSet) (*column.Batch, error) {
	total := 1
	var keys []*column.Vector
	var order []int32
	if s.groups != nil {
		total = s.groups.Len()
		var first []uint64
		keys, first = s.groups.Keys()
		order = seenOrder(first)
	}
	b := &column.Batch{N: total, Cols: make([]*column.Vector, len(g.op.node.Cols))}
	for i, k := range g.op.keys {
		b.Cols[i] = vec.Nulls(k.Type(), total)
	}
	for i, k := range g.op.sets[which] {
		b.Cols[k] = keys[i]
	}
	for i := range g.op.calls {
		v, err := g.callResult(i, s, total)
		if err != nil {
			return nil, g.placed(i, err)
		}
		b.Cols[len(g.op.keys)+i] = v
	}
	if g.op.node.Sets != nil {
		b.Cols[len(b.Cols)-1] = column.ConstVector(column.Int64, int64(which), total)
	}
	if order == nil {
		return b, nil
	}
	for i, v := range b.Cols {
		b.Cols[i] = vec.Gather(v, order)
	}
	return b, nil
}

// callResult is one aggregate's value for each group.
func (g *grouping) callResult(which int, s *groupSet, total int) (*column.Vector, error) {
	c := g.op.calls[which]
	switch acc := s.accs[c.shared].(type) {
	case *agg.Percentiles:
		return acc.ResultOf(g.x.fctx, c.node, total)
	case agg.Direct:
		acc.SetDirect(func(group int) []column.Value {
			if s.firsts[which] == nil {
				return c.known
			}
			if row := s.firsts[which].Values(group); row != nil {
				return row
			}
			return make([]column.Value, len(c.direct))
		})
	}
	return s.accs[c.shared].Result(total)
}
