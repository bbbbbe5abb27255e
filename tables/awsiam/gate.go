package awsiam

import "context"

// gate lets a number of calls through at once, in the order they came.
type gate chan struct{}

func newGate(width int) gate { return make(gate, width) }

// enter waits for a place; it fails when ctx ends first.
func (g gate) enter(ctx context.Context) error {
	select {
	case g <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (g gate) leave() { <-g }
