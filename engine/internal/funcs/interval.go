package funcs

import (
	"math"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/engine/sqlerr"
)

// intervalFunctions are the arithmetic of times and spans, with the rules of PostgreSQL's timestamp.c: months, days and microseconds
// count apart, and a month is 30 days only where it must be a length.
func intervalFunctions() []*Function {
	s := section{"Date and time"}
	op := func(sign, doc, sql, want string, overloads ...*Overload) *Function {
		return s.entry(Operator, "DDSQL", sign, doc, shows(sql, want), overloads)
	}
	return []*Function{
		op("+", "A time some span later; the sum of two spans.", "SELECT TIMESTAMP '2025-01-31' + INTERVAL '1 day'", "2025-02-01 00:00:00",
			boundSpan(strict2("time, span", func(_ *Ctx, t column.Timestamp, i column.Interval) (column.Timestamp, error) {
				return addInterval(t, i)
			}), 1),
			strict2("span, time", func(_ *Ctx, i column.Interval, t column.Timestamp) (column.Timestamp, error) {
				return addInterval(t, i)
			}),
			strict2("left, right", func(_ *Ctx, a, b column.Interval) (column.Interval, error) { return sumIntervals(a, b) })),
		op("-", "A time some span earlier; the span between two times, in days and time of day; the difference of two spans.",
			"SELECT TIMESTAMP '2025-01-10 12:00:00' - TIMESTAMP '2025-01-01'", "9 days 12:00:00",
			boundSpan(strict2("time, span", func(_ *Ctx, t column.Timestamp, i column.Interval) (column.Timestamp, error) {
				n, err := negateInterval(i)
				if err != nil {
					return 0, err
				}
				return addInterval(t, n)
			}), -1),
			strict2("later, earlier", func(_ *Ctx, a, b column.Timestamp) (column.Interval, error) { return between(a, b) }),
			strict2("left, right", func(_ *Ctx, a, b column.Interval) (column.Interval, error) {
				n, err := negateInterval(b)
				if err != nil {
					return n, err
				}
				return sumIntervals(a, n)
			}),
			strict1("span", func(_ *Ctx, i column.Interval) (column.Interval, error) { return negateInterval(i) })),
		op("*", "A span some times as long.", "SELECT INTERVAL '1 hour' * 3", "03:00:00",
			strict2("span, factor", func(_ *Ctx, i column.Interval, f float64) (column.Interval, error) { return scaleInterval(i, f) }),
			strict2("factor, span", func(_ *Ctx, f float64, i column.Interval) (column.Interval, error) { return scaleInterval(i, f) })),
		op("/", "A span divided by a number.", "SELECT INTERVAL '1 day' / 2", "12:00:00",
			strict2("span, divisor", func(_ *Ctx, i column.Interval, f float64) (column.Interval, error) {
				if f == 0 {
					return i, errDivisionByZero()
				}
				return divideInterval(i, f)
			})),
		s.beyond("justify_hours", "A span whose 24 hours have become days.",
			shows("SELECT justify_hours(INTERVAL '27 hours')", "1 day 03:00:00"), strict1("span", func(_ *Ctx, i column.Interval) (column.Interval, error) { return justifyHours(i) })),
		s.beyond("justify_days", "A span whose 30 days have become months.",
			shows("SELECT justify_days(INTERVAL '35 days')", "1 mon 5 days"), strict1("span", func(_ *Ctx, i column.Interval) (column.Interval, error) { return justifyDays(i) })),
		s.beyond("justify_interval", "A span justified both ways, with one sign.",
			shows("SELECT justify_interval(INTERVAL '1 mon -1 hour')", "29 days 23:00:00"), strict1("span", func(_ *Ctx, i column.Interval) (column.Interval, error) { return justifyInterval(i) })),
		s.beyond("make_interval", "A span of years, months, weeks, days, hours, minutes and seconds.",
			shows("SELECT make_interval(0, 0, 0, 10)", "10 days"), makeInterval()),
	}
}

func errTimestampRange() error {
	return sqlerr.New(sqlerr.CodeDatetimeOverflow, "timestamp out of range")
}

func errIntervalRange() error {
	return sqlerr.New(sqlerr.CodeDatetimeOverflow, "interval out of range")
}

// addInterval moves a time by months (keeping the day, or the month's last), then days, then microseconds.
func addInterval(t column.Timestamp, i column.Interval) (column.Timestamp, error) {
	days, micros := sqltype.SplitDay(t)
	if i.Months != 0 {
		year, month, day := sqltype.CivilDate(days)
		total := year*12 + int64(month-1) + int64(i.Months)
		year = floorDiv(total, 12)
		month = int(total-year*12) + 1
		days = sqltype.DaysFromCivil(year, month, min(day, sqltype.DaysInMonth(year, month)))
	}
	out, ok := sqltype.JoinDay(days+int64(i.Days), micros)
	if !ok {
		return 0, errTimestampRange()
	}
	sum := int64(out) + i.Micros
	if (sum > int64(out)) != (i.Micros > 0) && i.Micros != 0 {
		return 0, errTimestampRange()
	}
	if _, ok = sqltype.JoinDay(sqltype.SplitDay(column.Timestamp(sum))); !ok {
		return 0, errTimestampRange()
	}
	return column.Timestamp(sum), nil
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// between is later − earlier, in days of 24 hours and the rest.
func between(later, earlier column.Timestamp) (column.Interval, error) {
	d := int64(later) - int64(earlier)
	if (d < int64(later)) != (earlier > 0) && earlier != 0 {
		return column.Interval{}, errIntervalRange()
	}
	return justifyHours(column.Interval{Micros: d})
}

func sumIntervals(a, b column.Interval) (column.Interval, error) {
	return intervalOf(float64(a.Months)+float64(b.Months), float64(a.Days)+float64(b.Days), a.Micros, b.Micros)
}

// intervalOf checks the parts of a sum.
func intervalOf(months, days float64, a, b int64) (column.Interval, error) {
	micros := a + b
	if !fits32(months) || !fits32(days) || b != 0 && (micros > a) != (b > 0) {
		return column.Interval{}, errIntervalRange()
	}
	return column.Interval{Months: int32(months), Days: int32(days), Micros: micros}, nil
}

func fits32(f float64) bool { return f >= math.MinInt32 && f <= math.MaxInt32 }

func negateInterval(i column.Interval) (column.Interval, error) {
	if i.Micros == math.MinInt64 || i.Months == math.MinInt32 || i.Days == math.MinInt32 {
		return i, errIntervalRange()
	}
	return column.Interval{Months: -i.Months, Days: -i.Days, Micros: -i.Micros}, nil
}

const secondsPerDay = 86400

func scaleInterval(i column.Interval, f float64) (column.Interval, error) {
	return cascade(float64(i.Months)*f, float64(i.Days)*f, float64(i.Micros)*f)
}

func divideInterval(i column.Interval, f float64) (column.Interval, error) {
	return cascade(float64(i.Months)/f, float64(i.Days)/f, float64(i.Micros)/f)
}

// cascade hands the fractions of months down to days and those of days to seconds, as interval_mul does.
func cascade(months, days, micros float64) (column.Interval, error) {
	if math.IsNaN(months) || !fits32(math.Trunc(months)) || !fits32(math.Trunc(days)) {
		return column.Interval{}, errIntervalRange()
	}
	out := column.Interval{Months: int32(months), Days: int32(days)}
	restDays := roundMicro((months - math.Trunc(months)) * 30)
	rest := roundMicro((days - math.Trunc(days) + restDays - math.Trunc(restDays)) * secondsPerDay)
	total := float64(out.Days) + math.Trunc(restDays)
	if math.Abs(rest) >= secondsPerDay {
		total += math.Trunc(rest / secondsPerDay)
		rest -= math.Trunc(rest/secondsPerDay) * secondsPerDay
	}
	micros = math.RoundToEven(micros + rest*1e6)
	if !fits32(total) || micros >= 0x1p63 || micros < -0x1p63 {
		return column.Interval{}, errIntervalRange()
	}
	out.Days, out.Micros = int32(total), int64(micros)
	return out, nil
}

func roundMicro(f float64) float64 { return math.RoundToEven(f*1e6) / 1e6 }

const microsPerDay = secondsPerDay * 1_000_000

func justifyHours(i column.Interval) (column.Interval, error) {
	whole := i.Micros / microsPerDay
	days := float64(i.Days) + float64(whole)
	if !fits32(days) {
		return i, errIntervalRange()
	}
	i.Days, i.Micros = int32(days), i.Micros-whole*microsPerDay
	switch {
	case i.Days > 0 && i.Micros < 0:
		i.Micros += microsPerDay
		i.Days--
	case i.Days < 0 && i.Micros > 0:
		i.Micros -= microsPerDay
		i.Days++
	}
	return i, nil
}

func justifyDays(i column.Interval) (column.Interval, error) {
	months := float64(i.Months) + float64(i.Days/30)
	if !fits32(months) {
		return i, errIntervalRange()
	}
	i.Months, i.Days = int32(months), i.Days%30
	switch {
	case i.Months > 0 && i.Days < 0:
		i.Days += 30
		i.Months--
	case i.Months < 0 && i.Days > 0:
		i.Days -= 30
		i.Months++
	}
	return i, nil
}

func justifyInterval(i column.Interval) (column.Interval, error) {
	whole := i.Micros / microsPerDay
	days := float64(i.Days) + float64(whole)
	months := float64(i.Months) + math.Trunc(days/30)
	if !fits32(months) || !fits32(days) {
		return i, errIntervalRange()
	}
	i.Micros -= whole * microsPerDay
	i.Days = int32(math.Mod(days, 30))
	i.Months = int32(months)
	switch {
	case i.Months > 0 && (i.Days < 0 || i.Days == 0 && i.Micros < 0):
		i.Days += 30
		i.Months--
	case i.Months < 0 && (i.Days > 0 || i.Days == 0 && i.Micros > 0):
		i.Days -= 30
		i.Months++
	}
	switch {
	case i.Days > 0 && i.Micros < 0:
		i.Micros += microsPerDay
		i.Days--
	case i.Days < 0 && i.Micros > 0:
		i.Micros -= microsPerDay
		i.Days++
	}
	return i, nil
}

// makeInterval takes up to seven parts; those left out are zero.
func makeInterval() *Overload {
	n := column.Int64
	o := overload("years, months, weeks, days, hours, mins, secs", column.IntervalT, n, n, n, n, n, n, column.Float64)
	for i := range o.Params {
		o.Params[i].Optional, o.Params[i].Default = true, int64(0)
	}
	o.Params[6].Default = 0.0
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) {
		var p [6]int64
		secs := 0.0
		for i, a := range args {
			if i == 6 {
				secs = a.(float64)
			} else if p[i] = a.(int64); p[i] != int64(int32(p[i])) {
				return nil, errIntervalRange()
			}
		}
		micros := math.RoundToEven(secs * 1e6)
		if micros >= 0x1p63 || micros < -0x1p63 || math.IsNaN(micros) {
			return nil, errIntervalRange()
		}
		return intervalOf(float64(p[0])*12+float64(p[1]), float64(p[2])*7+float64(p[3]), p[4]*3_600_000_000+p[5]*60_000_000, int64(micros))
	}
	return o
}
