package exec

import (
	"context"
	"io"
	"sync"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/plan"
)

// Stream is a result being computed. One goroutine reads it.
type Stream struct {
	ctx     context.Context
	cancel  context.CancelFunc
	batches chan *column.Batch
	ended   chan struct{}
	err     error // set before ended is closed
	once    sync.Once
}

// streamAhead is how many batches may wait for the reader.
const streamAhead = 4

// Open starts a plan. Errors that can be known before a row is read come from here, all others from Next. The caller closes
// the stream.
func Open(ctx context.Context, node plan.Node, env *Env) (*Stream, error) {
	ctx, cancel := context.WithCancel(ctx)
	s, err := newRun(ctx, env).start(ctx, cancel, node, nil)
	if err != nil {
		cancel()
	}
	return s, err
}

// open starts a part of the statement on its own.
func (x *run) open(ctx context.Context, node plan.Node, within *scope) (*Stream, error) {
	ctx, cancel := context.WithCancel(ctx)
	part := newRun(ctx, x.env)
	s, err := part.start(ctx, cancel, node, within)
	if err != nil {
		cancel()
	}
	return s, err
}

func (x *run) start(ctx context.Context, cancel context.CancelFunc, node plan.Node, within *scope) (*Stream, error) {
	root, err := (&builder{x: x, scope: within}).build(node)
	if err != nil {
		return nil, err
	}
	s := &Stream{ctx: ctx, cancel: cancel, batches: make(chan *column.Batch, streamAhead), ended: make(chan struct{})}
	go s.compute(x, root)
	return s, nil
}

func (s *Stream) compute(x *run, root operator) {
	defer close(s.ended)
	defer recovered(&s.err)
	out := newOrdered(x, s.send)
	defer out.close()
	defer x.release()
	_, s.err = root.run(x, flatten{then{out}})
}

func (s *Stream) send(_ int, f *eval.Frame) error {
	b, err := f.Batch()
	if err != nil {
		return err
	}
	select {
	case s.batches <- b:
		return nil
	case <-s.ctx.Done():
		return budget.Canceled(s.ctx)
	}
}

// flatten gathers every column, in the worker that has the rows.
type flatten struct{ then }

func (c flatten) take(worker int, seq int64, f *eval.Frame) error {
	b, err := f.Batch()
	if err != nil || b.N == 0 {
		return err
	}
	return c.out.take(worker, seq, eval.NewFrame(b))
}

// Next gives some more rows, at least one, or io.EOF after the last. The batch may share memory with the table: it must not be
// changed.
func (s *Stream) Next(ctx context.Context) (*column.Batch, error) {
	select {
	case b := <-s.batches:
		return b, nil
	default:
	}
	select {
	case b := <-s.batches:
		return b, nil
	case <-s.ended:
		return s.last()
	case <-ctx.Done():
		return nil, budget.Canceled(ctx)
	}
}

// last is what the stream gives once nothing more is computed.
func (s *Stream) last() (*column.Batch, error) {
	select {
	case b := <-s.batches:
		return b, nil
	default:
	}
	if s.err != nil {
		return nil, s.err
	}
	return nil, io.EOF
}

// Close stops the statement and waits until nothing of it runs any more. It may be called more than once.
func (s *Stream) Close() {
	s.once.Do(func() {
		s.cancel()
		<-s.ended
	})
}
