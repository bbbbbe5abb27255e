package exec

import (
	"context"
	"runtime"
	"sync"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/exec/vec"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/tables"
)

// Env is what one statement runs with.
type Env struct {
	// Ctx is what functions may know. Its Context is replaced by the statement's own.
	Ctx      *funcs.Ctx
	Snapshot tables.Snapshot
	Params   []column.Value // statement parameters, first at 0
	// Budget bounds the memory of operators that hold rows; nil: no limit.
	Budget *budget.Budget
	// Workers is how many goroutines compute; 0: GOMAXPROCS.
	Workers int
	// Profile, when set, collects what EXPLAIN ANALYZE shows.
	Profile *Profile
}

func (e *Env) workers() int {
	if e.Workers > 0 {
		return e.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// run is one statement being run.
type run struct {
	ctx     context.Context
	env     *Env
	fctx    *funcs.Ctx // env.Ctx with ctx
	workers int
	ranks   vec.Ranks
	scratch eval.Scratch
	profile *Profile

	mu      sync.Mutex
	holding []func() // what is let go at the end
}

func newRun(ctx context.Context, env *Env) *run {
	x := &run{ctx: ctx, env: env, workers: env.workers(), profile: env.Profile}
	fctx := funcs.Ctx{}
	if env.Ctx != nil {
		fctx = *env.Ctx
	}
	fctx.Context = ctx
	x.fctx = &fctx
	x.scratch.Workers, x.scratch.Account = x.workers, x.account()
	x.atEnd(x.scratch.Account.Close)
	return x
}

// atEnd calls f when the statement has ended.
func (x *run) atEnd(f func()) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.holding = append(x.holding, f)
}

// release lets go of what is held until the end.
func (x *run) release() {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, f := range x.holding {
		f()
	}
	x.holding = nil
}

// account opens an account for one operator and one worker.
func (x *run) account() *budget.Account { return x.env.Budget.Account() }

// expressions is the environment that expressions of a scope are compiled in.
func (b *builder) expressions() *eval.Env {
	return &eval.Env{Ctx: b.x.fctx, Params: b.x.env.Params, Outer: b.scope.value, Ranks: &b.x.ranks, Scratch: &b.x.scratch,
		Subquery: b.subquery}
}
