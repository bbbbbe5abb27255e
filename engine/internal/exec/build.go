package exec

import (
	"fmt"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/sqlerr"
)

// builder compiles plan nodes to operators, for one scope: the statement, or a subquery with values from outside.
type builder struct {
	x     *run
	scope *scope
}

// build compiles a node and what is below it. What has no operator here runs by rows, over inputs that come from here again.
func (b *builder) build(node plan.Node) (operator, error) {
	if Declined(node) {
		return b.x.profile.wrap(node, b.byRows(node)), nil
	}
	op, err := b.operator(node)
	if err != nil {
		return nil, err
	}
	return b.x.profile.wrap(node, op), nil
}

func (b *builder) operator(node plan.Node) (operator, error) {
	switch n := node.(type) {
	case *plan.Scan:
		return &scan{node: n}, nil
	case *plan.Values:
		return b.values(n)
	case *plan.Filter:
		return b.filter(n)
	case *plan.Project:
		return b.project(n)
	case *plan.Aggregate:
		return b.aggregate(n)
	case *plan.Sort:
		return b.sort(n)
	case *plan.Limit:
		return b.limit(n)
	case *plan.Distinct:
		return b.distinct(n)
	case *plan.SetOp:
		return b.setOp(n)
	case *plan.Join:
		return b.join(n)
	case *plan.Window:
		return b.window(n)
	case *plan.With:
		return b.with(n)
	case *plan.CTERef:
		return b.cteRef(n)
	}
	return nil, sqlerr.Internal(fmt.Errorf("no operator for %T", node))
}

func (b *builder) filter(n *plan.Filter) (operator, error) {
	input, err := b.filterInput(n)
	if err != nil {
		return nil, err
	}
	cond, err := b.expressions().Compile(n.Cond)
	if err != nil {
		return nil, err
	}
	return &filter{input: input, cond: cond}, nil
}

// filterInput builds what is below a filter: a window of which the filter keeps the first rows of each partition need not see all.
func (b *builder) filterInput(n *plan.Filter) (operator, error) {
	if w, ok := n.Input.(*plan.Window); ok {
		op, err := b.pruned(w, n.Cond)
		if err != nil || op != nil {
			return b.x.profile.wrap(w, op), err
		}
	}
	return b.build(n.Input)
}

func (b *builder) project(n *plan.Project) (operator, error) {
	input, err := b.build(n.Input)
	if err != nil {
		return nil, err
	}
	exprs, err := b.expressions().CompileAll(n.Exprs)
	if err != nil {
		return nil, err
	}
	return &project{input: input, exprs: exprs}, nil
}

// typesOf are the types of a node's columns.
func typesOf(n plan.Node) []column.Type {
	cols := n.Columns()
	out := make([]column.Type, len(cols))
	for i, c := range cols {
		out[i] = c.Type
	}
	return out
}
