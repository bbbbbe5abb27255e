package exec

import "github.com/credsql/credsql/engine/internal/exec/eval"

// operator is a compiled plan node.
type operator interface {
	// run gives all rows to out, in morsels 0 to n-1. It returns once out has them all, or with the statement's error.
	run(x *run, out consumer) (n int64, err error)
}

// consumer takes rows. Frames of one morsel come from one worker, in order; morsels are under way at the same time. A worker's
// number is below run.workers, and a number is in use by one goroutine at a time.
type consumer interface {
	take(worker int, seq int64, f *eval.Frame) error
	// done says that a morsel has no more rows. It is called once for every morsel that did not fail.
	done(worker int, seq int64) error
	// abort says that a morsel failed, so that nobody waits for it.
	abort(seq int64)
}

// then is a consumer that only passes on; operators that work row by row embed it.
type then struct{ out consumer }

func (t then) done(worker int, seq int64) error { return t.out.done(worker, seq) }
func (t then) abort(seq int64)                  { t.out.abort(seq) }

// sink is the part of a consumer that ends a pipeline: it waits for nobody.
type sink struct{}

func (sink) done(int, int64) error { return nil }
func (sink) abort(int64)           {}

// later shifts morsel numbers: for rows that follow those of another input.
type later struct {
	out consumer
	by  int64
}

func (l later) take(worker int, seq int64, f *eval.Frame) error {
	return l.out.take(worker, seq+l.by, f)
}
func (l later) done(worker int, seq int64) error { return l.out.done(worker, seq+l.by) }
func (l later) abort(seq int64)                  { l.out.abort(seq + l.by) }

// nowhere takes nothing.
type nowhere struct{ sink }

func (nowhere) take(int, int64, *eval.Frame) error { return nil }
