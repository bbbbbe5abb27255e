package sqltype

import (
	"strings"
	"time"

	"github.com/credsql/credsql/engine/sqlerr"
)

// word reads a field that begins with a letter: the T before a time, a month or a weekday, AM, PM, AD, BC, or a zone.
func (p *timestampParser) word() error {
	if (p.rest[0] == 'T' || p.rest[0] == 't') && p.hasDate() && !p.hasTime && !p.afterT {
		if after := strings.TrimLeft(p.rest[1:], space); after != "" && isDigit(after[0]) {
			p.rest, p.afterT = after, true
			return nil
		}
	}
	if p.afterT {
		return p.invalid()
	}
	if name := zoneWord(p.rest); strings.Contains(name, "/") {
		return p.namedZone(name)
	}
	word := strings.ToLower(p.letters())
	switch word {
	case "am", "pm":
		if p.hasMeridiem {
			return p.invalid()
		}
		p.hasMeridiem, p.pm = true, word == "pm"
		return nil
	case "ad", "bc":
		if p.hasEra {
			return p.invalid()
		}
		p.hasEra, p.bc = true, word == "bc"
		return nil
	case "now", "today", "tomorrow", "yesterday":
		return sqlerr.NotSupported("the timestamp '" + word + "'").WithHint("Use now(), or date_trunc('day', now()).")
	case "infinity":
		return sqlerr.NotSupported("the timestamp 'infinity'")
	}
	if isUTC(word) {
		return p.utc()
	}
	if month := monthByName(word); month != 0 && !p.hasMonth {
		p.month, p.hasMonth = month, true
		return nil
	}
	if isWeekday(word) {
		return nil
	}
	if p.hasTime && p.hasDate() {
		_, err := FindZone(word)
		return err
	}
	return p.invalid()
}

// utc takes a word for UTC. An offset may not follow: POSIX and people disagree about the sign in UTC+3.
func (p *timestampParser) utc() error {
	if p.hasZone || p.rest != "" && (p.rest[0] == '+' || p.rest[0] == '-') {
		return p.invalid()
	}
	p.hasZone = true
	return nil
}

func (p *timestampParser) namedZone(name string) error {
	if p.hasZone {
		return p.invalid()
	}
	zone, err := FindZone(name)
	if err != nil {
		return err
	}
	p.hasZone, p.zone, p.rest = true, zone, p.rest[len(name):]
	return nil
}

// zoneWord is the longest start of s that can be a zone's name.
func zoneWord(s string) string {
	for i := range len(s) {
		if !isLetter(s[i]) && !isDigit(s[i]) && strings.IndexByte("_/+-", s[i]) < 0 {
			return s[:i]
		}
	}
	return s
}

// numericZone reads +02, -04:30, +0530, +05:30:15.
func (p *timestampParser) numericZone() error {
	negative := p.rest[0] == '-'
	p.rest = p.rest[1:]
	n, ok := p.digitsAtMost(6)
	if !ok {
		return p.invalid()
	}
	var hours, minutes, seconds int
	if n > 2 {
		v := p.int(n)
		if n > 4 {
			hours, minutes, seconds = v/10000, v/100%100, v%100
		} else {
			hours, minutes = v/100, v%100
		}
	} else {
		hours = p.int(n)
		for _, part := range []*int{&minutes, &seconds} {
			if p.rest == "" || p.rest[0] != ':' {
				break
			}
			p.rest = p.rest[1:]
			if n, ok = p.digitsAtMost(2); !ok {
				return p.invalid()
			}
			*part = p.int(n)
		}
	}
	if hours > 15 || minutes > 59 || seconds > 59 {
		return sqlerr.New(sqlerr.CodeZoneDisplacement, "time zone displacement out of range: \"%s\"", p.text)
	}
	p.hasZone = true
	p.offset = int64(hours)*MicrosPerHour + int64(minutes)*MicrosPerMinute + int64(seconds)*MicrosPerSecond
	if negative {
		p.offset = -p.offset
	}
	return nil
}

// monthByName is 1 to 12 for a month's English name or its first three letters, in any case; 0 for anything else.
func monthByName(word string) int {
	for m := time.January; m <= time.December; m++ {
		if nameOrShort(word, m.String()) || m == time.September && strings.EqualFold(word, "sept") {
			return int(m)
		}
	}
	return 0
}

func isWeekday(word string) bool {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if nameOrShort(word, d.String()) {
			return true
		}
	}
	return false
}

func nameOrShort(word, name string) bool {
	return strings.EqualFold(word, name) || strings.EqualFold(word, name[:3])
}
