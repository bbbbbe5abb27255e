package funcs

import (
	"strings"

	"github.com/credsql/credsql/engine/column"
)

// The constructors below make an overload from one typed Go function: the row form, the vector form without boxing, and the
// signature. The number in the name counts the arguments; all are strict (a NULL argument gives NULL without a call).
//
//	pure     cannot fail
//	partial  cannot fail, but may give NULL: ok false
//	strict   may fail
//	maybe    may fail and may give NULL
//
// names are the parameters' names, separated by ", ". The types follow from the Go types; those of arrays are added by takes and
// gives.

func pure1[A, R native](names string, f func(A) R) *Overload {
	o := safe(overload(names, typeOf[R](), typeOf[A]()))
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) { return f(args[0].(A)), nil }
	o.Vec = batchKernel(o, func(_ *Ctx, args []*column.Vector) filler[R] {
		a := viewOf[A](args[0])
		return func(out []R, valid column.Bitmap) (column.Bitmap, error) {
			for i := range out {
				if valid == nil || valid.Get(i) {
					out[i] = f(a.at(i))
				}
			}
			return valid, nil
		}
	})
	return o
}

func pure2[A, B, R native](names string, f func(A, B) R) *Overload {
	return safe(strict2(names, func(_ *Ctx, a A, b B) (R, error) { return f(a, b), nil }))
}

func pure3[A, B, C, R native](names string, f func(A, B, C) R) *Overload {
	return safe(maybe3(names, func(_ *Ctx, a A, b B, c C) (R, bool, error) { return f(a, b, c), true, nil }))
}

func partial1[A, R native](names string, f func(A) (R, bool)) *Overload {
	return safe(maybe1(names, func(_ *Ctx, a A) (r R, ok bool, err error) { r, ok = f(a); return }))
}

func partial2[A, B, R native](names string, f func(A, B) (R, bool)) *Overload {
	return safe(maybe2(names, func(_ *Ctx, a A, b B) (r R, ok bool, err error) { r, ok = f(a, b); return }))
}

func strict1[A, R native](names string, f func(*Ctx, A) (R, error)) *Overload {
	return maybe1(names, func(c *Ctx, a A) (R, bool, error) { r, err := f(c, a); return r, true, err })
}

func strict2[A, B, R native](names string, f func(*Ctx, A, B) (R, error)) *Overload {
	o := overload(names, typeOf[R](), typeOf[A](), typeOf[B]())
	o.Row = func(c *Ctx, args []column.Value) (column.Value, error) {
		r, err := f(c, args[0].(A), args[1].(B))
		return boxed(r, true, err)
	}
	o.Vec = batchKernel(o, func(c *Ctx, args []*column.Vector) filler[R] {
		a, b := viewOf[A](args[0]), viewOf[B](args[1])
		return func(out []R, valid column.Bitmap) (column.Bitmap, error) {
			p := progressOf[R](c)
			for i := range out {
				if valid != nil && !valid.Get(i) {
					continue
				}
				r, err := f(c, a.at(i), b.at(i))
				if err != nil {
					return nil, err
				}
				if err := p.made(r); err != nil {
					return nil, err
				}
				out[i] = r
			}
			return valid, nil
		}
	})
	return o
}

func strict3[A, B, C, R native](names string, f func(*Ctx, A, B, C) (R, error)) *Overload {
	return maybe3(names, func(c *Ctx, a A, b B, x C) (R, bool, error) { r, err := f(c, a, b, x); return r, true, err })
}

func maybe1[A, R native](names string, f func(*Ctx, A) (R, bool, error)) *Overload {
	o := overload(names, typeOf[R](), typeOf[A]())
	o.Row = func(c *Ctx, args []column.Value) (column.Value, error) {
		return boxed(f(c, args[0].(A)))
	}
	o.Vec = kernel(o, func(c *Ctx, args []*column.Vector) cell[R] {
		a := viewOf[A](args[0])
		return func(i int) (R, bool, error) { return f(c, a.at(i)) }
	})
	return o
}

func maybe2[A, B, R native](names string, f func(*Ctx, A, B) (R, bool, error)) *Overload {
	o := overload(names, typeOf[R](), typeOf[A](), typeOf[B]())
	o.Row = func(c *Ctx, args []column.Value) (column.Value, error) {
		return boxed(f(c, args[0].(A), args[1].(B)))
	}
	o.Vec = kernel(o, func(c *Ctx, args []*column.Vector) cell[R] {
		a, b := viewOf[A](args[0]), viewOf[B](args[1])
		return func(i int) (R, bool, error) { return f(c, a.at(i), b.at(i)) }
	})
	return o
}

func maybe3[A, B, C, R native](names string, f func(*Ctx, A, B, C) (R, bool, error)) *Overload {
	o := overload(names, typeOf[R](), typeOf[A](), typeOf[B](), typeOf[C]())
	o.Row = func(c *Ctx, args []column.Value) (column.Value, error) {
		return boxed(f(c, args[0].(A), args[1].(B), args[2].(C)))
	}
	o.Vec = kernel(o, func(c *Ctx, args []*column.Vector) cell[R] {
		a, b, x := viewOf[A](args[0]), viewOf[B](args[1]), viewOf[C](args[2])
		return func(i int) (R, bool, error) { return f(c, a.at(i), b.at(i), x.at(i)) }
	})
	return o
}

func boxed[R native](r R, ok bool, err error) (column.Value, error) {
	if err != nil || !ok {
		return nil, err
	}
	return r, nil
}

// overload is a signature without code that may fail.
func overload(names string, ret column.Type, params ...column.Type) *Overload {
	o := &Overload{Ret: ret, CanFail: true, Params: make([]Param, len(params))}
	split := strings.Split(names, ", ")
	for i, t := range params {
		o.Params[i].Type = t
		if i < len(split) {
			o.Params[i].Name = split[i]
		}
	}
	if ret.IsList() {
		o.Ret = column.Unknown // said by gives
	}
	return o
}

// safe marks an overload that never gives an error.
func safe(o *Overload) *Overload {
	o.CanFail = false
	return o
}

// takes sets the parameters' types, for those that the Go types leave open.
func (o *Overload) takes(types ...column.Type) *Overload {
	for i, t := range types {
		o.Params[i].Type = t
	}
	return o
}

// poly makes the parameters polymorphic, one kind for each; Exact leaves a parameter as it is.
func (o *Overload) poly(ret AnyKind, kinds ...AnyKind) *Overload {
	o.RetAny = ret
	for i, k := range kinds {
		o.Params[i].Any = k
	}
	return o
}

// gives sets the result's type.
func (o *Overload) gives(t column.Type) *Overload {
	o.Ret = t
	return o
}
