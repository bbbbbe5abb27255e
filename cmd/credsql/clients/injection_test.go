package clients

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// hostile are values that one reader of a text takes for its end, or for another value.
var hostile = []string{
	`O'Brien`, `\' OR 1=1 -- `, `'\d'`, `\d`, `\`, `\\`, `\'`, `''`, `'`, `"`, `" OR ""="`, `' OR '1'='1`, `'; DROP TABLE x; -- `, "line\nbreak", "tab\t", `%_`,
	"\x1a", `/* ' */`, "`", "?", ":name", "%s", "$1", "{d '2025-01-01'}", "é'日本😀",
}

// echoed shows what became of a value, and whether it let anybody through.
const echoed = "SELECT ? AS value, length(?) AS size, (SELECT count(*) FROM aws.iam_credential_report WHERE user = ?) AS matched"

// checkInjection: no value is read as anything but itself. A library that escapes quotes as DDSQL does not is refused; the golden says which
// values of it are.
func checkInjection(r *run) {
	to := r.servers.open.as("native-" + r.name)
	for _, op := range []string{"escaped", "prepared"} {
		if r.lacks[op] != "" {
			continue
		}
		for _, v := range hostile {
			a := r.asked(request{Op: op, To: to, SQL: echoed, Runs: [][]param{{text(v), text(v), text(v)}}})
			if len(a.Results) != 1 {
				r.Errorf("%s of %q: %+v", op, v, a)
				continue
			}
			r.unharmed(op, v, a.Results[0])
		}
	}
	r.ownText(to)
}

// unharmed checks one value: itself, or the advice to send it otherwise.
func (r *run) unharmed(op, v string, o outcome) {
	r.Helper()
	if o.Error != nil {
		advised := strings.Contains(o.Error.Message, "prepared statements")
		r.check(op == "escaped" && advised, "%s of %q: %+v", op, v, o.Error)
		r.note("%s: %q: refused", op, v)
		return
	}
	got := o.Rows[0]
	r.check(got[0][1] == v && got[1][1] == strconv.Itoa(utf8.RuneCountInString(v)) && got[2][1] == "0", "%s of %q: %q", op, v, got)
	r.note("%s: %q: right", op, v)
}

// ownText: text that a user writes, with backslashes that two readers take for two things.
func (r *run) ownText(to address) {
	r.Helper()
	sqls := []string{
		`SELECT count(*) FROM aws.iam_credential_report WHERE user = '\' OR 1=1 -- '`, `SELECT '\d' AS v`,
		`SELECT count(*) FROM aws.iam_credential_report WHERE user = 'O\'Brien'`, `SELECT 'O''Brien' AS v`,
	}
	a := r.asked(request{Op: "text", To: to, SQLs: sqls})
	if len(a.Results) != len(sqls) {
		r.Errorf("%+v", a)
		return
	}
	last := len(sqls) - 1
	for i, o := range a.Results[:last] {
		r.check(o.Error != nil && strings.Contains(o.Error.Message, "prepared statements"), "%s: %+v", sqls[i], o)
	}
	o := a.Results[last]
	r.check(o.Error == nil && o.Rows[0][0][1] == "O'Brien", "%s: %+v", sqls[last], o)
}
