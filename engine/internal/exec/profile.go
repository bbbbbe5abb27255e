package exec

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/plan"
)

// Profile counts what each operator of a statement did: EXPLAIN ANALYZE. Without one nothing is counted.
type Profile struct {
	clock func() time.Time
	mu    sync.Mutex
	nodes map[plan.Node]*counters
	ops   map[operator]*counters
}

// NewProfile makes a profile that tells the time by clock.
func NewProfile(clock func() time.Time) *Profile {
	return &Profile{clock: clock, nodes: map[plan.Node]*counters{}, ops: map[operator]*counters{}}
}

// Stats is what an operator did.
type Stats struct {
	Rows    int64
	Batches int64
	// Time was spent in the operator and in those below it until its rows were given out, summed over all workers.
	Time time.Duration
	// Memory is how many bytes the operator held in the end.
	Memory int64
	// ByRows says that the row executor ran it.
	ByRows bool
}

type counters struct {
	rows, batches, nanos, memory atomic.Int64
	byRows                       bool
}

// Of gives what a node's operator did; ok is false for a node that was not run on its own.
func (p *Profile) Of(n plan.Node) (s Stats, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	c, ok := p.nodes[n]
	if !ok {
		return s, false
	}
	return Stats{
		Rows: c.rows.Load(), Batches: c.batches.Load(), Memory: c.memory.Load(), ByRows: c.byRows, Time: time.Duration(c.nanos.Load()),
	}, true
}

// wrap puts a counter around an operator. A nil profile leaves it as it is.
func (p *Profile) wrap(n plan.Node, op operator) operator {
	if p == nil || op == nil {
		return op
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.nodes[n]
	if c == nil {
		c = &counters{}
		p.nodes[n] = c
	}
	_, c.byRows = op.(*byRows)
	p.ops[op] = c
	return &profiled{operator: op, profile: p, counters: c}
}

// held notes the memory of an operator.
func (p *Profile) held(op operator, bytes int64) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if c := p.ops[op]; c != nil {
		c.memory.Add(bytes)
	}
}

type profiled struct {
	operator
	profile  *Profile
	counters *counters
}

func (o *profiled) run(x *run, out consumer) (int64, error) {
	c := &counting{then: then{out}, of: o, start: o.profile.clock(), below: make([]time.Time, x.workers)}
	n, err := o.operator.run(x, c)
	if c.counters().batches.Load() == 0 {
		c.counters().nanos.Add(int64(o.profile.clock().Sub(c.start)))
	}
	return n, err
}

// counting counts what an operator gives out, and the time until it does.
type counting struct {
	then
	of    *profiled
	start time.Time
	below []time.Time // by worker: since when it is in the operator or below
	begun atomic.Bool // some worker has given out rows
}

func (c *counting) counters() *counters { return c.of.counters }

func (c *counting) take(worker int, seq int64, f *eval.Frame) error {
	n := c.counters()
	n.rows.Add(int64(f.N))
	n.batches.Add(1)
	now := c.of.profile.clock()
	switch since := c.below[worker]; {
	case !since.IsZero():
		n.nanos.Add(int64(now.Sub(since)))
	case !c.begun.Swap(true):
		n.nanos.Add(int64(now.Sub(c.start)))
	}
	err := c.out.take(worker, seq, f)
	c.below[worker] = c.of.profile.clock()
	return err
}

func (c *counting) done(worker int, seq int64) error {
	err := c.out.done(worker, seq)
	c.below[worker] = c.of.profile.clock()
	return err
}
