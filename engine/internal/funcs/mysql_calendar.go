package funcs

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
)

var (
	dayNames   = [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
	monthNames = [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
)

// civilTime is a time in calendar fields.
type civilTime struct {
	days       int64 // since 1970-01-01
	micros     int64 // of the day
	year       int64
	month, day int
	weekday    int // 0 is Sunday
	yearDay    int // from 1
}

func civil(t column.Timestamp) civilTime {
	var c civilTime
	c.days, c.micros = sqltype.SplitDay(t)
	c.year, c.month, c.day = sqltype.CivilDate(c.days)
	c.weekday = sqltype.ISOWeekday(c.days) % 7
	c.yearDay = int(c.days-sqltype.DaysFromCivil(c.year, 1, 1)) + 1
	return c
}

// sundayWeek is MySQL's week of mode 0: weeks start on Sunday, the year's first is that of its first Sunday, and the days before
// are in week 0.
func (c civilTime) sundayWeek() int { return (c.yearDay + 6 - c.weekday) / 7 }

// mondayWeek is MySQL's week of mode 1: weeks start on Monday, the first has at least four days in the year, those before are in week 0.
func (c civilTime) mondayWeek() int {
	year, week := sqltype.ISOWeek(c.days)
	switch {
	case year < c.year:
		return 0
	case year > c.year:
		return (c.yearDay+6-(c.weekday+6)%7)/7 + firstMondayWeek(c.year)
	default:
		return week
	}
}

// firstMondayWeek is 1 when the days before a year's first Monday make a week of their own.
func firstMondayWeek(year int64) int {
	if wd := sqltype.ISOWeekday(sqltype.DaysFromCivil(year, 1, 1)); wd > 1 && wd <= 4 {
		return 1
	}
	return 0
}

// fullSundayWeek is MySQL's week of mode 2 and its year: as mode 0, but days of week 0 are in the last week of the year before.
func (c civilTime) fullSundayWeek() (year int64, week int) {
	if w := c.sundayWeek(); w > 0 {
		return c.year, w
	}
	last := civil(column.Timestamp((c.days - int64(c.yearDay)) * sqltype.MicrosPerDay))
	return last.year, last.sundayWeek()
}
