package exec

import (
	"errors"
	"math"
	"slices"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/exec/vec"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/sqlerr"
)

// limit passes count rows after offset, and with ties those that sort equally with the last.
type limit struct {
	input         operator
	count, offset *bound
	ties          *ordering
}

// bound is LIMIT or OFFSET.
type bound struct {
	expr     *eval.Expr
	place    int
	missing  int64
	code     string
	negative string
}

// value evaluates the bound, once a run. NULL is as if it was not written.
func (b *bound) value() (int64, error) {
	if b.expr == nil {
		return b.missing, nil
	}
	v, err := b.expr.Eval(oneRow())
	if err != nil || v.IsNull(0) {
		return b.missing, err
	}
	if n := v.Int(0); n >= 0 {
		return n, nil
	}
	return 0, sqlerr.New(b.code, "%s", b.negative).At(b.place)
}

func (b *builder) bound(x plan.Expr, missing int64, code, negative string) (*bound, error) {
	if x == nil {
		return &bound{missing: missing}, nil
	}
	e, err := b.expressions().Compile(x)
	if err != nil {
		return nil, err
	}
	return &bound{expr: e, place: x.Offset(), missing: missing, code: code, negative: negative}, nil
}

func (b *builder) limit(n *plan.Limit) (operator, error) {
	count, err := b.bound(n.Count, math.MaxInt64, sqlerr.CodeInvalidLimit, "LIMIT must not be negative")
	if err != nil {
		return nil, err
	}
	offset, err := b.bound(n.Offset, 0, sqlerr.CodeInvalidOffset, "OFFSET must not be negative")
	if err != nil {
		return nil, err
	}
	if op, err := b.topN(n, count, offset); op != nil || err != nil {
		return op, err
	}
	// Rows that OFFSET skips are computed all the same if that can fail: PostgreSQL tells of such errors.
	if p, ok := n.Input.(*plan.Project); ok && n.TiesBy == nil && (n.Offset == nil || !slices.ContainsFunc(p.Exprs, plan.CanFail)) {
		return b.limitBelow(n, p)
	}
	input, err := b.build(n.Input)
	if err != nil {
		return nil, err
	}
	o := &limit{input: input, count: count, offset: offset}
	if n.TiesBy != nil {
		if o.ties, err = b.ordering(n.TiesBy); err != nil {
			return nil, err
		}
	}
	return o, nil
}

// limitBelow computes a projection only for the rows that are wanted.
func (b *builder) limitBelow(n *plan.Limit, p *plan.Project) (operator, error) {
	input, err := b.limit(&plan.Limit{Input: p.Input, Count: n.Count, Offset: n.Offset})
	if err != nil {
		return nil, err
	}
	exprs, err := b.expressions().CompileAll(p.Exprs)
	if err != nil {
		return nil, err
	}
	return b.x.profile.wrap(p, &project{input: input, exprs: exprs}), nil
}

// errEnough ends the inputs of a limit. Each limit has its own.
type errEnough struct{ by *limiting }

func (errEnough) Error() string { return "no more rows are wanted" }

func (o *limit) run(x *run, out consumer) (int64, error) {
	count, err := o.count.value()
	if err != nil {
		return 0, err
	}
	skip, err := o.offset.value()
	if err != nil || count == 0 {
		return 0, err
	}
	c := &limiting{out: out, left: count, skip: skip, ties: o.ties}
	in := newOrdered(x, c.pass)
	defer in.close()
	_, err = o.input.run(x, in)
	var enough errEnough
	if errors.As(err, &enough) && enough.by == c {
		err = nil
	}
	return c.seq, err
}

// limiting is a limit at work: its rows come in order, one frame at a time, and each goes on as a morsel of its own.
type limiting struct {
	out        consumer
	left, skip int64
	ties       *ordering
	last       []*column.Vector // the sort key of the last row within the count
	seq        int64
}

func (c *limiting) pass(worker int, f *eval.Frame) error {
	if c.skip > 0 {
		drop := min(c.skip, int64(f.N))
		c.skip -= drop
		if f = f.Pick(span(int(drop), f.N)); f.N == 0 {
			return nil
		}
	}
	n := int(min(c.left, int64(f.N)))
	c.left -= int64(n)
	ended := c.left == 0
	if ended && c.ties != nil {
		var err error
		if n, ended, err = c.tied(f, n); err != nil {
			return err
		}
	}
	if n < f.N {
		f = f.Pick(span(0, n))
	}
	if f.N > 0 {
		if err := c.give(worker, f); err != nil {
			return err
		}
	}
	if ended {
		return errEnough{c}
	}
	return nil
}

func (c *limiting) give(worker int, f *eval.Frame) error {
	seq := c.seq
	c.seq++
	if err := c.out.take(worker, seq, f); err != nil {
		return err
	}
	return c.out.done(worker, seq)
}

// tied extends n rows of f by those that sort like the last one; ended is false if they may go on in the next frame.
func (c *limiting) tied(f *eval.Frame, n int) (int, bool, error) {
	keys, err := eval.EvalAll(c.ties.exprs, f)
	if err != nil {
		return 0, false, err
	}
	if c.last == nil {
		for _, v := range keys {
			c.last = append(c.last, vec.Gather(v, []int32{int32(n - 1)}))
		}
	}
	for ; n < f.N; n++ {
		if c.ties.compare(keys, n, c.last, 0) != 0 {
			return n, true, nil
		}
	}
	return n, false, nil
}

// span is the rows from..to.
func span(from, to int) []int32 {
	idx := make([]int32, to-from)
	for i := range idx {
		idx[i] = int32(from + i)
	}
	return idx
}
