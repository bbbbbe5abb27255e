package rowexec

import (
	"context"
	"fmt"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/sqlerr"
)

// Run gives the rows of a plan. Each iteration runs it anew.
func Run(ctx context.Context, node plan.Node, env *Env) Rows {
	return func(yield func([]column.Value, error) bool) {
		s := newStatement(ctx, node, env)
		root := env.Scope.child()
		s.root = root
		defer root.close()
		for row, err := range (&run{s, root}).rows(node) {
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// statement is what all parts of one Run share.
type statement struct {
	ctx   context.Context
	env   *Env
	funcs *funcs.Ctx
	top   plan.Node // never delegated
	root  *Scope

	calls  map[*plan.Call]rowFunc
	lists  map[*plan.InList]map[string]struct{}
	reads  map[*plan.Subquery][]int // the WITH definitions from outside that a subquery reads
	ticked int
}

func newStatement(ctx context.Context, node plan.Node, env *Env) *statement {
	var c funcs.Ctx
	if env.Ctx != nil {
		c = *env.Ctx
	}
	c.Context = ctx
	return &statement{ctx: ctx, env: env, funcs: &c, top: node, calls: map[*plan.Call]rowFunc{},
		lists: map[*plan.InList]map[string]struct{}{}, reads: map[*plan.Subquery][]int{}}
}

// tick is called for every row that is made or looked at: once in a while it asks whether the statement was canceled.
func (s *statement) tick() error {
	s.ticked++
	if s.ticked&63 != 0 {
		return nil
	}
	return budget.Canceled(s.ctx)
}

// run is a statement as seen from within a scope.
type run struct {
	*statement
	scope *Scope
}

func (r *run) within(s *Scope) *run { return &run{r.statement, s} }

// rows gives a node's rows: through the delegate if it takes the node.
func (r *run) rows(node plan.Node) Rows {
	if r.env.Delegate != nil && node != r.top {
		env := *r.env
		env.Ctx, env.Scope = r.funcs, r.scope
		if batches, ok := r.env.Delegate(r.ctx, node, &env); ok {
			return r.unbatched(batches)
		}
	}
	return r.operator(node)
}

func (r *run) operator(node plan.Node) Rows {
	switch n := node.(type) {
	case *plan.Scan:
		return r.scan(n)
	case *plan.Values:
		return r.values(n)
	case *plan.FuncScan:
		return r.funcScan(n)
	case *plan.Filter:
		return r.filter(n)
	case *plan.Project:
		return r.project(n)
	case *plan.Join:
		return r.join(n)
	case *plan.Apply:
		return r.apply(n)
	case *plan.Aggregate:
		return r.aggregate(n)
	case *plan.Window:
		return r.window(n)
	case *plan.Sort:
		return r.sort(n)
	case *plan.Limit:
		return r.limit(n)
	case *plan.Distinct:
		return r.distinct(n)
	case *plan.SetOp:
		return r.setOp(n)
	case *plan.With:
		return r.with(n)
	case *plan.CTERef:
		return r.cteRef(n)
	}
	return failed(sqlerr.Internal(fmt.Errorf("no operator for %T", node)))
}

// failed is a stream of one error.
func failed(err error) Rows {
	return func(yield func([]column.Value, error) bool) { yield(nil, err) }
}
