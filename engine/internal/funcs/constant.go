package funcs

import "github.com/credsql/credsql/engine/column"

// constant is a function without arguments that always gives one value.
func constant[R native](r R) *Overload {
	o := safe(overload("", typeOf[R]()))
	o.Row = func(*Ctx, []column.Value) (column.Value, error) { return r, nil }
	return o
}
