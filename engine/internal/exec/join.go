package exec

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/exec/vec"
	"github.com/credsql/credsql/engine/internal/plan"
)

// join holds the right input in a hash table, or as it is when there are no keys, and lets the left one stream past it: left rows
// stay in order, the matches of one in the order of the right rows; unmatched right rows come last.
type join struct {
	node                *plan.Join
	left, right         operator
	leftKeys, rightKeys []*eval.Expr
	on                  *eval.Expr
	rightTypes          []column.Type
}

func (b *builder) join(n *plan.Join) (operator, error) {
	left, err := b.build(n.Left)
	if err != nil {
		return nil, err
	}
	right, err := b.build(n.Right)
	if err != nil {
		return nil, err
	}
	o := &join{node: n, left: left, right: right, rightTypes: typesOf(n.Right)}
	env := b.expressions()
	if o.leftKeys, err = env.CompileAll(n.LeftKeys); err != nil {
		return nil, err
	}
	if o.rightKeys, err = env.CompileAll(n.RightKeys); err != nil {
		return nil, err
	}
	if n.On != nil {
		if o.on, err = env.Compile(n.On); err != nil {
			return nil, err
		}
	}
	if b.leftIsSmall(n) {
		return joinSmall{o}, nil
	}
	return o, nil
}

func (o *join) run(x *run, out consumer) (int64, error) {
	right, acc, err := x.collect(o, o.right, o.rightTypes)
	if err != nil {
		return 0, err
	}
	defer acc.close()
	side, err := newBuildSide(x, o.rightKeys, right, acc)
	if err != nil {
		return 0, err
	}
	probe := &probing{then: then{out}, op: o, side: side, x: x}
	if o.keepsRight() {
		probe.matched = make([]column.Bitmap, x.workers)
	}
	n, err := o.left.run(x, probe)
	if err != nil || !o.keepsRight() {
		return n, err
	}
	m, err := o.unmatched(x, probe, later{out, n})
	return n + m, err
}

func (o *join) keepsRight() bool { return o.node.Kind == plan.Right || o.node.Kind == plan.Full }
func (o *join) keepsLeft() bool  { return o.node.Kind == plan.Left || o.node.Kind == plan.Full }

// unmatched gives the right rows that no left row matched, beside NULLs.
func (o *join) unmatched(x *run, p *probing, out consumer) (int64, error) {
	found := column.NewBitmap(p.side.rows.n)
	for _, m := range p.matched {
		if m != nil {
			found.Or(m)
		}
	}
	var refs []vec.Ref
	for i, r := range p.side.rows.refs() {
		if !found.Get(i) {
			refs = append(refs, r)
		}
	}
	return p.side.rows.emitRefs(x, refs, leftNulls{then{out}, typesOf(o.node.Left)})
}

// leftNulls puts NULLs to the left of rows.
type leftNulls struct {
	then
	types []column.Type
}

func (c leftNulls) take(worker int, seq int64, f *eval.Frame) error {
	b := &column.Batch{N: f.N}
	for _, t := range c.types {
		b.Cols = append(b.Cols, vec.Nulls(t, f.N))
	}
	return c.out.take(worker, seq, eval.Beside(eval.Made(b), f))
}
