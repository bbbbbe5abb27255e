package awsiam

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync/atomic"
	"time"
)

// patience makes the calls of one account, one after the other, and makes them again while that can help: without end (but
// for the deadline) while AWS says that it is busy, a few times when the network or an answer was bad.
//
// It keeps its place of the gate from the first call to the last, so that an account that was begun is finished before the
// next is begun, and reports arrive evenly. It gives the place up while it waits, so that accounts that wait do not keep
// others from being asked. It is for one goroutine.
type patience struct {
	gate    *gate
	urgent  *atomic.Bool  // set when a statement waits for the calls; nil is set
	inside  bool          // it has a place
	timeout time.Duration // of one try
	log     *slog.Logger
	waiting func(bool) // told when waiting begins and ends
	tried   func()     // told of every try
	started func()     // told when a call gets its place
}

// retries is how often a call is made again when the network or the answer was bad.
const retries = 4

// do makes a call until it succeeds, cannot succeed, or ctx ends.
func (p *patience) do(ctx context.Context, action string, call func(context.Context) error) *failure {
	var tries, bad int
	for {
		f := p.once(ctx, action, call)
		if f == nil {
			return nil
		}
		tries++
		p.log.DebugContext(ctx, "call failed", "action", action, "try", tries, "code", f.code, "message", f.message)
		switch {
		case ctx.Err() != nil:
			return p.stopped(ctx, f)
		case f.remedy == wait:
			p.pause(ctx, backoff(tries, time.Second, 10*time.Second))
		case f.remedy == again && bad < retries:
			bad++
			p.pause(ctx, backoff(bad, 200*time.Millisecond, 3*time.Second))
		case f.remedy == adjust && bad == 0:
			bad++ // the SDK has taken the difference of the clocks from the answer
		default:
			return f
		}
		if ctx.Err() != nil {
			return p.stopped(ctx, f)
		}
	}
}

// once makes a call one time, within the time of a request.
func (p *patience) once(ctx context.Context, action string, call func(context.Context) error) *failure {
	if err := p.enter(ctx); err != nil {
		return &failure{action: action, message: "stopped: " + err.Error(), cause: err}
	}
	p.started()
	p.tried()
	one, cancel := context.WithTimeout(ctx, p.timeout)
	defer cancel()
	return classify(ctx, action, call(one))
}

// enter takes a place of the gate, if there is none yet.
func (p *patience) enter(ctx context.Context) error {
	if p.inside {
		return nil
	}
	if err := p.gate.enter(ctx, p.urgent); err != nil {
		return err
	}
	p.inside = true
	return nil
}

// release gives the place up, for work that is not a call or when there are no more calls.
func (p *patience) release() {
	if p.inside {
		p.inside = false
		p.gate.leave()
	}
}

// stopped is the failure of a call that was given up because ctx ended: with what it was waiting for, when a deadline passed.
func (p *patience) stopped(ctx context.Context, last *failure) *failure {
	cause := context.Cause(ctx)
	if last.remedy == giveUp || !errors.Is(cause, errDeadline) {
		return &failure{action: last.action, message: cause.Error(), hint: last.hint, cause: cause}
	}
	return &failure{action: last.action, code: last.code, message: cause.Error() + ", last answer: " + last.message, hint: last.hint, cause: cause}
}

// pause waits, saying so.
func (p *patience) pause(ctx context.Context, d time.Duration) {
	p.release()
	p.waiting(true)
	defer p.waiting(false)
	sleep(ctx, d)
}

// backoff is how long to wait after n tries: doubling from first up to most, and between half of that and all of it, so that
// many who wait do not come back at once.
func backoff(n int, first, most time.Duration) time.Duration {
	d := most
	if n < 16 {
		d = min(most, first<<(n-1))
	}
	return d/2 + rand.N(d/2+1)
}

// errDeadline is the cause of a context whose time for an account, or for everything, has passed.
var errDeadline = errors.New("deadline")

// deadlineError is an errDeadline that says how long it was.
type deadlineError struct{ after time.Duration }

func (e deadlineError) Error() string { return "not done within " + spoken(e.after) }

func (e deadlineError) Is(target error) bool { return target == errDeadline }

// another is patience of the same kind, for another goroutine.
func (p *patience) another() *patience {
	o := *p
	o.inside = false
	return &o
}
