package exec

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/exec/agg"
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/sqlerr"
)

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
		spec := agg.NewSpec(x.fctx, c.node, grouped, each)
		spec.Charge = func(bytes int64) error { return g.accounts.grow(0, bytes) }
		g.specs = append(g.specs, spec)
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
		if err := budget.Canceled(g.x.ctx); err != nil {
			return err
		}
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
	for i := range w.sets {
		held += w.sets[i].bytes()
	}
	if held <= w.held {
		return nil
	}
	grown := held - w.held
	w.held = held
	return g.accounts.grow(worker, grown)
}

// bytes estimates what a set holds.
func (s *groupSet) bytes() int64 {
	var held int64
	if s.groups != nil {
		held = s.groups.Bytes()
	}
	for _, a := range s.accs {
		if a != nil {
			held += a.Bytes()
		}
	}
	return held
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
