package funcs

import (
	"math"
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/engine/sqlerr"
)

// dateFunctions are the functions of times. The DDSQL reference departs from PostgreSQL in EXTRACT(dow) (1 is Monday), in the
// plural units of DATE_TRUNC, and in that times are instants in UTC.
func dateFunctions() []*Function {
	s := section{"Date and time"}
	extract := s.documented("extract", "A field of a time or a span: year, month, day, hour, minute, second, epoch (seconds), and of a time also dow (1 Monday to 7 Sunday), doy, week (ISO), quarter, timezone_hour, timezone_minute.",
		shows("SELECT EXTRACT(dow FROM TIMESTAMP '2025-12-28')", "7"), extractOverloads()...)
	zone := s.beyond("timezone", "What the clocks of a time zone show at a time.",
		shows("SELECT TIMESTAMP '2025-01-01 12:00:00' AT TIME ZONE 'Europe/Berlin'", "2025-01-01 13:00:00"), strict2("zone, time", atZone), strict2("offset, time", atOffset))
	extract.Hidden, zone.Hidden = true, true
	return []*Function{
		extract, zone,
		s.beyond("date_part", "The same as EXTRACT, with the field as text.",
			shows("SELECT date_part('year', TIMESTAMP '2025-12-28')", "2025"), extractOverloads()...),
		s.documented("date_trunc", "A time, or a span, cut down to a unit: milliseconds, second, minute, hour, day, week (from Monday), month, quarter, year; plural forms too.",
			shows("SELECT date_trunc('quarters', TIMESTAMP '2025-08-14 16:23:05')", "2025-07-01 00:00:00"),
			boundUnit(strict2("unit, time", truncTime), truncTimeTo), strict2("unit, span", truncInterval)),
		s.documented("date_bin", "The start of the bin that a time falls in: the last origin + n strides that is not after it.",
			shows("SELECT date_bin('15 minutes', TIMESTAMP '2025-09-15 12:34:56', TIMESTAMP '2025-01-01')", "2025-09-15 12:30:00"),
			strict3("stride, source, origin", dateBin)),
		s.documented("now", "The statement's time, in UTC; the same for every row.", shows("SELECT now() = now()", "true"), now()),
		s.beyond("transaction_timestamp", "The same as now().", shows("SELECT transaction_timestamp() = now()", "true"), now()),
		s.beyond("statement_timestamp", "The same as now().", shows("SELECT statement_timestamp() = now()", "true"), now()),
		s.beyond("age", "The span between two times in years, months, days and time of day; with one time, from it to the start of today.",
			shows("SELECT age(TIMESTAMP '2025-03-01', TIMESTAMP '2024-01-31')", "1 year 1 mon 1 day"), pure2("later, earlier", age), ageToday()),
		s.beyond("make_timestamp", "A time from year, month, day, hour, minute and seconds.",
			shows("SELECT make_timestamp(2025, 1, 2, 3, 4, 5.5)", "2025-01-02 03:04:05.5"), makeTimestamp()),
		s.beyond("isfinite", "Whether a time is finite, which every time here is.",
			shows("SELECT isfinite(TIMESTAMP '2025-01-01')", "true"), pure1("time", func(column.Timestamp) bool { return true })),
		s.documented("current_setting", "The value of a setting, such as dd.time_frame_start and dd.time_frame_end. With true as second argument a setting that does not exist is NULL.",
			shows("SELECT current_setting('timezone')", "UTC"), currentSetting(false), currentSetting(true)),
	}
}

func now() *Overload {
	o := overload("", column.TimestampT)
	o.CanFail, o.Stable = false, true
	o.Row = func(c *Ctx, _ []column.Value) (column.Value, error) { return c.Now, nil }
	return o
}

func currentSetting(missingOK bool) *Overload {
	types, names := []column.Type{column.Text}, "name"
	if missingOK {
		types, names = append(types, column.Bool), names+", missing_ok"
	}
	o := overload(names, column.Text, types...)
	o.Stable = true
	o.Row = func(c *Ctx, args []column.Value) (column.Value, error) {
		if c.Setting != nil {
			if v, ok := c.Setting(args[0].(string)); ok {
				return v, nil
			}
		}
		if len(args) == 2 && args[1] == true {
			return nil, nil
		}
		return nil, sqlerr.New(sqlerr.CodeUndefinedObject, "unrecognized configuration parameter %q", args[0]).
			WithHint("dd.time_frame_start and dd.time_frame_end are the documented ones")
	}
	return o
}

func atZone(_ *Ctx, zone string, t column.Timestamp) (column.Timestamp, error) {
	loc, err := sqltype.FindZone(zone)
	if err != nil {
		return 0, err
	}
	return addInterval(t, column.Interval{Micros: sqltype.ZoneOffset(loc, t)})
}

func atOffset(_ *Ctx, offset column.Interval, t column.Timestamp) (column.Timestamp, error) {
	if offset.Months != 0 || offset.Days != 0 {
		return 0, sqlerr.New(sqlerr.CodeInvalidParameter, "interval time zone %q must not include months or days", column.AppendText(nil, offset))
	}
	return addInterval(t, offset)
}

func extractOverloads() []*Overload {
	return []*Overload{
		boundUnit(strict2("field, time", func(_ *Ctx, field string, t column.Timestamp) (float64, error) {
			return timeField(strings.ToLower(field), t)
		}), timeFieldOf),
		boundUnit(strict2("field, span", func(_ *Ctx, field string, i column.Interval) (float64, error) {
			return spanField(strings.ToLower(field), i)
		}), spanFieldOf),
	}
}

// errUnit refuses a unit: one that another type has is not supported, in PostgreSQL's words.
func errUnit(field, of string) error {
	_, known := truncUnits[strings.ToLower(field)]
	switch strings.ToLower(field) {
	case "dow", "doy", "isodow", "isoyear", "julian", "epoch", "timezone", "timezone_hour", "timezone_minute":
		known = true
	}
	if known {
		return sqlerr.New(sqlerr.CodeNotSupported, "unit %q not supported for type %s", field, of)
	}
	return errNoUnit(field, of)
}

func errNoUnit(field, of string) error {
	return sqlerr.New(sqlerr.CodeInvalidParameter, "unit %q not recognized for type %s", field, of).
		WithHint("Units are year, quarter, month, week, day, dow, doy, hour, minute, second, milliseconds and epoch.")
}

// timeField is EXTRACT from a time.
func timeField(field string, t column.Timestamp) (float64, error) {
	switch field {
	case "epoch":
		return float64(t) / 1e6, nil
	case "timezone", "timezone_hour", "timezone_minute", "timezone_h", "timezone_m":
		return 0, nil
	}
	days, micros := sqltype.SplitDay(t)
	if v, ok := clockField(field, micros); ok {
		return v, nil
	}
	if v, ok := dayField(field, days); ok {
		return v, nil
	}
	if v, ok := yearField(field, days, micros); ok {
		return v, nil
	}
	return 0, errUnit(field, "timestamp")
}

// clockField is a field of a time of day in microseconds.
func clockField(field string, micros int64) (float64, bool) {
	switch field {
	case "hour", "hours", "h", "hr", "hrs":
		return float64(micros / 3_600_000_000), true
	case "minute", "minutes", "m", "min", "mins":
		return float64(micros / 60_000_000 % 60), true
	case "second", "seconds", "s", "sec", "secs":
		return float64(micros%60_000_000) / 1e6, true
	case "millisecond", "milliseconds", "msec", "msecs", "ms":
		return float64(micros%60_000_000) / 1e3, true
	case "microsecond", "microseconds", "usec", "usecs", "us":
		return float64(micros % 60_000_000), true
	}
	return 0, false
}

func dayField(field string, days int64) (float64, bool) {
	year, month, day := sqltype.CivilDate(days)
	switch field {
	case "day", "days", "d":
		return float64(day), true
	case "dow", "isodow":
		return float64(sqltype.ISOWeekday(days)), true
	case "doy":
		return float64(days - sqltype.DaysFromCivil(year, 1, 1) + 1), true
	case "week", "weeks", "w":
		_, week := sqltype.ISOWeek(days)
		return float64(week), true
	case "month", "months", "mon", "mons":
		return float64(month), true
	case "quarter", "quarters", "qtr":
		return float64((month-1)/3 + 1), true
	}
	return 0, false
}

// yearField is a field counted in years; there is no year 0, so 1 BC is -1.
func yearField(field string, days, micros int64) (float64, bool) {
	year, _, _ := sqltype.CivilDate(days)
	switch field {
	case "year", "years", "y", "yr", "yrs":
		return float64(eraYear(year)), true
	case "isoyear":
		year, _ = sqltype.ISOWeek(days)
		return float64(eraYear(year)), true
	case "decade", "decades", "dec", "decs":
		return float64(floorDiv(year, 10)), true
	case "century", "centuries", "c", "cent":
		return float64(eraCount(year, 100)), true
	case "millennium", "millennia", "mil", "mils":
		return float64(eraCount(year, 1000)), true
	case "julian":
		const unixEpoch = 2440588 // the Julian day of 1970-01-01
		return float64(days+unixEpoch) + float64(micros)/microsPerDay, true
	}
	return 0, false
}

func eraYear(year int64) int64 {
	if year <= 0 {
		return year - 1
	}
	return year
}

// eraCount numbers centuries or millennia: the first of our era is 1, the last before it -1.
func eraCount(year, length int64) int64 {
	if year > 0 {
		return (year + length - 1) / length
	}
	return -((length - 1 - (year - 1)) / length)
}

// spanField is EXTRACT from a span: fields as PostgreSQL keeps them, without carrying.
func spanField(field string, i column.Interval) (float64, error) {
	if v, ok := clockField(field, i.Micros); ok {
		return v, nil
	}
	years, months := int64(i.Months/12), int64(i.Months%12)
	switch field {
	case "day", "days", "d":
		return float64(i.Days), nil
	case "month", "months", "mon", "mons":
		return float64(months), nil
	case "quarter", "quarters", "qtr":
		return float64(months/3 + 1), nil
	case "year", "years", "y", "yr", "yrs":
		return float64(years), nil
	case "decade", "decades", "dec", "decs":
		return float64(years / 10), nil
	case "century", "centuries", "c", "cent":
		return float64(years / 100), nil
	case "millennium", "millennia", "mil", "mils":
		return float64(years / 1000), nil
	case "epoch":
		return spanSeconds(i), nil
	}
	return 0, errUnit(field, "interval")
}

// spanSeconds is a span's length in seconds: a year counts as 365.25 days, a month as 30.
func spanSeconds(i column.Interval) float64 {
	years, months := int64(i.Months/12), int64(i.Months%12)
	seconds := years*31_557_600 + months*30*secondsPerDay + int64(i.Days)*secondsPerDay
	return float64(seconds) + float64(i.Micros)/1e6
}

// truncUnits are the units of DATE_TRUNC by their rank, in every spelling that DDSQL or PostgreSQL takes.
var truncUnits = map[string]int{
	"microsecond": 0, "microseconds": 0, "us": 0, "usec": 0, "usecs": 0,
	"millisecond": 1, "milliseconds": 1, "ms": 1, "msec": 1, "msecs": 1,
	"second": 2, "seconds": 2, "sec": 2, "secs": 2, "s": 2, "minute": 3, "minutes": 3, "min": 3, "mins": 3, "m": 3,
	"hour": 4, "hours": 4, "hr": 4, "hrs": 4, "h": 4, "day": 5, "days": 5, "d": 5, "week": 6, "weeks": 6, "w": 6,
	"month": 7, "months": 7, "mon": 7, "mons": 7, "quarter": 8, "quarters": 8, "qtr": 8, "year": 9, "years": 9, "yr": 9, "yrs": 9, "y": 9,
	"decade": 10, "decades": 10, "century": 11, "centuries": 11, "millennium": 12, "millennia": 12,
}

// clockUnits are the lengths in microseconds of the units below a day, by rank.
var clockUnits = [...]int64{1, 1_000, 1_000_000, 60_000_000, 3_600_000_000}

func truncTime(_ *Ctx, unit string, t column.Timestamp) (column.Timestamp, error) {
	rank, ok := truncUnits[strings.ToLower(unit)]
	if !ok {
		return 0, errNoUnit(unit, "timestamp")
	}
	return truncTimeRank(rank, t)
}

func truncTimeRank(rank int, t column.Timestamp) (column.Timestamp, error) {
	days, micros := sqltype.SplitDay(t)
	if rank < len(clockUnits) {
		return t - column.Timestamp(micros%clockUnits[rank]), nil
	}
	out, ok := sqltype.JoinDay(truncDay(rank, days), 0)
	if !ok {
		return 0, errTimestampRange()
	}
	return out, nil
}

// truncDay is the first day of the unit that a day lies in.
func truncDay(rank int, days int64) int64 {
	year, month, _ := sqltype.CivilDate(days)
	switch rank {
	case 5:
		return days
	case 6:
		return days - int64(sqltype.ISOWeekday(days)) + 1
	case 7:
		return sqltype.DaysFromCivil(year, month, 1)
	case 8:
		return sqltype.DaysFromCivil(year, (month-1)/3*3+1, 1)
	case 10:
		year = floorDiv(year, 10) * 10
	case 11:
		year = floorDiv(year-1, 100)*100 + 1
	case 12:
		year = floorDiv(year-1, 1000)*1000 + 1
	}
	return sqltype.DaysFromCivil(year, 1, 1)
}

func truncInterval(_ *Ctx, unit string, i column.Interval) (column.Interval, error) {
	rank, ok := truncUnits[strings.ToLower(unit)]
	if !ok {
		return i, errNoUnit(unit, "interval")
	}
	if rank < len(clockUnits) {
		i.Micros -= i.Micros % clockUnits[rank]
		return i, nil
	}
	i.Micros = 0
	months := map[int]int32{7: 1, 8: 3, 9: 12, 10: 120, 11: 1200, 12: 12000}
	switch rank {
	case 5:
		return i, nil
	case 6:
		return i, sqlerr.New(sqlerr.CodeNotSupported, "unit %q not supported for type interval", unit).WithDetail("months usually have fractional weeks")
	}
	return column.Interval{Months: i.Months - i.Months%months[rank]}, nil
}

func dateBin(_ *Ctx, stride column.Interval, t, origin column.Timestamp) (column.Timestamp, error) {
	if stride.Months != 0 {
		return 0, sqlerr.New(sqlerr.CodeNotSupported, "timestamps cannot be binned into intervals containing months or years")
	}
	step := int64(stride.Days)*microsPerDay + stride.Micros
	if step <= 0 {
		return 0, sqlerr.New(sqlerr.CodeDatetimeOverflow, "stride must be greater than zero")
	}
	d := int64(t) - int64(origin)
	if (d < int64(t)) != (origin > 0) && origin != 0 {
		return 0, errIntervalRange()
	}
	return origin + column.Timestamp(floorDiv(d, step)*step), nil
}

// age subtracts field by field, borrowing days from the earlier time's month, as timestamp_age does.
func age(a, b column.Timestamp) column.Interval {
	negative := a < b
	if negative {
		a, b = b, a
	}
	ad, am := sqltype.SplitDay(a)
	bd, bm := sqltype.SplitDay(b)
	ay, amon, aday := sqltype.CivilDate(ad)
	by, bmon, bday := sqltype.CivilDate(bd)
	micros, day, months := am-bm, aday-bday, (ay-by)*12+int64(amon-bmon)
	if micros < 0 {
		micros += microsPerDay
		day--
	}
	// The month that lends its days is always that of the second argument when the first is later, and of the first otherwise: of b here.
	for day < 0 {
		day += sqltype.DaysInMonth(by, bmon)
		months--
	}
	out := column.Interval{Months: int32(months), Days: int32(day), Micros: micros}
	if negative {
		return column.Interval{Months: -out.Months, Days: -out.Days, Micros: -out.Micros}
	}
	return out
}

func ageToday() *Overload {
	o := overload("time", column.IntervalT, column.TimestampT)
	o.CanFail, o.Stable = false, true
	o.Row = func(c *Ctx, args []column.Value) (column.Value, error) {
		days, _ := sqltype.SplitDay(c.Now)
		today, _ := sqltype.JoinDay(days, 0)
		return age(today, args[0].(column.Timestamp)), nil
	}
	return o
}

func makeTimestamp() *Overload {
	n := column.Int64
	o := overload("year, month, day, hour, min, sec", column.TimestampT, n, n, n, n, n, column.Float64)
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) {
		var p [5]int64
		for i := range p {
			p[i] = args[i].(int64)
		}
		sec := args[5].(float64)
		year := p[0]
		if year < 0 {
			year++ // 1 BC is year 0
		}
		if p[0] == 0 || p[0] != int64(int32(p[0])) || p[1] < 1 || p[1] > 12 || p[2] < 1 || p[2] > int64(sqltype.DaysInMonth(year, int(p[1]))) {
			return nil, sqlerr.New(sqlerr.CodeDatetimeOverflow, "date field value out of range: %d-%02d-%02d", p[0], p[1], p[2])
		}
		if p[3] < 0 || p[3] > 24 || p[4] < 0 || p[4] > 59 || !(sec >= 0 && sec <= 60) || p[3] == 24 && (p[4] > 0 || sec > 0) {
			return nil, sqlerr.New(sqlerr.CodeDatetimeOverflow, "time field value out of range: %d:%02d:%02g", p[3], p[4], sec)
		}
		micros := p[3]*3_600_000_000 + p[4]*60_000_000 + int64(math.RoundToEven(sec*1e6))
		out, ok := sqltype.JoinDay(sqltype.DaysFromCivil(year, int(p[1]), int(p[2])), micros)
		if !ok {
			return nil, errTimestampRange()
		}
		return out, nil
	}
	return o
}
