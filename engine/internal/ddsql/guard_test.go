package ddsql

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/credsql/credsql/engine/sqlerr"
)

// TestGuard refuses what is enormous at once, and takes long lists of constants.
func TestGuard(t *testing.T) {
	t.Parallel()
	many := func(n int, s string) string { return strings.Repeat(s, n) }
	cases := []struct {
		name, text string
		refused    bool
	}{
		{"one megabyte of blanks", "SELECT 1" + many(1<<20, " "), true},
		{"one megabyte of string", "SELECT '" + many(1<<20, "x") + "'", true},
		{"100,000 ORs", "SELECT 1 WHERE a=1" + many(100_000, " OR a=1"), true},
		{"3,000 ORs", "SELECT 1 WHERE a=1" + many(3_000, " OR a=1"), true},
		{"2,000 ORs", "SELECT 1 WHERE a=1" + many(2_000, " OR a=1"), false},
		{"10,000 parentheses", "SELECT " + many(10_000, "(") + "1" + many(10_000, ")"), true},
		{"201 parentheses", "SELECT " + many(201, "(") + "1" + many(201, ")"), true},
		{"190 parentheses", "SELECT " + many(190, "(") + "1" + many(190, ")"), false},
		{"10,000 open parentheses", "SELECT " + many(10_000, "("), true},
		{"10,000 brackets", "SELECT " + many(10_000, "a["), true},
		{"400,000 terms", "SELECT 1" + many(400_000, "+1"), true},
		{"4,000 terms", "SELECT 1" + many(4_000, "+1"), true},
		{"180 terms", "SELECT 1" + many(180, "+1"), false},
		{"15,000 terms", "SELECT 1" + many(15_000, "+1"), true},
		{"5,000 minus signs", "SELECT " + many(5_000, "- ") + "1", true},
		{"5,000 NOTs", "SELECT " + many(5_000, "NOT ") + "a", true},
		{"5,000 casts", "SELECT a" + many(5_000, "::text"), true},
		{"5,000 subscripts", "SELECT a" + many(5_000, "[1]"), true},
		{"300 nested CASEs", "SELECT " + many(300, "CASE WHEN a THEN ") + "1" + many(300, " END"), true},
		{"300 arms", "SELECT 1" + many(300, " UNION ALL SELECT 1"), true},
		{"49 unions", "SELECT 1" + many(49, " UNION ALL SELECT 1"), false},
		{"300 joins", "SELECT 1 FROM t" + many(300, " CROSS JOIN t"), true},
		{"100 joins", "SELECT 1 FROM t" + many(100, " CROSS JOIN t"), false},
		{"20,000 constants", "SELECT 1 WHERE a IN (1" + many(20_000, ", 2") + ")", false},
		{"10,000 account ids", "SELECT 1 WHERE a IN ('123456789012'" + many(10_000, ", '123456789012'") + ")", false},
		{"10,000 rows", "VALUES (1)" + many(10_000, ", (2)"), false},
		{"40,000 constants", "SELECT 1 WHERE a IN (1" + many(40_000, ", 2") + ")", true},
		{"10,000 columns", "SELECT a" + many(10_000, ", a"), true},
		{"100,000 statements", many(100_000, "a;"), true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			_, err := Parse(c.text, Options{})
			took := time.Since(start)
			if (err != nil) != c.refused {
				t.Errorf("error %v", err)
			}
			if e, ok := sqlerr.As(err); err != nil && (!ok || e.Code != sqlerr.CodeTooComplex && e.Code != sqlerr.CodeSyntax) {
				t.Errorf("error %v", err)
			}
			// A guard against a hang: each takes a few milliseconds, but a busy machine may take its time.
			if took > 30*time.Second {
				t.Errorf("took %v", took)
			}
			t.Log(took)
		})
	}
}

// TestGuardIsConfigurable moves a limit.
func TestGuardIsConfigurable(t *testing.T) {
	t.Parallel()
	for limit, want := range map[int]string{
		0: "", 10: "statement is too complex: 20 bytes, where 10 are allowed",
	} {
		_, err := Parse("SELECT 1 -- comment ", Options{Limits: Limits{Bytes: limit}})
		if got := fmt.Sprint(err); got != want && !(err == nil && want == "") {
			t.Errorf("limit %d: %v", limit, err)
		}
	}
}

// TestText refuses what is no text.
func TestText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"SELECT '\xff'":         `invalid byte sequence for encoding "UTF8": 0xff`,
		"SELECT 'a\x00b'":       `invalid byte sequence for encoding "UTF8": 0x00`,
		"SELECT E'\\xff'":       `invalid byte sequence for encoding "UTF8"`,
		"SELECT '\uFFFD', 'ok'": "<nil>",
	} {
		if _, err := Parse(text, Options{}); fmt.Sprint(err) != want {
			t.Errorf("%q: %v", text, err)
		}
	}
}
