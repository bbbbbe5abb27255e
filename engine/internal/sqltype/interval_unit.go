package sqltype

import (
	"strings"

	"github.com/credsql/credsql/engine/column"
)

// intervalUnit is a set of units.
type intervalUnit uint16

const (
	unitMicrosecond intervalUnit = 1 << iota
	unitMillisecond
	unitSecond
	unitMinute
	unitHour
	unitDay
	unitWeek
	unitMonth
	unitYear
	unitDecade
	unitCentury
	unitMillennium

	allSeconds = unitSecond | unitMillisecond | unitMicrosecond
)

// unitScales says how long a unit is, in months, days or microseconds.
var unitScales = map[intervalUnit]struct{ months, days, micros int64 }{
	unitMicrosecond: {micros: 1},
	unitMillisecond: {micros: 1000},
	unitSecond:      {micros: MicrosPerSecond},
	unitMinute:      {micros: MicrosPerMinute},
	unitHour:        {micros: MicrosPerHour},
	unitDay:         {days: 1},
	unitWeek:        {days: 7},
	unitMonth:       {months: 1},
	unitYear:        {months: 12},
	unitDecade:      {months: 120},
	unitCentury:     {months: 1200},
	unitMillennium:  {months: 12000},
}

// intervalUnits are the names of PostgreSQL's deltatktbl.
var intervalUnits = nameUnits(map[intervalUnit]string{
	unitMicrosecond: "us usec usecs usecond useconds microsecon microsecond microseconds",
	unitMillisecond: "ms msec msecs mseconds millisecon millisecond milliseconds",
	unitSecond:      "s sec secs second seconds",
	unitMinute:      "m min mins minute minutes",
	unitHour:        "h hr hrs hour hours",
	unitDay:         "d day days",
	unitWeek:        "w week weeks",
	unitMonth:       "mon mons month months",
	unitYear:        "y yr yrs year years",
	unitDecade:      "dec decs decade decades",
	unitCentury:     "c cent century centuries",
	unitMillennium:  "mil mils millennium millennia",
})

func nameUnits(names map[intervalUnit]string) map[string]intervalUnit {
	units := map[string]intervalUnit{}
	for unit, list := range names {
		for _, name := range strings.Fields(list) {
			units[name] = unit
		}
	}
	return units
}

// iso reads ISO 8601's form with designators: P1Y2M3W4DT5H6M7.8S. A part may be negative.
func (p *intervalParser) iso() (column.Interval, error) {
	p.rest = p.rest[1:]
	designators := "YMWD"
	inTime := false
	for p.rest != "" {
		if p.rest[0] == 'T' && !inTime {
			p.rest, inTime, designators = p.rest[1:], true, "HMS"
			continue
		}
		n := p.isoNumberEnd()
		if n == 0 || n == len(p.rest) || strings.IndexByte(designators, p.rest[n]) < 0 {
			return column.Interval{}, p.invalid()
		}
		whole, fraction := p.rest[:n], ""
		if i := strings.IndexByte(whole, '.'); i >= 0 {
			whole, fraction = whole[:i], whole[i:]
		}
		quantity, frac, err := p.quantity(whole, fraction)
		if err != nil {
			return column.Interval{}, err
		}
		unit := isoUnit(p.rest[n], inTime)
		if !p.sum.add(unit, quantity, frac) {
			return column.Interval{}, p.overflow()
		}
		p.seen |= unit
		p.rest = p.rest[n+1:]
	}
	if p.seen == 0 {
		return column.Interval{}, p.invalid()
	}
	return p.value()
}

func (p *intervalParser) isoNumberEnd() int {
	n := 0
	if p.rest[0] == '-' {
		n = 1
	}
	start := n
	for n < len(p.rest) && (isDigit(p.rest[n]) || p.rest[n] == '.') {
		n++
	}
	if n == start || !strings.ContainsAny(p.rest[:n], "0123456789") {
		return 0
	}
	return n
}

func isoUnit(designator byte, inTime bool) intervalUnit {
	switch designator {
	case 'Y':
		return unitYear
	case 'W':
		return unitWeek
	case 'D':
		return unitDay
	case 'H':
		return unitHour
	case 'S':
		return unitSecond
	}
	if inTime {
		return unitMinute
	}
	return unitMonth
}
