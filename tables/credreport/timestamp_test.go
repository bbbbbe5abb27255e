package credreport

import (
	"testing"
	"time"
)

func timeText(micros int64) string { return time.UnixMicro(micros).UTC().Format(time.RFC3339Nano) }

func TestParseTime(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"2016-05-16T18:13:11+00:00", "2016-05-16T18:13:11Z"},
		{"2026-09-11T13:14:52Z", "2026-09-11T13:14:52Z"},
		{"1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"},
		{"2099-12-31T23:59:59Z", "2099-12-31T23:59:59Z"},
		{"2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z"},
		{"1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"},
		{"2100-03-01T00:00:00+00:00", "2100-03-01T00:00:00Z"},
		{"2026-01-15T10:00:00+02:00", "2026-01-15T08:00:00Z"},
		{"2026-01-15T10:00:00-07:30", "2026-01-15T17:30:00Z"},
		{"2026-01-15T10:00:00.123456Z", "2026-01-15T10:00:00.123456Z"},
		{"2026-02-29T00:00:00Z", ""},
		{"2026-04-31T00:00:00Z", ""},
		{"2026-00-10T00:00:00Z", ""},
		{"2026-13-10T00:00:00Z", ""},
		{"2026-01-00T00:00:00Z", ""},
		{"2026-01-01T24:00:00Z", ""},
		{"2026-01-01T00:60:00Z", ""},
		{"2026-01-01T00:00:60Z", ""},
		{"2026-01-01 00:00:00Z", ""},
		{"2026-01-01T00:00:00", ""},
		{"2026/01/01T00:00:00Z", ""},
		{"2026-01-01T00.00:00Z", ""},
		{"2026-01-01T00:00.00Z", ""},
		{"20a6-01-01T00:00:00Z", ""},
		{"2026-01-01T00:00:0:Z", ""},
		{"2026-0\xb11-01T00:00:00Z", ""},
		{"1/15/2026 10:00", ""},
		{"", ""},
	} {
		got := ""
		if micros, ok := parseTime([]byte(c.text)); ok {
			got = timeText(micros)
		}
		if got != c.want {
			t.Errorf("parseTime(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

// Every day of the table, and every second of one day, must agree with the standard library.
func TestParseTimeAgreesWithStandardLibrary(t *testing.T) {
	t.Parallel()
	check := func(at time.Time) {
		text := at.Format("2006-01-02T15:04:05Z")
		if got, ok := parseUTC([]byte(text)); !ok || got != at.UnixMicro() {
			t.Fatalf("parseUTC(%s) = %d, %v, want %d", text, got, ok, at.UnixMicro())
		}
	}
	for day := time.Date(firstYear, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() <= lastYear; day = day.AddDate(0, 0, 1) {
		check(day)
	}
	for second := range 86400 {
		check(time.Date(2024, 2, 29, 0, 0, second, 0, time.UTC))
	}
}
