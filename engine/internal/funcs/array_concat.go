package funcs

import "github.com/credsql/credsql/engine/column"

// arrayConcatenation is the operator || of arrays: with another array, or with a value at either end. A NULL array adds nothing, a NULL
// value is an element.
func arrayConcatenation() []*Function {
	s := section{"Array"}
	appendItem := func(a []column.Value) (column.Value, error) { return extended(a[0], nil, a[1:2]), nil }
	prependItem := func(a []column.Value) (column.Value, error) { return extended(a[1], a[0:1], nil), nil }
	return []*Function{s.entry(Operator, "PostgreSQL", "||", "Two arrays in one, or an array with a value at its start or end.",
		shows("SELECT ARRAY[1, 2] || ARRAY[3]", "{1,2,3}", "SELECT ARRAY[1, 2] || 3", "{1,2,3}", "SELECT 0 || ARRAY[1]", "{0,1}"),
		[]*Overload{
			rowOnly("left, right", AnyList, []AnyKind{AnyList, AnyList}, arrayCat),
			rowOnly("array, value", AnyList, []AnyKind{AnyList, AnyElem}, appendItem),
			rowOnly("value, array", AnyList, []AnyKind{AnyElem, AnyList}, prependItem),
		})}
}
