package exec

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/exec/agg"
	"github.com/credsql/credsql/engine/internal/exec/vec"
)

// result merges the workers and puts the groups of each set in the order in which they were first seen.
func (g *grouping) result() (*column.Batch, error) {
	var merged *groupWorker
	mine := 0
	for i, w := range g.workers {
		switch {
		case w == nil:
		case merged == nil:
			merged, mine = w, i
		default:
			if err := g.merge(mine, merged, w); err != nil {
				return nil, err
			}
			g.workers[i] = nil
			g.accounts.giveBack(i)
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

// merge takes one worker's groups into another's, whose account pays for them.
func (g *grouping) merge(account int, into, from *groupWorker) error {
	alive := func() error {
		if err := budget.Canceled(g.x.ctx); err != nil {
			return err
		}
		return g.charge(account, into)
	}
	for i := range into.sets {
		to, other := &into.sets[i], &from.sets[i]
		ids, total := []uint32{0}, 1
		if to.groups != nil {
			var err error
			if ids, err = to.groups.Merge(other.groups, alive); err != nil {
				return err
			}
			total = to.groups.Len()
		}
		for j, acc := range to.accs {
			if acc == nil {
				continue
			}
			if first := to.firsts[j]; first != nil {
				if err := first.Merge(other.firsts[j], ids, total, alive); err != nil {
					return err
				}
			}
			if err := acc.Merge(other.accs[j], ids, total, alive); err != nil {
				return g.placed(j, err)
			}
		}
	}
	return alive()
}

// resultWord is what a value of a result takes at least while it is made and put in order.
const resultWord = 16

// setResult is the rows of one grouping set.
func (g *grouping) setResult(which int, s *groupSet) (*column.Batch, error) {
	total := 1
	var keys []*column.Vector
	var order []int32
	if s.groups != nil {
		total = s.groups.Len()
		if err := g.accounts.grow(0, int64(total)*resultWord*int64(len(g.op.node.Cols))); err != nil {
			return nil, err
		}
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
