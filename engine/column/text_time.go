package column

import "strconv"

const (
	microsPerSecond = 1_000_000
	microsPerMinute = 60 * microsPerSecond
	microsPerHour   = 60 * microsPerMinute
	microsPerDay    = 24 * microsPerHour
)

// AppendTimestamp appends an instant as PostgreSQL's ISO date style prints a timestamp in UTC: 2025-01-05 00:00:00, with a
// fraction only if there is one, and BC after years before 1.
func AppendTimestamp(dst []byte, t Timestamp) []byte {
	days, micros := splitDay(t)
	year, month, day := civil(days)
	bc := year <= 0
	if bc {
		year = 1 - year
	}
	dst = appendDate(dst, year, month, day)
	dst = append(dst, ' ')
	dst = appendClock(dst, micros)
	if bc {
		dst = append(dst, " BC"...)
	}
	return dst
}

// AppendRFC3339 appends an instant as RFC 3339 in UTC: 2025-01-05T00:00:00Z, with a fraction only if there is one. Years that
// RFC 3339 cannot write take the sign of ISO 8601's expanded form, where year 0 is 1 BC.
func AppendRFC3339(dst []byte, t Timestamp) []byte {
	days, micros := splitDay(t)
	year, month, day := civil(days)
	switch {
	case year < 0:
		dst = append(dst, '-')
		year = -year
	case year > 9999:
		dst = append(dst, '+')
	}
	dst = appendDate(dst, year, month, day)
	dst = append(dst, 'T')
	dst = appendClock(dst, micros)
	return append(dst, 'Z')
}

// splitDay gives days since 1970-01-01 and the microseconds of that day, which are never negative.
func splitDay(t Timestamp) (days, micros int64) {
	days, micros = int64(t)/microsPerDay, int64(t)%microsPerDay
	if micros < 0 {
		days, micros = days-1, micros+microsPerDay
	}
	return days, micros
}

// civil turns days since 1970-01-01 into the proleptic Gregorian date; year 0 is 1 BC. It counts years from March, so that
// the leap day is a year's last (Howard Hinnant, "chrono-compatible low-level date algorithms").
func civil(days int64) (year int64, month, day uint32) {
	const daysPerEra = 146097 // 400 years
	days += 719468            // days from 0000-03-01 to 1970-01-01
	era := days / daysPerEra
	if days < 0 {
		era = (days - daysPerEra + 1) / daysPerEra
	}
	doe := uint32(days - era*daysPerEra)
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day = doy - (153*mp+2)/5 + 1
	month = mp + 3
	if month > 12 {
		month -= 12
	}
	year = int64(yoe) + era*400
	if month <= 2 {
		year++
	}
	return year, month, day
}

func appendDate(dst []byte, year int64, month, day uint32) []byte {
	if year < 10000 {
		dst = appendTwo(dst, uint32(year/100))
		dst = appendTwo(dst, uint32(year%100))
	} else {
		dst = strconv.AppendInt(dst, year, 10)
	}
	dst = append(dst, '-')
	dst = appendTwo(dst, month)
	dst = append(dst, '-')
	return appendTwo(dst, day)
}

// appendClock appends the time of day, given in microseconds.
func appendClock(dst []byte, micros int64) []byte {
	seconds := uint32(micros / microsPerSecond)
	dst = appendTwo(dst, seconds/3600)
	dst = append(dst, ':')
	dst = appendTwo(dst, seconds/60%60)
	dst = append(dst, ':')
	dst = appendTwo(dst, seconds%60)
	return appendFraction(dst, uint32(micros%microsPerSecond))
}

// appendFraction appends microseconds below one second as .5 or .000001, and nothing for zero.
func appendFraction(dst []byte, micros uint32) []byte {
	if micros == 0 {
		return dst
	}
	digits := 6
	for micros%10 == 0 {
		micros /= 10
		digits--
	}
	dst = append(dst, ".000000"[:digits+1]...)
	for i := len(dst) - 1; micros != 0; i-- {
		dst[i] = byte('0' + micros%10)
		micros /= 10
	}
	return dst
}

// appendTwo appends a number below 100 as two digits.
func appendTwo(dst []byte, n uint32) []byte {
	return append(dst, byte('0'+n/10), byte('0'+n%10))
}

// AppendInterval appends a span in PostgreSQL's default interval style: 1 year 2 mons -3 days +04:05:06.789. A positive part
// after a negative one gets its sign, so that the text reads back.
func AppendInterval(dst []byte, x Interval) []byte {
	p := intervalPrinter{dst: dst, start: len(dst)}
	p.part(int64(x.Months/12), "year")
	p.part(int64(x.Months%12), "mon")
	p.part(int64(x.Days), "day")
	p.clock(x.Micros)
	return p.dst
}

// intervalPrinter remembers whether a part was printed and whether the last printed one was negative.
type intervalPrinter struct {
	dst      []byte
	start    int
	negative bool
}

func (p *intervalPrinter) space() {
	if len(p.dst) > p.start {
		p.dst = append(p.dst, ' ')
	}
}

func (p *intervalPrinter) part(n int64, unit string) {
	if n == 0 {
		return
	}
	p.space()
	if p.negative && n > 0 {
		p.dst = append(p.dst, '+')
	}
	p.dst = strconv.AppendInt(p.dst, n, 10)
	p.dst = append(p.dst, ' ')
	p.dst = append(p.dst, unit...)
	if n != 1 {
		p.dst = append(p.dst, 's')
	}
	p.negative = n < 0
}

func (p *intervalPrinter) clock(micros int64) {
	if micros == 0 && len(p.dst) > p.start {
		return
	}
	p.space()
	abs := uint64(micros)
	switch {
	case micros < 0:
		p.dst = append(p.dst, '-')
		abs = -abs // right for the smallest int64 as well
	case p.negative:
		p.dst = append(p.dst, '+')
	}
	hours := abs / microsPerHour
	if hours < 10 {
		p.dst = append(p.dst, '0')
	}
	p.dst = strconv.AppendUint(p.dst, hours, 10)
	p.dst = append(p.dst, ':')
	p.dst = appendTwo(p.dst, uint32(abs/microsPerMinute%60))
	p.dst = append(p.dst, ':')
	p.dst = appendTwo(p.dst, uint32(abs/microsPerSecond%60))
	p.dst = appendFraction(p.dst, uint32(abs%microsPerSecond))
}
