package funcs

import (
	"github.com/credsql/credsql/engine/column"
)

// concatenation is concat, concat_ws and the operator || of texts. Of arrays and hstore || is with those types.
func concatenation() []*Function {
	s := section{"String"}
	texts := s.entry(Operator, "DDSQL", "||", "The texts one after the other. One side may be of another scalar type and is then converted "+
		"to text; NULL if either is NULL.",
		shows("SELECT 'a' || 'b' || 'c'", "abc", "SELECT 'n=' || 5", "n=5"), concatOverloads())
	return []*Function{
		texts,
		s.beyond("concat", "All arguments as text, one after the other; a NULL is skipped. A boolean is t or f here.",
			shows("SELECT concat('a', NULL, 1)", "a1"), concatAll()),
		s.beyond("concat_ws", "All arguments after the first as text, with the first between them; a NULL is skipped.",
			shows("SELECT concat_ws(', ', 'a', NULL, 'b')", "a, b"), concatSeparated()),
	}
}

func concatOverloads() []*Overload {
	both := strict2("left, right", func(_ *Ctx, a, b string) (string, error) { return a + b, checkLength(len(a) + len(b)) })
	both.Vec = concatVec
	out := []*Overload{both}
	for _, t := range []column.Type{
		column.Bool, column.Int64, column.Float64, column.TimestampT, column.IntervalT, column.JSON, column.InetT, column.HStoreT,
	} {
		out = append(out, concatWith(column.Text, t), concatWith(t, column.Text))
	}
	return out
}

// concatWith joins a text and the text form of another type.
func concatWith(left, right column.Type) *Overload {
	o := overload("left, right", column.Text, left, right)
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) {
		text := appendCast(appendCast(nil, args[0]), args[1])
		if err := checkLength(len(text)); err != nil {
			return nil, err
		}
		return string(text), nil
	}
	o.Vec = concatVec
	return o
}

// concatVec prints both sides of all rows into one block.
func concatVec(_ *Ctx, args []*column.Vector, n int) (*column.Vector, error) {
	return printRows(args, n, func(dst []byte, i int) ([]byte, error) {
		from := len(dst)
		dst = appendCastRow(appendCastRow(dst, args[0], i), args[1], i)
		return dst, checkLength(len(dst) - from)
	})
}

// appendOutput is a value as PostgreSQL's output function prints it: as a cast to VARCHAR, but booleans are t and f.
func appendOutput(dst []byte, v column.Value) []byte {
	if b, ok := v.(bool); ok {
		if b {
			return append(dst, 't')
		}
		return append(dst, 'f')
	}
	return column.AppendText(dst, v)
}

func concatAll() *Overload {
	o := overload("values", column.Text, column.Unknown)
	o.Params[0].Any = Any
	o.Variadic, o.NullCalled = true, true
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) { return joined("", args) }
	return o
}

func concatSeparated() *Overload {
	o := overload("separator, values", column.Text, column.Text, column.Unknown)
	o.Params[1].Any = Any
	o.Variadic, o.NullCalled = true, true
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) {
		if args[0] == nil {
			return nil, nil
		}
		return joined(args[0].(string), args[1:])
	}
	return o
}

func joined(separator string, args []column.Value) (column.Value, error) {
	var out []byte
	some := false
	for _, a := range args {
		if a == nil {
			continue
		}
		if some {
			out = append(out, separator...)
		}
		out, some = appendOutput(out, a), true
		if err := checkLength(len(out)); err != nil {
			return nil, err
		}
	}
	return string(out), nil
}
