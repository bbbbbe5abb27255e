package repl

import "strings"

// statementHelp is what \h says of a statement or of a clause, in the way of psql's.
type statementHelp struct {
	names    []string // in small letters
	synopsis string
	doc      string
	example  string
}

// statementTopics are in the order in which people need them.
func statementTopics() []statementHelp {
	return []statementHelp{
		{[]string{"select"}, `SELECT [DISTINCT [ON (expression, …)]] expression [[AS] name], …
  FROM table [[AS] alias] [join …]
  WHERE condition
  GROUP BY expression, … | ROLLUP (…) | CUBE (…) | GROUPING SETS (…)
  HAVING condition
  WINDOW name AS (…)
  UNION | INTERSECT | EXCEPT [ALL] select
  ORDER BY expression [ASC | DESC] [NULLS FIRST | LAST], …
  LIMIT count OFFSET start | FETCH FIRST count ROWS ONLY | WITH TIES`,
			`Clauses may be left out, and stand in this order. GROUP BY and ORDER BY know output columns by name and by number.`,
			`SELECT account_id, count(*) FROM aws.iam_credential_report WHERE password_enabled AND NOT mfa_active GROUP BY 1 ORDER BY 2 DESC LIMIT 3;`},
		{[]string{"from", "join"}, `FROM table | (select) | VALUES (…) | function(…) [[AS] alias (name, …)]
  [INNER | LEFT | RIGHT | FULL] JOIN … ON condition | USING (name, …)
  CROSS JOIN … | NATURAL JOIN … | , LATERAL (select)`,
			`A select in FROM with LATERAL sees the columns before it.`,
			`SELECT a.account_id, s.n FROM credsql.accounts a, LATERAL (SELECT count(*) AS n FROM aws.iam_credential_report r WHERE r.account_id = a.account_id) s ORDER BY n DESC LIMIT 3;`},
		{[]string{"with"}, `WITH [RECURSIVE] name [(column, …)] AS [NOT MATERIALIZED] (select), …
SELECT …`,
			`Names a select for the statement that follows.`,
			`WITH keys AS (SELECT account_id, user FROM aws.iam_credential_report WHERE access_key_1_active) SELECT count(*) FROM keys;`},
		{[]string{"over", "window"}, `function(…) [FILTER (WHERE condition)] OVER ([PARTITION BY expression, …] [ORDER BY …] [frame])
  frame: ROWS | RANGE | GROUPS BETWEEN start AND end [EXCLUDE …]
  start, end: UNBOUNDED PRECEDING | n PRECEDING | CURRENT ROW | n FOLLOWING | UNBOUNDED FOLLOWING`,
			`Computes over the rows around each row. Any aggregate can be a window function; \h Window lists the others.`,
			`SELECT user, rank() OVER (ORDER BY access_key_1_last_rotated) FROM aws.iam_credential_report WHERE access_key_1_active ORDER BY 2, 1 LIMIT 3;`},
		{[]string{"values"}, `VALUES (expression, …), …`, `Rows that are written out: a statement of its own, or a table in FROM.`,
			`SELECT v.id FROM (VALUES ('111122223333'), ('444455556666')) v(id) ORDER BY id;`},
		{[]string{"explain"}, `EXPLAIN [ANALYZE] select`, `Shows the plan. With ANALYZE the statement runs, and rows, batches, time and memory of each operator are shown.`,
			`EXPLAIN SELECT count(*) FROM aws.iam_credential_report WHERE mfa_active;`},
		{[]string{"set", "show", "reset"}, `SET name = value
SHOW name | ALL
RESET name | ALL`, `Settings of the session. SHOW ALL lists them.`, `SHOW statement_timeout;`},
	}
}

// statement is the help on a statement or a clause; empty if there is none of that name.
func (s *Shell) statement(topic string) string {
	width, _ := s.config.Size()
	var b strings.Builder
	for _, h := range statementTopics() {
		for _, name := range h.names {
			if name == topic {
				b.WriteString("\n" + s.style("\x1b[1m", h.synopsis) + "\n" + wrap(h.doc, max(width, 40), "  ", "  ") + "\n  " + h.example + "\n")
			}
		}
	}
	return b.String()
}

// statementNames are the topics, as they are typed.
func statementNames() []string {
	var out []string
	for _, h := range statementTopics() {
		for _, name := range h.names {
			out = append(out, strings.ToUpper(name))
		}
	}
	return out
}
