package mysqlwire

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-mysql-org/go-mysql/mysql"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// params reads the values of an execution: a bitmap of NULLs, types unless they are those of the last time, then values. A packet
// that is wrong sets p.bad; an error is a value that cannot be one.
func (s *prepared) params(p *payload) ([]column.Value, error) {
	n := s.statement.Params()
	if s.failed != nil {
		return nil, s.failed
	}
	if n == 0 {
		return nil, nil
	}
	nulls := p.take(uint64(n+7) / 8)
	switch p.uint8() {
	case 0:
	case 1:
		types := make([]paramType, n)
		for i := range types {
			types[i] = paramType{code: p.uint8(), unsigned: p.uint8()&mysql.PARAM_UNSIGNED != 0}
		}
		s.types = types
	default:
		p.bad = true
	}
	if p.bad {
		return nil, nil
	}
	values := make([]column.Value, n)
	for i := range values {
		v, err := s.param(p, i, nulls)
		if err != nil {
			return nil, fmt.Errorf("parameter %d: %w", i+1, err)
		}
		values[i] = v
	}
	return values, nil
}

// param reads one value. Long data stands for a value that is then not in the packet.
func (s *prepared) param(p *payload, i int, nulls []byte) (column.Value, error) {
	if long, ok := s.long[i]; ok {
		return text(long)
	}
	if nulls[i/8]>>(i%8)&1 != 0 {
		return nil, nil
	}
	if s.types == nil { // not sent yet, which is good for nothing but NULLs: Connector/J does so
		p.bad = true
		return nil, nil
	}
	read := paramReaders[s.types[i].code]
	if read == nil {
		return nil, sqlerr.New(sqlerr.CodeInvalidText, "a parameter of the protocol's type %d is not supported", s.types[i].code)
	}
	return read(p, s.types[i].unsigned)
}

// paramReaders read the values of each type.
var paramReaders = map[byte]func(p *payload, unsigned bool) (column.Value, error){
	mysql.MYSQL_TYPE_NULL:  func(*payload, bool) (column.Value, error) { return nil, nil },
	mysql.MYSQL_TYPE_TINY:  func(p *payload, u bool) (column.Value, error) { return integer(uint64(p.uint8()), 8, u), nil },
	mysql.MYSQL_TYPE_SHORT: func(p *payload, u bool) (column.Value, error) { return integer(uint64(p.uint16()), 16, u), nil },
	mysql.MYSQL_TYPE_YEAR:  func(p *payload, u bool) (column.Value, error) { return integer(uint64(p.uint16()), 16, u), nil },
	mysql.MYSQL_TYPE_LONG:  func(p *payload, u bool) (column.Value, error) { return integer(uint64(p.uint32()), 32, u), nil },
	mysql.MYSQL_TYPE_INT24: func(p *payload, u bool) (column.Value, error) { return integer(uint64(p.uint32()), 32, u), nil },
	mysql.MYSQL_TYPE_LONGLONG: func(p *payload, u bool) (column.Value, error) {
		return integer(p.uint64(), 64, u), nil
	},
	mysql.MYSQL_TYPE_FLOAT: func(p *payload, _ bool) (column.Value, error) {
		return shortest(math.Float32frombits(p.uint32())), nil
	},
	mysql.MYSQL_TYPE_DOUBLE:    func(p *payload, _ bool) (column.Value, error) { return math.Float64frombits(p.uint64()), nil },
	mysql.MYSQL_TYPE_DATE:      readMoment,
	mysql.MYSQL_TYPE_DATETIME:  readMoment,
	mysql.MYSQL_TYPE_TIMESTAMP: readMoment,
	mysql.MYSQL_TYPE_TIME:      readSpan,

	mysql.MYSQL_TYPE_DECIMAL: readText, mysql.MYSQL_TYPE_NEWDECIMAL: readText, mysql.MYSQL_TYPE_VARCHAR: readText,
	mysql.MYSQL_TYPE_VAR_STRING: readText, mysql.MYSQL_TYPE_STRING: readText, mysql.MYSQL_TYPE_ENUM: readText,
	mysql.MYSQL_TYPE_SET: readText, mysql.MYSQL_TYPE_JSON: readText, mysql.MYSQL_TYPE_TINY_BLOB: readText,
	mysql.MYSQL_TYPE_MEDIUM_BLOB: readText, mysql.MYSQL_TYPE_LONG_BLOB: readText, mysql.MYSQL_TYPE_BLOB: readText,
}

// integer is a number of some bits. One that BIGINT cannot hold stays text, so that whoever converts it can refuse it by its value.
func integer(v uint64, bits int, unsigned bool) column.Value {
	switch {
	case !unsigned:
		shift := 64 - bits
		return int64(v<<shift) >> shift
	case v > math.MaxInt64:
		return strconv.FormatUint(v, 10)
	}
	return int64(v)
}

// shortest is a single-precision number as the decimal that the user wrote: 0.1, not 0.10000000149011612.
func shortest(f float32) column.Value {
	wide, err := strconv.ParseFloat(strconv.FormatFloat(float64(f), 'g', -1, 32), 64)
	if err != nil {
		return float64(f)
	}
	return wide
}

func readText(p *payload, _ bool) (column.Value, error) { return text(p.counted()) }

// text is a value as the client wrote it; it has to be UTF-8 without NUL, as all text here is.
func text(b []byte) (column.Value, error) {
	if !utf8.Valid(b) || strings.IndexByte(string(b), 0) >= 0 {
		return nil, sqlerr.New(sqlerr.CodeInvalidEncoding, "invalid byte sequence for encoding \"UTF8\"").WithHint("send text as UTF-8, without NUL")
	}
	return string(b), nil
}

// clockParts reads hour, minute, second and, if there are any, microseconds. bad says that they are no time of a day.
func clockParts(p *payload, micros bool) (d time.Duration, bad bool) {
	h, m, s := p.uint8(), p.uint8(), p.uint8()
	d = time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second
	bad = h > 23 || m > 59 || s > 59
	if micros {
		f := p.uint32()
		bad = bad || f >= microsPerSecond
		d += time.Duration(f) * time.Microsecond
	}
	return d, bad
}

// readMoment reads DATE, DATETIME and TIMESTAMP, in UTC.
func readMoment(p *payload, _ bool) (column.Value, error) {
	size := p.uint8()
	if size != 4 && size != 7 && size != 11 {
		p.bad = p.bad || size != 0
		return nil, badMoment("0000-00-00")
	}
	year, month, day := p.uint16(), p.uint8(), p.uint8()
	var clock time.Duration
	var bad bool
	if size > 4 {
		clock, bad = clockParts(p, size == 11)
	}
	date := time.Date(int(year), time.Month(month), int(day), 0, 0, 0, 0, time.UTC)
	if bad || year == 0 || date.Month() != time.Month(month) || date.Day() != int(day) {
		return nil, badMoment(fmt.Sprintf("%04d-%02d-%02d +%s", year, month, day, clock))
	}
	return column.Timestamp(date.Add(clock).UnixMicro()), nil
}

func badMoment(value string) error {
	return sqlerr.New(sqlerr.CodeInvalidDatetime, "date/time field value out of range: %q", value)
}

// readSpan reads TIME, which is a span of up to many days; as text it is what an INTERVAL is written like.
func readSpan(p *payload, _ bool) (column.Value, error) {
	size := p.uint8()
	if size == 0 {
		return "00:00:00", nil
	}
	if size != 8 && size != 12 {
		p.bad = true
		return nil, nil
	}
	negative, days := p.uint8() != 0, p.uint32()
	clock, bad := clockParts(p, size == 12)
	const maxDays = 36_500
	if bad || days > maxDays {
		return nil, badMoment(fmt.Sprintf("%d days %s", days, clock))
	}
	clock += time.Duration(days) * 24 * time.Hour
	out := fmt.Sprintf("%02d:%02d:%02d.%06d", int(clock.Hours()), int(clock.Minutes())%60, int(clock.Seconds())%60, clock.Microseconds()%microsPerSecond)
	out = strings.TrimSuffix(out, ".000000")
	if negative {
		out = "-" + out
	}
	return out, nil
}
