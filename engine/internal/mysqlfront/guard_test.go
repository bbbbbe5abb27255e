package mysqlfront

import (
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
		{"one megabyte", "SELECT '" + many(1<<20, "x") + "'", true},
		{"100,000 ORs", "SELECT `a` FROM t WHERE a=1" + many(100_000, " OR a=1"), true},
		{"2,000 ORs", "SELECT `a` FROM t WHERE a=1" + many(2_000, " OR a=1"), false},
		{"2,000 ANDs", "SELECT `a` FROM t WHERE a=1" + many(2_000, " AND a=1"), false},
		{"10,000 parentheses", "SELECT " + many(10_000, "(") + "`a`" + many(10_000, ")"), true},
		{"400,000 terms", "SELECT 1" + many(400_000, "+1"), true},
		{"4,000 terms", "SELECT 1" + many(4_000, "+1"), true},
		{"150 terms", "SELECT 1" + many(150, "+1"), false},
		{"5,000 minus signs", "SELECT " + many(5_000, "- ") + "a", true},
		{"5,000 NOTs", "SELECT " + many(5_000, "NOT ") + "a", true},
		{"300 arms", "SELECT 1" + many(300, " UNION ALL SELECT 1"), true},
		{"20,000 constants", "SELECT `a` FROM t WHERE a IN (1" + many(20_000, ", 2") + ")", false},
		{"10,000 metadata constants", "SELECT 1 FROM information_schema.tables WHERE a IN (1" + many(10_000, ", 2") + ")", false},
		{"9,000 metadata terms", "SELECT 1" + many(9_000, "+1") + " FROM information_schema.tables", true},
		{"nested metadata", "SELECT " + many(300, "concat(") + "1" + many(300, ")") + " FROM information_schema.tables", true},
		{"SET of a deep expression", "SET @a = 1" + many(9_000, "+1"), true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			_, err := Parse(c.text, Options{})
			took := time.Since(start)
			if e, ok := sqlerr.As(err); (err != nil) != c.refused || err != nil && (!ok || e.Code != sqlerr.CodeTooComplex && e.Code != sqlerr.CodeSyntax) {
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

// TestDisputedBackslash finds the strings that readers of backslashes and others read differently.
func TestDisputedBackslash(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		`SELECT 1`:                         -1,
		`SELECT 'O''Brien'`:                -1,
		`SELECT 'O\'Brien'`:                9,
		`SELECT '\' OR 1=1 -- '`:           8,
		`SELECT '\d'`:                      8,
		`SELECT "\n"`:                      8,
		`SELECT 'a\_b\%'`:                  -1,
		`SELECT 'a\\b'`:                    9,
		"SELECT `a\\b`":                    -1,
		`SELECT 1 /* it's \ */, 'x'`:       -1,
		`SELECT 'ok', /* ' */ '\x'`:        22,
		`SELECT 'unfinished \`:             19,
		"SELECT 1 -- it's \\\n, 'x', '\\'": 27,
	} {
		got := -1
		if offset, found := DisputedBackslash(text); found {
			got = offset
		}
		if got != want {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
	}
}

// TestSplit cuts by MySQL's rules.
func TestSplit(t *testing.T) {
	t.Parallel()
	text := " /* a; */ SELECT ';', `;`, \"; \" ;\n# it's;\n-- it's;\n /*! SELECT 2; */ ;; SELECT 'open"
	var got []string
	for _, p := range Split(text, Options{}) {
		got = append(got, text[p.Start:p.End])
	}
	want := []string{"/* a; */ SELECT ';', `;`, \"; \"", "# it's;\n-- it's;\n /*! SELECT 2", "SELECT 'open"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("%q", got)
	}
}

// TestWants tells whose statements are whose.
func TestWants(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"SELECT a FROM t": false, "SELECT `a` FROM t": true, "SELECT '`' FROM t": false, "SELECT @@version": true,
		"SELECT @a FROM t": false, "SHOW TABLES": true, "SHOW dd.time_frame_start": false, "SET credsql.strict = on": false,
		"SET autocommit = 1": true, "USE aws": true, "EXPLAIN t": true, "EXPLAIN SELECT 1": false, "EXPLAIN FORMAT=JSON SELECT 1": true,
		"EXPLAIN (ANALYZE) SELECT 1": false, "SELECT 1 FROM information_schema.tables": true, "SELECT information_schema.x": false,
		"SELECT database()": true, "SELECT version": false, "SELECT user FROM t": false, "SELECT /*! 1 */": true, "/*!40101 SET x=1 */": true,
		"/*M!100100 SET x=1 */": false, "/*!999999 SET x=1 */": true, "SELECT $$`$$": false, "SELECT 'a": false, "": false, "WITH x AS (SELECT 1) TABLE x": false,
	} {
		if got := Wants(text, Options{}); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
