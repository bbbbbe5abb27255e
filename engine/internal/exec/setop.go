package exec

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/agg"
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/plan"
)

// setOp builds UNION, INTERSECT and EXCEPT. Without ALL repeated rows are dropped from the result.
func (b *builder) setOp(n *plan.SetOp) (operator, error) {
	left, err := b.build(n.Left)
	if err != nil {
		return nil, err
	}
	right, err := b.build(n.Right)
	if err != nil {
		return nil, err
	}
	types := typesOf(n)
	if n.Kind != plan.Union {
		return &matching{left: left, right: right, types: types, keep: n.Kind == plan.Intersect, all: n.All}, nil
	}
	both := &concat{left, right}
	if n.All {
		return both, nil
	}
	group := &plan.Aggregate{Keys: columnRefs(n.Cols), Cols: n.Cols}
	keys, err := b.expressions().CompileAll(group.Keys)
	if err != nil {
		return nil, err
	}
	return &aggregate{node: group, input: both, keys: keys, sets: [][]int{identity(len(keys))}}, nil
}

func identity(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// concat gives the rows of one input after those of the other.
type concat struct{ left, right operator }

func (o *concat) run(x *run, out consumer) (int64, error) {
	n, err := o.left.run(x, out)
	if err != nil {
		return n, err
	}
	m, err := o.right.run(x, later{out, n})
	return n + m, err
}

// matching gives the left rows that have an equal one on the right, or those that have none. With all, each right row counts for
// one left row; without, repeated left rows are dropped.
type matching struct {
	left, right operator
	types       []column.Type
	keep        bool // those that have one
	all         bool
}

func (o *matching) run(x *run, out consumer) (int64, error) {
	acc := x.accounts(o)
	defer acc.close()
	m := &matcher{op: o, groups: agg.NewGroups(o.types), out: out, accounts: acc}
	right := newOrdered(x, m.count)
	defer right.close()
	if _, err := o.right.run(x, right); err != nil {
		return 0, err
	}
	m.seen = column.NewBitmap(0)
	left := newOrdered(x, m.pass)
	defer left.close()
	_, err := o.left.run(x, left)
	return m.seq, err
}

type matcher struct {
	op       *matching
	groups   *agg.Groups
	accounts *accounts
	held     int64
	counts   []int64       // right rows left, by group
	seen     column.Bitmap // groups of which a left row was given out
	ids      []uint32
	out      consumer
	seq      int64
}

// number gives each row of f its group.
func (m *matcher) number(f *eval.Frame) ([]uint32, error) {
	b, err := f.Batch()
	if err != nil {
		return nil, err
	}
	if cap(m.ids) < f.N {
		m.ids = make([]uint32, f.N)
	}
	ids := m.ids[:f.N]
	m.groups.Assign(b.Cols, f.N, 0, ids)
	if missing := m.groups.Len() - len(m.counts); missing > 0 {
		m.counts = append(m.counts, make([]int64, missing)...)
	}
	grown := m.groups.Bytes() + int64(len(m.counts))*8 - m.held
	m.held += grown
	return ids, m.accounts.grow(0, max(grown, 0))
}

// count takes in a frame of the right input.
func (m *matcher) count(_ int, f *eval.Frame) error {
	ids, err := m.number(f)
	for _, id := range ids {
		m.counts[id]++
	}
	return err
}

// pass lets the rows of a frame of the left input through.
func (m *matcher) pass(worker int, f *eval.Frame) error {
	ids, err := m.number(f)
	if err != nil {
		return err
	}
	if words := (len(m.counts) + 63) >> 6; words > len(m.seen) {
		m.seen = append(m.seen, make(column.Bitmap, words-len(m.seen))...)
	}
	keep := column.NewBitmap(f.N)
	for i, id := range ids {
		keep.Put(i, m.passes(id))
	}
	if f = f.Where(keep); f.N == 0 {
		return nil
	}
	seq := m.seq
	m.seq++
	if err := m.out.take(worker, seq, f); err != nil {
		return err
	}
	return m.out.done(worker, seq)
}

func (m *matcher) passes(id uint32) bool {
	has := m.counts[id] > 0
	if m.op.all {
		if has {
			m.counts[id]--
		}
		return has == m.op.keep
	}
	if has != m.op.keep || m.seen.Get(int(id)) {
		return false
	}
	m.seen.Set(int(id))
	return true
}
