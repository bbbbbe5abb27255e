package funcs

import (
	"fmt"
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
)

// mysqlDateFormat follows the table of specifiers in MySQL 8's manual, with English names. An unknown specifier stands for its letter.
func mysqlDateFormat(_ *Ctx, t column.Timestamp, pattern string) (string, error) {
	f := mysqlFormatter{c: civil(t)}
	for pattern != "" {
		before, rest, found := strings.Cut(pattern, "%")
		f.out.WriteString(before)
		if !found || rest == "" {
			break
		}
		f.specifier(rest[0])
		if err := checkLength(f.out.Len()); err != nil {
			return "", err
		}
		pattern = rest[1:]
	}
	return f.out.String(), nil
}

type mysqlFormatter struct {
	c   civilTime
	out strings.Builder
}

func (f *mysqlFormatter) specifier(spec byte) {
	if !f.date(spec) && !f.clock(spec) && !f.week(spec) {
		f.out.WriteByte(spec)
	}
}

func (f *mysqlFormatter) printf(format string, args ...any) bool {
	fmt.Fprintf(&f.out, format, args...)
	return true
}

func (f *mysqlFormatter) date(spec byte) bool {
	c := &f.c
	switch spec {
	case 'Y':
		return f.printf("%04d", c.year)
	case 'y':
		return f.printf("%02d", c.year%100)
	case 'M':
		return f.printf("%s", monthNames[c.month-1])
	case 'b':
		return f.printf("%.3s", monthNames[c.month-1])
	case 'm':
		return f.printf("%02d", c.month)
	case 'c':
		return f.printf("%d", c.month)
	case 'd':
		return f.printf("%02d", c.day)
	case 'e':
		return f.printf("%d", c.day)
	case 'D':
		return f.printf("%d%s", c.day, ordinalSuffix(c.day))
	case 'j':
		return f.printf("%03d", c.yearDay)
	case 'W':
		return f.printf("%s", dayNames[c.weekday])
	case 'a':
		return f.printf("%.3s", dayNames[c.weekday])
	case 'w':
		return f.printf("%d", c.weekday)
	}
	return false
}

func ordinalSuffix(day int) string {
	switch {
	case day/10 == 1:
		return "th"
	case day%10 == 1:
		return "st"
	case day%10 == 2:
		return "nd"
	case day%10 == 3:
		return "rd"
	default:
		return "th"
	}
}

func (f *mysqlFormatter) clock(spec byte) bool {
	hour := f.c.micros / sqltype.MicrosPerHour
	minute := f.c.micros / sqltype.MicrosPerMinute % 60
	second := f.c.micros / sqltype.MicrosPerSecond % 60
	half := "AM"
	if hour >= 12 {
		half = "PM"
	}
	hour12 := (hour+11)%12 + 1
	switch spec {
	case 'H':
		return f.printf("%02d", hour)
	case 'k':
		return f.printf("%d", hour)
	case 'h', 'I':
		return f.printf("%02d", hour12)
	case 'l':
		return f.printf("%d", hour12)
	case 'i':
		return f.printf("%02d", minute)
	case 's', 'S':
		return f.printf("%02d", second)
	case 'f':
		return f.printf("%06d", f.c.micros%sqltype.MicrosPerSecond)
	case 'p':
		return f.printf("%s", half)
	case 'T':
		return f.printf("%02d:%02d:%02d", hour, minute, second)
	case 'r':
		return f.printf("%02d:%02d:%02d %s", hour12, minute, second, half)
	}
	return false
}

func (f *mysqlFormatter) week(spec byte) bool {
	switch spec {
	case 'U':
		return f.printf("%02d", f.c.sundayWeek())
	case 'u':
		return f.printf("%02d", f.c.mondayWeek())
	case 'V':
		_, week := f.c.fullSundayWeek()
		return f.printf("%02d", week)
	case 'X':
		year, _ := f.c.fullSundayWeek()
		return f.printf("%04d", year)
	case 'v':
		_, week := sqltype.ISOWeek(f.c.days)
		return f.printf("%02d", week)
	case 'x':
		year, _ := sqltype.ISOWeek(f.c.days)
		return f.printf("%04d", year)
	}
	return false
}
