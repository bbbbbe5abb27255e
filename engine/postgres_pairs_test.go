package engine

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

// pairValues are an expression of each type; untyped are those that take their type from the other side.
var (
	pairValues = []string{"CAST(7 AS BIGINT)", "DECIMAL '2.5'", "VARCHAR 'a'", "true", "TIMESTAMP '2024-01-31 10:00:00'", "INTERVAL '1 day'",
		"INET '10.0.0.1/8'", `JSON '{"a": 1}'`, "CAST('a=>1' AS HSTORE)", "CAST(ARRAY['a'] AS VARCHAR[])", "CAST(ARRAY[1] AS BIGINT[])"}
	pairTypes   = []string{"BIGINT", "DECIMAL", "VARCHAR", "BOOLEAN", "TIMESTAMP", "INTERVAL", "INET", "JSON", "HSTORE", "VARCHAR[]", "BIGINT[]"}
	pairUntyped = []string{"NULL", "'a'", "'1'", "'{}'"}
	pairSigns   = []string{"=", "<>", "<", ">=", "+", "-", "*", "/", "%", "||", "->", "->>", "#>", "#>>", "@>", "<@", "&&", "<<", "<<=", ">>", ">>=",
		"&", "|", "#", "^", "~", "!~*", "?", "?|", "?&", "LIKE", "NOT ILIKE", "SIMILAR TO", "IS DISTINCT FROM", "IS NOT DISTINCT FROM"}
	pairForms = []string{"COALESCE(%s, %s)", "CASE WHEN false THEN %s ELSE %s END", "%s IN (%s)", "%s NOT IN (%s, NULL)", "%[1]s BETWEEN %[2]s AND %[1]s",
		"GREATEST(%s, %s)", "NULLIF(%s, %s)", "ARRAY[%s, %s]", "%s = ANY (ARRAY[%s])", "%s = ANY (SELECT %s)", "%s NOT IN (SELECT %s)",
		"CASE %s WHEN %s THEN 1 END", "(%s, 1) = (%s, 1)", "(%s, 1) < (%s, 1)", "array_append(ARRAY[%s], %s)", "%s > ALL (SELECT %s)"}
)

// pairExceptions are where the two answer otherwise, and why.
var pairExceptions = []struct{ statement, reason string }{
	{`INET '[^']+' [-+&|] | [-+&|] INET`, "there is no arithmetic with addresses"},
	{` % `, "% takes DECIMAL too, since DDSQL's DECIMAL stands for PostgreSQL's numeric"},
	{` (->|->>|<<|>>) CAST\(7| (<<|>>) CAST\(NULL AS BIGINT`, "there is one integer type, so that what takes an INTEGER takes a BIGINT"},
	{`(NULL|'1'|'\{\}'|'a') (->>|#>|#>>|\?|\?\||\?&|&|\||#|-|@>|<@) |@> '|<@ NULL`, "PostgreSQL has the operator for more types, so that an untyped operand is ambiguous there"},
	{` (~|!~\*) '\{\}'`, "ICU takes { for the beginning of a repetition"},
	{`ARRAY\[.*CAST\((ARRAY|NULL AS \w+\[)`, "there are no arrays of arrays"},
	{`CAST\(CAST\(7 AS BIGINT\) AS BOOLEAN|CAST\(true AS BIGINT`, "there is one integer type, so that what casts to INTEGER casts to BIGINT"},
	{`CAST\(DECIMAL '2.5' AS BIGINT`, "DECIMAL rounds halves away from zero, as PostgreSQL's numeric does"},
}

// TestPostgresPairs asks both sides for every operator and every construct that brings types together, over all pairs of types, with values,
// NULLs and untyped literals, and for every cast.
func TestPostgresPairs(t *testing.T) {
	address := os.Getenv("CREDSQL_POSTGRES")
	if address == "" {
		t.Skip("CREDSQL_POSTGRES is not set; CI starts a server for this test")
	}
	pg := newPostgres(t, address)
	session := newTestSession(t, memorySource(t, nil), nil)
	used := make([]bool, len(pairExceptions))
	statements := pairStatements()
	exceptions := 0
	for _, stmt := range statements {
		d := pg.compare(session, stmt)
		if d.kind == "" || d.kind == "code" && sameClass(d.text) {
			continue
		}
		excepted := false
		for i, x := range pairExceptions {
			if regexp.MustCompile(x.statement).MatchString(stmt) {
				excepted, used[i] = true, true
			}
		}
		if !excepted {
			t.Errorf("%v\n%s", d, stmt)
		}
		exceptions++
	}
	for i, x := range pairExceptions {
		if !used[i] {
			t.Errorf("nothing differs any more: %s", x.reason)
		}
	}
	t.Logf("%d statements, %d of %d kinds of named exceptions", len(statements), exceptions, len(pairExceptions))
}

// sameClass says whether two codes are of one kind: that the types do not fit, or that a literal cannot be read. PostgreSQL has more types, so that
// what does not exist here may be ambiguous there.
func sameClass(text string) bool {
	m := regexp.MustCompile(`^credsql: (\w{5}) .*SQLSTATE (\w{5})`).FindStringSubmatch(strings.ReplaceAll(text, "\n", " "))
	if m == nil {
		return false
	}
	types := unresolved[m[1]] && unresolved[m[2]]
	literals := (m[1][:2] == "22" || unresolved[m[1]]) && (m[2][:2] == "22" || m[2] == "XX000" || unresolved[m[2]])
	return types || literals
}

func pairStatements() []string {
	var out []string
	add := func(format string, args ...any) { out = append(out, "SELECT "+fmt.Sprintf(format, args...)) }
	for i, x := range pairValues {
		null := "CAST(NULL AS " + pairTypes[i] + ")"
		for _, sign := range pairSigns {
			for _, y := range append(append([]string{null}, pairValues...), pairUntyped...) {
				add("%s %s %s", x, sign, y)
			}
			for _, u := range append([]string{null}, pairUntyped...) {
				add("%s %s %s", u, sign, x)
			}
		}
		for _, form := range pairForms {
			for _, y := range append(append([]string{null}, pairValues...), pairUntyped...) {
				add(form, x, y)
			}
			for _, u := range pairUntyped {
				add(form, u, x)
			}
		}
		for j, y := range pairValues {
			add("%s UNION ALL SELECT %s", x, y)
			add("* FROM (VALUES (%s), (%s)) v", x, y)
			add("CAST(%s AS %s)", x, pairTypes[j])
		}
		for _, u := range append(pairUntyped, "'true'", "'1.5'", "'{1,2}'", "'10.0.0.1'", "'2024-01-31'", "''", "' 7 '") {
			add("CAST(%s AS %s)", u, pairTypes[i])
			add("%s UNION SELECT %s", u, x)
		}
	}
	return out
}
