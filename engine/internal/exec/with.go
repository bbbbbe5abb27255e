package exec

import (
	"fmt"
	"sync"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/rowexec"
	"github.com/credsql/credsql/engine/sqlerr"
)

// cte is a definition of WITH: its rows are computed when they are first read.
type cte struct {
	input operator
	types []column.Type

	once sync.Once
	rows *rows
	err  error
}

// with builds the definitions, each in the scope of those before it.
func (b *builder) with(n *plan.With) (operator, error) {
	inner := b
	for _, d := range n.Defs {
		input, err := inner.build(d.Plan)
		if err != nil {
			return nil, err
		}
		// A scope of its own for each: a scope is not changed once an operator may read it.
		inner = &builder{x: b.x, scope: &scope{parent: inner.scope, tables: map[int]*cte{d.ID: {input: input, types: typesOf(d.Plan)}}}}
	}
	return inner.build(n.Body)
}

// read computes the rows unless that was done.
func (c *cte) read(x *run) (*rows, error) {
	c.once.Do(func() {
		defer recovered(&c.err)
		var acc *accounts
		if c.rows, acc, c.err = x.collect(nil, c.input, c.types); c.err == nil {
			x.atEnd(acc.close)
		}
	})
	return c.rows, c.err
}

// batches are the rows for the row executor.
func (c *cte) batches(x *run) rowexec.Batches {
	return func(yield func(*column.Batch, error) bool) {
		r, err := c.read(x)
		if err != nil {
			yield(nil, err)
			return
		}
		for _, b := range r.chunks {
			if !yield(b, nil) {
				return
			}
		}
	}
}

// cteScan reads a definition.
type cteScan struct{ def *cte }

func (b *builder) cteRef(n *plan.CTERef) (operator, error) {
	if t := b.scope.table(n.ID); t != nil {
		return &cteScan{t}, nil
	}
	for s := b.scope; s != nil; s = s.parent {
		if s.rows != nil {
			return b.byRows(n), nil // a table of the row executor
		}
	}
	return nil, sqlerr.Internal(fmt.Errorf("definition %d (%s) is not in scope", n.ID, n.Name))
}

func (o *cteScan) run(x *run, out consumer) (int64, error) {
	r, err := o.def.read(x)
	if err != nil {
		return 0, err
	}
	return r.emit(x, out)
}
