package funcs

import (
	"context"
	"testing"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
)

// TestBoundTimes compares what functions of times are specialised to with their plain form, at usual times and at the ends of the range.
func TestBoundTimes(t *testing.T) {
	t.Parallel()
	r := New()
	c := &Ctx{Context: context.Background()}
	times := column.NewBuilder(column.TimestampT, 0)
	for _, at := range []column.Value{column.Timestamp(0), nil, column.Timestamp(-1), column.Timestamp(1_700_000_000_123_456), sqltype.MinTimestamp,
		sqltype.MaxTimestamp, farTime, -farTime, farTime - 1, column.Timestamp(-62_135_596_800_000_000)} {
		times.Append(at)
	}
	spans := column.NewBuilder(column.IntervalT, 0)
	for _, s := range []column.Value{column.Interval{}, nil, column.Interval{Days: 400, Micros: 90_061_500_000}, column.Interval{Months: -27, Days: -3, Micros: -5},
		column.Interval{Months: 1 << 30, Days: 1 << 30, Micros: 1 << 62}} {
		spans.Append(s)
	}
	for _, unit := range []string{"epoch", "DAY", "days", "year", "dow", "week", "quarter", "microseconds", "month", "millennium", "nonsense"} {
		for _, name := range []string{"extract", "date_part", "date_trunc"} {
			for _, values := range []*column.Vector{times.Vector(), spans.Vector()} {
				m, err := r.Resolve(name, []column.Type{column.Text, values.Type})
				if err != nil {
					t.Fatal(err)
				}
				compareBound(t, c, m.Overload, name+" "+unit, []*column.Vector{column.ConstVector(column.Text, unit, values.N), values})
			}
		}
	}
	for _, sign := range []string{"+", "-"} {
		for _, span := range []column.Interval{{}, {Days: 90}, {Days: -90, Micros: 1}, {Months: 1}, {Days: 365_000, Micros: 5}, {Days: 365_001}, {Micros: -1 << 63}} {
			left, right := column.TimestampT, column.IntervalT
			m, err := r.Operator(sign, &left, &right)
			if err != nil {
				t.Fatal(err)
			}
			v := times.Vector()
			compareBound(t, c, m.Overload, sign+string(column.AppendText(nil, span)), []*column.Vector{v, column.ConstVector(column.IntervalT, span, v.N)})
		}
	}
}

// compareBound computes row by row, each alone, so that one failing row does not hide the others.
func compareBound(t *testing.T, c *Ctx, o *Overload, name string, args []*column.Vector) {
	t.Helper()
	if o.Bind == nil {
		return
	}
	known := make([]Constant, len(args))
	for i, a := range args {
		known[i] = Constant{Known: a.Const, Type: a.Type}
		if a.Const {
			known[i].Value = a.Value(0)
		}
	}
	bound, err := o.Bind(c, known)
	if err != nil || bound == nil {
		return
	}
	for i := range max(args[0].N, args[1].N) {
		one := make([]*column.Vector, len(args))
		values := make([]column.Value, len(args))
		null := false
		for k, a := range args {
			b := column.NewBuilder(a.Type, 1)
			values[k] = a.Value(i)
			null = null || values[k] == nil
			b.Append(values[k])
			one[k] = b.Vector()
			one[k].Const = a.Const
		}
		var want column.Value
		var wantErr error
		if !null {
			want, wantErr = o.Row(c, values)
		}
		got, gotErr := bound.Vec(c, one, 1)
		if (gotErr == nil) != (wantErr == nil) || gotErr != nil && gotErr.Error() != wantErr.Error() {
			t.Errorf("%s of %v: error %v, want %v", name, values, gotErr, wantErr)
			continue
		}
		if gotErr == nil && got.Value(0) != want {
			t.Errorf("%s of %v: %v, want %v", name, values, got.Value(0), want)
		}
	}
}
