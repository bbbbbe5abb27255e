package funcs

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/engine/sqlerr"
)

// timeReader reads a text by a template, as PostgreSQL's DCH_from_char does. Separators and white space match loosely; a number takes as
// many digits as its pattern has unless something that is not a digit follows it in the template.
type timeReader struct {
	template []templateNode
	text     string // the whole, for errors
	rest     string
	skipped  int  // characters of the text passed over beyond what the template has
	minus    bool // the last of them was a minus

	set       map[string]int64 // fields by what they set: "year", "month", "day", "doy", "hour", …
	half      int              // 1 AM, 2 PM
	clock12   bool
	beforeCE  bool
	offset    int64 // microseconds east of UTC
	west      bool  // the offset has a minus, which -00 does not keep
	zone      string
	isoFields bool
	gregorian bool
}

func readTime(text string, template []templateNode) (column.Value, error) {
	r := &timeReader{template: template, text: text, rest: text, set: map[string]int64{}}
	for i, n := range template {
		if n.exact {
			return nil, sqlerr.NotSupported("FX in a template of TO_TIMESTAMP")
		}
		if r.rest == "" {
			break
		}
		if err := r.node(i, n); err != nil {
			return nil, err
		}
	}
	return r.time()
}

func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// isSeparator is any ASCII mark that is no letter, digit or space.
func isSeparator(c byte) bool {
	return c > 0x20 && c < 0x7F && !(c|0x20 >= 'a' && c|0x20 <= 'z') && !(c >= '0' && c <= '9')
}

func (r *timeReader) skipSpaces() {
	for r.rest != "" && isSpace(r.rest[0]) {
		r.rest = r.rest[1:]
		r.skipped++
		r.minus = false
	}
}

func (r *timeReader) node(i int, n templateNode) error {
	if n.key != "" || i == 0 {
		r.skipSpaces()
	}
	switch {
	case n.key != "":
		if err := r.field(i, n); err != nil {
			return err
		}
		r.skipped, r.minus = 0, false
		r.ordinalMark(n)
		r.skipSpaces()
	case !n.quoted && len(n.text) == 1 && (isSpace(n.text[0]) || isSeparator(n.text[0])):
		r.skipped--
		if r.rest != "" && (isSpace(r.rest[0]) || isSeparator(r.rest[0])) {
			r.minus = r.rest[0] == '-'
			r.rest = r.rest[1:]
			r.skipped++
		}
	default:
		for range utf8.RuneCountInString(n.text) {
			if r.skipped > 0 {
				r.skipped--
			} else if r.rest != "" {
				_, size := utf8.DecodeRuneInString(r.rest)
				r.rest = r.rest[size:]
			}
		}
	}
	return nil
}

// ordinalMark passes over the st, nd, rd or th of a number whose pattern has TH, whatever it is.
func (r *timeReader) ordinalMark(n templateNode) {
	for range n.ordinal {
		if r.rest != "" {
			_, size := utf8.DecodeRuneInString(r.rest)
			r.rest = r.rest[size:]
		}
	}
}

// numberFields are the patterns of numbers: what they set and how many digits they take.
var numberFields = map[string]struct {
	set    string
	digits int
}{
	"HH24": {"hour", 2}, "HH12": {"hour", 2}, "HH": {"hour", 2}, "MI": {"minute", 2}, "SS": {"second", 2}, "SSSS": {"daysecond", 5}, "SSSSS": {"daysecond", 5},
	"MM": {"month", 2}, "DD": {"day", 2}, "DDD": {"doy", 3}, "J": {"julian", 10}, "Q": {"", 1},
	"YYYY": {"year", 4}, "YYY": {"year", 3}, "YY": {"year", 2}, "Y": {"year", 1},
	"IYYY": {"isoyear", 4}, "IYY": {"isoyear", 3}, "IY": {"isoyear", 2}, "I": {"isoyear", 1}, "IW": {"isoweek", 2}, "ID": {"isoday", 1}, "IDDD": {"isodoy", 3},
	"MS": {"fraction", 3}, "US": {"fraction", 6}, "FF1": {"fraction", 1}, "FF2": {"fraction", 2}, "FF3": {"fraction", 3}, "FF4": {"fraction", 4},
	"FF5": {"fraction", 5}, "FF6": {"fraction", 6}, "TZM": {"zoneminute", 2},
}

func (r *timeReader) field(i int, n templateNode) error {
	if f, ok := numberFields[n.key]; ok {
		return r.numberField(i, n, f.set, f.digits)
	}
	switch n.key {
	case "AM", "PM", "A.M.", "P.M.":
		return r.halfDay(n)
	case "AD", "BC", "A.D.", "B.C.":
		k, err := r.word(n, []string{"ad", "bc", "a.d.", "b.c."})
		r.beforeCE = k%2 == 1
		return err
	case "MONTH", "MON":
		return r.monthName(n)
	case "DAY", "DY":
		_, err := r.word(n, append(lowered(dayNames[:], 0), lowered(dayNames[:], 3)...))
		return err
	case "OF", "TZH":
		return r.zoneOffset(n)
	case "TZ":
		return r.zoneName(n)
	}
	return sqlerr.New(sqlerr.CodeNotSupported, "formatting field %q is not supported in to_timestamp", n.key)
}

func (r *timeReader) numberField(i int, n templateNode, set string, digits int) error {
	v, width, err := r.number(i, n, digits)
	if err != nil {
		return err
	}
	switch set {
	case "fraction":
		if width > digits {
			return r.outOfRange()
		}
		for ; width < 6; width++ {
			v *= 10
		}
	case "year", "isoyear":
		if digits < 4 {
			v = fullYear(v)
		}
	case "hour":
		r.clock12 = r.clock12 || n.key != "HH24"
	}
	r.isoFields = r.isoFields || strings.HasPrefix(set, "iso")
	r.gregorian = r.gregorian || set == "year" || set == "month" || set == "day" || set == "doy"
	if old, ok := r.set[set]; ok && set != "" && old != v {
		return sqlerr.New(sqlerr.CodeInvalidDatetime, "conflicting values for %q field in formatting string", n.written).
			WithDetail("this value contradicts a previous setting for the same field type")
	}
	r.set[set] = v
	return nil
}

// fullYear takes a year of fewer than four digits to be the one nearest to 2020.
func fullYear(y int64) int64 {
	switch {
	case y < 0:
		return y
	case y < 70:
		return y + 2000
	case y < 100:
		return y + 1900
	case y < 520:
		return y + 2000
	case y < 1000:
		return y + 1000
	}
	return y
}

// number reads an integer, and tells how many characters it had.
func (r *timeReader) number(i int, n templateNode, digits int) (v int64, width int, err error) {
	limit := len(r.rest)
	if !n.fill && !r.separated(i, n) {
		if len(r.rest) < digits && digits < 10 {
			return 0, 0, sqlerr.New(sqlerr.CodeInvalidDatetime, "source string too short for %q formatting field", n.written).
				WithDetail("field requires " + strconv.Itoa(digits) + " characters, but only " + strconv.Itoa(len(r.rest)) + " remain")
		}
		limit = min(limit, digits)
	}
	for width < limit && (r.rest[width] >= '0' && r.rest[width] <= '9' || width == 0 && (r.rest[0] == '-' || r.rest[0] == '+')) {
		width++
	}
	v, perr := strconv.ParseInt(r.rest[:width], 10, 32)
	if perr != nil {
		return 0, 0, sqlerr.New(sqlerr.CodeInvalidDatetime, "invalid value %q for %q", excerpt(r.rest), n.written).WithDetail("value must be an integer")
	}
	if limit == digits && width < digits && !n.fill && !r.separated(i, n) && digits < 10 {
		return 0, 0, sqlerr.New(sqlerr.CodeInvalidDatetime, "invalid value %q for %q", excerpt(r.rest), n.written).
			WithDetail("field requires " + strconv.Itoa(digits) + " characters, but only " + strconv.Itoa(width) + " could be parsed")
	}
	r.rest = r.rest[width:]
	return v, width, nil
}

// separated says whether the template goes on with something that no digit can be part of.
func (r *timeReader) separated(i int, n templateNode) bool {
	if n.ordinal != "" || i+1 == len(r.template) {
		return true
	}
	next := r.template[i+1]
	if next.key != "" {
		return !next.isNumber()
	}
	return !(len(next.text) == 1 && next.text[0] >= '0' && next.text[0] <= '9')
}

func excerpt(s string) string {
	if len(s) > 20 {
		return s[:20] + "…"
	}
	return s
}

// word reads one of several lower-case words, whatever the text's case; the longest that fits.
func (r *timeReader) word(n templateNode, words []string) (int, error) {
	best := -1
	for i, w := range words {
		if len(r.rest) >= len(w) && strings.EqualFold(r.rest[:len(w)], w) && (best < 0 || len(w) > len(words[best])) {
			best = i
		}
	}
	if best < 0 {
		return 0, sqlerr.New(sqlerr.CodeInvalidDatetime, "invalid value %q for %q", firstWord(r.rest), n.written).
			WithDetail("The given value did not match any of the allowed values for this field.")
	}
	r.rest = r.rest[len(words[best]):]
	return best, nil
}

// firstWord is what stands before the first blank.
func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return excerpt(word)
}

func lowered(names []string, cut int) []string {
	out := make([]string, len(names))
	for i, n := range names {
		if cut > 0 {
			n = n[:cut]
		}
		out[i] = strings.ToLower(n)
	}
	return out
}

// halfDay reads AM or PM in any of its forms, which are interchangeable.
func (r *timeReader) halfDay(n templateNode) error {
	k, err := r.word(n, []string{"am", "pm", "a.m.", "p.m."})
	r.half, r.clock12 = k%2+1, true
	return err
}

func (r *timeReader) monthName(n templateNode) error {
	names := lowered(monthNames[:], 3)
	if n.key == "MONTH" {
		names = lowered(monthNames[:], 0)
	}
	k, err := r.word(n, names)
	r.set["month"], r.gregorian = int64(k+1), true
	return err
}

// zoneOffset reads +02, -0530 or +05:30. The DDSQL reference has OF here; PostgreSQL reads it as TZH alone.
func (r *timeReader) zoneOffset(n templateNode) error {
	s := r.rest
	sign := int64(1)
	if r.skipped > 0 && r.minus {
		sign = -1 // taken for a separator before
	}
	if s != "" && (s[0] == '+' || s[0] == '-') {
		if s[0] == '-' {
			sign = -1
		}
		s = s[1:]
	}
	hours, s, ok := twoDigits(s)
	if !ok || hours > 15 {
		return sqlerr.New(sqlerr.CodeInvalidDatetime, "invalid value %q for %q", excerpt(r.rest), n.written).WithDetail("an offset such as +02 or -05:30 is needed")
	}
	minutes := int64(0)
	if n.key == "OF" {
		if m, after, ok := twoDigits(strings.TrimPrefix(s, ":")); ok && m < 60 {
			minutes, s = m, after
		}
	}
	r.west = sign < 0
	r.rest, r.offset = s, sign*(hours*3600+minutes*60)*sqltype.MicrosPerSecond
	return nil
}

func twoDigits(s string) (int64, string, bool) {
	if len(s) < 2 {
		return 0, s, false
	}
	v, err := strconv.ParseUint(s[:2], 10, 8)
	return int64(v), s[2:], err == nil
}

// zoneName reads UTC, an IANA name, or an offset.
func (r *timeReader) zoneName(n templateNode) error {
	if r.rest != "" && (r.rest[0] == '+' || r.rest[0] == '-') {
		n.key = "OF"
		return r.zoneOffset(n)
	}
	end := strings.IndexFunc(r.rest, func(c rune) bool {
		return !(c|0x20 >= 'a' && c|0x20 <= 'z' || c == '/' || c == '_' || c == '-' || c == '+' || c >= '0' && c <= '9')
	})
	if end < 0 {
		end = len(r.rest)
	}
	r.zone, r.rest = r.rest[:end], r.rest[end:]
	_, err := sqltype.FindZone(r.zone)
	return err
}

// time puts the fields together and checks them.
func (r *timeReader) time() (column.Value, error) {
	days, err := r.date()
	if err != nil {
		return nil, err
	}
	clock, err := r.clock()
	if err != nil {
		return nil, err
	}
	t, ok := sqltype.JoinDay(days, clock)
	if !ok {
		return nil, errTimestampRange()
	}
	if minutes := r.set["zoneminute"]; minutes != 0 {
		if minutes < 0 || minutes > 59 {
			return nil, r.outOfRange()
		}
		if r.west {
			minutes = -minutes
		}
		r.offset += minutes * sqltype.MicrosPerMinute
	}
	if r.zone != "" {
		zone, err := sqltype.FindZone(r.zone)
		if err != nil {
			return nil, err
		}
		r.offset = sqltype.LocalOffset(zone, t)
	}
	return addInterval(t, column.Interval{Micros: -r.offset})
}

func (r *timeReader) outOfRange() error {
	return sqlerr.New(sqlerr.CodeDatetimeOverflow, "date/time field value out of range: \"%s\"", r.text)
}

func (r *timeReader) date() (int64, error) {
	if r.isoFields && r.gregorian {
		return 0, sqlerr.New(sqlerr.CodeInvalidDatetime, "invalid combination of date conventions").
			WithHint("do not mix Gregorian and ISO week date conventions in a formatting template")
	}
	if j, ok := r.set["julian"]; ok {
		return j - 2440588, nil
	}
	if r.isoFields {
		return r.isoDate()
	}
	year := r.set["year"]
	if r.beforeCE {
		year = -year
	}
	if year < 0 {
		year++ // 1 BC is year 0
	}
	if doy, ok := r.set["doy"]; ok {
		limit := int64(365)
		if sqltype.IsLeap(year) {
			limit = 366
		}
		if doy < 1 || doy > limit {
			return 0, r.outOfRange()
		}
		return sqltype.DaysFromCivil(year, 1, 1) + doy - 1, nil
	}
	month, day := int64(1), int64(1)
	if m, ok := r.set["month"]; ok {
		month = m
	}
	if d, ok := r.set["day"]; ok {
		day = d
	}
	if month < 1 || month > 12 {
		return 0, r.outOfRange()
	}
	if day < 1 || day > int64(sqltype.DaysInMonth(year, int(month))) {
		return 0, r.outOfRange()
	}
	return sqltype.DaysFromCivil(year, int(month), int(day)), nil
}

// isoDate is a date of ISO year, week and weekday: week 1 has 4 January.
func (r *timeReader) isoDate() (int64, error) {
	jan4 := sqltype.DaysFromCivil(r.set["isoyear"], 1, 4)
	monday := jan4 - int64(sqltype.ISOWeekday(jan4)) + 1
	if doy, ok := r.set["isodoy"]; ok {
		return monday + doy - 1, nil
	}
	week, day := int64(1), int64(1)
	if w, ok := r.set["isoweek"]; ok {
		week = w
	}
	if d, ok := r.set["isoday"]; ok {
		day = d
	}
	if week < 1 || week > 53 || day < 1 || day > 7 {
		return 0, r.outOfRange()
	}
	return monday + (week-1)*7 + day - 1, nil
}

// clock is the time of day in microseconds.
func (r *timeReader) clock() (int64, error) {
	hour, minute, second := r.set["hour"], r.set["minute"], r.set["second"]
	if s, ok := r.set["daysecond"]; ok {
		hour, minute, second = s/3600, s/60%60, s%60
	} else if r.clock12 {
		_, given := r.set["hour"]
		if given && (hour < 1 || hour > 12) {
			return 0, sqlerr.New(sqlerr.CodeInvalidDatetime, "hour \"%d\" is invalid for the 12-hour clock", hour).
				WithHint("use the 24-hour clock, HH24, or give an hour between 1 and 12")
		}
		switch {
		case r.half == 2 && hour < 12:
			hour += 12
		case r.half != 2 && hour == 12:
			hour = 0
		}
	}
	if hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 {
		return 0, r.outOfRange()
	}
	return (hour*3600+minute*60+second)*sqltype.MicrosPerSecond + r.set["fraction"], nil
}
