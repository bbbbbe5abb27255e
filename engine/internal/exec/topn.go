package exec

import (
	"cmp"
	"slices"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/exec/vec"
	"github.com/credsql/credsql/engine/internal/plan"
)

// maxTopN is the longest result that topN makes; beyond it sorting everything is no dearer.
const maxTopN = 1 << 17

// topN is the first rows of an order. Only rows that may be among them are kept, and only those rows' columns are gathered.
type topN struct {
	input         operator
	order         *ordering
	types         []column.Type
	count, offset *bound
}

// topN is what a LIMIT over a sort becomes, also with projections between: those are then computed for the rows that are left.
func (b *builder) topN(n *plan.Limit, count, offset *bound) (operator, error) {
	if n.TiesBy != nil || n.Count == nil {
		return nil, nil
	}
	var projects []*plan.Project
	below := n.Input
	for {
		p, ok := below.(*plan.Project)
		if !ok {
			break
		}
		projects = append(projects, p)
		below = p.Input
	}
	sort, ok := below.(*plan.Sort)
	if !ok {
		return nil, nil
	}
	input, err := b.build(sort.Input)
	if err != nil {
		return nil, err
	}
	order, err := b.ordering(sort.Keys)
	if err != nil {
		return nil, err
	}
	var op operator = &topN{input: input, order: order, types: typesOf(sort), count: count, offset: offset}
	op = b.x.profile.wrap(sort, op)
	for _, p := range slices.Backward(projects) {
		exprs, err := b.expressions().CompileAll(p.Exprs)
		if err != nil {
			return nil, err
		}
		op = b.x.profile.wrap(p, &project{input: op, exprs: exprs})
	}
	return op, nil
}

func (o *topN) run(x *run, out consumer) (int64, error) {
	count, err := o.count.value()
	if err != nil {
		return 0, err
	}
	skip, err := o.offset.value()
	if err != nil || count == 0 {
		return 0, err
	}
	if count > maxTopN || skip > maxTopN {
		all := &limit{input: &sorting{o.input, o.order, o.types}, count: o.count, offset: o.offset}
		return all.run(x, out)
	}
	c := &topping{x: x, order: o.order, keep: int(count + skip), accounts: x.accounts(o), states: make([]topState, x.workers)}
	defer c.accounts.close()
	if _, err := o.input.run(x, c); err != nil {
		return 0, err
	}
	b, err := c.winners(o.types, int(skip))
	if err != nil || b.N == 0 {
		return 0, err
	}
	return emitBatch(x, b, out)
}

// topping finds candidates, each worker for itself.
type topping struct {
	sink
	x        *run
	order    *ordering
	keep     int
	accounts *accounts
	states   []topState
}

// topState is what one worker has found.
type topState struct {
	chunks  []topChunk
	entries []topEntry
	bar     *column.Vector // one value: the first key of the worst entry that may still win; nil while there are too few
	_       [64]byte       // workers write side by side: no shared cache lines
}

// topChunk is the candidates of one frame.
type topChunk struct {
	seq  int64
	rows *eval.Frame
	keys []*column.Vector
}

// topEntry is a candidate with the rank of its first key.
type topEntry struct {
	rank       uint64
	chunk, row int32
}

// sampleRows is how many rows the first bar is taken from, at least.
const sampleRows = 2048

func (c *topping) take(worker int, seq int64, f *eval.Frame) error {
	s := &c.states[worker]
	if err := c.tryKeys(f); err != nil {
		return err
	}
	f, err := c.belowBar(s, f)
	if err != nil || f.N == 0 {
		return err
	}
	keys, err := eval.EvalAll(c.order.exprs, f)
	if err != nil {
		return err
	}
	chunk := int32(len(s.chunks))
	s.chunks = append(s.chunks, topChunk{seq, f, keys})
	for i, rank := range sortRanks(keys[0], &c.order.keys[0]) {
		s.entries = append(s.entries, topEntry{rank, chunk, int32(i)})
	}
	if len(s.entries) > 2*c.keep+sampleRows/8 {
		c.compact(s)
	}
	return c.accounts.grow(worker, int64(f.N)*int64(8*f.Width()+8))
}

// tryKeys gives the error of keys that fail, which must not depend on what a worker has seen before.
func (c *topping) tryKeys(f *eval.Frame) error {
	if !slices.ContainsFunc(c.order.exprs, (*eval.Expr).CanFail) {
		return nil
	}
	try := func(part *eval.Frame) error {
		_, err := eval.EvalAll(c.order.exprs, part)
		return err
	}
	err := try(f)
	if err != nil {
		_, err = c.x.firstError(f, err, try)
	}
	return err
}

// belowBar drops the rows of which the first key alone says that they cannot win.
func (c *topping) belowBar(s *topState, f *eval.Frame) (*eval.Frame, error) {
	if s.bar == nil {
		if f.N < 2*c.keep {
			return f, nil
		}
		if err := c.sample(s, f); err != nil {
			return nil, err
		}
	}
	return f.Refine(c.order.exprs[0], func(v *column.Vector) column.Bitmap { return notAfter(v, s.bar, c.order.keys[0]) })
}

// sample takes the first bar from the first rows of a frame: as many of them are as good as are wanted.
func (c *topping) sample(s *topState, f *eval.Frame) error {
	n := min(f.N, max(sampleRows, 4*c.keep))
	v, err := c.order.exprs[0].Eval(f.Pick(span(0, n)))
	if err != nil {
		return err
	}
	ranks := sortRanks(v, &c.order.keys[0])
	sorted := slices.Clone(ranks)
	slices.Sort(sorted)
	worst := sorted[c.keep-1]
	// Of the values with that rank the one that sorts last: a rank may stand for several.
	var last int32 = -1
	for i, rank := range ranks {
		if rank == worst && (last < 0 || c.order.compareKey(0, v, i, v, int(last)) > 0) {
			last = int32(i)
		}
	}
	s.bar = vec.Gather(v, []int32{last})
	return nil
}

// notAfter is the rows whose key does not sort after the bar.
func notAfter(v, bar *column.Vector, key plan.SortKey) column.Bitmap {
	if bar.IsNull(0) {
		if !key.NullsFirst {
			return column.NewBitmapSet(v.N)
		}
		return eval.Nulls(v)
	}
	bits := eval.Within(v, bar, key.Desc)
	if key.NullsFirst {
		bits.Or(eval.Nulls(v))
	}
	return bits
}

// compact keeps the best entries and raises the bar.
func (c *topping) compact(s *topState) {
	c.sort(s)
	if len(s.entries) < c.keep {
		return
	}
	s.entries = s.entries[:c.keep]
	last := s.entries[c.keep-1]
	s.bar = vec.Gather(s.chunks[last.chunk].keys[0], []int32{last.row})
}

// sort orders the entries: equal ones as the rows came.
func (c *topping) sort(s *topState) {
	slices.SortFunc(s.entries, func(a, b topEntry) int {
		switch {
		case a.rank < b.rank:
			return -1
		case a.rank > b.rank:
			return 1
		}
		x, y := &s.chunks[a.chunk], &s.chunks[b.chunk]
		return cmp.Or(c.order.compare(x.keys, int(a.row), y.keys, int(b.row)),
			cmp.Compare(x.seq, y.seq), cmp.Compare(a.chunk, b.chunk), cmp.Compare(a.row, b.row))
	})
}

// winners is the result: the entries of all workers put together, without the first skip rows.
func (c *topping) winners(types []column.Type, skip int) (*column.Batch, error) {
	var all topState
	for i := range c.states {
		s := &c.states[i]
		c.sort(s)
		base := int32(len(all.chunks))
		all.chunks = append(all.chunks, s.chunks...)
		for _, e := range s.entries[:min(len(s.entries), c.keep)] {
			all.entries = append(all.entries, topEntry{e.rank, base + e.chunk, e.row})
		}
	}
	c.sort(&all)
	all.entries = all.entries[:min(len(all.entries), c.keep)]
	return all.gather(types, all.entries[min(skip, len(all.entries)):])
}

// gather reads the columns of the entries, chunk by chunk, and puts the rows in their order.
func (s *topState) gather(types []column.Type, entries []topEntry) (*column.Batch, error) {
	wanted := map[int32][]int32{} // rows by chunk
	place := make([]vec.Ref, len(entries))
	for i, e := range entries {
		place[i] = vec.MakeRef(int(e.chunk), len(wanted[e.chunk]))
		wanted[e.chunk] = append(wanted[e.chunk], e.row)
	}
	chunks := make([]*column.Batch, len(s.chunks))
	for c := range s.chunks {
		var err error
		if chunks[c], err = s.chunks[c].rows.Pick(wanted[int32(c)]).Batch(); err != nil {
			return nil, err
		}
	}
	r := &rows{types: types, chunks: chunks}
	return r.gather(place), nil
}
