package engine

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/tables/memory"
)

// worst are the largest statements of each shape that the caps let through, or nearly: analysing one must not take a second.
func worst() map[string]string {
	repeat := func(n int, f func(i int) string, sep string) string {
		parts := make([]string, n)
		for i := range parts {
			parts[i] = f(i)
		}
		return strings.Join(parts, sep)
	}
	nest := func(n int, open, inner, shut string) string {
		return strings.Repeat(open, n) + inner + strings.Repeat(shut, n)
	}
	const report = "aws.iam_credential_report"
	return map[string]string{
		"or chain":       "SELECT 1 FROM " + report + " WHERE " + repeat(1200, func(i int) string { return fmt.Sprintf("user = 'u%d'", i) }, " OR "),
		"and chain":      "SELECT 1 FROM " + report + " WHERE " + repeat(1200, func(i int) string { return fmt.Sprintf("user <> 'u%d'", i) }, " AND "),
		"in list":        "SELECT 1 FROM " + report + " WHERE user IN (" + repeat(9000, func(i int) string { return fmt.Sprintf("'user-%d'", i) }, ", ") + ")",
		"sum chain":      "SELECT " + repeat(180, func(i int) string { return "length(user)" }, " + ") + " FROM " + report,
		"grouped chain":  "SELECT " + repeat(180, func(i int) string { return "length(user)" }, " + ") + ", count(*) FROM " + report + " GROUP BY user",
		"grouped wide":   "SELECT " + repeat(600, func(i int) string { return fmt.Sprintf("upper(user || '%d') || lower(arn)", i) }, ", ") + " FROM " + report + " GROUP BY user, arn",
		"many keys":      "SELECT count(*) FROM " + report + " GROUP BY " + repeat(1200, func(i int) string { return fmt.Sprintf("user || '%d'", i) }, ", "),
		"many orders":    "SELECT " + repeat(700, func(i int) string { return fmt.Sprintf("user || '%d'", i) }, ", ") + " FROM " + report + " ORDER BY " + repeat(700, func(i int) string { return fmt.Sprintf("user || '%d'", i) }, ", "),
		"cube":           "SELECT count(*) FROM " + report + " GROUP BY CUBE (" + repeat(12, func(i int) string { return fmt.Sprintf("user || '%d'", i) }, ", ") + ")",
		"union arms":     repeat(49, func(i int) string { return "SELECT * FROM " + report }, " UNION ALL "),
		"unions of wide": "SELECT * FROM (" + repeat(49, func(i int) string { return "SELECT user, arn, tags FROM " + report }, " UNION ") + ") u WHERE user = 'x'",
		"joins":          "SELECT count(*) FROM " + repeat(60, func(i int) string { return fmt.Sprintf("%s t%d", report, i) }, ", ") + " WHERE " + repeat(59, func(i int) string { return fmt.Sprintf("t%d.arn = t%d.arn", i, i+1) }, " AND "),
		"using":          "SELECT * FROM " + report + " t0 " + repeat(40, func(i int) string { return fmt.Sprintf("FULL JOIN %s t%d USING (user)", report, i+1) }, " "),
		"natural":        "SELECT * FROM " + report + " t0 " + repeat(25, func(i int) string { return fmt.Sprintf("NATURAL FULL JOIN %s t%d", report, i+1) }, " "),
		"definitions": "WITH " + repeat(300, func(i int) string {
			return fmt.Sprintf("c%d AS (SELECT * FROM %s)", i+1, map[bool]string{true: report, false: fmt.Sprintf("c%d", i)}[i == 0])
		}, ", ") + " SELECT count(*) FROM c300",
		"doubled": "WITH " + repeat(40, func(i int) string {
			return fmt.Sprintf("c%d AS (SELECT a.user FROM %s a, %[2]s b)", i+1, map[bool]string{true: report, false: fmt.Sprintf("c%d", i)}[i == 0])
		}, ", ") + " SELECT 1 FROM c40 LIMIT 0",
		"nested from":   "SELECT user FROM " + nest(60, "(SELECT * FROM ", report, ") q"),
		"doubling":      "SELECT 1 FROM " + nest(50, "(SELECT user || user AS user FROM ", report, ") q") + " WHERE user = 'x'",
		"doubling case": "SELECT 1 FROM " + nest(50, "(SELECT CASE WHEN user = 'a' THEN user ELSE user || 'b' END AS user FROM ", report, ") q") + " WHERE user = 'x'",
		"nested exists": "SELECT 1 FROM " + report + " t WHERE " + nest(50, "EXISTS (SELECT 1 FROM "+report+" s WHERE s.arn = t.arn AND ", "true", ")"),
		"nested in":     "SELECT 1 FROM " + report + " WHERE " + nest(50, "user IN (SELECT user FROM "+report+" WHERE ", "true", ")"),
		"nested scalar": "SELECT " + nest(60, "(SELECT max(user || ", "'x'", ") FROM "+report+")"),
		"subqueries": "SELECT " + repeat(250, func(i int) string {
			return fmt.Sprintf("(SELECT count(*) FROM %s s WHERE s.user = t.user || '%d')", report, i)
		}, ", ") + " FROM " + report + " t",
		"distinct from": "SELECT " + nest(90, "(", "true", " IS DISTINCT FROM true)"),
		"between":       "SELECT 1 FROM " + report + " WHERE " + nest(90, "(", "mfa_active", " BETWEEN false AND true)"),
		"symmetric":     "SELECT 1 FROM " + report + " WHERE " + nest(90, "(", "mfa_active", " BETWEEN SYMMETRIC false AND true)"),
		"nullif":        "SELECT " + nest(90, "nullif(", "user", ", 'x')") + " FROM " + report,
		"coalesce":      "SELECT " + nest(90, "coalesce(", "user", ", 'x')") + " FROM " + report,
		"case of":       "SELECT " + nest(40, "CASE ", "user", " WHEN 'a' THEN 'b' WHEN 'c' THEN 'd' ELSE 'e' END") + " FROM " + report,
		"slices":        "SELECT " + nest(40, "(", "array_agg(user)", ")[:]") + " FROM " + report,
		"rows":          "SELECT 1 FROM " + report + " WHERE " + nest(40, "((", "mfa_active", ", true) < (true, false))"),
		"long rows":     "SELECT 1 FROM " + report + " WHERE (" + repeat(400, func(i int) string { return "user" }, ", ") + ") < (" + repeat(400, func(i int) string { return "arn" }, ", ") + ")",
		"any array":     "SELECT 1 FROM " + report + " WHERE " + nest(40, "(", "mfa_active", " = ANY (ARRAY[true, false]))"),
		"any of any":    "SELECT 1 FROM " + report + " WHERE true = ANY (" + nest(40, "ARRAY[true = ANY (", "ARRAY[mfa_active]", ")]") + ")",
		"windows": "SELECT " + repeat(300, func(i int) string {
			return fmt.Sprintf("row_number() OVER (PARTITION BY user ORDER BY arn || '%d')", i)
		}, ", ") + " FROM " + report,
		"aggregates":       "SELECT " + repeat(600, func(i int) string { return fmt.Sprintf("max(user || '%d')", i) }, ", ") + " FROM " + report,
		"outer aggregates": "SELECT " + repeat(200, func(i int) string { return fmt.Sprintf("(SELECT max(t.user || '%d'))", i) }, ", ") + " FROM " + report + " t",
		"lateral":          "SELECT count(*) FROM " + report + " t0" + repeat(50, func(i int) string { return fmt.Sprintf(", LATERAL (SELECT t%d.user || 'x' AS user) t%d", i, i+1) }, ""),
		"values":           "SELECT count(*) FROM (VALUES " + repeat(9000, func(i int) string { return fmt.Sprintf("(%d, 'x')", i) }, ", ") + ") v",
		"stars":            "SELECT " + repeat(150, func(i int) string { return "*" }, ", ") + " FROM " + report,
		"stars of stars":   "SELECT " + repeat(30, func(i int) string { return "*" }, ", ") + " FROM (SELECT " + repeat(30, func(i int) string { return "*" }, ", ") + " FROM (SELECT " + repeat(30, func(i int) string { return "*" }, ", ") + " FROM " + report + ") a) b",
		"like any":         "SELECT 1 FROM " + report + " WHERE user LIKE ANY (ARRAY[" + repeat(2000, func(i int) string { return fmt.Sprintf("'%%u%d%%'", i) }, ", ") + "])",
		"unknown column":   "SELECT " + strings.Repeat("z", 60) + " FROM " + repeat(60, func(i int) string { return fmt.Sprintf("%s t%d", report, i) }, ", "),
		"unknown function": "SELECT " + strings.Repeat("z", 60) + "(" + repeat(400, func(i int) string { return "user" }, ", ") + ") FROM " + report,
	}
}

// analysis is how long the analysis of any statement may take, with room for slow and busy machines.
const analysis = 30 * time.Second

// TestWorstStatements: whatever the caps admit is analysed soon, or refused as too complex.
func TestWorstStatements(t *testing.T) {
	s := exampleSession(t, nil)
	for name, sql := range worst() {
		t.Run(name, func(t *testing.T) {
			started := time.Now()
			rows, err := s.Query(context.Background(), "EXPLAIN "+sql)
			took := time.Since(started)
			if err == nil {
				rows.Close()
			}
			t.Logf("%v for %d bytes: %v", took.Round(time.Millisecond), len(sql), err)
			if took > analysis {
				t.Errorf("analysis took %v", took)
			}
		})
	}
}

// TestRefusedAtTheDoor: what nobody means is refused before it costs anything, and the next statement is answered.
func TestRefusedAtTheDoor(t *testing.T) {
	s := exampleSession(t, nil)
	for name, sql := range map[string]string{
		"a megabyte":           "SELECT '" + strings.Repeat("x", 1<<20) + "'",
		"100,000 ORs":          "SELECT 1 WHERE " + strings.Repeat("1 = 2 OR ", 100_000) + "true",
		"ORs in little":        "SELECT 1 WHERE " + strings.Repeat("a OR ", 30_000) + "true",
		"10,000 parentheses":   "SELECT " + strings.Repeat("(", 10_000) + "1" + strings.Repeat(")", 10_000),
		"400,000 terms":        "SELECT " + strings.Repeat("1+", 400_000) + "1",
		"terms in little":      "SELECT " + strings.Repeat("1+", 30_000) + "1",
		"minus signs":          "SELECT " + strings.Repeat("- ", 20_000) + "1",
		"NOTs":                 "SELECT " + strings.Repeat("NOT ", 20_000) + "true",
		"brackets":             "SELECT " + strings.Repeat("ARRAY[", 10_000) + "1" + strings.Repeat("]", 10_000),
		"cases":                "SELECT " + strings.Repeat("CASE WHEN ", 10_000) + "true" + strings.Repeat(" THEN 1 END", 10_000),
		"unions":               "SELECT 1" + strings.Repeat(" UNION SELECT 1", 5_000),
		"queries in queries":   strings.Repeat("SELECT * FROM (", 5_000) + "SELECT 1" + strings.Repeat(") q", 5_000),
		"joins":                "SELECT 1 FROM a" + strings.Repeat(" JOIN a ON true", 10_000),
		"casts":                "SELECT 1" + strings.Repeat("::bigint", 20_000),
		"subscripts":           "SELECT a" + strings.Repeat("[1]", 20_000),
		"columns":              "SELECT " + strings.Repeat("1, ", 40_000) + "1",
		"MySQL's parentheses":  "SELECT `a`, " + strings.Repeat("(", 10_000) + "1" + strings.Repeat(")", 10_000),
		"MySQL's terms":        "SELECT `a`, " + strings.Repeat("1+", 40_000) + "1",
		"an open comment":      "SELECT 1 " + strings.Repeat("/* ", 60_000),
		"an open text":         "SELECT '" + strings.Repeat("''", 60_000),
		"statements":           strings.Repeat("SELECT 1; ", 20_000),
		"a name":               "SELECT " + strings.Repeat("x", 200_000),
		"a number":             "SELECT " + strings.Repeat("9", 200_000),
		"definitions in order": "WITH " + strings.Repeat("a AS (SELECT 1), ", 5_000) + "b AS (SELECT 1) SELECT 1",
	} {
		t.Run(name, func(t *testing.T) {
			started := time.Now()
			rows, err := s.Query(context.Background(), sql)
			took := time.Since(started)
			if err == nil {
				rows.Close()
				t.Error("answered")
			}
			t.Logf("%v for %d bytes: %.100v", took.Round(time.Millisecond), len(sql), err)
			if took > analysis {
				t.Errorf("refused after %v", took)
			}
		})
	}
	if lines, err := queryText(s, "SELECT 1"); err != nil || len(lines) != 1 {
		t.Fatal("the session is gone:", err)
	}
}

// TestLargeValues: a short expression makes values of megabytes for thousands of rows. The statement ends with an error before the process has
// no memory left, and the next one is answered.
func TestLargeValues(t *testing.T) {
	source, err := memory.New()
	if err != nil {
		t.Fatal(err)
	}
	e, err := New(Config{Source: source, MaxMemory: 128 << 20})
	if err != nil {
		t.Fatal(err)
	}
	s := e.NewSession()
	const rows = " FROM generate_series(1, 20000) AS g(x)"
	for sql, code := range map[string]string{
		"SELECT count(lpad(x::varchar, 10000000))" + rows:  sqlerr.CodeOutOfMemory,
		"SELECT count(repeat('x', 10000000) || x)" + rows:  sqlerr.CodeOutOfMemory,
		"SELECT to_char(now(), repeat('Month ', 1000000))": sqlerr.CodeProgramLimit,
	} {
		lines, err := queryText(s, sql)
		if e, ok := sqlerr.As(err); !ok || e.Code != code {
			t.Errorf("%s: %d rows, %v, want %s", sql, len(lines), err, code)
		}
	}
	if lines, err := queryText(s, "SELECT count(lpad(x::varchar, 10000)) FROM generate_series(1, 20000) AS g(x)"); err != nil || len(lines) != 1 {
		t.Error("texts of 10,000 characters:", err)
	}
}
