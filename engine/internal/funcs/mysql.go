package funcs

import (
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
		entry("mysql_timediff", "TIMEDIFF: the span from the second time to the first one.",
			strict2("a, b", func(_ *Ctx, a, b column.Timestamp) (column.Interval, error) { return between(a, b) })),
		entry("mysql_dayofweek", "DAYOFWEEK: 1 for Sunday to 7 for Saturday.",
			pure1("t", func(t column.Timestamp) int64 { return int64(civil(t).weekday) + 1 })),
		entry("mysql_week", "WEEK: the week of the year, from Sunday; 0 before the first Sunday.",
			pure1("t", func(t column.Timestamp) int64 { return int64(civil(t).sundayWeek()) })),
		entry("mysql_yearweek", "YEARWEEK: year and week, the days before the first Sunday in the year before.", pure1("t", mysqlYearWeek)),
		entry("mysql_to_days", "TO_DAYS: days since the year 0.", pure1("t", func(t column.Timestamp) int64 { return civil(t).days + daysToEpoch })),
		entry("mysql_int_div", "DIV: the quotient without its fraction.", strict2("a, b", divideInts), strict2("a, b", mysqlIntDiv)),
		entry("mysql_dayname", "DAYNAME: the day of the week in English.",
			pure1("t", func(t column.Timestamp) string { return dayNames[civil(t).weekday] })),
		entry("mysql_monthname", "MONTHNAME: the month in English.",
			pure1("t", func(t column.Timestamp) string { return monthNames[civil(t).month-1] })),
		entry("mysql_last_day", "LAST_DAY: the last day of the time's month.", partial1("t", mysqlLastDay)),
		entry("mysql_substring_index", "SUBSTRING_INDEX: what stands before the n-th delimiter, or after it from the end.",
			pure3("text, delimiter, n", mysqlSubstringIndex)),
		entry("mysql_find_in_set", "FIND_IN_SET: the place of a text in a list with commas; 0 if it is not there.", pure2("text, list", mysqlFindInSet)),
		entry("mysql_locate", "LOCATE(part, text, start): where a part stands in a text from a place on; 0 if it does not.", pure3("part, text, start", mysqlLocate)),
		entry("mysql_field", "FIELD: the place of the first text among the others; 0 if it is not there, or NULL.", mysqlField()),
		entry("mysql_elt", "ELT: the n-th of the texts; NULL if there is none.", mysqlElt()),
	}, mysqlJSON(entry)...)
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
