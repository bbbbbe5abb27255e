package awsiam

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
)

// gate lets a number of calls through at once: those that somebody waits for before those of the background, and each kind in the order they
// came. Without that a statement would stand behind every report that is being refreshed, for as long as a slow AWS takes for all of them.
type gate struct {
	mu    sync.Mutex
	free  int
	queue []*caller // empty while there are free places
}

// caller is one that waits at the gate.
type caller struct {
	urgent   *atomic.Bool // set, also while it waits, when somebody waits for it; nil is set
	admitted chan struct{}
}

func newGate(width int) *gate { return &gate{free: width} }

// enter waits for a place; it fails when ctx ends first.
func (g *gate) enter(ctx context.Context, urgent *atomic.Bool) error {
	g.mu.Lock()
	if g.free > 0 {
		g.free--
		g.mu.Unlock()
		return nil
	}
	c := &caller{urgent: urgent, admitted: make(chan struct{})}
	g.queue = append(g.queue, c)
	g.mu.Unlock()
	select {
	case <-c.admitted:
		return nil
	case <-ctx.Done():
		g.giveUp(c)
		return context.Cause(ctx)
	}
}

// giveUp takes a caller out of the queue, or gives up the place that it has been given meanwhile.
func (g *gate) giveUp(c *caller) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if i := slices.Index(g.queue, c); i >= 0 {
		g.queue = slices.Delete(g.queue, i, i+1)
		return
	}
	g.admit()
}

func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.admit()
}

// admit gives a place that is free to the one whose turn it is. The caller holds mu.
func (g *gate) admit() {
	if len(g.queue) == 0 {
		g.free++
		return
	}
	next := max(0, slices.IndexFunc(g.queue, func(c *caller) bool { return c.urgent == nil || c.urgent.Load() }))
	close(g.queue[next].admitted)
	g.queue = slices.Delete(g.queue, next, next+1)
}
