package exec

import "github.com/credsql/credsql/engine/internal/exec/eval"

// filter keeps the rows for which cond is true.
type filter struct {
	input operator
	cond  *eval.Expr
}

func (o *filter) run(x *run, out consumer) (int64, error) {
	return o.input.run(x, filtering{then{out}, o.cond})
}

type filtering struct {
	then
	cond *eval.Expr
}

func (c filtering) take(worker int, seq int64, f *eval.Frame) error {
	keep, err := c.cond.True(f)
	if err != nil {
		return err
	}
	if f = f.Where(keep); f.N == 0 {
		return nil
	}
	return c.out.take(worker, seq, f)
}

// project computes expressions.
type project struct {
	input operator
	exprs []*eval.Expr
}

func (o *project) run(x *run, out consumer) (int64, error) {
	return o.input.run(x, projecting{then{out}, o.exprs})
}

type projecting struct {
	then
	exprs []*eval.Expr
}

func (c projecting) take(worker int, seq int64, f *eval.Frame) error {
	p, err := f.Project(c.exprs)
	if err != nil {
		return err
	}
	return c.out.take(worker, seq, p)
}
