package sqltype

import (
	"math"
	"strconv"
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// ParseInterval reads a span of time in PostgreSQL's forms: quantities with units in any order (1 day 2 hours, 1d2h, -1.5 weeks,
// 3 mons ago), 04:05:06 for hours, minutes and seconds, 1-2 for years and months, a last number without a unit for seconds, and
// ISO 8601's P1Y2M3DT4H5M6S. Each unit may be given once.
func ParseInterval(text string) (column.Interval, error) {
	trimmed := strings.Trim(text, space)
	p := intervalParser{text: text, rest: trimmed}
	if strings.HasPrefix(trimmed, "P") {
		return p.iso()
	}
	fields, err := p.split()
	if err != nil {
		return column.Interval{}, err
	}
	return p.decode(fields)
}

// ParseIntervalField reads INTERVAL '90' MINUTE: a whole number of a unit from year to second. PostgreSQL cuts other texts to the field, which
// is refused here.
func ParseIntervalField(text, field string) (column.Interval, error) {
	number := strings.Trim(text, space)
	switch field = strings.ToLower(field); field {
	case "year", "month", "day", "hour", "minute", "second":
	default:
		return column.Interval{}, sqlerr.NotSupported("type modifier interval(" + field + ")")
	}
	if number == "" || strings.Trim(strings.TrimLeft(number, "+-"), "0123456789") != "" {
		return column.Interval{}, sqlerr.NotSupported("INTERVAL '" + text + "' " + strings.ToUpper(field)).
			WithHint("Write the units inside the quotes: INTERVAL '1 day 2 hours'.")
	}
	return ParseInterval(number + " " + field)
}

// intervalParser builds one interval. Fields are read from the last to the first, so that a number knows its unit.
type intervalParser struct {
	text string // the whole, for errors
	rest string
	sum  intervalSum
	seen intervalUnit // those given so far
	unit intervalUnit // of the next number
	ago  bool
}

func (p *intervalParser) invalid() error {
	return sqlerr.New(sqlerr.CodeInvalidDatetime, "invalid input syntax for type interval: \"%s\"", p.text)
}

func (p *intervalParser) overflow() error {
	return sqlerr.New(sqlerr.CodeIntervalOverflow, "interval field value out of range: \"%s\"", p.text)
}

// split cuts the text into words, signed numbers and clock times. Other marks, such as @, only separate.
func (p *intervalParser) split() ([]string, error) {
	var fields []string
	for p.rest != "" {
		n := 1
		switch c := p.rest[0]; {
		case isLetter(c):
			n = p.wordEnd()
		case isDigit(c), c == '.':
			n = p.numberEnd(0)
		case c == '+' || c == '-':
			after := strings.TrimLeft(p.rest[1:], space)
			if after == "" || !isDigit(after[0]) {
				return nil, p.invalid()
			}
			p.rest = p.rest[:1] + after
			n = p.numberEnd(1)
		case c < 0x80 && !strings.ContainsRune(space, rune(c)) && c <= ' ', c >= 0x7f:
			return nil, p.invalid()
		default:
			p.rest = p.rest[1:]
			continue
		}
		if n == 0 {
			return nil, p.invalid()
		}
		fields = append(fields, strings.ToLower(p.rest[:n]))
		p.rest = p.rest[n:]
	}
	return fields, nil
}

// wordEnd is where a word ends; 0 if what follows would make it a date to PostgreSQL. Only one-letter units may touch a number.
func (p *intervalParser) wordEnd() int {
	n := 1
	for n < len(p.rest) && isLetter(p.rest[n]) {
		n++
	}
	if n == len(p.rest) {
		return n
	}
	switch c := p.rest[n]; {
	case c == '-' || c == '/' || c == '.':
		return 0
	case (c == '+' || isDigit(c)) && (n > 1 || strings.IndexByte("dhmsyDHMSY", p.rest[0]) < 0):
		return 0
	}
	return n
}

// numberEnd is where a number, a clock time or a year-month pair ends that begins after the sign.
func (p *intervalParser) numberEnd(sign int) int {
	n := sign
	for n < len(p.rest) && (isDigit(p.rest[n]) || strings.IndexByte(":.-", p.rest[n]) >= 0) {
		n++
	}
	return n
}

// decode reads the fields from the last to the first.
func (p *intervalParser) decode(fields []string) (column.Interval, error) {
	for i := len(fields) - 1; i >= 0; i-- {
		field := fields[i]
		var err error
		switch {
		case isLetter(field[0]):
			err = p.word(field)
		case strings.Contains(field, ":"):
			err = p.clock(field)
		default:
			err = p.number(field)
		}
		if err != nil {
			return column.Interval{}, err
		}
	}
	if p.seen == 0 {
		return column.Interval{}, p.invalid()
	}
	return p.value()
}

func (p *intervalParser) value() (column.Interval, error) {
	if p.ago {
		p.sum.negate()
	}
	x := column.Interval{Months: int32(p.sum.months), Days: int32(p.sum.days), Micros: p.sum.micros}
	if years := p.sum.months / 12; int64(int32(years)) == years && int64(x.Months) != p.sum.months {
		return column.Interval{}, sqlerr.New(sqlerr.CodeDatetimeOverflow, "interval out of range")
	}
	if int64(x.Months) != p.sum.months || int64(x.Days) != p.sum.days {
		return column.Interval{}, p.overflow()
	}
	return x, nil
}

func (p *intervalParser) word(word string) error {
	if word == "ago" {
		p.ago = true
		return nil
	}
	unit, ok := intervalUnits[word]
	if !ok {
		return p.invalid()
	}
	p.unit = unit
	return nil
}

// take notes that units were given, which they may be only once.
func (p *intervalParser) take(units intervalUnit) error {
	if p.seen&units != 0 {
		return p.invalid()
	}
	p.seen |= units
	return nil
}

// number reads 5, -1.5 or 1-2 (years and months).
func (p *intervalParser) number(field string) error {
	unit := p.unit
	if unit == 0 {
		unit = unitSecond
	}
	whole, fraction := field, ""
	if i := strings.IndexByte(field[1:], '-'); i >= 0 {
		return p.yearMonth(field[:1+i], field[2+i:])
	}
	if i := strings.IndexByte(field, '.'); i >= 0 {
		whole, fraction = field[:i], field[i:]
	}
	n, frac, err := p.quantity(whole, fraction)
	if err != nil {
		return err
	}
	units := unit
	if unit == unitSecond && frac != 0 {
		units = allSeconds
	}
	p.unit = unit
	if unit == unitHour {
		p.unit = unitDay // a number before hours is days: 1 2 hours
	}
	if !p.sum.add(unit, n, frac) {
		return p.overflow()
	}
	return p.take(units)
}

// quantity reads the digits before and from the decimal point. The fraction has the sign of the whole.
func (p *intervalParser) quantity(whole, fraction string) (n int64, frac float64, err error) {
	if digits := strings.TrimLeft(whole, "+-"); digits != "" {
		if n, err = strconv.ParseInt(whole, 10, 64); err != nil {
			return 0, 0, p.overflow()
		}
	}
	if fraction != "" {
		if strings.Trim(fraction[1:], "0123456789") != "" {
			return 0, 0, p.invalid()
		}
		frac, err = strconv.ParseFloat("0"+fraction+"0", 64)
		if err != nil {
			return 0, 0, p.invalid()
		}
	}
	if strings.HasPrefix(whole, "-") {
		frac = -frac
	}
	return n, frac, nil
}

func (p *intervalParser) yearMonth(years, months string) error {
	m, err := strconv.ParseInt(months, 10, 32)
	if err != nil {
		return p.invalid()
	}
	y, err := strconv.ParseInt(years, 10, 32)
	if err != nil || m >= 12 {
		return p.overflow()
	}
	if years[0] == '-' {
		m = -m
	}
	p.unit = unitMonth
	if !p.sum.add(unitMonth, y*12+m, 0) {
		return p.overflow()
	}
	return p.take(unitMonth)
}

// clock reads 04:05, 04:05:06.7, and 05:06.7 for minutes and seconds.
func (p *intervalParser) clock(field string) error {
	negative := field[0] == '-'
	parts := strings.Split(strings.TrimLeft(field, "+-"), ":")
	seconds := "0"
	last := parts[len(parts)-1]
	switch {
	case len(parts) == 2 && strings.Contains(last, "."):
		parts, seconds = []string{"0", parts[0]}, last
	case len(parts) == 3:
		parts, seconds = parts[:2], last
	case len(parts) != 2:
		return p.invalid()
	}
	whole, fraction := seconds, ""
	if i := strings.IndexByte(seconds, '.'); i >= 0 {
		whole, fraction = seconds[:i], seconds[i:]
	}
	var n [3]int64
	for i, s := range []string{parts[0], parts[1], whole} {
		v, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			if isNumber, _ := digits(s); isNumber == len(s) && s != "" {
				return p.overflow()
			}
			return p.invalid()
		}
		n[i] = v
	}
	if n[1] > 59 || n[2] > 60 {
		return p.overflow()
	}
	_, frac, err := p.quantity("", fraction)
	if err != nil {
		return err
	}
	return p.addClock(n, frac, negative)
}

func (p *intervalParser) addClock(n [3]int64, frac float64, negative bool) error {
	if negative {
		n[0], n[1], n[2], frac = -n[0], -n[1], -n[2], -frac
	}
	p.unit = unitDay
	if !p.sum.add(unitHour, n[0], 0) || !p.sum.add(unitMinute, n[1], 0) || !p.sum.add(unitSecond, n[2], frac) {
		return p.overflow()
	}
	return p.take(unitHour | unitMinute | allSeconds)
}

// intervalSum adds quantities up. It is wider than an interval, so that the order of the parts does not matter.
type intervalSum struct{ months, days, micros int64 }

// add adds n and a fraction of a unit; what a fraction of a month or a week is beyond days becomes time, as in PostgreSQL.
func (s *intervalSum) add(unit intervalUnit, n int64, frac float64) bool {
	scale := unitScales[unit]
	if scale.months > 0 {
		if !addScaled(&s.months, n, scale.months) {
			return false
		}
		if scale.months > 1 {
			return addScaled(&s.months, int64(math.RoundToEven(frac*float64(scale.months))), 1)
		}
		return s.addFraction(frac, 30)
	}
	if scale.days > 0 {
		return addScaled(&s.days, n, scale.days) && s.addFraction(frac, float64(scale.days))
	}
	return addScaled(&s.micros, n, scale.micros) && s.addMicros(frac, float64(scale.micros))
}

// addFraction adds a fraction of so many days: whole days, and the rest as time.
func (s *intervalSum) addFraction(frac, days float64) bool {
	frac *= days
	whole := math.Trunc(frac)
	return addScaled(&s.days, int64(whole), 1) && s.addMicros(frac-whole, MicrosPerDay)
}

func (s *intervalSum) addMicros(frac, micros float64) bool {
	frac *= micros
	whole := math.Trunc(frac)
	n := int64(whole)
	if rest := frac - whole; rest > 0.5 {
		n++
	} else if rest < -0.5 {
		n--
	}
	return addScaled(&s.micros, n, 1)
}

func addScaled(sum *int64, n, scale int64) bool {
	product := n * scale
	if n != 0 && (product/n != scale || n == -1 && product != -scale) {
		return false
	}
	total := *sum + product
	if (total > *sum) != (product > 0) && product != 0 {
		return false
	}
	*sum = total
	return true
}

func (s *intervalSum) negate() { s.months, s.days, s.micros = -s.months, -s.days, -s.micros }
