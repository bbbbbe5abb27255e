package clients

import (
	"fmt"
	"strings"
)

// long is a statement that nobody waits for; the mark finds it in the audit log.
func long(mark string) string {
	return "SELECT count(*) /* " + mark + " */ FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b"
}

// checkMulti: several statements in one text, with an answer to each.
func checkMulti(r *run) {
	sqls := []string{"SELECT 1 AS one", "SELECT user FROM iam_credential_report WHERE account_id = '314159265062' ORDER BY user", "SELECT 'it''s; one' AS t"}
	r.equal(false, request{Op: "multi", To: r.servers.open.as("native-" + r.name), SQL: strings.Join(sqls, "; ")},
		sqls[0], strings.Replace(sqls[1], "FROM ", "FROM aws.", 1), sqls[2])
}

// checkStream: a large answer, row by row.
func checkStream(r *run) {
	const n = 300_000
	a := r.asked(request{Op: "stream", To: r.servers.open.as("native-" + r.name), SQL: fmt.Sprintf("SELECT x, 'row ' || x AS t, x %% 2 = 0 AS even FROM generate_series(1, %d) g(x)", n)})
	r.check(a.Count == n && a.Sum == fmt.Sprint(int64(n)*(n+1)/2), "%d rows, sum %s", a.Count, a.Sum)
}

// checkKill: another connection ends a statement; its client gets the error, and its connection is still good.
func checkKill(r *run) {
	mark := "kill-" + r.name
	a := r.asked(request{Op: "kill", To: r.servers.open.as("native-" + r.name), SQL: long(mark)})
	if len(a.Results) != 2 {
		r.Errorf("%+v", a)
		return
	}
	r.check(a.Results[0].Error != nil && a.Results[0].Error.Code == queryInterrupted, "%+v", a.Results[0])
	r.check(a.Results[1].Error == nil && a.Results[1].Rows[0][0][1] == "1", "afterwards: %+v", a.Results[1])
	outcome := r.servers.open.ended(r.T, mark)
	r.check(outcome == "canceled", "the server says %s", outcome)
}

// checkCancel: the library's own way to end a statement.
func checkCancel(r *run) {
	mark := "cancel-" + r.name
	a := r.asked(request{Op: "cancel", To: r.servers.open.as("native-" + r.name), SQL: long(mark)})
	if len(a.Results) != 2 {
		r.Errorf("%+v", a)
		return
	}
	r.check(a.Results[0].Error != nil, "%+v", a.Results[0])
	r.check(a.Results[1].Error == nil && a.Results[1].Rows[0][0][1] == "1", "afterwards: %+v", a.Results[1])
	outcome := r.servers.open.ended(r.T, mark)
	r.check(outcome == "canceled", "the server says %s", outcome)
}

// checkTimeout: a client that waits no longer leaves nothing behind that runs.
func checkTimeout(r *run) {
	mark := "timeout-" + r.name
	a := r.asked(request{Op: "timeout", To: r.servers.open.as("native-" + r.name), SQL: long(mark)})
	if len(a.Results) == 0 || a.Results[0].Error == nil {
		r.Errorf("%+v", a)
		return
	}
	r.note("timeout: %d", a.Results[0].Error.Code)
	outcome := r.servers.open.ended(r.T, mark)
	r.check(outcome == "canceled" || outcome == "gone", "the server says %s", outcome)
}

// checkDrop: a connection that is given up without a word leaves nothing behind that runs either.
func checkDrop(r *run) {
	mark := "drop-" + r.name
	r.asked(request{Op: "drop", To: r.servers.open.as("native-" + r.name), SQL: long(mark)})
	outcome := r.servers.open.ended(r.T, mark)
	r.check(outcome == "canceled" || outcome == "gone", "the server says %s", outcome)
}

// checkSession: ping, statistics, another user on the same connection, and a connection made as new.
func checkSession(r *run) {
	other := r.servers.open.as("wrong-" + r.name) // its password is right here
	other.User, other.Database = "sha2-"+r.name, "credsql"
	if !r.proves("rsa") {
		other.User = "native-" + r.name
	}
	a := r.asked(request{Op: "session", To: r.servers.open.as("native-" + r.name), Other: &other})
	got := a.Session
	r.check(got["ping"] == "ok", "%v", got)
	if v, ok := got["user"]; ok {
		r.check(strings.HasPrefix(v, other.User+"@"), "%v", got)
	}
	if v, ok := got["reset"]; ok {
		r.check(v == "null" || v == "None", "a variable after the reset: %v", got)
	}
	if v, ok := got["statistics"]; ok {
		r.check(strings.Contains(v, "Uptime"), "%v", got)
	}
	for _, key := range []string{"database", "catalog", "charset", "autocommit", "killed", "server"} {
		if v, ok := got[key]; ok {
			r.note("session: %s %s", key, v)
		}
	}
}

// checkPool: many statements by the connections of the library's pool.
func checkPool(r *run) {
	var sqls []string
	for i := range 12 {
		sqls = append(sqls, fmt.Sprintf("SELECT %d AS n", i))
	}
	r.equal(false, request{Op: "pool", To: r.servers.open.as("native-" + r.name), SQLs: sqls}, sqls...)
}

// checkBrowse: what the library's calls for schemas say.
func checkBrowse(r *run) {
	a := r.asked(request{Op: "browse", To: r.servers.open.as("native-" + r.name)})
	r.check(len(a.Columns) == 25, "%d columns", len(a.Columns))
	r.note("browse: databases %s", strings.Join(a.Databases, " "))
	r.note("browse: tables %s", strings.Join(a.Tables, " "))
	for _, n := range a.Notes {
		r.note("browse: %s", n)
	}
	e := r.servers.expect(false, "SELECT * FROM aws.iam_credential_report LIMIT 1")
	for i, c := range a.Columns {
		if i < len(e.columns) {
			r.check(c[0] == e.columns[i], "column %d is %s, not %s", i+1, c[0], e.columns[i])
		}
		r.check(c[3] != "" || r.uncommented, "%s has no comment", c[0])
		r.note("browse: column %s %s %s", c[0], c[1], c[2])
	}
	if len(a.Results) > 0 {
		r.equalOutcome(a.Results[0], "SELECT user, count(*) AS count_1 FROM aws.iam_credential_report WHERE mfa_active AND account_id = '314159265062' GROUP BY user ORDER BY user")
	}
}

func (r *run) equalOutcome(o outcome, sql string) {
	r.Helper()
	e := r.servers.expect(false, sql)
	diff := e.difference(o)
	r.check(diff == "" && e.err == "", "%s\n%s %s", sql, diff, e.err)
}
