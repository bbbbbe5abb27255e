package mysqlwire

import (
	"encoding/binary"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

const (
	microsPerSecond = 1_000_000
	microsPerDay    = 86_400 * microsPerSecond
	dateSize        = len("2006-01-02")
	timeSize        = len(" 15:04:05.000000")
	// The first and the last moment that MySQL's DATETIME can name, in microseconds: years 1 to 9999.
	firstMoment = -62_135_596_800 * microsPerSecond
	lastMoment  = 253_402_300_800*microsPerSecond - 1
)

// checkTimestamps refuses moments that MySQL has no way to write.
func checkTimestamps(v *column.Vector) error {
	for i, t := range v.Ints {
		if (t < firstMoment || t > lastMoment) && !v.IsNull(i) {
			return sqlerr.New(sqlerr.CodeDatetimeOverflow, "timestamp %s is outside of the years 1 to 9999 that the protocol can carry",
				column.AppendTimestamp(nil, column.Timestamp(t))).WithHint("cast it to VARCHAR")
		}
	}
	return nil
}

// clock writes moments. Most of a report's are of few days, so it remembers the last one's date.
type clock struct {
	day  int64
	date [dateSize]byte
	set  bool
}

// split gives the microseconds of the moment's day, whose date is then at hand.
func (c *clock) split(t int64) (micros int64) {
	day := t / microsPerDay
	micros = t - day*microsPerDay
	if micros < 0 {
		day, micros = day-1, micros+microsPerDay
	}
	if day != c.day || !c.set {
		var buf [32]byte
		copy(c.date[:], column.AppendTimestamp(buf[:0], column.Timestamp(day*microsPerDay)))
		c.day, c.set = day, true
	}
	return micros
}

// timestampAppender writes moments as DATETIME, or as DATE.
func timestampAppender(moments []int64, dateOnly, binary bool) appender {
	c := &clock{}
	switch {
	case binary:
		return func(dst []byte, i int) []byte { return c.appendBinary(dst, moments[i], dateOnly) }
	case dateOnly:
		return func(dst []byte, i int) []byte {
			c.split(moments[i])
			return append(append(dst, byte(dateSize)), c.date[:]...)
		}
	}
	return func(dst []byte, i int) []byte {
		micros := c.split(moments[i])
		dst = append(append(dst, byte(dateSize+timeSize)), c.date[:]...)
		return appendTime(dst, micros)
	}
}

// appendTime appends the time of a day with all its digits.
func appendTime(dst []byte, micros int64) []byte {
	seconds, fraction := uint32(micros/microsPerSecond), uint32(micros%microsPerSecond)
	h, m, s := seconds/3600, seconds/60%60, seconds%60
	if fraction == 0 { // as it nearly always is
		return append(dst, ' ', digit(h/10), digit(h), ':', digit(m/10), digit(m), ':', digit(s/10), digit(s), '.', '0', '0', '0', '0', '0', '0')
	}
	return append(dst, ' ', digit(h/10), digit(h), ':', digit(m/10), digit(m), ':', digit(s/10), digit(s), '.',
		digit(fraction/100_000), digit(fraction/10_000), digit(fraction/1000), digit(fraction/100), digit(fraction/10), digit(fraction))
}

func digit(n uint32) byte { return '0' + byte(n%10) }

// appendBinary appends a moment in the binary form, whose trailing zero parts are left out.
func (c *clock) appendBinary(dst []byte, t int64, dateOnly bool) []byte {
	micros := c.split(t)
	d := &c.date
	two := func(i int) byte { return (d[i]-'0')*10 + d[i+1] - '0' }
	year := uint16(two(0))*100 + uint16(two(2))
	at := len(dst)
	dst = append(dst, 4, byte(year), byte(year>>8), two(5), two(8))
	if dateOnly || micros == 0 {
		return dst
	}
	seconds, fraction := uint32(micros/microsPerSecond), uint32(micros%microsPerSecond)
	dst[at] = 7
	dst = append(dst, byte(seconds/3600), byte(seconds/60%60), byte(seconds%60))
	if fraction == 0 {
		return dst
	}
	dst[at] = 11
	return binary.LittleEndian.AppendUint32(dst, fraction)
}
