package funcs

import (
	"math"
	"strconv"
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/engine/sqlerr"
)

var (
	romans = []string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"}
)

// charFunctions are TO_CHAR and TO_TIMESTAMP.
func charFunctions() []*Function {
	s := section{"Date and time"}
	return []*Function{
		s.documented("to_char", "A time, or a span, written as a template says: YYYY MM DD HH24 HH12 MI SS MS US AM Mon Day Q IW TZ OF and PostgreSQL's other patterns; FM drops padding.",
			shows("SELECT to_char(TIMESTAMP '2025-03-04 16:07:09', 'YYYY-MM-DD HH24:MI')", "2025-03-04 16:07"),
			templated(overload("time, template", column.Text, column.TimestampT, column.Text), func(v column.Value, t []templateNode) (column.Value, error) {
				if len(t) == 0 {
					return nil, nil
				}
				return timeToChar(v.(column.Timestamp), t), nil
			}),
			templated(overload("span, template", column.Text, column.IntervalT, column.Text), func(v column.Value, t []templateNode) (column.Value, error) {
				if len(t) == 0 {
					return nil, nil
				}
				return spanToChar(v.(column.Interval), t)
			})),
		s.documented("to_timestamp", "A time read from text by a template, or from seconds since 1970-01-01 UTC.",
			shows("SELECT to_timestamp('25/12/2025 04:23 pm', 'DD/MM/YYYY HH:MI am')", "2025-12-25 16:23:00"),
			templated(overload("text, template", column.TimestampT, column.Text, column.Text), func(v column.Value, t []templateNode) (column.Value, error) {
				return readTime(v.(string), t)
			}),
			strict1("seconds", timeFromSeconds)),
	}
}

// templated gives an overload of a value and a template its code; a constant template is cut up once.
func templated(o *Overload, f func(v column.Value, t []templateNode) (column.Value, error)) *Overload {
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) {
		template, err := parseTemplate(args[1].(string))
		if err != nil {
			return nil, err
		}
		return f(args[0], template)
	}
	o.Bind = func(_ *Ctx, args []Constant) (*Bound, error) {
		text, ok := args[1].Value.(string)
		if !args[1].Known || !ok {
			return nil, nil
		}
		template, err := parseTemplate(text)
		if err != nil {
			return nil, nil //nolint:nilerr // left to the first row that meets it
		}
		return &Bound{Row: func(_ *Ctx, args []column.Value) (column.Value, error) { return f(args[0], template) }}, nil
	}
	return o
}

func timeFromSeconds(_ *Ctx, seconds float64) (column.Timestamp, error) {
	if math.IsNaN(seconds) {
		return 0, sqlerr.New(sqlerr.CodeDatetimeOverflow, "timestamp cannot be NaN")
	}
	micros := seconds * 1e6
	if !(micros >= float64(sqltype.MinTimestamp) && micros < 0x1p63) {
		return 0, sqlerr.New(sqlerr.CodeDatetimeOverflow, "timestamp out of range: %q", strconv.FormatFloat(seconds, 'g', -1, 64))
	}
	return column.Timestamp(roundMicro(seconds) * 1e6), nil
}

// moment is a time taken apart for a template; a span has only the fields that it keeps.
type moment struct {
	year                     int64
	month, day, hour         int64
	minute, second           int64
	micros                   int64 // of the second
	days                     int64 // since 1970-01-01
	yearDay, weekday, isoDay int64 // weekday: 0 Sunday
	isoYear, isoWeek         int64
	span                     bool
}

func momentOf(t column.Timestamp) moment {
	days, micros := sqltype.SplitDay(t)
	year, month, day := sqltype.CivilDate(days)
	isoYear, isoWeek := sqltype.ISOWeek(days)
	iso := int64(sqltype.ISOWeekday(days))
	return moment{
		year: year, month: int64(month), day: int64(day), days: days,
		hour: micros / 3_600_000_000, minute: micros / 60_000_000 % 60, second: micros / 1_000_000 % 60, micros: micros % 1_000_000,
		yearDay: days - sqltype.DaysFromCivil(year, 1, 1) + 1, weekday: iso % 7, isoDay: iso, isoYear: isoYear, isoWeek: int64(isoWeek),
	}
}

func timeToChar(t column.Timestamp, template []templateNode) string {
	m := momentOf(t)
	var b strings.Builder
	for _, n := range template {
		b.WriteString(m.format(n))
	}
	return b.String()
}

func spanToChar(i column.Interval, template []templateNode) (column.Value, error) {
	m := moment{
		year: int64(i.Months / 12), month: int64(i.Months % 12), day: int64(i.Days), span: true,
		hour: i.Micros / 3_600_000_000, minute: i.Micros / 60_000_000 % 60, second: i.Micros / 1_000_000 % 60, micros: i.Micros % 1_000_000,
	}
	var b strings.Builder
	for _, n := range template {
		switch n.key {
		case "", "YYYY", "YYY", "YY", "Y", "Y,YYY", "MM", "DD", "HH24", "HH12", "HH", "MI", "SS", "MS", "US", "FF1", "FF2", "FF3", "FF4", "FF5", "FF6",
			"SSSS", "SSSSS", "AM", "PM", "A.M.", "P.M.":
			b.WriteString(m.format(n))
		default:
			return nil, sqlerr.New(sqlerr.CodeInvalidDatetime, "invalid format specification for an interval value").
				WithHint("intervals are not tied to specific calendar dates")
		}
	}
	return b.String(), nil
}

// format writes one element.
func (m moment) format(n templateNode) string {
	if n.key == "" {
		return n.text
	}
	if s, ok := m.name(n); ok {
		return s
	}
	value, width := m.number(n.key)
	switch n.key {
	case "MS", "US", "FF1", "FF2", "FF3", "FF4", "FF5", "FF6": // a fraction keeps its zeros
	case "DD":
		if value < 0 {
			width = 1 // the sign counts as a digit, as in PostgreSQL
		}
		fallthrough
	default:
		if n.fill {
			width = 0
		}
	}
	return padded(value, width) + ordinalMark(value, n.ordinal)
}

func padded(v int64, width int) string {
	s := strconv.FormatInt(v, 10)
	sign := ""
	if v < 0 {
		sign, s = "-", s[1:]
	}
	if len(s) < width {
		s = strings.Repeat("0", width-len(s)) + s
	}
	return sign + s
}

// ordinalMark is st, nd, rd or th.
func ordinalMark(v int64, kind string) string {
	if kind == "" {
		return ""
	}
	v = max(v, -v)
	mark := "th"
	if v%100 < 11 || v%100 > 13 {
		switch v % 10 {
		case 1:
			mark = "st"
		case 2:
			mark = "nd"
		case 3:
			mark = "rd"
		}
	}
	if kind == "TH" {
		return strings.ToUpper(mark)
	}
	return mark
}

// number is a field's value and how many digits it is filled to.
func (m moment) number(key string) (int64, int) {
	switch key {
	case "HH24":
		return m.hour, 2
	case "HH12", "HH":
		if m.hour%12 == 0 {
			return 12, 2
		}
		return m.hour % 12, 2
	case "MI":
		return m.minute, 2
	case "SS":
		return m.second, 2
	case "MS", "FF3":
		return m.micros / 1000, 3
	case "US", "FF6":
		return m.micros, 6
	case "SSSS", "SSSSS":
		return m.hour*3600 + m.minute*60 + m.second, 0
	case "MM":
		return m.month, 2
	case "DD":
		return m.day, 2
	}
	if digits, ok := strings.CutPrefix(key, "FF"); ok {
		width := int(digits[0] - '0')
		scale := [...]int64{1, 100_000, 10_000, 1_000, 100, 10}
		return m.micros / scale[width], width
	}
	return m.calendar(key)
}

// calendar is a field of the date beyond month and day.
func (m moment) calendar(key string) (int64, int) {
	year, iso := m.year, m.isoYear
	if !m.span {
		year, iso = adYear(year), adYear(iso)
	}
	switch key {
	case "YYYY":
		return year, 4
	case "YYY":
		return year % 1000, 3
	case "YY":
		return year % 100, 2
	case "Y":
		return year % 10, 1
	case "IYYY":
		return iso, 4
	case "IYY":
		return iso % 1000, 3
	case "IY":
		return iso % 100, 2
	case "I":
		return iso % 10, 1
	case "DDD":
		return m.yearDay, 3
	case "IDDD":
		return (m.isoWeek-1)*7 + m.isoDay, 3
	case "D":
		return m.weekday + 1, 0
	case "ID":
		return m.isoDay, 0
	case "W":
		return (m.day-1)/7 + 1, 0
	case "WW":
		return (m.yearDay-1)/7 + 1, 2
	case "IW":
		return m.isoWeek, 2
	case "CC":
		return eraCount(m.year, 100), 2
	case "Q":
		return (m.month-1)/3 + 1, 0
	case "TZM":
		return 0, 2
	}
	return m.days + 2440588, 0 // J
}

// adYear counts years of either era from 1.
func adYear(year int64) int64 {
	if year <= 0 {
		return 1 - year
	}
	return year
}

// name is a field that is written in letters, or with a sign.
func (m moment) name(n templateNode) (string, bool) {
	half := [2]string{"AM", "PM"}[min(max(m.hour, 0)%24/12, 1)]
	era := "AD"
	if m.year <= 0 {
		era = "BC"
	}
	dotted := func(s string) string { return s[:1] + "." + s[1:] + "." }
	switch n.key {
	case "AM", "PM":
		return cased(half, n.written), true
	case "A.M.", "P.M.":
		return cased(dotted(half), n.written), true
	case "AD", "BC":
		return cased(era, n.written), true
	case "A.D.", "B.C.":
		return cased(dotted(era), n.written), true
	case "MONTH":
		return filled(cased(monthNames[m.month-1], n.written), 9, n.fill), true
	case "MON":
		return cased(monthNames[m.month-1][:3], n.written), true
	case "DAY":
		return filled(cased(dayNames[m.weekday], n.written), 9, n.fill), true
	case "DY":
		return cased(dayNames[m.weekday][:3], n.written), true
	case "RM":
		return filled(cased(romans[m.month-1], n.written), 4, n.fill), true
	case "Y,YYY":
		year := m.year
		if !m.span {
			year = adYear(year)
		}
		return padded(year/1000, 0) + "," + padded(year%1000, 3) + ordinalMark(year, n.ordinal), true
	case "TZ":
		return cased("UTC", n.written), true
	case "OF", "TZH":
		return "+00", true
	}
	return "", false
}

// cased writes a name in the case of its pattern.
func cased(name, pattern string) string {
	switch {
	case pattern == strings.ToLower(pattern):
		return strings.ToLower(name)
	case pattern == strings.ToUpper(pattern):
		return strings.ToUpper(name)
	}
	return name
}

func filled(s string, width int, fill bool) string {
	if fill || len(s) >= width {
		return s
	}
	return s + strings.Repeat(" ", width-len(s))
}
