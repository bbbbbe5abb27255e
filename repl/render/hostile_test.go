package render

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/credsql/credsql/engine/column"
)

// write renders one text in one row between two harmless ones, under a name that is the same text.
func write(t *testing.T, f Format, opts Options, s string) string {
	t.Helper()
	var out bytes.Buffer
	w, err := New(&out, f, opts)
	if err != nil {
		t.Fatal(err)
	}
	b := &column.Batch{N: 1, Cols: []*column.Vector{
		column.ConstVector(column.Int64, int64(1), 1), column.ConstVector(column.Text, s, 1), column.ConstVector(column.Bool, true, 1),
	}}
	cols := []Column{{"left", column.Int64}, {s, column.Text}, {"right", column.Bool}}
	for _, err := range []error{w.Begin(cols), w.Write(b), w.End()} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return out.String()
}

var hostileSeeds = []string{
	"", "alice", "\x1b]0;title\x07", "a\xff\xfeb", "\x9b31m", "\u009b31m", "\u202e", "=cmd|' /C calc'!A0", "a\"b", "a,b", "a\nb\r\nc", "\\N", "\\",
	"</td><script>", "a|b\\|c", "日本語\U000e0041", "\xed\xa0\x80", "\u2028", "'", "`", "&lt;",
}

// FuzzFormats checks, for any text as value and as name, what each format promises.
func FuzzFormats(f *testing.F) {
	for _, s := range hostileSeeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		shown := Options{Terminal: true, Width: 60}
		for _, format := range Formats() {
			checkHarmless(t, format, write(t, format, shown, s))
		}
		checkJSON(t, s)
		checkCSV(t, s)
		checkTSV(t, s)
		checkLines(t, s)
	})
}

// checkHarmless: nothing that steers a terminal is in the output.
func checkHarmless(t *testing.T, f Format, out string) {
	t.Helper()
	for _, r := range out {
		if r == '\n' || r == '\t' && f == TSV {
			continue
		}
		if unicode.Is(unicode.Cc, r) || r >= 0x202a && r <= 0x202e || r == 0x2028 {
			t.Fatalf("%s: raw %U in %q", f, r, out)
		}
	}
	if !utf8.ValidString(out) {
		t.Fatalf("%s: invalid UTF-8 in %q", f, out)
	}
}

func checkJSON(t *testing.T, s string) {
	t.Helper()
	var row map[string]any
	if err := json.Unmarshal([]byte(write(t, JSONL, Options{}, s)), &row); err != nil {
		t.Fatal(err)
	}
	want := strings.ToValidUTF8(s, "\ufffd")
	if utf8.ValidString(s) && s != "left" && s != "right" && row[want] != want {
		t.Fatalf("json gives back %q for %q", row, want)
	}
	if !json.Valid([]byte(write(t, JSON, Options{}, s))) {
		t.Fatal("invalid JSON")
	}
}

func checkCSV(t *testing.T, s string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(write(t, CSV, Options{}, s))).ReadAll()
	want := strings.ReplaceAll(s, "\r\n", "\n") // what Go's reader makes of it
	if err != nil || len(rows) != 2 || rows[0][1] != want || rows[1][1] != want {
		t.Fatalf("csv gives back %q, %v for %q", rows, err, s)
	}
	rows, err = csv.NewReader(strings.NewReader(write(t, CSV, Options{ExcelGuard: true}, s))).ReadAll()
	if err != nil || rows[1][1] != "" && strings.ContainsAny(rows[1][1][:1], "=+-@\t\r\n") {
		t.Fatalf("csv with the guard gives %q, %v", rows, err)
	}
}

func checkTSV(t *testing.T, s string) {
	t.Helper()
	lines := strings.Split(write(t, TSV, Options{}, s), "\n")
	fields := strings.Split(lines[1], "\t")
	unescape := strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\t`, "\t", `\r`, "\r", `\b`, "\b", `\v`, "\v", `\f`, "\f")
	if len(lines) != 3 || len(fields) != 3 || unescape.Replace(fields[1]) != s || s != "" && fields[1] == `\N` {
		t.Fatalf("tsv gives %q for %q", lines, s)
	}
}

// checkLines: one value is one line in the formats that have a line a row, and no cell opens another.
func checkLines(t *testing.T, s string) {
	t.Helper()
	if out := write(t, Markdown, Options{}, s); strings.Count(out, "\n") != 3 || strings.ContainsAny(out, "<>") {
		t.Fatalf("markdown: %q", out)
	}
	if out := write(t, HTML, Options{}, s); strings.Count(out, "<") != strings.Count(write(t, HTML, Options{}, "x"), "<") {
		t.Fatalf("html: %q", out)
	}
	lines := strings.Split(strings.TrimSuffix(write(t, Table, Options{Width: 40}, s), "\n"), "\n")
	for _, line := range lines {
		if textWidth(line) != textWidth(lines[0]) || textWidth(line) > 40 {
			t.Fatalf("table line %q is not as wide as %q", line, lines[0])
		}
	}
}

func TestSafe(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"plain":              "plain",
		"Zoë 日本 👩‍👧":         "Zoë 日本 👩‍👧",
		"\x1b[2J\u009b\x7f":  `\x1b[2J\u009b\x7f`,
		"a\xffb":             `a\xffb`,
		"a\n\tb":             `a\n\tb`,
		"\u202egpj.exe":      `\u202egpj.exe`,
		"\U000e0041\ufeff":   `\U000e0041\ufeff`,
		"soft\u00adhyphen":   `soft\u00adhyphen`,
		"zero\u200bwidth":    `zero\u200bwidth`,
		`back\slash "quote"`: `back\slash "quote"`,
	} {
		if got := Safe(in); got != want {
			t.Errorf("Safe(%q) = %q, want %q", in, got, want)
		}
	}
	if got, want := SafeLines("a\x1b\n\tb\r\n"), "a\\x1b\n\tb\\r\n"; got != want {
		t.Errorf("SafeLines = %q, want %q", got, want)
	}
}

func TestUnknownFormat(t *testing.T) {
	t.Parallel()
	const want = `unknown output format "xml"; one of table, vertical, csv, tsv, json, jsonl, markdown, html`
	if _, err := ParseFormat("xml"); err == nil || err.Error() != want {
		t.Errorf("ParseFormat: %v", err)
	}
	if _, err := New(nil, "xml", Options{}); err == nil || err.Error() != want {
		t.Errorf("New: %v", err)
	}
}
