package rowexec

import (
	"fmt"
	"slices"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/sqlerr"
)

// rowFunc is a scalar function's code, specialised to its constant arguments where it can be.
type rowFunc func(c *funcs.Ctx, args []column.Value) (column.Value, error)

// call evaluates all arguments, and then the function, unless an argument is NULL and the function is not one to be called with that.
func (r *run) call(e *plan.Call, row []column.Value) (column.Value, error) {
	args, err := r.evalAll(e.Args, row)
	if err != nil {
		return nil, err
	}
	if !e.Fn.NullCalled && slices.Contains(args, nil) {
		return nil, nil
	}
	f, ok := r.calls[e]
	if !ok {
		if f, err = r.bind(e); err != nil {
			return nil, sqlerr.Place(err, e.Offset())
		}
		r.calls[e] = f
	}
	v, err := f(r.funcs, args)
	if err != nil {
		return nil, sqlerr.Place(err, e.Offset())
	}
	return v, nil
}

// bind specialises a function. It is done when a row first needs it, so that a bad constant is an error only for a row that reaches it.
func (r *run) bind(e *plan.Call) (rowFunc, error) {
	if e.Fn.Bind != nil {
		known := make([]funcs.Constant, len(e.Args))
		for i, arg := range e.Args {
			known[i].Type = arg.Type()
			switch arg.(type) {
			case *plan.Const, *plan.Param:
				v, err := r.eval(arg, nil)
				if err != nil {
					return nil, err
				}
				known[i].Known, known[i].Value = true, v
			}
		}
		bound, err := e.Fn.Bind(r.funcs, known)
		if err != nil {
			return nil, err
		}
		if bound != nil && bound.Row != nil {
			return bound.Row, nil
		}
	}
	if e.Fn.Row == nil {
		return nil, sqlerr.Internal(fmt.Errorf("function %s has no code for a row", e.Name))
	}
	return e.Fn.Row, nil
}

// placedAtArg places an error of a call that has no place of its own at its first argument.
func placedAtArg(err error, args []plan.Expr) error {
	if len(args) == 0 {
		return err
	}
	return sqlerr.Place(err, args[0].Offset())
}
