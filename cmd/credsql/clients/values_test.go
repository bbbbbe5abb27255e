package clients

import "strings"

// question is a statement with parameters, and the same with the values in their places.
type question struct {
	sql     string
	params  []param
	literal string
}

func text(v string) param     { return param{"text", v} }
func integer(v string) param  { return param{"int", v} }
func float(v string) param    { return param{"float", v} }
func boolean(v string) param  { return param{"bool", v} }
func datetime(v string) param { return param{"datetime", v} }

var null = param{"null", ""}

const people = "FROM aws.iam_credential_report WHERE account_id = '314159265062' AND "

// questions have parameters of every type in every kind of place.
var questions = []question{
	{"SELECT count(*) AS n FROM aws.iam_credential_report WHERE account_id = ?", []param{text("314159265062")},
		"SELECT count(*) AS n FROM aws.iam_credential_report WHERE account_id = '314159265062'"},
	{"SELECT user " + people + "user IN (?, ?, ?) ORDER BY user", []param{text("elm.pond"), text("elm.wood"), text("O'Brien")},
		"SELECT user " + people + "user IN ('elm.pond', 'elm.wood', 'O''Brien') ORDER BY user"},
	{"SELECT user " + people + "user LIKE ? ORDER BY user", []param{text("%-prod_")}, "SELECT user " + people + "user LIKE '%-prod_' ORDER BY user"},
	{"SELECT user " + people + "user LIKE ? ORDER BY user", []param{text("elm.%")}, "SELECT user " + people + "user LIKE 'elm.%' ORDER BY user"},
	{"SELECT user " + people + "true ORDER BY user LIMIT ? OFFSET ?", []param{integer("5"), integer("3")}, "SELECT user " + people + "true ORDER BY user LIMIT 5 OFFSET 3"},
	{"SELECT user " + people + "mfa_active = ? ORDER BY user", []param{boolean("true")}, "SELECT user " + people + "mfa_active = true ORDER BY user"},
	{"SELECT user " + people + "mfa_active = ? ORDER BY user", []param{integer("0")}, "SELECT user " + people + "mfa_active = false ORDER BY user"},
	{"SELECT user " + people + "password_last_changed < ? ORDER BY user", []param{datetime("2024-01-05 10:20:30.123456")},
		"SELECT user " + people + "password_last_changed < TIMESTAMP '2024-01-05 10:20:30.123456' ORDER BY user"},
	{"SELECT user " + people + "password_last_changed BETWEEN ? AND ? ORDER BY user", []param{text("2020-01-01"), text("2024-01-01 00:00:00")},
		"SELECT user " + people + "password_last_changed BETWEEN '2020-01-01' AND '2024-01-01 00:00:00' ORDER BY user"},
	{"SELECT user " + people + "user_creation_time < NOW() - ?::interval ORDER BY user", []param{text("900 days")},
		"SELECT user " + people + "user_creation_time < NOW() - INTERVAL '900 days' ORDER BY user"},
	{"SELECT user " + people + "user_creation_time < NOW() - INTERVAL ? ORDER BY user", []param{text("900 days")},
		"SELECT user " + people + "user_creation_time < NOW() - INTERVAL '900 days' ORDER BY user"},
	{"SELECT CAST(? AS bigint) + 1 AS n", []param{integer("9007199254740993")}, "SELECT 9007199254740993 + 1 AS n"},
	{"SELECT CAST(? AS bigint) + 1 AS n", []param{float("41")}, "SELECT 42 AS n"},
	{"SELECT CAST(? AS bigint) + 1 AS n", []param{{"decimal", "41"}}, "SELECT 42 AS n"},
	{"SELECT CAST(? AS double precision) * 2 AS n", []param{float("0.1")}, "SELECT 0.1::double precision * 2 AS n"},
	{"SELECT CAST(? AS timestamp) AS t", []param{datetime("2025-01-05 10:20:30.123456")}, "SELECT TIMESTAMP '2025-01-05 10:20:30.123456' AS t"},
	{"SELECT CAST(? AS timestamp) AS t", []param{datetime("1969-12-31 23:59:59")}, "SELECT TIMESTAMP '1969-12-31 23:59:59' AS t"},
	{"SELECT coalesce(?, 'none') AS c, CAST(? AS bigint) IS NULL AS n", []param{null, null}, "SELECT 'none' AS c, true AS n"},
	{"SELECT CASE WHEN user = ? THEN ? ELSE ? END AS c " + people + "user = 'elm.pond'", []param{text("elm.pond"), text("it"), text("another")},
		"SELECT 'it' AS c"},
	{"SELECT length(?) AS n, ? AS t", []param{text("é日本😀"), text("é日本😀")}, "SELECT 4 AS n, 'é日本😀' AS t"},
	{"SELECT length(?) AS n", []param{text(strings.Repeat("long ", 20_000))}, "SELECT 100000 AS n"},
	{"SELECT user " + people + "user = ANY(ARRAY[?, ?]) ORDER BY user", []param{text("elm.pond"), text("elm.wood")},
		"SELECT user " + people + "user IN ('elm.pond', 'elm.wood') ORDER BY user"},
	{"SELECT ('a=>1, b=>2'::hstore -> ?) AS v", []param{text("b")}, "SELECT '2' AS v"},
	{"SELECT CAST(? AS inet) << '10.0.0.0/8'::inet AS inside", []param{text("10.1.2.3")}, "SELECT true AS inside"},
	{"SELECT date_trunc(?, TIMESTAMP '2025-01-05 10:20:30') AS t", []param{text("month")}, "SELECT TIMESTAMP '2025-01-01' AS t"},
}

// sent are questions whose values a library writes in its own way: a span of time, bytes, a day.
var sent = []question{
	{"SELECT TIMESTAMP '2025-01-05' + CAST(? AS interval) AS t", []param{{"time", "93784"}}, "SELECT TIMESTAMP '2025-01-06 02:03:04' AS t"},
	{"SELECT ? = 'bytes' AS equal", []param{{"bytes", "bytes"}}, "SELECT true AS equal"},
	{"SELECT CAST(? AS timestamp) AS t", []param{{"date", "2025-01-05"}}, "SELECT TIMESTAMP '2025-01-05' AS t"},
}

// refusedValues are values that their places cannot take: an error, never another value.
var refusedValues = []question{
	{"SELECT 1 + ? AS n", []param{float("1.5")}, ""},
	{"SELECT count(*) AS n FROM aws.iam_credential_report WHERE mfa_active = ?", []param{integer("2")}, ""},
	{"SELECT CAST(? AS timestamp) AS t", []param{text("yesterday-ish")}, ""},
	{"SELECT user FROM aws.iam_credential_report LIMIT ?", []param{text("1; DROP TABLE x")}, ""},
}

// checkPrepared: parameters sent apart from the text; one statement serves for several executions.
func checkPrepared(r *run) {
	to := r.servers.open.as("native-" + r.name)
	for _, q := range append(append([]question{}, questions...), sent...) {
		r.value("prepared", q)
	}
	for _, q := range refusedValues {
		a := r.asked(request{Op: "prepared", To: to, SQL: q.sql, Runs: [][]param{q.params}})
		r.check(len(a.Results) == 1 && a.Results[0].Error != nil, "%s with %v: %+v", q.sql, q.params, a.Results)
	}
	const again = "SELECT count(*) AS n FROM aws.iam_credential_report WHERE account_id = ? AND mfa_active = ?"
	literal := func(id, mfa string) string {
		return "SELECT count(*) AS n FROM aws.iam_credential_report WHERE account_id = '" + id + "' AND mfa_active = " + mfa
	}
	r.equal(false, request{Op: "prepared", To: to, SQL: again, Runs: [][]param{
		{text("314159265062"), boolean("true")}, {text("100000000017"), boolean("false")}, {text("100000000017"), null}, {text("none"), boolean("true")},
	}}, literal("314159265062", "true"), literal("100000000017", "false"), literal("100000000017", "NULL"), literal("none", "true"))
}

// checkEscaped: values that the library writes into the text. It may spell one in a way that is refused here, which the golden then
// says; it may not mean another.
func checkEscaped(r *run) {
	for _, q := range append(append([]question{}, questions...), sent...) {
		r.valueOrError("escaped", q)
	}
}

// value checks that a question with its parameters is the one with literals.
func (r *run) value(op string, q question) {
	r.Helper()
	r.equal(false, request{Op: op, To: r.servers.open.as("native-" + r.name), SQL: q.sql, Runs: [][]param{q.params}}, q.literal)
}

// valueOrError does so too, but notes an error instead of failing.
func (r *run) valueOrError(op string, q question) {
	r.Helper()
	a := r.asked(request{Op: op, To: r.servers.open.as("native-" + r.name), SQL: q.sql, Runs: [][]param{q.params}})
	if len(a.Results) != 1 {
		r.Errorf("%s: %+v", q.sql, a)
		return
	}
	if o := a.Results[0]; o.Error != nil {
		r.check(o.Error.Code > 1000, "%s: %+v", q.sql, o.Error)
		r.note("%s: %s: refused: %s", op, q.sql, o.Error.Message)
		return
	}
	e := r.servers.expect(false, q.literal)
	diff := e.difference(a.Results[0])
	r.check(diff == "", "%s %s with %v\n%s", op, q.sql, q.params, diff)
	r.note("%s: %s: right", op, q.sql)
}
