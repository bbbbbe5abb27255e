package funcs

import (
	"math"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
)

// casts are the conversions between scalar types. BIGINT stands for all of PostgreSQL's integer types, so it has the casts of
// integer from and to BOOLEAN as well.
func casts() map[[2]column.Type]*cast {
	table := map[[2]column.Type]*cast{}
	add := func(from, to column.Type, context CastContext, o *Overload) {
		table[[2]column.Type{from, to}] = &cast{overload: castOverload(o, from, to), context: context}
	}
	add(column.Int64, column.Float64, Implicit, pure1("n", func(n int64) float64 { return float64(n) }))
	add(column.Float64, column.Int64, Assignment, strict1("n", roundToInt))
	add(column.Bool, column.Int64, Explicit, pure1("b", func(b bool) int64 {
		if b {
			return 1
		}
		return 0
	}))
	add(column.Int64, column.Bool, Explicit, pure1("n", func(n int64) bool { return n != 0 }))
	add(column.HStoreT, column.JSON, Assignment, pure1("tags", func(h *column.HStore) column.JSONText {
		return column.JSONText(appendJSONTags(nil, h))
	}))
	for _, t := range []column.Type{
		column.Bool, column.Int64, column.Float64, column.TimestampT, column.IntervalT, column.JSON, column.InetT, column.HStoreT,
	} {
		add(t, column.Text, Assignment, printed(t))
		add(column.Text, t, Explicit, parsed(t))
	}
	return table
}

// roundToInt rounds half away from zero, as PostgreSQL's numeric does: CAST(2.5 AS BIGINT) is 3 there, since a literal with a
// point is numeric. (Its float8 would give 2; the DDSQL reference leaves it open.)
func roundToInt(_ *Ctx, n float64) (int64, error) {
	n = math.Round(n)
	if n >= -0x1p63 && n < 0x1p63 {
		return int64(n), nil
	}
	return 0, errBigintRange()
}

// parsed reads a type from text.
func parsed(t column.Type) *Overload {
	var o *Overload
	switch t.Kind {
	case column.KindBool:
		o = parser[bool](t)
	case column.KindInt64:
		o = parser[int64](t)
	case column.KindFloat64:
		o = parser[float64](t)
	case column.KindTimestamp:
		o = parser[column.Timestamp](t)
	case column.KindInterval:
		o = parser[column.Interval](t)
	case column.KindJSON:
		o = parser[column.JSONText](t)
	case column.KindInet:
		o = parser[column.Inet](t)
	case column.KindHStore:
		o = parser[*column.HStore](t)
	default:
		o = parser[*column.List](t)
	}
	return castOverload(o, column.Text, t)
}

func parser[R native](t column.Type) *Overload {
	return strict1("text", func(_ *Ctx, text string) (R, error) {
		v, err := sqltype.Parse(text, t)
		if err != nil {
			return *new(R), err
		}
		return v.(R), nil
	})
}
