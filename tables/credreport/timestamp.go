package credreport

import (
	"encoding/binary"
	"time"
)

// parseTime reads an instant as microseconds since 1970. AWS wrote 2016-05-16T18:13:11+00:00 until July 2024 and
// 2016-05-16T18:13:11Z since; any other RFC 3339 form is read too, off the fast path.
func parseTime(b []byte) (micros int64, ok bool) {
	if len(b) == 20 && b[19] == 'Z' || len(b) == 25 && string(b[19:]) == "+00:00" {
		if micros, ok = parseUTC(b); ok {
			return micros, true
		}
	}
	return parseRFC3339(b)
}

const (
	highBits = 0x8080808080808080
	overNine = 0x7676767676767676 // added to a byte, sets its high bit when it is above nine
)

// parseUTC reads YYYY-MM-DDTHH:MM:SS from the first 19 bytes, eight bytes at a time. XOR with the pattern leaves digits
// as 0-9 and separators as 0. Years outside the table are left to the slow path.
func parseUTC(b []byte) (micros int64, ok bool) {
	date := binary.LittleEndian.Uint64(b) ^ 0x2d30302d30303030         // "0000-00-"
	hours := binary.LittleEndian.Uint64(b[8:]) ^ 0x30303a3030543030    // "00T00:00"
	seconds := binary.LittleEndian.Uint64(b[11:]) ^ 0x30303a30303a3030 // "00:00:00"
	wrong := (date | (date + overNine) | hours | (hours + overNine) | seconds | (seconds + overNine)) & highBits
	wrong |= date&0xff0000ff00000000 | hours&0x0000ff0000ff0000 | seconds&0x0000ff0000ff0000
	if wrong != 0 {
		return 0, false
	}
	year := int(date&15)*1000 + int(date>>8&15)*100 + int(date>>16&15)*10 + int(date>>24&15)
	month := int(date>>40&15)*10 + int(date>>48&15)
	day := int(hours&15)*10 + int(hours>>8&15)
	hour := int(seconds&15)*10 + int(seconds>>8&15)
	minute := int(seconds>>24&15)*10 + int(seconds>>32&15)
	second := int(seconds>>48&15)*10 + int(seconds>>56&15)
	if year < firstYear || year > lastYear || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59 {
		return 0, false
	}
	m := (year-firstYear)*12 + month - 1
	days := int(monthStart[m]) + day - 1
	if day < 1 || days >= int(monthStart[m+1]) {
		return 0, false
	}
	return (int64(days)*86400 + int64(hour*3600+minute*60+second)) * 1e6, true
}

const firstYear, lastYear = 1970, 2099

// monthStart is the day number, from 1970-01-01, of the first of each month of the years above, and of the month after.
var monthStart = daysOfMonths()

func daysOfMonths() (days [(lastYear-firstYear+1)*12 + 1]int32) {
	for i := range days {
		first := time.Date(firstYear, time.Month(1+i), 1, 0, 0, 0, 0, time.UTC)
		days[i] = int32(first.Unix() / 86400)
	}
	return days
}

func parseRFC3339(b []byte) (micros int64, ok bool) {
	if len(b) < len("2006-01-02T15:04:05Z") || b[4] != '-' {
		return 0, false
	}
	t, err := time.Parse(time.RFC3339, string(b))
	if err != nil {
		return 0, false
	}
	return t.UnixMicro(), true
}
