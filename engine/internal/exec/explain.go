package exec

import (
	"context"

	"github.com/credsql/credsql/engine/internal/plan"
)

// Explain compiles a plan without running it. The profile says of each operator whether it would run by rows; plans of subqueries
// included.
func Explain(node plan.Node, env *Env) (*Profile, error) {
	p := NewProfile(nil)
	x := newRun(context.Background(), env)
	if _, err := (&builder{x: x}).build(node); err != nil {
		return nil, err
	}
	plan.Walk(node, func(n plan.Node) { p.nodes[n] = &counters{byRows: Declined(n)} })
	return p, nil
}
