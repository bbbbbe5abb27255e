package sqltype

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// readers are the types whose input has goldens, by the name of the file.
var readers = map[string]func(string) (column.Value, error){
	"timestamp": func(s string) (column.Value, error) { return boxed(ParseTimestamp(s)) },
	"interval":  func(s string) (column.Value, error) { return boxed(ParseInterval(s)) },
	"inet":      func(s string) (column.Value, error) { return boxed(ParseInet(s)) },
	"hstore":    func(s string) (column.Value, error) { return boxed(ParseHStore(s)) },
	"json":      func(s string) (column.Value, error) { return boxed(ParseJSON(s)) },
}

// TestInput compares what is read from each text with what PostgreSQL 15 read. Files in testdata/refused hold texts that
// PostgreSQL reads and we refuse on purpose.
func TestInput(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no goldens", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		read := readers[name]
		if read == nil {
			t.Fatalf("%s: no such type", file)
		}
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(strings.TrimSuffix(string(content), "\n"), "\n") {
			i := strings.LastIndexByte(line, '\t')
			if strings.HasPrefix(line, "#") || i < 0 {
				continue
			}
			text, want := strings.ReplaceAll(line[:i], `\t`, "\t"), line[i+1:]
			if got := describe(read(text)); got != want && !(name == "hstore" && want == "error XX000" && got == "error 22P02") {
				t.Errorf("%s: %q: %s, want %s", file, text, got, want)
			}
		}
	}
}

func describe(v column.Value, err error) string {
	if err == nil {
		return string(column.AppendText(nil, v))
	}
	e, ok := sqlerr.As(err)
	if !ok {
		return err.Error()
	}
	return "error " + e.Code
}

func TestJSONErrors(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"a":}`:    `Expected JSON value, but found "}".`,
		`{"a":1} x`: `Expected end of input, but found "x".`,
		``:          `The input string ended unexpectedly.`,
		`"\u00"`:    `"\u" must be followed by four hexadecimal digits.`,
		`01`:        `Token "01" is invalid.`,
		`"\x"`:      `Escape sequence "\x" is invalid.`,
		"\"\n\"":    `Character with value 0x0a must be escaped.`,
		`[1 2]`:     `Expected "," or "]", but found "2".`,
	} {
		_, err := ParseJSON(text)
		e, ok := sqlerr.As(err)
		if !ok || e.Detail != want || e.Code != sqlerr.CodeInvalidText {
			t.Errorf("%s: %+v, want detail %s", text, e, want)
		}
	}
	if _, err := ParseJSON(strings.Repeat("[", 1_000_000)); describe(nil, err) != "error 54001" {
		t.Errorf("deep JSON: %v", err)
	}
}

// TestCalendar checks each day of 900 years around 1970 against the inverse, and some known days.
func TestCalendar(t *testing.T) {
	t.Parallel()
	for days := int64(-400 * 366); days < 500*366; days++ {
		y, m, d := CivilDate(days)
		if back := DaysFromCivil(y, m, d); back != days || d < 1 || d > DaysInMonth(y, m) {
			t.Fatalf("%d: %d-%d-%d is %d", days, y, m, d, back)
		}
	}
	if y, m, d := CivilDate(int64(MinTimestamp) / MicrosPerDay); y != -4713 || m != 11 || d != 24 {
		t.Errorf("first day: %d-%d-%d", y, m, d)
	}
	for _, c := range []struct {
		y       int64
		m, d    int
		weekday int
		isoYear int64
		week    int
	}{{2024, 12, 30, 1, 2025, 1}, {2021, 1, 3, 7, 2020, 53}, {2025, 12, 25, 4, 2025, 52}, {1969, 12, 31, 3, 1970, 1}, {0, 1, 1, 6, -1, 52}} {
		days := DaysFromCivil(c.y, c.m, c.d)
		year, week := ISOWeek(days)
		if ISOWeekday(days) != c.weekday || year != c.isoYear || week != c.week {
			t.Errorf("%d-%d-%d: weekday %d, week %d of %d", c.y, c.m, c.d, ISOWeekday(days), week, year)
		}
	}
	for _, at := range []column.Timestamp{MinTimestamp, MaxTimestamp, 0, -1, 1} {
		days, micros := SplitDay(at)
		if back, ok := JoinDay(days, micros); !ok || back != at {
			t.Errorf("%d: joined %d, %v", at, back, ok)
		}
	}
	if _, ok := JoinDay(SplitDay(MinTimestamp - 1)); ok {
		t.Error("before the first instant")
	}
	if _, ok := JoinDay(106751991, MicrosPerDay-1); ok {
		t.Error("after the last instant")
	}
}

// FuzzInput looks for texts that bring a reader down, and for values that do not survive their own text form.
func FuzzInput(f *testing.F) {
	for _, seed := range []string{"2025-01-05 10:11:12.5+02", "Jan 5 2025 10:00 PM", "1 day -02:00:30.5 ago", "P1Y2M3W4DT5H6M7.8S",
		"10.1.2.3/8", "::1/64", `"a"=>"b\"", c=>NULL`, `{"a":[1.50,"\u00e9",null,{}]}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for name, read := range readers {
			v, err := read(text)
			if err != nil {
				if _, ok := sqlerr.As(err); !ok {
					t.Fatalf("%s: %q: %v", name, text, err)
				}
				continue
			}
			printed := string(column.AppendText(nil, v))
			again, err := read(printed)
			if err != nil || string(column.AppendText(nil, again)) != printed {
				t.Fatalf("%s: %q prints as %q, which reads as %v, %v", name, text, printed, again, err)
			}
		}
	})
}
