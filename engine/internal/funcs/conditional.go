package funcs

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
)

// conditionalFunctions choose among values. The binder makes plan nodes of coalesce and nullif, which evaluate what they need only;
// their entries serve the documentation, and compute the same.
func conditionalFunctions() []*Function {
	s := section{"Conditional"}
	nullIf := polymorphic("a, b", 2, func(args []column.Value) column.Value {
		if args[0] != nil && args[1] != nil && sqltype.CompareValues(args[0], args[1]) == 0 {
			return nil
		}
		return args[0]
	})
	nullIf.Variadic, nullIf.ordered = false, true
	best := func(better func(order int) bool) *Overload {
		o := polymorphic("values", 1, func(args []column.Value) column.Value { return extreme(args, better) })
		o.ordered = true
		return o
	}
	return []*Function{
		s.documented("coalesce", "The first argument that is not NULL.", shows("SELECT coalesce(NULL, 'none')", "none"),
			polymorphic("values", 1, func(args []column.Value) column.Value { return extreme(args, func(int) bool { return false }) })),
		s.beyond("nullif", "NULL if both arguments are equal, else the first.",
			shows("SELECT nullif('none', 'none')", "NULL", "SELECT nullif(1, 2)", "1"), nullIf),
		s.beyond("greatest", "The greatest argument; NULLs are passed over.", shows("SELECT greatest(1, NULL, 3)", "3"),
			best(func(order int) bool { return order > 0 })),
		s.beyond("least", "The least argument; NULLs are passed over.", shows("SELECT least('b', 'a')", "a"),
			best(func(order int) bool { return order < 0 })),
		s.beyond("num_nulls", "How many of the arguments are NULL.", shows("SELECT num_nulls(1, NULL, 'a')", "1"), countArguments(true)),
		s.beyond("num_nonnulls", "How many of the arguments are not NULL.", shows("SELECT num_nonnulls(1, NULL, 'a')", "2"), countArguments(false)),
	}
}

// polymorphic is an overload over arguments of one type, any, that sees NULLs and gives a value of that type.
func polymorphic(names string, n int, f func(args []column.Value) column.Value) *Overload {
	o := safe(overload(names, column.Unknown, make([]column.Type, n)...))
	for i := range o.Params {
		o.Params[i].Any = AnyElem
	}
	o.RetAny, o.Variadic, o.NullCalled = AnyElem, true, true
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) { return f(args), nil }
	return o
}

// extreme is the first non-NULL argument, displaced by each later one that compares better.
func extreme(args []column.Value, better func(order int) bool) column.Value {
	var best column.Value
	for _, a := range args {
		if a != nil && (best == nil || better(sqltype.CompareValues(a, best))) {
			best = a
		}
	}
	return best
}

func countArguments(nulls bool) *Overload {
	o := safe(overload("values", column.Int64, column.Unknown))
	o.Params[0].Any, o.Variadic, o.NullCalled = Any, true, true
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) {
		n := int64(0)
		for _, a := range args {
			if (a == nil) == nulls {
				n++
			}
		}
		return n, nil
	}
	return o
}
