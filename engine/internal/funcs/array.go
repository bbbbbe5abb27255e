package funcs

import (
	"slices"
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/engine/sqlerr"
)

// arrayFunctions are the functions of arrays, with PostgreSQL's rules (manual section 9.19). Arrays have one dimension and count from 1.
func arrayFunctions() []*Function {
	s := section{"Array"}
	out := []*Function{
		s.documented("cardinality", "How many elements an array has; 0 when it is empty.",
			shows("SELECT cardinality(ARRAY[1, 2, 3])", "3"),
			listed(pure1("array", func(a *column.List) int64 { return int64(len(a.Items)) }), Exact, AnyList)),
		s.documented("array_position", "Where a value first stands in an array, from 1; NULL if it does not. NULL finds a NULL element. A third argument says where to begin.",
			shows("SELECT array_position(ARRAY['a', 'b'], 'b')", "2"), arrayPosition(false), arrayPosition(true)),
		s.documented("string_to_array", "Splits a text at each delimiter. An empty delimiter does not split, a NULL one gives single characters; parts equal to the third argument become NULL.",
			shows("SELECT string_to_array('a,b', ',')", "{a,b}"), stringToArray(false), stringToArray(true)),
		s.documented("array_to_string", "Joins the elements with a delimiter. NULL elements are left out, or written as the third argument says.",
			shows("SELECT array_to_string(ARRAY['a', NULL, 'c'], ',')", "a,c"), arrayToString(false), arrayToString(true)),
		s.beyond("array_length", "How many elements an array has along a dimension; NULL when it is empty or the dimension is not 1.",
			shows("SELECT array_length(ARRAY[1, 2], 1)", "2"), listed(partial2("array, dimension", arrayLength), Exact, AnyList, Exact)),
		s.beyond("array_upper", "The index of the last element along a dimension; NULL when the array is empty.",
			shows("SELECT array_upper(ARRAY[1, 2], 1)", "2"), listed(partial2("array, dimension", arrayLength), Exact, AnyList, Exact)),
		s.beyond("array_lower", "The index of the first element along a dimension, 1; NULL when the array is empty.",
			shows("SELECT array_lower(ARRAY[5], 1)", "1"), listed(partial2("array, dimension", arrayLower), Exact, AnyList, Exact)),
		s.beyond("array_positions", "All the places where a value stands in an array.",
			shows("SELECT array_positions(ARRAY['a', 'b', 'a'], 'a')", "{1,3}"), arrayPositions()),
		s.beyond("trim_array", "An array without its last n elements.",
			shows("SELECT trim_array(ARRAY[1, 2, 3], 1)", "{1,2}"), listed(strict2("array, n", trimArray), AnyList, AnyList, Exact)),
	}
	return append(append(out, arrayMakers(s)...), arrayHidden(s)...)
}

// listed makes the parameters of a typed constructor polymorphic.
func listed(o *Overload, ret AnyKind, kinds ...AnyKind) *Overload { return o.poly(ret, kinds...) }

func arrayMakers(s section) []*Function {
	return []*Function{
		s.beyond("array_append", "An array with a value added at its end.",
			shows("SELECT array_append(ARRAY[1], 2)", "{1,2}"), rowOnly("array, value", AnyList, []AnyKind{AnyList, AnyElem}, func(a []column.Value) (column.Value, error) {
				return extended(a[0], nil, a[1:2]), nil
			})),
		s.beyond("array_prepend", "An array with a value added before it.",
			shows("SELECT array_prepend(1, ARRAY[2])", "{1,2}"), rowOnly("value, array", AnyList, []AnyKind{AnyElem, AnyList}, func(a []column.Value) (column.Value, error) {
				return extended(a[1], a[0:1], nil), nil
			})),
		s.beyond("array_cat", "Two arrays in one.",
			shows("SELECT array_cat(ARRAY[1], ARRAY[2])", "{1,2}"), rowOnly("left, right", AnyList, []AnyKind{AnyList, AnyList}, arrayCat)),
		s.beyond("array_remove", "An array without the elements equal to a value; NULL removes NULLs.",
			shows("SELECT array_remove(ARRAY[1, 2, 1], 1)", "{2}"), rowOnly("array, value", AnyList, []AnyKind{AnyList, AnyElem}, arrayRemove)),
		s.beyond("array_replace", "An array with each element equal to one value replaced by another.",
			shows("SELECT array_replace(ARRAY[1, 2], 2, 3)", "{1,3}"), rowOnly("array, from, to", AnyList, []AnyKind{AnyList, AnyElem, AnyElem}, arrayReplace)),
		s.entry(Operator, "PostgreSQL", "@>", "Whether the left array has every element of the right one; a NULL element is in none.",
			shows("SELECT ARRAY[1, 2] @> ARRAY[2]", "true"), []*Overload{listed(pure2("left, right", containsAll), Exact, AnyList, AnyList)}),
		s.entry(Operator, "PostgreSQL", "<@", "Whether the right array has every element of the left one.",
			shows("SELECT ARRAY[2] <@ ARRAY[1, 2]", "true"),
			[]*Overload{listed(pure2("left, right", func(a, b *column.List) bool { return containsAll(b, a) }), Exact, AnyList, AnyList)}),
		s.entry(Operator, "PostgreSQL", "&&", "Whether two arrays have an element in common.",
			shows("SELECT ARRAY[1, 2] && ARRAY[2, 3]", "true"), []*Overload{listed(pure2("left, right", overlaps), Exact, AnyList, AnyList)}),
	}
}

// arrayHidden are reached by a[i], tags['k'] and a[lo:hi].
func arrayHidden(s section) []*Function {
	sub := s.beyond("subscript", "An array's element by its place, from 1, or a tag's value by its key; NULL when there is none.",
		shows("SELECT (ARRAY['a', 'b'])[2]", "b"), elementAt(), partial2("tags, key", value))
	cut := s.beyond("array_slice", "The elements of an array from one place to another.",
		shows("SELECT (ARRAY[1, 2, 3])[2:3]", "{2,3}"), listed(pure3("array, from, to", arraySlice), AnyList, AnyList, Exact, Exact))
	sub.Hidden, cut.Hidden = true, true
	return []*Function{sub, cut}
}

// rowOnly is an overload that takes NULL arguments and has no kernel.
func rowOnly(names string, ret AnyKind, kinds []AnyKind, f func(args []column.Value) (column.Value, error)) *Overload {
	types := make([]column.Type, len(kinds))
	for i, k := range kinds {
		if k == AnyList {
			types[i] = column.Type{Kind: column.KindList}
		}
	}
	o := overload(names, column.Unknown, types...).poly(ret, kinds...)
	o.NullCalled, o.CanFail = true, false
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) { return f(args) }
	return o
}

// sameElement is equality in which NULL equals NULL, as array_position and its kin have it.
func sameElement(a, b column.Value) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return sqltype.CompareValues(a, b) == 0
}

func arrayPosition(from bool) *Overload {
	kinds, names := []AnyKind{AnyList, AnyElem}, "array, value"
	if from {
		kinds, names = append(kinds, Exact), names+", start"
	}
	o := rowOnly(names, Exact, kinds, func(args []column.Value) (column.Value, error) {
		a, ok := args[0].(*column.List)
		if !ok || args[1] == nil && !slices.Contains(a.Items, nil) || len(a.Items) == 0 {
			return nil, nil
		}
		start := int64(1)
		if len(args) == 3 {
			if start, ok = args[2].(int64); !ok {
				return nil, sqlerr.New(sqlerr.CodeNullNotAllowed, "initial position must not be null")
			}
		}
		for i := max(start, 1) - 1; i < int64(len(a.Items)); i++ {
			if sameElement(a.Items[i], args[1]) {
				return i + 1, nil
			}
		}
		return nil, nil
	}).gives(column.Int64)
	if from {
		o.Params[2].Type, o.CanFail = column.Int64, true
	}
	return o
}

func arrayPositions() *Overload {
	return rowOnly("array, value", Exact, []AnyKind{AnyList, AnyElem}, func(args []column.Value) (column.Value, error) {
		a, ok := args[0].(*column.List)
		if !ok {
			return nil, nil
		}
		out := &column.List{Elem: column.Int64, Items: []column.Value{}}
		for i, item := range a.Items {
			if sameElement(item, args[1]) {
				out.Items = append(out.Items, int64(i+1))
			}
		}
		return out, nil
	}).gives(column.ListOf(column.Int64))
}

func arrayLength(a *column.List, dimension int64) (int64, bool) {
	return int64(len(a.Items)), dimension == 1 && len(a.Items) > 0
}

func arrayLower(a *column.List, dimension int64) (int64, bool) {
	return 1, dimension == 1 && len(a.Items) > 0
}

func trimArray(_ *Ctx, a *column.List, n int64) (*column.List, error) {
	if n < 0 || n > int64(len(a.Items)) {
		return nil, sqlerr.New(sqlerr.CodeArraySubscript, "number of elements to trim must be between 0 and %d", len(a.Items))
	}
	return &column.List{Elem: a.Elem, Items: a.Items[:int64(len(a.Items))-n]}, nil
}

// extended adds values around an array; a NULL array counts as an empty one.
func extended(array column.Value, before, after []column.Value) column.Value {
	a, ok := array.(*column.List)
	if !ok {
		a = &column.List{}
	}
	return &column.List{Elem: a.Elem, Items: slices.Concat(before, a.Items, after)}
}

func arrayCat(args []column.Value) (column.Value, error) {
	a, aok := args[0].(*column.List)
	b, bok := args[1].(*column.List)
	switch {
	case !aok && !bok:
		return nil, nil
	case !aok:
		return b, nil
	case !bok:
		return a, nil
	}
	return extended(a, nil, b.Items), nil
}

func arrayRemove(args []column.Value) (column.Value, error) {
	a, ok := args[0].(*column.List)
	if !ok {
		return nil, nil
	}
	return &column.List{Elem: a.Elem, Items: slices.DeleteFunc(slices.Clone(a.Items), func(v column.Value) bool {
		return sameElement(v, args[1])
	})}, nil
}

func arrayReplace(args []column.Value) (column.Value, error) {
	a, ok := args[0].(*column.List)
	if !ok {
		return nil, nil
	}
	out := &column.List{Elem: a.Elem, Items: slices.Clone(a.Items)}
	for i, v := range out.Items {
		if sameElement(v, args[1]) {
			out.Items[i] = args[2]
		}
	}
	return out, nil
}

func hasElement(a *column.List, v column.Value) bool {
	return v != nil && slices.ContainsFunc(a.Items, func(x column.Value) bool {
		return x != nil && sqltype.CompareValues(x, v) == 0
	})
}

func containsAll(a, b *column.List) bool {
	return !slices.ContainsFunc(b.Items, func(v column.Value) bool { return !hasElement(a, v) })
}

func overlaps(a, b *column.List) bool {
	return slices.ContainsFunc(b.Items, func(v column.Value) bool { return hasElement(a, v) })
}

func elementAt() *Overload {
	o := overload("array, index", column.Unknown, column.Type{Kind: column.KindList}, column.Int64).poly(AnyElem, AnyList, Exact)
	o.CanFail = false
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) {
		a, i := args[0].(*column.List), args[1].(int64)
		if i < 1 || i > int64(len(a.Items)) {
			return nil, nil
		}
		return a.Items[i-1], nil
	}
	return o
}

func arraySlice(a *column.List, from, to int64) *column.List {
	from, to = max(from, 1), min(to, int64(len(a.Items)))
	if from > to {
		return &column.List{Elem: a.Elem, Items: []column.Value{}}
	}
	return &column.List{Elem: a.Elem, Items: a.Items[from-1 : to]}
}

// stringToArray splits a text. The overload with three arguments turns parts into NULL.
func stringToArray(nulls bool) *Overload {
	types := []column.Type{column.Text, column.Text}
	names := "text, delimiter"
	if nulls {
		types, names = append(types, column.Text), names+", null_text"
	}
	o := overload(names, column.Unknown, types...).gives(textList)
	o.NullCalled, o.CanFail = true, false
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) {
		s, ok := args[0].(string)
		if !ok {
			return nil, nil
		}
		out := &column.List{Elem: column.Text, Items: []column.Value{}}
		for _, part := range splitText(s, args[1]) {
			if len(args) == 3 && args[2] == column.Value(part) {
				out.Items = append(out.Items, nil)
			} else {
				out.Items = append(out.Items, part)
			}
		}
		return out, nil
	}
	return o
}

// splitText cuts a text at a delimiter: at none when that is empty, at every character when it is NULL. Empty text has no parts.
func splitText(s string, delimiter column.Value) []string {
	if s == "" {
		return nil
	}
	d, ok := delimiter.(string)
	if !ok {
		return strings.Split(s, "")
	}
	if d == "" {
		return []string{s}
	}
	return strings.Split(s, d)
}

func arrayToString(nulls bool) *Overload {
	kinds, names := []AnyKind{AnyList, Exact}, "array, delimiter"
	if nulls {
		kinds, names = append(kinds, Exact), names+", null_text"
	}
	o := rowOnly(names, Exact, kinds, func(args []column.Value) (column.Value, error) {
		a, ok := args[0].(*column.List)
		delimiter, ok2 := args[1].(string)
		if !ok || !ok2 {
			return nil, nil
		}
		var parts []string
		for _, v := range a.Items {
			switch {
			case v != nil:
				parts = append(parts, string(appendOutput(nil, v)))
			case len(args) == 3 && args[2] != nil:
				parts = append(parts, args[2].(string))
			}
		}
		return strings.Join(parts, delimiter), nil
	}).gives(column.Text)
	for i := 1; i < len(kinds); i++ {
		o.Params[i].Type = column.Text
	}
	return o
}
