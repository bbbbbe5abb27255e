package clients

import (
	"strings"

	"github.com/credsql/credsql/examples/audit"
)

// types has a value of every type, and NULLs of some.
const types = `SELECT true AS yes, false AS no, NULL::boolean AS unknown, 42 AS small, 1234567890123456789 AS large, 1.5 AS fraction, 1e300 AS huge,
 TIMESTAMP '2025-01-05 10:20:30.123456' AS moment, TIMESTAMP '2025-01-05 00:00:00' AS midnight, NULL::timestamp AS never,
 'é ''x'' 日本 😀' AS words, '' AS nothing, NULL AS missing, ARRAY['a', NULL, 'b"'] AS list, 'a=>1, b=>NULL, "c d"=>"é"'::hstore AS tags,
 '{"a": [1, null, "x"]}'::json AS document, '10.0.0.0/8'::inet AS net, INTERVAL '1 year 2 days 03:04:05.6' AS span`

// checkTypes: what a client makes of each type, in both protocols where it has both, is the same as what credsql query says.
func checkTypes(r *run) {
	text := r.asked(request{Op: "text", To: r.servers.open.as("native-" + r.name), SQLs: []string{types}})
	r.noteTypes("text", text)
	if r.lacks["prepared"] == "" {
		r.noteTypes("prepared", r.asked(request{Op: "prepared", To: r.servers.open.as("native-" + r.name), SQL: types, Runs: [][]param{{}}}))
	}
	const tagged = "SELECT user, tags, mfa_active, user_creation_time FROM aws.iam_credential_report WHERE tags IS NOT NULL ORDER BY arn LIMIT 50"
	r.equal(true, request{Op: "text", To: r.servers.plain.address, SQLs: []string{tagged}}, tagged)
}

// noteTypes compares the values, and notes their types.
func (r *run) noteTypes(protocol string, a answer) {
	r.Helper()
	if len(a.Results) != 1 {
		return
	}
	o, e := a.Results[0], r.servers.expect(false, types)
	diff := e.difference(o)
	r.check(diff == "" && e.err == "", "%s: %s %s", protocol, diff, e.err)
	if o.Error != nil {
		return
	}
	for i, c := range o.Columns {
		r.note("type: %s: %s: %s, %s", protocol, c, o.Types[i], o.Rows[0][i][0])
	}
}

// equal makes a request and compares its answers with those of credsql query to statements.
func (r *run) equal(demo bool, q request, statements ...string) {
	r.Helper()
	a := r.asked(q)
	if len(a.Results) != len(statements) {
		r.Errorf("%s %s: %d answers, not %d", q.Op, q.SQL, len(a.Results), len(statements))
		return
	}
	for i, sql := range statements {
		e := r.servers.expect(demo, sql)
		if e.err != "" {
			r.Errorf("%s: %s", sql, e.err)
		}
		diff := e.difference(a.Results[i])
		r.check(diff == "", "%s %s\n%s", q.Op, sql, diff)
	}
}

// checkQuestions: every audit question of the examples, and some more, as text; prepared as well where the library can.
func checkQuestions(r *run) {
	questions, err := audit.List()
	if err != nil || len(questions) < 50 {
		r.Fatalf("%d questions, %v", len(questions), err)
	}
	var sqls []string
	for _, q := range questions {
		sql := q.SQL
		for _, p := range q.Parameters {
			sql = strings.ReplaceAll(sql, ":'"+p.Name+"'", "'"+p.Default+"'")
			sql = strings.ReplaceAll(sql, ":"+p.Name, p.Default)
		}
		sqls = append(sqls, sql)
	}
	sqls = append(sqls,
		"SELECT * FROM aws.iam_credential_report ORDER BY arn LIMIT 100",
		"SELECT * FROM credsql.credentials WHERE account_id = '314159265062' ORDER BY arn, kind, slot",
		"SELECT `user`, `mfa_active` FROM `aws`.`iam_credential_report` WHERE `account_id` = '314159265062' ORDER BY `user`",
		"/* ApplicationName=check */ SELECT count(*) AS n FROM aws.iam_credential_report -- with a comment",
		"SELECT user FROM aws.iam_credential_report WHERE user LIKE '%-prod' AND account_id IN ('314159265062', '100000000017') ORDER BY arn",
		"SELECT account_id, row_number() OVER (ORDER BY count(*) DESC, account_id) AS place FROM aws.iam_credential_report GROUP BY account_id ORDER BY 1",
		"SELECT repeat('x', n) AS t FROM (VALUES (0), (250), (251), (65535), (65536), (70000)) v(n)",
		"SELECT user FROM aws.iam_credential_report WHERE false",
	)
	to := r.servers.open.as("native-" + r.name)
	r.equal(false, request{Op: "text", To: to, SQLs: sqls}, sqls...)
	if r.lacks["prepared"] != "" {
		return
	}
	for _, sql := range sqls {
		r.equal(false, request{Op: "prepared", To: to, SQL: sql, Runs: [][]param{{}}}, sql)
	}
}

// checkErrors: an error is an error with its number, and the connection goes on after it; what would change something is refused.
func checkErrors(r *run) {
	sqls := []string{
		"SELECT nothing FROM iam_credential_report", "SELECT 1/0", "SELECT * FROM no_such_table", "SELECT FROM WHERE",
		"CREATE TABLE t (a int)", "INSERT INTO iam_credential_report (user) VALUES ('x')", "DELETE FROM iam_credential_report",
		"SELECT load_file('/etc/hostname')", "SELECT 1 INTO OUTFILE '/tmp/credsql-outfile'", "SET GLOBAL max_connections = 5",
		"SELECT 7 AS seven",
	}
	a := r.asked(request{Op: "text", To: r.servers.open.as("native-" + r.name), SQLs: sqls})
	if len(a.Results) != len(sqls) {
		r.Fatalf("%d answers", len(a.Results))
	}
	last := len(sqls) - 1
	for i, o := range a.Results[:last] {
		if o.Error == nil {
			r.Errorf("%s: no error", sqls[i])
			continue
		}
		r.check(o.Error.Code > 1000, "%s: %+v", sqls[i], o.Error)
		r.note("error: %d: %s", o.Error.Code, sqls[i])
	}
	r.check(a.Results[last].Error == nil && a.Results[last].Rows[0][0][1] == "7", "afterwards: %+v", a.Results[last])
}
