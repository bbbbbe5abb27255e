package funcs

import (
	"math"
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/engine/sqlerr"
)

// mysqlFunctions are what MySQL's grammar is lowered to where PostgreSQL has nothing of the same meaning. They are hidden: the
// dialect's own queries do not reach them.
func mysqlFunctions() []*Function {
	entry := func(name, doc string, overloads ...*Overload) *Function {
		return &Function{
			Name: name, Class: Scalar, Category: "MySQL", Source: "MySQL", Since: since, Hidden: true, Doc: doc, Overloads: overloads,
		}
	}
	return append([]*Function{
		entry("mysql_date_format", "DATE_FORMAT: a time as text, by a pattern of % specifiers.", strict2("t, pattern", mysqlDateFormat)),
		entry("mysql_str_to_date", "STR_TO_DATE: a time read from text by such a pattern; NULL where the text does not fit.",
			maybe2("text, pattern", mysqlStrToDate)),
		entry("mysql_timestampdiff", "TIMESTAMPDIFF: how many whole units lie between two times.", strict3("unit, from, to", mysqlTimestampDiff)),
		entry("mysql_datediff", "DATEDIFF: the days from the second time's date to the first one's.", pure2("a, b", mysqlDateDiff)),
		entry("mysql_interval", "INTERVAL n unit, as an interval.", strict2("n, unit", mysqlInterval)),
		entry("mysql_date_part", "YEAR(t), MONTH(t), DAYOFWEEK(t) and the like: the part of that name.", strict2("part, t", mysqlDatePart)),
		entry("mysql_dayname", "DAYNAME: the day of the week in English.",
			pure1("t", func(t column.Timestamp) string { return dayNames[civil(t).weekday] })),
		entry("mysql_monthname", "MONTHNAME: the month in English.",
			pure1("t", func(t column.Timestamp) string { return monthNames[civil(t).month-1] })),
		entry("mysql_last_day", "LAST_DAY: the last day of the time's month.", partial1("t", mysqlLastDay)),
		entry("mysql_substring_index", "SUBSTRING_INDEX: what stands before the n-th delimiter, or after it from the end.",
			pure3("text, delimiter, n", mysqlSubstringIndex)),
		entry("mysql_find_in_set", "FIND_IN_SET: the place of a text in a list with commas; 0 if it is not there.", pure2("text, list", mysqlFindInSet)),
		entry("mysql_concat", "CONCAT: all arguments as text, one after the other; NULL if one is NULL.", mysqlConcat()),
	}, mysqlJSON(entry)...)
}

func mysqlConcat() *Overload {
	o := overload("values", column.Text, column.Unknown)
	o.Params[0].Any, o.Variadic = Any, true
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) {
		var out []byte
		for _, a := range args {
			out = column.AppendText(out, a)
			if err := checkLength(len(out)); err != nil {
				return nil, err
			}
		}
		return string(out), nil
	}
	return o
}

func mysqlSubstringIndex(text, delimiter string, n int64) string {
	if delimiter == "" || n == 0 {
		return ""
	}
	if n > 0 {
		at := 0
		for ; n > 0; n-- {
			i := strings.Index(text[at:], delimiter)
			if i < 0 {
				return text
			}
			at += i + len(delimiter)
		}
		return text[:at-len(delimiter)]
	}
	end := len(text)
	for ; n < 0; n++ {
		i := strings.LastIndex(text[:end], delimiter)
		if i < 0 {
			return text
		}
		end = i
	}
	return text[end+len(delimiter):]
}

// mysqlFindInSet finds nothing that has a comma itself.
func mysqlFindInSet(text, list string) int64 {
	if list == "" || strings.Contains(text, ",") {
		return 0
	}
	n := int64(0)
	for item := range strings.SplitSeq(list, ",") {
		n++
		if item == text {
			return n
		}
	}
	return 0
}

func mysqlDateDiff(a, b column.Timestamp) int64 {
	first, _ := sqltype.SplitDay(a)
	second, _ := sqltype.SplitDay(b)
	return first - second
}

func mysqlLastDay(t column.Timestamp) (column.Timestamp, bool) {
	c := civil(t)
	return sqltype.JoinDay(sqltype.DaysFromCivil(c.year, c.month, sqltype.DaysInMonth(c.year, c.month)), 0)
}

// mysqlUnit is a unit of time of fixed length in microseconds, or of months.
type mysqlUnit struct{ micros, months int64 }

func findMySQLUnit(name string) (mysqlUnit, error) {
	switch strings.TrimPrefix(strings.ToLower(name), "sql_tsi_") {
	case "microsecond":
		return mysqlUnit{micros: 1}, nil
	case "second":
		return mysqlUnit{micros: sqltype.MicrosPerSecond}, nil
	case "minute":
		return mysqlUnit{micros: sqltype.MicrosPerMinute}, nil
	case "hour":
		return mysqlUnit{micros: sqltype.MicrosPerHour}, nil
	case "day":
		return mysqlUnit{micros: sqltype.MicrosPerDay}, nil
	case "week":
		return mysqlUnit{micros: 7 * sqltype.MicrosPerDay}, nil
	case "month":
		return mysqlUnit{months: 1}, nil
	case "quarter":
		return mysqlUnit{months: 3}, nil
	case "year":
		return mysqlUnit{months: 12}, nil
	default:
		return mysqlUnit{}, sqlerr.NotSupported("interval unit " + name)
	}
}

// mysqlInterval makes an interval; a fraction counts for seconds only, elsewhere MySQL rounds it.
func mysqlInterval(_ *Ctx, n float64, name string) (column.Interval, error) {
	unit, err := findMySQLUnit(name)
	if err != nil {
		return column.Interval{}, err
	}
	if unit.micros != sqltype.MicrosPerSecond {
		n = math.Round(n)
	}
	whole := n * float64(unit.micros+unit.months)
	switch {
	case unit.months > 0 && math.Abs(whole) <= math.MaxInt32:
		return column.Interval{Months: int32(whole)}, nil
	case unit.micros >= sqltype.MicrosPerDay && math.Abs(whole/sqltype.MicrosPerDay) <= math.MaxInt32:
		return column.Interval{Days: int32(whole / sqltype.MicrosPerDay)}, nil
	case unit.months == 0 && unit.micros < sqltype.MicrosPerDay && math.Abs(whole) < 0x1p63:
		return column.Interval{Micros: int64(math.Round(whole))}, nil
	}
	return column.Interval{}, sqlerr.New(sqlerr.CodeDatetimeOverflow, "interval out of range")
}

// mysqlTimestampDiff counts whole units, towards zero; a month is whole when its day and time are reached again.
func mysqlTimestampDiff(_ *Ctx, name string, from, to column.Timestamp) (int64, error) {
	unit, err := findMySQLUnit(name)
	if err != nil {
		return 0, err
	}
	if unit.months == 0 {
		span, err := subtractInts(nil, int64(to), int64(from))
		return span / unit.micros, err
	}
	if to < from {
		return -wholeMonths(to, from) / unit.months, nil
	}
	return wholeMonths(from, to) / unit.months, nil
}

// wholeMonths counts from the earlier to the later time.
func wholeMonths(from, to column.Timestamp) int64 {
	a, b := civil(from), civil(to)
	months := (b.year-a.year)*12 + int64(b.month-a.month)
	if b.day < a.day || b.day == a.day && b.micros < a.micros {
		months--
	}
	return months
}

func mysqlDatePart(_ *Ctx, part string, t column.Timestamp) (int64, error) {
	c := civil(t)
	switch strings.ToLower(part) {
	case "year":
		return c.year, nil
	case "quarter":
		return int64(c.month+2) / 3, nil
	case "month":
		return int64(c.month), nil
	case "day", "dayofmonth":
		return int64(c.day), nil
	case "dayofweek": // 1 is Sunday
		return int64(c.weekday) + 1, nil
	case "weekday": // 0 is Monday
		return int64(c.weekday+6) % 7, nil
	case "dayofyear":
		return int64(c.yearDay), nil
	case "week":
		return int64(c.sundayWeek()), nil
	case "weekofyear":
		_, week := sqltype.ISOWeek(c.days)
		return int64(week), nil
	case "hour":
		return c.micros / sqltype.MicrosPerHour, nil
	case "minute":
		return c.micros / sqltype.MicrosPerMinute % 60, nil
	case "second":
		return c.micros / sqltype.MicrosPerSecond % 60, nil
	case "microsecond":
		return c.micros % sqltype.MicrosPerSecond, nil
	default:
		return 0, sqlerr.NotSupported("date part " + part)
	}
}
