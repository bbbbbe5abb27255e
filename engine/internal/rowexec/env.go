package rowexec

import (
	"context"
	"iter"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/tables"
)

// Rows is a stream of rows. It ends after an error. Breaking off early is safe and frees what the operators hold.
type Rows = iter.Seq2[[]column.Value, error]

// Batches is a stream of batches, none of them empty. It ends after an error.
type Batches = iter.Seq2[*column.Batch, error]

// Env is what a plan runs in: the same for one statement.
type Env struct {
	// Ctx is what functions may know. Its Context is replaced by the one that Run is given.
	Ctx *funcs.Ctx
	// Snapshot holds the tables; nil if the plan reads none.
	Snapshot tables.Snapshot
	// Params are the statement's parameters: $1 is Params[0], of the type that the plan gave it.
	Params []column.Value
	// Memory bounds what operators hold; nil: nothing does.
	Memory *budget.Budget
	// Limits bounds recursive queries.
	Limits Limits
	// Scope is what surrounds the plan; nil for a whole statement.
	Scope *Scope
	// Delegate is asked to run each node below the one that Run was given; nil: none is. See Delegate.
	Delegate Delegate
}

// Delegate offers a node, with the environment it stands in, to another executor. It gives its batches, or false to decline. The node
// that Run itself was given is never offered: it is here because the other executor declined it.
type Delegate func(ctx context.Context, node plan.Node, env *Env) (Batches, bool)

// Limits bounds recursive queries. Zero fields mean the defaults.
type Limits struct {
	// RecursionRounds is how often the recursive term may run: 1,000,000 by default.
	RecursionRounds int
	// RecursionRows is how many rows a recursive query may give: 10,000,000 by default.
	RecursionRows int
}

func (l Limits) withDefaults() Limits {
	if l.RecursionRounds <= 0 {
		l.RecursionRounds = 1_000_000
	}
	if l.RecursionRows <= 0 {
		l.RecursionRows = 10_000_000
	}
	return l
}
