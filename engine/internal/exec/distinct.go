package exec

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/agg"
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/plan"
)

// distinct of all columns is grouping by them, without aggregates; DISTINCT ON keeps the first row of each key, in input order.
func (b *builder) distinct(n *plan.Distinct) (operator, error) {
	if n.On == nil {
		cols := n.Columns()
		return b.aggregate(&plan.Aggregate{Input: n.Input, Keys: columnRefs(cols), Cols: cols})
	}
	input, err := b.build(n.Input)
	if err != nil {
		return nil, err
	}
	keys, err := b.expressions().CompileAll(n.On)
	if err != nil {
		return nil, err
	}
	return &firsts{input: input, keys: keys}, nil
}

// columnRefs reads every column.
func columnRefs(cols []plan.Col) []plan.Expr {
	out := make([]plan.Expr, len(cols))
	for i, c := range cols {
		out[i] = &plan.ColRef{Pos: -1, Index: i, Typ: c.Type, Name: c.Name}
	}
	return out
}

// firsts keeps the first row of each key. The rows come in order, so it passes them on as they come.
type firsts struct {
	input operator
	keys  []*eval.Expr
}

func (o *firsts) run(x *run, out consumer) (int64, error) {
	acc := x.accounts(o)
	defer acc.close()
	c := &keepingFirst{keys: o.keys, out: out, accounts: acc}
	types := make([]column.Type, len(o.keys))
	for i, k := range o.keys {
		types[i] = k.Type()
	}
	c.groups = agg.NewGroups(types)
	in := newOrdered(x, c.pass)
	defer in.close()
	_, err := o.input.run(x, in)
	return c.seq, err
}

type keepingFirst struct {
	keys     []*eval.Expr
	groups   *agg.Groups
	out      consumer
	accounts *accounts
	held     int64
	ids      []uint32
	seq      int64
}

func (c *keepingFirst) pass(worker int, f *eval.Frame) error {
	keys, err := eval.EvalAll(c.keys, f)
	if err != nil {
		return err
	}
	if cap(c.ids) < f.N {
		c.ids = make([]uint32, f.N)
	}
	next := uint32(c.groups.Len())
	c.groups.Assign(keys, f.N, 0, c.ids[:f.N])
	var idx []int32
	for i, id := range c.ids[:f.N] {
		if id == next {
			idx = append(idx, int32(i))
			next++
		}
	}
	if len(idx) == 0 {
		return nil
	}
	grown := c.groups.Bytes() - c.held
	c.held += grown
	if err := c.accounts.grow(0, max(grown, 0)); err != nil {
		return err
	}
	seq := c.seq
	c.seq++
	if err := c.out.take(worker, seq, f.Pick(idx)); err != nil {
		return err
	}
	return c.out.done(worker, seq)
}
