package sqltype

import "github.com/credsql/credsql/engine/column"

// Microseconds in PostgreSQL's units of time. A month has no fixed length; where PostgreSQL must take one it takes 30 days.
const (
	MicrosPerSecond = 1_000_000
	MicrosPerMinute = 60 * MicrosPerSecond
	MicrosPerHour   = 60 * MicrosPerMinute
	MicrosPerDay    = 24 * MicrosPerHour
)

// The range of TIMESTAMP: from PostgreSQL's first instant, 4714-11-24 00:00:00 BC, to the last microsecond that an int64 counts
// from 1970, 294247-01-10 04:00:54.775807 (PostgreSQL goes 29 years further).
const (
	MinTimestamp column.Timestamp = -210866803200000000
	MaxTimestamp column.Timestamp = 1<<63 - 1
)

// SplitDay gives days since 1970-01-01 and the microseconds of that day, which are never negative.
func SplitDay(t column.Timestamp) (days, micros int64) {
	days, micros = int64(t)/MicrosPerDay, int64(t)%MicrosPerDay
	if micros < 0 {
		return days - 1, micros + MicrosPerDay
	}
	return days, micros
}

// JoinDay is the inverse of SplitDay; ok is false outside the range of TIMESTAMP. Micros may be any span of time.
func JoinDay(days, micros int64) (t column.Timestamp, ok bool) {
	const first, last = int64(MinTimestamp) / MicrosPerDay, int64(MaxTimestamp) / MicrosPerDay
	whole := floorDiv(micros, MicrosPerDay)
	days, micros = days+whole, micros-whole*MicrosPerDay
	if days < first || days > last {
		return 0, false
	}
	midnight := days * MicrosPerDay
	if midnight > int64(MaxTimestamp)-micros {
		return 0, false
	}
	return column.Timestamp(midnight + micros), true
}

// CivilDate turns days since 1970-01-01 into the proleptic Gregorian date; year 0 is 1 BC.
func CivilDate(days int64) (year int64, month, day int) {
	// Years are counted from March, so that the leap day is a year's last (Howard Hinnant, "chrono-compatible low-level date
	// algorithms").
	days += 719468 // from 0000-03-01 to 1970-01-01
	era := floorDiv(days, 146097)
	doe := days - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day = int(doy - (153*mp+2)/5 + 1)
	month = int(mp + 3)
	if month > 12 {
		month -= 12
	}
	year = yoe + era*400
	if month <= 2 {
		year++
	}
	return year, month, day
}

// DaysFromCivil is the inverse of CivilDate. Month is 1 to 12; the day may lie outside its month.
func DaysFromCivil(year int64, month, day int) int64 {
	if month <= 2 {
		year--
	}
	era := floorDiv(year, 400)
	yoe := year - era*400
	doy := int64((153*((month+9)%12)+2)/5 + day - 1)
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return era*146097 + doe - 719468
}

// DaysInMonth is the length of a month; year 0 is 1 BC.
func DaysInMonth(year int64, month int) int {
	switch month {
	case 2:
		if IsLeap(year) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	default:
		return 31
	}
}

// IsLeap says whether a year of the Gregorian calendar has 366 days; year 0 is 1 BC.
func IsLeap(year int64) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

// ISOWeekday is 1 for Monday to 7 for Sunday, of days since 1970-01-01, which was a Thursday.
func ISOWeekday(days int64) int { return int(days+3-floorDiv(days+3, 7)*7) + 1 }

// ISOWeek is the ISO 8601 week of a day and the year that the week belongs to: that of its Thursday.
func ISOWeek(days int64) (year int64, week int) {
	thursday := days - int64(ISOWeekday(days)) + 4
	year, _, _ = CivilDate(thursday)
	return year, int(thursday-DaysFromCivil(year, 1, 1))/7 + 1
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
