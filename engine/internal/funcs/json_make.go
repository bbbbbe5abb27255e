package funcs

import (
	"math"
	"strconv"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// jsonMaking are the functions that make JSON of values, spaced as PostgreSQL spaces it.
func jsonMaking() []*Function {
	s := section{"JSON"}
	agg := func(name, doc string, examples []Example, overloads ...*Overload) *Function {
		return s.entry(Aggregate, "PostgreSQL", name, doc, examples, overloads)
	}
	one := func(o *Overload) *Overload {
		o.NullCalled = true
		return o
	}
	list := one(overload("value", column.JSON, column.Unknown))
	list.Params[0].Any = Any
	object := one(overload("key, value", column.JSON, column.Unknown, column.Unknown))
	object.Params[0].Any, object.Params[1].Any = Any, Any
	return []*Function{
		s.beyond("to_json", "A value as JSON: numbers, booleans, arrays and tag sets as such, everything else as a string.",
			shows("SELECT to_json('a \"b\"')", `"a \"b\""`, "SELECT to_json(ARRAY[1, 2])", "[1,2]"), toJSON()),
		s.beyond("json_build_array", "An array of the arguments.", shows("SELECT json_build_array(1, 'a', NULL)", `[1, "a", null]`),
			jsonBuilder(func(args []column.Value) (column.Value, error) { return limited(appendJSONArray(nil, args)) })),
		s.beyond("json_build_object", "An object of the arguments, which are keys and values in turn.",
			shows("SELECT json_build_object('a', 1, 'b', true)", `{"a" : 1, "b" : true}`), jsonBuilder(buildObject)),
		agg("json_agg", "All values as a JSON array, NULLs included, in the order of ORDER BY inside the call; NULL without rows.",
			shows("SELECT json_agg(x ORDER BY x) FROM (VALUES (2), (1)) AS t(x)", "[1, 2]"),
			aggregate(list, func([]column.Type) State { return new(jsonArrayState) })),
		agg("json_object_agg", "All pairs of key and value as a JSON object; NULL without rows. A NULL key is an error.",
			shows("SELECT json_object_agg(k, v) FROM (VALUES ('a', 1)) AS t(k, v)", `{ "a" : 1 }`),
			aggregate(object, func([]column.Type) State { return new(jsonObjectState) })),
	}
}

func toJSON() *Overload {
	o := overload("value", column.JSON, column.Unknown)
	o.Params[0].Any = Any
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) { return limited(appendJSON(nil, args[0])) }
	return o
}

// jsonBuilder is a function of any number of arguments, NULLs among them.
func jsonBuilder(f func(args []column.Value) (column.Value, error)) *Overload {
	o := overload("values", column.JSON, column.Unknown)
	o.Params[0].Any, o.Params[0].Optional, o.Variadic, o.NullCalled = Any, true, true, true
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) { return f(args) }
	return o
}

// limited caps what one call makes.
func limited(json []byte) (column.Value, error) {
	if err := checkLength(len(json)); err != nil {
		return nil, err
	}
	return column.JSONText(json), nil
}

func buildObject(args []column.Value) (column.Value, error) {
	if len(args)%2 != 0 {
		return nil, sqlerr.New(sqlerr.CodeInvalidParameter, "argument list must have even number of elements").
			WithHint("The arguments of json_build_object() must consist of alternating keys and values.")
	}
	out := []byte{'{'}
	for i := 0; i < len(args); i += 2 {
		if args[i] == nil {
			return nil, sqlerr.New(sqlerr.CodeInvalidParameter, "argument %d cannot be null", i+1).WithHint("Object keys should be text.")
		}
		if i > 0 {
			out = append(out, ", "...)
		}
		var err error
		if out, err = appendMember(out, args[i], args[i+1]); err != nil {
			return nil, err
		}
	}
	return limited(append(out, '}'))
}

func appendMember(dst []byte, key, value column.Value) ([]byte, error) {
	switch key := key.(type) {
	case *column.List, *column.HStore, column.JSONText:
		return nil, sqlerr.New(sqlerr.CodeInvalidParameter, "key value must be scalar, not array, composite, or json")
	case column.Timestamp:
		dst = appendJSON(dst, key)
	default:
		dst = appendJSONString(dst, string(column.AppendText(nil, key)))
	}
	dst = append(dst, " : "...)
	return appendJSON(dst, value), nil
}

func appendJSONArray(dst []byte, items []column.Value) []byte {
	dst = append(dst, '[')
	for i, item := range items {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = appendJSON(dst, item)
	}
	return append(dst, ']')
}

// appendJSON appends a value as PostgreSQL's to_json has it.
func appendJSON(dst []byte, v column.Value) []byte {
	switch v := v.(type) {
	case nil:
		return append(dst, "null"...)
	case bool, int64:
		return column.AppendText(dst, v)
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return appendJSONString(dst, string(column.AppendText(nil, v)))
		}
		return column.AppendText(dst, v)
	case column.JSONText:
		return append(dst, v...)
	case column.Timestamp:
		text := column.AppendText(nil, v)
		for i, c := range text {
			if c == ' ' {
				text[i] = 'T'
				break
			}
		}
		return appendJSONString(dst, string(text))
	case *column.List:
		dst = append(dst, '[')
		for i, item := range v.Items {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendJSON(dst, item)
		}
		return append(dst, ']')
	case *column.HStore:
		return appendJSONTags(dst, v)
	default:
		return appendJSONString(dst, string(column.AppendText(nil, v)))
	}
}

func appendJSONTags(dst []byte, h *column.HStore) []byte {
	dst = append(dst, '{')
	for i, p := range h.Pairs() {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = append(appendJSONString(dst, p.Key), ": "...)
		if p.Null {
			dst = append(dst, "null"...)
		} else {
			dst = appendJSONString(dst, p.Value)
		}
	}
	return append(dst, '}')
}

// appendJSONString escapes as PostgreSQL's escape_json does: quotes, backslashes and control characters, nothing else.
func appendJSONString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c >= ' ':
			dst = append(dst, c)
		case c >= '\b' && c <= '\r' && c != '\v':
			dst = append(dst, '\\', "btn?fr"[c-'\b'])
		default:
			dst = append(dst, `\u00`...)
			dst = append(dst, strconv.FormatUint(uint64(c)+0x100, 16)[1:]...)
		}
	}
	return append(dst, '"')
}

// jsonArrayState is json_agg. The text has no closing bracket until it is asked for.
type jsonArrayState struct {
	items     []byte
	listFirst bool // the first item is an array
}

var _ State = (*jsonArrayState)(nil)

func (s *jsonArrayState) Add(args []column.Value) error {
	_, isList := args[0].(*column.List)
	return s.add(appendJSON(nil, args[0]), isList)
}

// add puts arrays on lines of their own, as PostgreSQL does.
func (s *jsonArrayState) add(item []byte, isList bool) error {
	switch {
	case s.items == nil:
		s.items, s.listFirst = []byte{'['}, isList
	case isList:
		s.items = append(s.items, ", \n "...)
	default:
		s.items = append(s.items, ", "...)
	}
	s.items = append(s.items, item...)
	return checkJoined(len(s.items))
}

func (s *jsonArrayState) Merge(other State) error {
	o := other.(*jsonArrayState)
	if o.items == nil {
		return nil
	}
	return s.add(o.items[1:], o.listFirst)
}

func (s *jsonArrayState) Result() (column.Value, error) {
	if s.items == nil {
		return nil, nil
	}
	return column.JSONText(s.items) + "]", nil
}

// jsonObjectState is json_object_agg.
type jsonObjectState struct{ members []byte }

var _ State = (*jsonObjectState)(nil)

func (s *jsonObjectState) Add(args []column.Value) error {
	if args[0] == nil {
		return sqlerr.New(sqlerr.CodeInvalidParameter, "field name must not be null")
	}
	member, err := appendMember(nil, args[0], args[1])
	if err != nil {
		return err
	}
	return s.add(member)
}

func (s *jsonObjectState) add(member []byte) error {
	if s.members != nil {
		s.members = append(s.members, ", "...)
	}
	s.members = append(s.members, member...)
	return checkJoined(len(s.members))
}

func (s *jsonObjectState) Merge(other State) error {
	o := other.(*jsonObjectState)
	if o.members == nil {
		return nil
	}
	return s.add(o.members)
}

func (s *jsonObjectState) Result() (column.Value, error) {
	if s.members == nil {
		return nil, nil
	}
	return column.JSONText("{ " + string(s.members) + " }"), nil
}
