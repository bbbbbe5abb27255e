package funcs

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
)

// comparison is one of = <> < <= > >=.
type comparison struct {
	sign string
	doc  string
	// less, equal and greater say whether it holds for a left operand that is so.
	less, equal, greater bool
}

func (c comparison) holds(order int) bool {
	switch {
	case order < 0:
		return c.less
	case order > 0:
		return c.greater
	default:
		return c.equal
	}
}

// comparisonOperators compare two values of one type. JSON has none, as in PostgreSQL: documents that mean the same may differ as
// text.
func comparisonOperators() []*Function {
	var out []*Function
	for _, c := range []comparison{
		{"=", "Whether two values are equal.", false, true, false},
		{"<>", "Whether two values differ; also written !=.", true, false, true},
		{"<", "Whether the left value comes before the right one.", true, false, false},
		{"<=", "Whether the left value comes before the right one or equals it.", true, true, false},
		{">", "Whether the left value comes after the right one.", false, false, true},
		{">=", "Whether the left value comes after the right one or equals it.", false, true, true},
	} {
		out = append(out, c.function())
	}
	return out
}

func (c comparison) function() *Function {
	f := &Function{
		Name: c.sign, Class: Operator, Category: "Comparison", Source: "DDSQL", Since: since,
		Doc: c.doc + " Text is compared by code point and case-sensitively; intervals by length, a month being 30 days; " +
			"arrays item by item.",
		Examples: []Example{
			{"SELECT 2 " + c.sign + " 10", boolText(c.holds(-1))},
			{"SELECT 'b' " + c.sign + " 'a'", boolText(c.holds(1))},
			{"SELECT NULL::bigint " + c.sign + " 1", "NULL"},
		},
	}
	for _, t := range []column.Type{
		column.Bool, column.Int64, column.Float64, column.Text, column.TimestampT, column.IntervalT, column.InetT,
	} {
		f.Overloads = append(f.Overloads, c.overload(t))
	}
	if c.less == c.greater { // tag sets are equal or not; which is less means nothing to a user
		f.Overloads = append(f.Overloads, c.overload(column.HStoreT))
	}
	list := c.overload(column.Type{Kind: column.KindList}).poly(Exact, AnyList, AnyList)
	list.ordered = true
	f.Overloads = append(f.Overloads, list)
	return f
}

func (c comparison) overload(t column.Type) *Overload {
	o := safe(overload("left, right", column.Bool, t, t))
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) {
		return c.holds(sqltype.Compare(t, args[0], args[1])), nil
	}
	o.Vec = c.vec(o, t)
	return o
}

func (c comparison) vec(o *Overload, t column.Type) vecFunc {
	switch t.Kind {
	case column.KindBool:
		return c.boolVec()
	case column.KindInt64, column.KindTimestamp:
		return c.intVec()
	case column.KindFloat64:
		return c.floatVec()
	case column.KindText:
		return c.textVec(o)
	case column.KindInterval:
		return compareVec(o, c, sqltype.CompareInterval)
	case column.KindInet:
		return compareVec(o, c, sqltype.CompareInet)
	case column.KindHStore:
		return compareVec(o, c, sqltype.CompareHStore)
	default:
		return compareVec(o, c, sqltype.CompareList)
	}
}

// compareVec is the kernel of types that have no faster one.
func compareVec[A native](o *Overload, c comparison, compare func(a, b A) int) vecFunc {
	return kernel(o, func(_ *Ctx, args []*column.Vector) cell[bool] {
		a, b := viewOf[A](args[0]), viewOf[A](args[1])
		return func(i int) (bool, bool, error) { return c.holds(compare(a.at(i), b.at(i))), true, nil }
	})
}

func boolText(b bool) string { return string(column.AppendText(nil, b)) }
