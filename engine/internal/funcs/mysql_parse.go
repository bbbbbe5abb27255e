package funcs

import (
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/engine/sqlerr"
)

// mysqlStrToDate reads a time by a pattern; ok is false where the text does not fit or names no time, for which MySQL gives NULL. What
// follows a whole match is ignored, as there. Weeks and days of the year are refused: they would need a year's calendar.
func mysqlStrToDate(_ *Ctx, text, pattern string) (t column.Timestamp, ok bool, err error) {
	p := mysqlParser{text: text, month: 1, day: 1}
	for pattern != "" && p.fits() {
		if pattern[0] != '%' || len(pattern) == 1 {
			p.literal(pattern[0])
			pattern = pattern[1:]
			continue
		}
		if !strings.ContainsRune("YymcdeHkhIlisSfprTMbaW%", rune(pattern[1])) {
			return 0, false, sqlerr.NotSupported("STR_TO_DATE with %" + pattern[1:2])
		}
		p.specifier(pattern[1])
		pattern = pattern[2:]
	}
	t, ok = p.value()
	return t, ok, nil
}

// mysqlParser collects the fields. failed is set at the first thing that does not fit.
type mysqlParser struct {
	text                         string
	year                         int64
	month, day                   int
	hour, minute, second, micros int
	hasYear, twelve, pm          bool
	failed                       bool
}

func (p *mysqlParser) fits() bool { return !p.failed }

// literal takes a character of the pattern; a blank takes any number of blanks.
func (p *mysqlParser) literal(c byte) {
	if c == ' ' {
		p.text = strings.TrimLeft(p.text, " ")
		return
	}
	if p.text == "" || p.text[0] != c {
		p.failed = true
		return
	}
	p.text = p.text[1:]
}

func (p *mysqlParser) specifier(spec byte) {
	p.text = strings.TrimLeft(p.text, " ")
	switch spec {
	case 'Y':
		p.year, p.hasYear = int64(p.number(4)), true
	case 'y':
		p.year, p.hasYear = int64(p.number(2)), true
		if p.year += 1900; p.year < 1970 {
			p.year += 100
		}
	case 'm', 'c':
		p.month = p.number(2)
	case 'd', 'e':
		p.day = p.number(2)
	case 'H', 'k':
		p.hour = p.number(2)
	case 'h', 'I', 'l':
		p.hour, p.twelve = p.number(2), true
	case 'i':
		p.minute = p.number(2)
	case 's', 'S':
		p.second = p.number(2)
	case 'f':
		p.fraction()
	case 'p':
		p.half()
	case 'T', 'r':
		p.clock(spec == 'r')
	case 'M', 'b':
		p.month = p.name(monthNames[:], spec == 'b') + 1
	case 'a', 'W':
		p.name(dayNames[:], spec == 'a')
	default:
		p.literal('%')
	}
}

// number reads up to so many digits, at least one.
func (p *mysqlParser) number(most int) int {
	n, i := 0, 0
	for ; i < most && i < len(p.text) && p.text[i] >= '0' && p.text[i] <= '9'; i++ {
		n = n*10 + int(p.text[i]-'0')
	}
	p.failed = p.failed || i == 0
	p.text = p.text[i:]
	return n
}

func (p *mysqlParser) fraction() {
	before := len(p.text)
	p.micros = p.number(6)
	for n := before - len(p.text); n < 6; n++ {
		p.micros *= 10
	}
}

func (p *mysqlParser) half() {
	switch {
	case len(p.text) < 2:
		p.failed = true
		return
	case strings.EqualFold(p.text[:2], "PM"):
		p.pm = true
	case !strings.EqualFold(p.text[:2], "AM"):
		p.failed = true
	}
	p.text = p.text[2:]
}

func (p *mysqlParser) clock(half bool) {
	p.hour = p.number(2)
	p.literal(':')
	p.minute = p.number(2)
	p.literal(':')
	p.second = p.number(2)
	if half && p.fits() {
		p.twelve = true
		p.literal(' ')
		p.half()
	}
}

// name reads one of several names, or their first three letters, and gives its index.
func (p *mysqlParser) name(names []string, short bool) int {
	for i, n := range names {
		if short {
			n = n[:3]
		}
		if len(p.text) >= len(n) && strings.EqualFold(p.text[:len(n)], n) {
			p.text = p.text[len(n):]
			return i
		}
	}
	p.failed = true
	return 0
}

func (p *mysqlParser) value() (column.Timestamp, bool) {
	if p.twelve {
		if p.hour < 1 || p.hour > 12 {
			return 0, false
		}
		p.hour %= 12
		if p.pm {
			p.hour += 12
		}
	}
	if p.failed || !p.hasYear || p.month < 1 || p.month > 12 || p.day < 1 || p.day > sqltype.DaysInMonth(p.year, p.month) ||
		p.hour > 23 || p.minute > 59 || p.second > 59 {
		return 0, false
	}
	clock := int64(p.hour)*sqltype.MicrosPerHour + int64(p.minute)*sqltype.MicrosPerMinute + int64(p.second)*sqltype.MicrosPerSecond + int64(p.micros)
	return sqltype.JoinDay(sqltype.DaysFromCivil(p.year, p.month, p.day), clock)
}
