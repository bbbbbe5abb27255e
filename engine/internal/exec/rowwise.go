package exec

import "github.com/credsql/credsql/engine/internal/exec/eval"

// filter keeps the rows for which cond is true.
type filter struct {
	input operator
	cond  *eval.Expr
}

func (o *filter) run(x *run, out consumer) (int64, error) {
	return o.input.run(x, streaming{then{out}, x, func(f *eval.Frame) (*eval.Frame, error) {
		keep, err := o.cond.True(f)
		if err != nil {
			return nil, err
		}
		return f.Where(keep), nil
	}})
}

// project computes expressions.
type project struct {
	input operator
	exprs []*eval.Expr
}

func (o *project) run(x *run, out consumer) (int64, error) {
	return o.input.run(x, streaming{then{out}, x, func(f *eval.Frame) (*eval.Frame, error) { return f.Project(o.exprs) }})
}

// streaming turns each frame into another one.
type streaming struct {
	then
	x    *run
	turn func(f *eval.Frame) (*eval.Frame, error)
}

func (c streaming) take(worker int, seq int64, f *eval.Frame) error {
	made, err := c.turn(f)
	if err == nil {
		return c.pass(worker, seq, made)
	}
	n, err := c.x.firstError(f, err, func(part *eval.Frame) error {
		_, err := c.turn(part)
		return err
	})
	if n > 0 {
		good, again := c.turn(f.Pick(span(0, n)))
		if again != nil {
			return again
		}
		if err := c.pass(worker, seq, good); err != nil {
			return err
		}
	}
	return err
}

func (c streaming) pass(worker int, seq int64, f *eval.Frame) error {
	if f.N == 0 {
		return nil
	}
	return c.out.take(worker, seq, f)
}
