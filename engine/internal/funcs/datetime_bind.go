package funcs

import (
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
)

// The bindings below specialise functions of times to a constant that audits write: the field of EXTRACT, the unit of DATE_TRUNC, the
// span that is added to a time.

// boundUnit gives an overload of a unit and a value a form for a constant unit. choose may give nil, and the overload is used as it is:
// a unit that is wrong is left to the first row that meets it.
func boundUnit[A, R native](o *Overload, choose func(unit string) func(A) (R, error)) *Overload {
	o.Bind = func(_ *Ctx, args []Constant) (*Bound, error) {
		unit, ok := args[0].Value.(string)
		if !args[0].Known || !ok {
			return nil, nil
		}
		f := choose(strings.ToLower(unit))
		if f == nil {
			return nil, nil
		}
		return &Bound{
			Row: func(_ *Ctx, args []column.Value) (column.Value, error) {
				r, err := f(args[1].(A))
				return boxed(r, true, err)
			},
			Vec: kernel(o, func(_ *Ctx, args []*column.Vector) cell[R] {
				vals := viewOf[A](args[1])
				return func(i int) (R, bool, error) {
					r, err := f(vals.at(i))
					return r, true, err
				}
			}),
		}, nil
	}
	return o
}

// timeFieldOf is EXTRACT of one field from a time.
func timeFieldOf(field string) func(column.Timestamp) (float64, error) {
	if _, err := timeField(field, 0); err != nil {
		return nil
	}
	if field == "epoch" {
		return func(t column.Timestamp) (float64, error) { return float64(t) / 1e6, nil }
	}
	return func(t column.Timestamp) (float64, error) { return timeField(field, t) }
}

// spanFieldOf is EXTRACT of one field from a span. The age of a key in days or seconds is what audits ask most.
func spanFieldOf(field string) func(column.Interval) (float64, error) {
	if _, err := spanField(field, column.Interval{}); err != nil {
		return nil
	}
	switch field {
	case "epoch":
		return func(i column.Interval) (float64, error) { return spanSeconds(i), nil }
	case "day", "days":
		return func(i column.Interval) (float64, error) { return float64(i.Days), nil }
	}
	return func(i column.Interval) (float64, error) { return spanField(field, i) }
}

// truncTimeTo is DATE_TRUNC of a time to one unit.
func truncTimeTo(unit string) func(column.Timestamp) (column.Timestamp, error) {
	rank, ok := truncUnits[unit]
	if !ok {
		return nil
	}
	return func(t column.Timestamp) (column.Timestamp, error) { return truncTimeRank(rank, t) }
}

// boundSpan gives time + span (sign 1) and time - span (sign -1) a form for a constant span without months, which is one addition.
func boundSpan(o *Overload, sign int64) *Overload {
	o.Bind = func(_ *Ctx, args []Constant) (*Bound, error) {
		span, ok := args[1].Value.(column.Interval)
		shift, fixed := fixedLength(span)
		if !args[1].Known || !ok || !fixed {
			return nil, nil
		}
		shift *= sign
		vec := batchKernel(o, func(c *Ctx, args []*column.Vector) filler[column.Timestamp] {
			times, spans := viewOf[column.Timestamp](args[0]), viewOf[column.Interval](args[1])
			return func(out []column.Timestamp, valid column.Bitmap) (column.Bitmap, error) {
				for i := range out {
					t := times.at(i)
					if -farTime < t && t < farTime {
						out[i] = t + column.Timestamp(shift)
						continue
					}
					if valid != nil && !valid.Get(i) {
						continue
					}
					v, err := o.Row(c, []column.Value{t, spans.at(i)})
					if err != nil {
						return nil, err
					}
					out[i] = v.(column.Timestamp)
				}
				return valid, nil
			}
		})
		return &Bound{Row: o.Row, Vec: vec}, nil
	}
	return o
}

// farTime is as far from 1970 as a time may be for any span of fixedLength to stay within the range of times: 3,600 years.
const farTime = column.Timestamp(3600 * 366 * sqltype.MicrosPerDay)

// fixedLength is a span's length in microseconds; ok is false for one with months or of more than 1,000 years.
func fixedLength(i column.Interval) (micros int64, ok bool) {
	const most = 1000 * 365
	if i.Months != 0 || i.Days < -most || i.Days > most {
		return 0, false
	}
	if i.Micros < -most*sqltype.MicrosPerDay || i.Micros > most*sqltype.MicrosPerDay {
		return 0, false
	}
	return int64(i.Days)*sqltype.MicrosPerDay + i.Micros, true
}
