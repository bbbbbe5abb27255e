package exec

import (
	"context"
	"errors"
	"math"
	"sync"

	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/exec/eval"
)

// ordered hands frames on in the order of their morsels, one at a time. Workers that are far ahead wait, and so do those that have
// given many rows of a morsel whose turn has not come: a join may make any number of a morsel.
type ordered struct {
	x    *run
	pass func(worker int, f *eval.Frame) error

	mu      sync.Mutex
	turn    sync.Cond
	next    int64 // the morsel whose frames are passed at once
	held    map[int64]*heldMorsel
	aborted int64 // the lowest morsel that failed
	stop    func() bool
}

type heldMorsel struct {
	frames []*eval.Frame
	rows   int
	done   bool
}

var _ consumer = (*ordered)(nil)

const (
	// aheadPerWorker is how many morsels a worker may be ahead of the one that is passed on.
	aheadPerWorker = 4
	// aheadRows is how many rows of a morsel may wait for its turn.
	aheadRows = 1 << 16
)

// errAborted ends a worker that waits for a morsel that will never come; a lower morsel's error is the statement's.
var errAborted = errors.New("an earlier morsel failed")

func newOrdered(x *run, pass func(worker int, f *eval.Frame) error) *ordered {
	o := &ordered{x: x, pass: pass, held: map[int64]*heldMorsel{}, aborted: math.MaxInt64}
	o.turn.L = &o.mu
	o.stop = context.AfterFunc(x.ctx, func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		o.turn.Broadcast()
	})
	return o
}

// close lets go of the context.
func (o *ordered) close() { o.stop() }

func (o *ordered) take(worker int, seq int64, f *eval.Frame) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	for o.mustWait(seq, f.N) {
		if o.aborted < seq {
			return errAborted
		}
		if err := budget.Canceled(o.x.ctx); err != nil {
			return err
		}
		o.turn.Wait()
	}
	if seq == o.next {
		return o.pass(worker, f)
	}
	h := o.heldOf(seq)
	h.frames = append(h.frames, f)
	h.rows += f.N
	return nil
}

// mustWait says whether n more rows of a morsel are too many to hold. The morsel whose turn it is never waits.
func (o *ordered) mustWait(seq int64, n int) bool {
	if seq == o.next {
		return false
	}
	h := o.held[seq]
	return seq > o.next+int64(aheadPerWorker*o.x.workers) || h != nil && h.rows+n > aheadRows
}

func (o *ordered) heldOf(seq int64) *heldMorsel {
	h := o.held[seq]
	if h == nil {
		h = &heldMorsel{}
		o.held[seq] = h
	}
	return h
}

func (o *ordered) done(worker int, seq int64) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if seq != o.next {
		o.heldOf(seq).done = true
		return nil
	}
	defer o.turn.Broadcast()
	for {
		delete(o.held, o.next)
		o.next++
		h := o.held[o.next]
		if h == nil {
			return nil
		}
		for _, f := range h.frames {
			if err := budget.Canceled(o.x.ctx); err != nil {
				return err
			}
			if err := o.pass(worker, f); err != nil {
				return err
			}
		}
		h.frames, h.rows = nil, 0
		if !h.done {
			return nil
		}
	}
}

func (o *ordered) abort(seq int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.aborted = min(o.aborted, seq)
	o.turn.Broadcast()
}
