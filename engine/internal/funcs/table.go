package funcs

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/engine/sqlerr"
)

// tableFunctions are the functions that give rows, allowed in FROM only.
func tableFunctions() []*Function {
	s := section{"Table"}
	table := func(source, name, doc string, examples []Example, overloads ...*Overload) *Function {
		return s.entry(Table, source, name, doc, examples, overloads)
	}
	return []*Function{
		table("DDSQL", "unnest", "A row for each element of an array. Several arrays are walked side by side, short ones filled up with NULL.",
			shows("SELECT string_agg(x, '-') FROM unnest(ARRAY['a', 'b']) AS x", "a-b"), unnest()),
		table("PostgreSQL", "generate_series", "A row for each value from one to another, one step apart.",
			shows("SELECT sum(n) FROM generate_series(1, 4) AS n", "10"), series(), seriesStep(), seriesTime()),
		table("DDSQL", "json_array_elements", "A row for each element of a JSON array, as JSON.",
			shows(`SELECT count(*) FROM json_array_elements('[1, 2]') AS e`, "2"), elements(column.JSON, column.JSON), elements(column.Text, column.JSON)),
		table("DDSQL", "json_array_elements_text", "A row for each element of a JSON array, as text; JSON null is NULL.",
			shows(`SELECT max(e) FROM json_array_elements_text('["a", "b"]') AS e`, "b"), elements(column.JSON, column.Text), elements(column.Text, column.Text)),
		table("PostgreSQL", "json_object_keys", "A row for each key of a JSON object.",
			shows(`SELECT min(k) FROM json_object_keys('{"b": 1, "a": 2}') AS k`, "a"), objectKeys(column.JSON)),
		table("PostgreSQL", "json_each", "A row for each member of a JSON object: its key, and its value as JSON.",
			shows(`SELECT value FROM json_each('{"a": [1]}')`, "[1]"), objectMembers(column.JSON)),
		table("PostgreSQL", "json_each_text", "A row for each member of a JSON object: its key, and its value as text.",
			shows(`SELECT value FROM json_each_text('{"a": "x"}')`, "x"), objectMembers(column.Text)),
		table("PostgreSQL", "skeys", "A row for each key of a tag set.",
			shows(`SELECT count(*) FROM skeys('a=>1, b=>2'::hstore) AS k`, "2"), pairs("skeys", func(p column.Pair) column.Value { return p.Key })),
		table("PostgreSQL", "svals", "A row for each value of a tag set.",
			shows(`SELECT max(v) FROM svals('a=>1, b=>2'::hstore) AS v`, "2"), pairs("svals", pairValue)),
		table("PostgreSQL", "each", "A row for each key and value of a tag set.",
			shows(`SELECT value FROM each('a=>1'::hstore)`, "1"), eachPair()),
		table("PostgreSQL", "string_to_table", "A row for each part of a text between delimiters.",
			shows("SELECT max(p) FROM string_to_table('a,b', ',') AS p", "b"), stringToTable(false), stringToTable(true)),
	}
}

type rowsFunc func(c *Ctx, args []column.Value, yield func([]column.Value) error) error

// tableOverload is a table function of fixed output columns.
func tableOverload(names string, params []column.Type, out []OutCol, rows rowsFunc) *Overload {
	o := overload(names, column.Unknown, params...)
	o.Rows = rows
	o.Columns = func([]column.Type) []OutCol { return out }
	return o
}

func unnest() *Overload {
	o := overload("array", column.Unknown, column.Type{Kind: column.KindList}).poly(AnyElem, AnyList)
	o.CanFail = false
	o.Rows = func(_ *Ctx, args []column.Value, yield func([]column.Value) error) error {
		for _, v := range args[0].(*column.List).Items {
			if err := yield([]column.Value{v}); err != nil {
				return err
			}
		}
		return nil
	}
	o.Columns = func(args []column.Type) []OutCol { return []OutCol{{Name: "unnest", Type: args[0].ElemType()}} }
	return o
}

func series() *Overload {
	return tableOverload("start, stop", []column.Type{column.Int64, column.Int64}, seriesOut(column.Int64),
		func(_ *Ctx, args []column.Value, yield func([]column.Value) error) error {
			return count(args[0].(int64), args[1].(int64), 1, yield)
		})
}

func seriesStep() *Overload {
	return tableOverload("start, stop, step", []column.Type{column.Int64, column.Int64, column.Int64}, seriesOut(column.Int64),
		func(_ *Ctx, args []column.Value, yield func([]column.Value) error) error {
			return count(args[0].(int64), args[1].(int64), args[2].(int64), yield)
		})
}

func seriesOut(t column.Type) []OutCol { return []OutCol{{Name: "generate_series", Type: t}} }

func count(from, to, step int64, yield func([]column.Value) error) error {
	if step == 0 {
		return errStepZero()
	}
	for n := from; step > 0 && n <= to || step < 0 && n >= to; {
		if err := yield([]column.Value{n}); err != nil {
			return err
		}
		next := n + step
		if (next > n) != (step > 0) { // past the largest number
			return nil
		}
		n = next
	}
	return nil
}

func errStepZero() error {
	return sqlerr.New(sqlerr.CodeInvalidParameter, "step size cannot equal zero")
}

func seriesTime() *Overload {
	t := column.TimestampT
	return tableOverload("start, stop, step", []column.Type{t, t, column.IntervalT}, seriesOut(t),
		func(_ *Ctx, args []column.Value, yield func([]column.Value) error) error {
			at, stop, step := args[0].(column.Timestamp), args[1].(column.Timestamp), args[2].(column.Interval)
			sign := sqltype.Compare(column.IntervalT, step, column.Interval{})
			if sign == 0 {
				return errStepZero()
			}
			for sign > 0 && at <= stop || sign < 0 && at >= stop {
				if err := yield([]column.Value{at}); err != nil {
					return err
				}
				next, err := addInterval(at, step)
				if err != nil {
					return err
				}
				if (next > at) != (sign > 0) {
					return nil // months and days of opposite signs can stand still
				}
				at = next
			}
			return nil
		})
}

func elements(in, out column.Type) *Overload {
	return tableOverload("json", []column.Type{in}, []OutCol{{Name: "value", Type: out}},
		func(_ *Ctx, args []column.Value, yield func([]column.Value) error) error {
			doc, err := document(args[0])
			if err != nil {
				return err
			}
			name := "json_array_elements"
			if out == column.Text {
				name = "json_array_elements_text"
			}
			items, err := arrayItems(doc, "call "+name+" on")
			if err != nil {
				return err
			}
			for _, raw := range items {
				v, err := member(raw, out == column.Text)
				if err != nil {
					return err
				}
				if err := yield([]column.Value{v}); err != nil {
					return err
				}
			}
			return nil
		})
}

func objectKeys(in column.Type) *Overload {
	return tableOverload("json", []column.Type{in}, []OutCol{{Name: "json_object_keys", Type: column.Text}},
		func(_ *Ctx, args []column.Value, yield func([]column.Value) error) error {
			return eachMember(args[0], "cannot call json_object_keys on an array", "cannot call json_object_keys on a scalar", func(key string, _ []byte) error { return yield([]column.Value{key}) })
		})
}

func objectMembers(out column.Type) *Overload {
	return tableOverload("json", []column.Type{column.JSON}, []OutCol{{Name: "key", Type: column.Text}, {Name: "value", Type: out}},
		func(_ *Ctx, args []column.Value, yield func([]column.Value) error) error {
			return eachMember(args[0], "cannot deconstruct an array as an object", "cannot deconstruct a scalar", func(key string, raw []byte) error {
				v, err := member(raw, out == column.Text)
				if err != nil {
					return err
				}
				return yield([]column.Value{key, v})
			})
		})
}

func pairValue(p column.Pair) column.Value {
	if p.Null {
		return nil
	}
	return p.Value
}

func pairs(name string, of func(column.Pair) column.Value) *Overload {
	return tableOverload("tags", []column.Type{column.HStoreT}, []OutCol{{Name: name, Type: column.Text}},
		func(_ *Ctx, args []column.Value, yield func([]column.Value) error) error {
			for _, p := range args[0].(*column.HStore).Pairs() {
				if err := yield([]column.Value{of(p)}); err != nil {
					return err
				}
			}
			return nil
		})
}

func eachPair() *Overload {
	return tableOverload("tags", []column.Type{column.HStoreT}, []OutCol{{Name: "key", Type: column.Text}, {Name: "value", Type: column.Text}},
		func(_ *Ctx, args []column.Value, yield func([]column.Value) error) error {
			for _, p := range args[0].(*column.HStore).Pairs() {
				if err := yield([]column.Value{p.Key, pairValue(p)}); err != nil {
					return err
				}
			}
			return nil
		})
}

// stringToTable splits a text. With nulls, parts equal to the third argument become NULL.
func stringToTable(nulls bool) *Overload {
	names, types := "text, delimiter", []column.Type{column.Text, column.Text}
	if nulls {
		names, types = names+", null_text", append(types, column.Text)
	}
	o := tableOverload(names, types, []OutCol{{Name: "string_to_table", Type: column.Text}},
		func(_ *Ctx, args []column.Value, yield func([]column.Value) error) error {
			s, ok := args[0].(string)
			if !ok {
				return nil
			}
			for _, part := range splitText(s, args[1]) {
				v := column.Value(part)
				if nulls && v == args[2] {
					v = nil
				}
				if err := yield([]column.Value{v}); err != nil {
					return err
				}
			}
			return nil
		})
	o.NullCalled = true
	return o
}
