package exec

import (
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/exec/eval"
)

// firstError finds the first row of f that cannot be evaluated, given that try fails with err for all of f: n rows before it can,
// and it has the error that is given back. So the rows before it can go on, where a LIMIT may end the statement without an error,
// and of several errors the statement has that of the first row, as if it ran by rows.
func (x *run) firstError(f *eval.Frame, err error, try func(*eval.Frame) error) (n int, first error) {
	if canceled := budget.Canceled(x.ctx); canceled != nil {
		return 0, canceled
	}
	good, bad := 0, f.N
	for bad-good > 1 {
		half := good + (bad-good)/2
		if e := try(f.Pick(span(0, half))); e != nil {
			bad, err = half, e
		} else {
			good = half
		}
	}
	return good, err
}
