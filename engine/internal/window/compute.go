package window

import (
	"context"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/sqlerr"
)

// Inputs are the values of one call's expressions, computed by the executor. Every vector has one value a row, in input order.
type Inputs struct {
	Args []*column.Vector
	// Filter is the value of FILTER (WHERE …); nil without one. Args of rows that do not pass it are not looked at.
	Filter *column.Vector
	// Start and End are the offsets of the frame's bounds, where it has offsets.
	Start, End column.Value
	// Lower and Upper are the values of plan.Frame's Lower and Upper, where they are set.
	Lower, Upper *column.Vector
	// Account is charged for the results that are held; nil: nothing is.
	Account *budget.Account
}

// Compute gives the call's value for every row, in input order. c.Context is looked at from time to time.
func Compute(c *funcs.Ctx, call *plan.WindowCall, rows *Rows, in *Inputs) (*column.Vector, error) {
	return compute(c, call, rows, in, directWork)
}

func compute(c *funcs.Ctx, call *plan.WindowCall, rows *Rows, in *Inputs, direct int) (*column.Vector, error) {
	w := &work{ctx: c, call: call, rows: rows, in: in, account: in.Account, direct: direct}
	if w.account == nil {
		w.account = new(budget.Account)
	}
	if call.Fn != nil && call.Fn.State != nil {
		return w.aggregate()
	}
	if f := functionNamed(call.Name); f != nil {
		return f(w)
	}
	return nil, sqlerr.NotSupported("window function " + call.Name)
}

// work is one call being computed.
type work struct {
	ctx     *funcs.Ctx
	call    *plan.WindowCall
	rows    *Rows
	in      *Inputs
	account *budget.Account
	direct  int // see directWork
	ticks   int
}

// functionNamed finds the code of a function that is only a window function; nil when there is none.
func functionNamed(name string) func(*work) (*column.Vector, error) {
	switch name {
	case "row_number":
		return (*work).rowNumber
	case "rank":
		return (*work).rank
	case "dense_rank":
		return (*work).denseRank
	case "percent_rank":
		return (*work).percentRank
	case "cume_dist":
		return (*work).cumeDist
	case "ntile":
		return (*work).ntile
	case "lag":
		return (*work).lag
	case "lead":
		return (*work).lead
	case "first_value":
		return (*work).firstValue
	case "last_value":
		return (*work).lastValue
	case "nth_value":
		return (*work).nthValue
	}
	return nil
}

// tick looks at the context once in a while.
func (w *work) tick() error {
	w.ticks++
	if w.ticks&1023 != 0 {
		return nil
	}
	return w.canceled()
}

func (w *work) canceled() error {
	ctx := w.ctx.Context
	if ctx == nil {
		ctx = context.Background()
	}
	return budget.Canceled(ctx)
}

// eachPartition calls f for every partition.
func (w *work) eachPartition(f func(p *partition) error) error {
	for i := range w.rows.Starts {
		if err := w.canceled(); err != nil {
			return err
		}
		p, err := w.rows.partition(i, w.tick)
		if err != nil {
			return err
		}
		if err := f(p); err != nil {
			return err
		}
	}
	return nil
}

// argError places an error at the call's argument i.
func (w *work) argError(err error, i int) error {
	if i < len(w.call.Args) {
		return sqlerr.Place(err, w.call.Args[i].Offset())
	}
	return err
}
