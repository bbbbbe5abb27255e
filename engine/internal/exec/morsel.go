package exec

import (
	"fmt"
	"math"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/sqlerr"
)

// morsels runs work for 0 to n-1 on all workers, handed out in order, and tells out when each is done. Of several errors it gives
// that of the lowest morsel: whoever has a lower one finishes it.
func (x *run) morsels(n int64, out consumer, work func(worker int, seq int64) error) error {
	p := &parallel{x: x, out: out, work: work, n: n}
	p.failed.Store(math.MaxInt64)
	workers := int(min(int64(x.workers), n))
	if workers <= 1 {
		p.loop(0)
		return p.err
	}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() { p.loop(w) })
	}
	wg.Wait()
	return p.err
}

// parallel is one loop over morsels.
type parallel struct {
	x      *run
	out    consumer
	work   func(worker int, seq int64) error
	n      int64
	next   atomic.Int64
	failed atomic.Int64 // the lowest morsel that failed

	mu  sync.Mutex
	err error
}

func (p *parallel) loop(worker int) {
	for {
		seq := p.next.Add(1) - 1
		if seq >= p.n || seq > p.failed.Load() {
			return
		}
		if err := p.one(worker, seq); err != nil {
			p.fail(seq, err)
			p.out.abort(seq)
		}
	}
}

// one runs one morsel. A panic becomes an error: a broken promise of ours must not end the process.
func (p *parallel) one(worker int, seq int64) (err error) {
	defer recovered(&err)
	if err := budget.Canceled(p.x.ctx); err != nil {
		return err
	}
	if err := p.work(worker, seq); err != nil {
		return err
	}
	return p.out.done(worker, seq)
}

// recovered turns a panic into an internal error.
func recovered(err *error) {
	if r := recover(); r != nil {
		*err = sqlerr.Internal(fmt.Errorf("%v\n%s", r, debug.Stack()))
	}
}

func (p *parallel) fail(seq int64, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if seq < p.failed.Load() {
		p.failed.Store(seq)
		p.err = err
	}
}

// each runs work for 0 to n-1 on all workers, for operators that split their own work.
func (x *run) each(n int, work func(worker, i int) error) error {
	return x.morsels(int64(n), nowhere{}, func(w int, seq int64) error { return work(w, int(seq)) })
}
