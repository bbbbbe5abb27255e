package sqltype

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// ParseTimestamp reads an instant. It takes PostgreSQL's ISO forms (2025-01-05, 2025-01-05 10:11:12.5, 20250105T101112, with
// an offset such as +05:30, Z, UTC or an IANA zone, with AM, PM, AD or BC) and dates with the month's name. Without an offset
// the time is UTC; with one it is converted, as for PostgreSQL's timestamp with time zone. Dates whose order depends on a
// setting (01/02/2025), words that depend on the clock (now, today) and infinity are refused.
func ParseTimestamp(text string) (column.Timestamp, error) {
	p := timestampParser{text: text, rest: strings.Trim(text, space)}
	if err := p.parse(); err != nil {
		return 0, err
	}
	return p.value()
}

// timestampParser collects the fields of one timestamp. Each may be given once.
type timestampParser struct {
	text string // the whole, for errors
	rest string

	year                          int64
	month, day                    int
	hour, minute, second          int
	micros                        int64 // of the second; a rounded fraction can be a whole one
	offset                        int64 // of the zone, in microseconds
	zone                          *time.Location
	hasYear, hasMonth, hasDay     bool
	hasTime, hasZone, hasMeridiem bool
	hasEra, bc, pm                bool
	afterT                        bool // a T was read: a time must follow
}

func (p *timestampParser) parse() error {
	if word := strings.ToLower(p.rest); word == "epoch" {
		p.year, p.month, p.day = 1970, 1, 1
		p.hasYear, p.hasMonth, p.hasDay = true, true, true
		return nil
	}
	apart := false // a blank was read since the last field
	for p.rest != "" {
		c := p.rest[0]
		if strings.IndexByte(space, c) >= 0 || c == ',' {
			p.rest, apart = p.rest[1:], true
			continue
		}
		var err error
		switch {
		case isDigit(c):
			err = p.number()
		case isLetter(c):
			err = p.word()
		case (c == '+' || c == '-') && p.hasDate() && (p.hasTime || apart) && !p.hasZone && !p.afterT:
			err = p.numericZone()
		default:
			err = p.invalid()
		}
		if err != nil {
			return err
		}
		apart = false
	}
	if p.afterT || !p.hasDate() {
		return p.invalid()
	}
	return nil
}

func (p *timestampParser) hasDate() bool { return p.hasYear && p.hasMonth && p.hasDay }

func (p *timestampParser) invalid() *sqlerr.Error {
	return sqlerr.New(sqlerr.CodeInvalidDatetime, "invalid input syntax for type timestamp: \"%s\"", p.text)
}

func (p *timestampParser) outOfRange() *sqlerr.Error {
	return sqlerr.New(sqlerr.CodeDatetimeOverflow, "date/time field value out of range: \"%s\"", p.text)
}

// ambiguous refuses a date that PostgreSQL reads by its DateStyle setting.
func (p *timestampParser) ambiguous() error {
	return p.invalid().WithHint("Write the date as year-month-day with a four-digit year: 2025-01-31.")
}

// number reads a field that begins with a digit: a time, a date, or a lone day or year beside a month's name.
func (p *timestampParser) number() error {
	n, after := digits(p.rest)
	switch {
	case after != "" && after[0] == ':':
		return p.time()
	case p.afterT && (n == 6 || n == 4), p.hasDate() && !p.hasTime && (n == 6 || n == 4):
		return p.compactTime(n)
	case after != "" && strings.IndexByte("-/.", after[0]) >= 0 && !p.hasYear && !p.hasMonth:
		return p.date(n)
	case n == 8 && !p.hasYear && !p.hasMonth && !p.hasDay:
		return p.compactDate()
	case n <= 2 && !p.hasDay:
		p.day, p.hasDay = p.int(n), true
		return nil
	case n >= 3 && n <= 6 && !p.hasYear && p.hasMonth:
		p.year, p.hasYear = int64(p.int(n)), true
		return nil
	case n <= 2 && !p.hasYear:
		return p.ambiguous()
	default:
		return p.invalid()
	}
}

// int takes n digits, few enough for an int.
func (p *timestampParser) int(n int) int {
	v := 0
	for _, c := range []byte(p.rest[:n]) {
		v = v*10 + int(c-'0')
	}
	p.rest = p.rest[n:]
	return v
}

// digitsAtMost counts the digits ahead; ok is false for none and for more than limit.
func (p *timestampParser) digitsAtMost(limit int) (n int, ok bool) {
	n, _ = digits(p.rest)
	return n, n > 0 && n <= limit
}

// date reads 2025-01-31, with the month as a number or a name, and 31-Jan-2025. The first number has n digits.
func (p *timestampParser) date(n int) error {
	separator := p.rest[n]
	if n > 6 {
		return p.invalid()
	}
	first := p.int(n)
	p.rest = p.rest[1:]
	if p.rest != "" && isLetter(p.rest[0]) {
		if separator != '-' {
			return p.invalid()
		}
		return p.dateWithName(n, first)
	}
	if n < 3 {
		return p.ambiguous()
	}
	p.year, p.hasYear = int64(first), true
	n, ok := p.digitsAtMost(2)
	if !ok {
		return p.invalid()
	}
	p.month, p.hasMonth = p.int(n), true
	if p.rest == "" || p.rest[0] != separator {
		return p.invalid()
	}
	p.rest = p.rest[1:]
	return p.dateDay()
}

func (p *timestampParser) dateDay() error {
	n, ok := p.digitsAtMost(2)
	if !ok {
		return p.invalid()
	}
	p.day, p.hasDay = p.int(n), true
	return nil
}

// dateWithName reads what follows the first number of 2025-Jan-31 or 31-Jan-2025.
func (p *timestampParser) dateWithName(n, first int) error {
	month := monthByName(p.letters())
	if month == 0 || p.rest == "" || p.rest[0] != '-' {
		return p.invalid()
	}
	p.rest = p.rest[1:]
	p.month, p.hasMonth = month, true
	if n >= 3 {
		p.year, p.hasYear = int64(first), true
		return p.dateDay()
	}
	p.day, p.hasDay = first, true
	n, ok := p.digitsAtMost(6)
	if !ok {
		return p.invalid()
	}
	if n < 3 {
		return p.ambiguous()
	}
	p.year, p.hasYear = int64(p.int(n)), true
	return nil
}

func (p *timestampParser) compactDate() error {
	p.year, p.month, p.day = int64(p.int(4)), p.int(2), p.int(2)
	p.hasYear, p.hasMonth, p.hasDay = true, true, true
	return nil
}

// time reads 10:11, 10:11:12 and 10:11:12.5.
func (p *timestampParser) time() error {
	if p.hasTime {
		return p.invalid()
	}
	p.hasTime, p.afterT = true, false
	for i, part := range []*int{&p.hour, &p.minute, &p.second} {
		if i == 2 && (p.rest == "" || p.rest[0] != ':') {
			return p.noFraction()
		}
		if i > 0 {
			if p.rest == "" || p.rest[0] != ':' {
				return p.invalid()
			}
			p.rest = p.rest[1:]
		}
		n, ok := p.digitsAtMost(8)
		if !ok {
			return p.invalid()
		}
		*part = p.int(n)
	}
	return p.fraction()
}

// noFraction refuses 10:11.5, which PostgreSQL reads as minutes and seconds.
func (p *timestampParser) noFraction() error {
	if strings.HasPrefix(p.rest, ".") {
		return p.invalid()
	}
	return nil
}

func (p *timestampParser) compactTime(n int) error {
	if p.hasTime {
		return p.invalid()
	}
	p.hasTime, p.afterT = true, false
	p.hour, p.minute = p.int(2), p.int(2)
	if n == 4 {
		return p.noFraction()
	}
	p.second = p.int(2)
	return p.fraction()
}

// fraction reads .5 after the seconds, rounding to microseconds.
func (p *timestampParser) fraction() error {
	if !strings.HasPrefix(p.rest, ".") {
		return nil
	}
	n, after := digits(p.rest[1:])
	text := p.rest[:1+n]
	p.rest = after
	if n == 0 {
		return nil
	}
	f, err := strconv.ParseFloat("0"+text, 64)
	if err != nil {
		return p.invalid()
	}
	p.micros = int64(math.RoundToEven(f * MicrosPerSecond))
	return nil
}

// letters takes a word: letters only.
func (p *timestampParser) letters() string {
	n := 0
	for n < len(p.rest) && isLetter(p.rest[n]) {
		n++
	}
	word := p.rest[:n]
	p.rest = p.rest[n:]
	return word
}

// value checks the fields and puts them together.
func (p *timestampParser) value() (column.Timestamp, error) {
	if err := p.checkDate(); err != nil {
		return 0, err
	}
	if err := p.checkTime(); err != nil {
		return 0, err
	}
	clock := (int64(p.hour)*60+int64(p.minute))*MicrosPerMinute + int64(p.second)*MicrosPerSecond + p.micros
	days := DaysFromCivil(p.year, p.month, p.day)
	t, ok := JoinDay(days, clock-p.offset)
	if ok && p.zone != nil {
		t, ok = JoinDay(days, clock-LocalOffset(p.zone, t))
	}
	if !ok {
		return 0, sqlerr.New(sqlerr.CodeDatetimeOverflow, "timestamp out of range: \"%s\"", p.text)
	}
	return t, nil
}

func (p *timestampParser) checkDate() error {
	if p.year <= 0 {
		return p.outOfRange()
	}
	if p.bc {
		p.year = 1 - p.year
	}
	if p.month < 1 || p.month > 12 || p.day < 1 || p.day > DaysInMonth(p.year, p.month) {
		return p.outOfRange()
	}
	return nil
}

func (p *timestampParser) checkTime() error {
	if p.hasMeridiem {
		if !p.hasTime {
			return p.invalid()
		}
		if p.hour > 12 {
			return p.outOfRange()
		}
		p.hour %= 12
		if p.pm {
			p.hour += 12
		}
	}
	if p.hour > 24 || p.minute > 59 || p.second > 60 {
		return p.outOfRange()
	}
	if p.hour == 24 && (p.minute > 0 || p.second > 0 || p.micros > 0) {
		return p.outOfRange()
	}
	return nil
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
