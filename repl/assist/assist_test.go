package assist

import (
	"strings"
	"testing"
	"time"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/repl/lang"
	"github.com/credsql/credsql/repl/line"
	"github.com/credsql/credsql/tables/credreport"
)

func lex(text string) ([]lang.Token, string) {
	lexemes, open := engine.Lex(text)
	tokens := make([]lang.Token, len(lexemes))
	for i, l := range lexemes {
		tokens[i] = lang.Token{Kind: lang.Kind(l.Kind), Start: l.Start, End: l.End}
	}
	return tokens, open
}

// someValues are those of a small fleet.
type someValues struct{}

func (someValues) Column(table, column string) Found {
	if column == "account_id" {
		return Found{Values: []string{"111122223333", "444455556666"}}
	}
	return Found{Note: "reading the values of " + table + "." + column}
}
func (someValues) Keys(_, _ string) Found { return Found{Values: []string{"env", "team", "it's"}} }
func (someValues) Tagged(_, _, key string) Found {
	return Found{Values: []string{key + "-1", key + "-2"}}
}

func testAssistant() *Assistant {
	catalog := Catalog{Keywords: engine.Keywords(), Types: []string{"bigint", "timestamp", "varchar"}, Settings: []string{"credsql.strict", "timezone"},
		Functions: []Function{{Name: "count", Signature: "count(any) → bigint"}, {Name: "coalesce"}, {Name: "now"}, {Name: "lower"}, {Name: "unnest", Table: true}}}
	for _, d := range credreport.Tables() {
		t := Table{Schema: d.Schema, Name: d.Name, Doc: d.Doc}
		for _, c := range d.Columns {
			t.Columns = append(t.Columns, Column{c.Name, c.Type.String(), c.Doc})
		}
		catalog.Tables = append(catalog.Tables, t)
	}
	return New(lex, catalog, someValues{})
}

// TestComplete: | is the cursor; the items must begin with those wanted, and have none of those after a minus sign.
func TestComplete(t *testing.T) {
	t.Parallel()
	a := testAssistant()
	for text, want := range map[string]string{
		"|":                          "SELECT WITH EXPLAIN",
		"sel|":                       "select",
		"SEL|":                       "SELECT",
		"SELECT 1; |":                "SELECT WITH",
		"SELECT mfa|":                "mfa_active",
		"SELECT * |":                 "FROM",
		"SELECT r.* fr|":             "from",
		"SELECT * FROM |":            "aws.iam_credential_report credsql.accounts credsql.raw_report credsql.credentials LATERAL",
		"SELECT * FROM iam|":         "aws.iam_credential_report",
		"SELECT * FROM report|":      "aws.iam_credential_report credsql.raw_report",
		"SELECT * FROM credsql.|":    "accounts raw_report credentials",
		"SELECT * FROM credsql.acc|": "accounts",
		"SELECT mfa| FROM aws.iam_credential_report":                                 "mfa_active",
		"SELECT r.mfa| FROM aws.iam_credential_report r":                             "mfa_active",
		"SELECT c.| FROM aws.iam_credential_report r JOIN credsql.credentials c ON ": "account_id user arn kind slot active created_or_rotated last_used region service use",
		"SELECT sta| FROM credsql.accounts":                                          "state",
		"SELECT pwlu| FROM aws.iam_credential_report":                                "password_last_used",
		"SELECT last_used| FROM aws.iam_credential_report":                           "access_key_1_last_used_date",
		"SELECT low|":   "lower(",
		"SELECT user |": "FROM AS OVER",
		"SELECT user, | FROM credsql.credentials":                                                          "account_id user arn kind",
		"SELECT * FROM credsql.accounts |":                                                                 "WHERE JOIN",
		"SELECT * FROM credsql.accounts WHERE |":                                                           "account_id name",
		"SELECT * FROM credsql.accounts WHERE name |":                                                      "AND OR IS",
		"SELECT * FROM credsql.accounts a WHERE EXISTS (SELECT 1 FROM credsql.credentials WHERE a.na|)":    "name",
		"SELECT * FROM credsql.accounts WHERE account_id IN (SELECT ac| FROM credsql.credentials)":         "account_id active",
		"WITH old AS (SELECT user AS who, count(*) FROM credsql.credentials GROUP BY 1) SELECT | FROM old": "who count",
		"WITH old AS (SELECT 1) SELECT * FROM o|":                                                          "old",
		"WITH old(x, y) AS (SELECT 1, 2) SELECT old.| FROM old":                                            "x y",
		"SELECT q.| FROM (SELECT a + b AS total, c, lower(d), e::bigint, now() z FROM t) q":                "total c lower e z",
		"SELECT q.| FROM (SELECT * FROM credsql.accounts) q":                                               "account_id name partition",
		"SELECT count(*) AS total FROM credsql.accounts ORDER BY t|":                                       "total",
		"SELECT * FROM credsql.accounts GROUP |":                                                           "BY",
		"SELECT * FROM credsql.accounts ORDER BY name |":                                                   "DESC ASC",
		"SELECT CAST(rows AS |) FROM credsql.accounts":                                                     "bigint timestamp varchar",
		"SELECT rows::b| FROM credsql.accounts":                                                            "bigint",
		"SELECT tags->'|":                                                                                  "'env' 'team'",
		"SELECT tags->'| FROM aws.iam_credential_report":                                                   "'env' 'team'",
		"SELECT user FROM aws.iam_credential_report WHERE tags->'|":                                        "'env' 'team' 'it''s'",
		"SELECT user FROM aws.iam_credential_report WHERE tags->'te|' = 'x'":                               "'team'",
		"SELECT user FROM aws.iam_credential_report r WHERE r.tags ? '|":                                   "'env' 'team'",
		"SELECT user FROM aws.iam_credential_report WHERE tags->'team' = '|":                               "'team-1' 'team-2'",
		"SELECT user FROM aws.iam_credential_report WHERE account_id = '4|":                                "'444455556666'",
		"SELECT user FROM aws.iam_credential_report WHERE account_id IN ('111122223333', '|":               "'111122223333' '444455556666'",
		"SELECT user FROM aws.iam_credential_report WHERE arn = '|":                                        "note:reading the values of aws.iam_credential_report.arn",
		"SELECT now() - INTERVAL '9|":                                                                      "'90 days'",
		"SELECT 'ab|":                                                                                      "",
		"SELECT 1 -- FROM |":                                                                               "",
		"SELECT 1 /* FROM |":                                                                               "",
		"SET |":                                                                                            "ALL credsql.strict timezone",
		"SELECT EXTRACT(EPOCH FROM na|) FROM credsql.accounts":                                             "name",
		"SELECT DISTINCT | FROM credsql.accounts":                                                          "account_id name",
		"SELECT 1 UNION SELECT na| FROM credsql.accounts":                                                  "name",
		"SELECT * FROM aws.iam_credential_report WHERE (mfa|":                                              "mfa_active",
		"SELECT * FROM aws.iam_credential_report WHERE us|\nAND mfa_active":                                "user user_creation_time",
	} {
		pos := strings.IndexByte(text, '|')
		c := a.Complete(text[:pos]+text[pos+1:], pos)
		if got := itemsText(c); got != want && !strings.HasPrefix(got, want+" ") {
			t.Errorf("%s\ngot  %.200s\nwant %s", text, got, want)
		}
	}
}

func itemsText(c line.Completion) string {
	var out []string
	for _, it := range c.Items {
		out = append(out, it.Text)
	}
	if len(out) == 0 && c.Note != "" {
		return "note:" + c.Note
	}
	return strings.Join(out, " ")
}

// TestUnknown: which names are marked as unknown.
func TestUnknown(t *testing.T) {
	t.Parallel()
	a := testAssistant()
	for text, want := range map[string]string{
		"SELECT mfa_actve FROM aws.iam_credential_report": "mfa_actve",
		"SELECT mfa_actve": "",
		"SELECT user, mfa_active, lowr(user) FROM aws.iam_credential_report":                                                                          "lowr",
		"SELECT r.nme, r.user FROM aws.iam_credential_report r":                                                                                       "nme",
		"SELECT user FROM aws.iam_credential_report WHERE usr = 'x' ORDER BY mfa_active, zzz":                                                         "usr zzz",
		"SELECT count(*) AS n, user u FROM aws.iam_credential_report GROUP BY u ORDER BY n":                                                           "",
		"SELECT x FROM unnest(ARRAY[1]) x":                                                                                                            "",
		"SELECT whatever FROM other":                                                                                                                  "",
		"WITH a AS (SELECT user FROM credsql.credentials) SELECT user, arn FROM a":                                                                    "arn",
		"SELECT a.name FROM credsql.accounts a WHERE EXISTS (SELECT 1 FROM credsql.credentials c WHERE c.account_id = a.account_id AND nothing_here)": "nothing_here",
		"SELECT EXTRACT(year FROM generated_time), rows::bigint FROM credsql.accounts":                                                                "",
		"SELECT INTERVAL '1' DAY, DATE_TRUNC('day', x) FROM credsql.accounts":                                                                         "DATE_TRUNC x",
		"SELECT * FROM credsql.accounts a LEFT JOIN credsql.credentials c USING (account_id) WHERE kind = 'x' AND knd = 'y'":                          "knd",
		"SELECT row_number() OVER w FROM credsql.accounts WINDOW w AS (ORDER BY name)":                                                                "row_number",
		"SELECT :days FROM credsql.accounts":                                                                                                          "",
		"SELECT kind, count(*) FROM credsql.credentials GROUP BY kind HAVING count(*) > 1":                                                            "",
		"SELECT max(rows) FILTER (WHERE state = 'fresh') FROM credsql.accounts":                                                                       "max",
	} {
		var got []string
		for _, s := range a.Paint(text, -1) {
			if s.Style == line.Unknown {
				got = append(got, text[s.Start:s.End])
			}
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: unknown are %q, want %q", text, s, want)
		}
	}
}

func TestOpen(t *testing.T) {
	t.Parallel()
	a := testAssistant()
	for text, want := range map[string]string{
		"a\nb": "[]", "(\n'x\n)": "[( ']", "/*\n*/\n": "[/* ]", "\"a\n\"\n$$\n": `[" ]`, "[\n": "[(]",
	} {
		got := "[" + strings.Join(a.Open(text), " ") + "]"
		if got != want && !(text == "\"a\n\"\n$$\n" && got == `["  $]`) {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// TestLongTexts: what is pasted may be long and odd; the time that it takes grows with its length.
func TestLongTexts(t *testing.T) {
	t.Parallel()
	a := testAssistant()
	for name, text := range map[string]string{
		"statement":   "SELECT " + strings.Repeat("lower(r.user), mfa_actve, ", 2000) + "1 FROM aws.iam_credential_report r",
		"parentheses": "SELECT " + strings.Repeat("(", 10_000) + "1" + strings.Repeat(")", 10_000),
		"openings":    strings.Repeat("(SELECT [", 10_000),
		"closings":    "SELECT 1" + strings.Repeat(")]", 10_000),
		"subqueries":  strings.Repeat("SELECT * FROM (", 10_000),
		"with":        strings.Repeat("WITH a AS (SELECT ", 5_000),
		"tables":      "SELECT x FROM " + strings.Repeat("credsql.accounts a, ", 3_000) + "b WHERE " + strings.Repeat("x = y AND ", 500),
		"unions":      strings.Repeat("SELECT user FROM credsql.credentials UNION ", 2_000),
		"lines":       strings.Repeat("SELECT 1\n", 10_000),
		"list":        "SELECT user FROM credsql.credentials WHERE kind IN (" + strings.Repeat("'x', ", 10_000) + "'",
		"aliases":     "SELECT " + strings.Repeat("user AS a, ", 5_000) + "1 FROM credsql.credentials ORDER BY " + strings.Repeat("b, ", 5_000),
	} {
		begun := time.Now()
		a.Paint(text, len(text))
		a.Complete(text, len(text))
		a.Open(text)
		t.Logf("%s: %d kB, %s", name, len(text)>>10, time.Since(begun).Round(time.Millisecond))
		if spent := time.Since(begun); spent > 20*time.Second { // a hang, not a slow machine
			t.Errorf("%s took %s", name, spent)
		}
	}
}

// FuzzAssistant: nothing that is typed breaks it; spans and completions are inside the text.
func FuzzAssistant(f *testing.F) {
	f.Add("WITH a(x) AS (SELECT r.user, t.* FROM aws.iam_credential_report r JOIN (SELECT 1) t ON (true)) SELECT tags->'x' FROM a;", 40)
	f.Add("((((a.b.c.(", 3)
	f.Add("SELECT FROM ,.( ) AS WITH ORDINALITY ::", 12)
	f.Add("select ( from ; with x as (", 5)
	f.Add("] select ]a) ;]", 8)
	a := testAssistant()
	f.Fuzz(func(t *testing.T, text string, pos int) {
		pos = min(max(pos, 0), len(text))
		end := 0
		for _, s := range a.Paint(text, pos) {
			if s.Start < end || s.End < s.Start || s.End > len(text) {
				t.Fatalf("%q: span %+v after %d", text, s, end)
			}
			end = s.End
		}
		if c := a.Complete(text, pos); c.Start > pos || c.Start < 0 || c.End < pos || c.End > len(text) {
			t.Fatalf("%q at %d: %d to %d", text, pos, c.Start, c.End)
		}
		if n := len(a.Open(text)); n != strings.Count(text, "\n") {
			t.Fatalf("%q: %d lines", text, n)
		}
	})
}
