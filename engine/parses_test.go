package engine

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
)

// TestSessionsShareParses: sessions that ask the same text at one time share its tree and get the same answer; a text that is another
// statement for a MySQL client is not shared with who is none. The race detector sees who writes into a tree.
func TestSessionsShareParses(t *testing.T) {
	t.Parallel()
	e := sampleEngine(t, Config{})
	texts := []string{
		"SELECT user, count(*) AS n FROM aws.iam_credential_report AS r WHERE mfa_active GROUP BY 1 HAVING count(*) > 0 ORDER BY n DESC, user LIMIT 3",
		"WITH a AS (SELECT * FROM aws.iam_credential_report) SELECT rank() OVER w, user FROM a WINDOW w AS (ORDER BY user) ORDER BY 1, 2 LIMIT 2",
		"SELECT (SELECT max(b.user) FROM aws.iam_credential_report b WHERE b.account_id = x.id) FROM (VALUES ('111122223333')) x(id), unnest(ARRAY[1, 2]) y",
		"EXPLAIN SELECT DISTINCT ON (account_id) user FROM aws.iam_credential_report WHERE user IN ('a', 'b') OR tags->'k' = 'v'",
	}
	for _, text := range texts {
		answers := make([]string, 8)
		var asking sync.WaitGroup
		for i := range answers {
			asking.Go(func() { answers[i] = answer(e.NewSession(), text) })
		}
		asking.Wait()
		for _, a := range answers {
			if a != answers[0] || strings.HasPrefix(a, "ERROR") {
				t.Fatalf("%s:\n%s\nand\n%s", text, answers[0], a)
			}
		}
	}
	if n := e.parses.kept.Len(); n != len(texts) {
		t.Errorf("%d texts are remembered", n)
	}
}

// TestTreesAreOnlyRead binds every statement of testdata/conformance by two sessions at one time: a tree that is given a meaning must stay
// what it was. The race detector sees who writes into one.
func TestTreesAreOnlyRead(t *testing.T) {
	t.Parallel()
	for _, file := range caseFiles(t, "testdata/conformance") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		fixture, cases := readCases(t, string(text))
		e := conformanceSession(t, fixture, "vector").engine
		for _, c := range cases {
			first := prepared(e.NewSession(), c.sql)
			again := make([]string, 2)
			var binding sync.WaitGroup
			for i := range again {
				binding.Go(func() { again[i] = prepared(e.NewSession(), c.sql) })
			}
			binding.Wait()
			if again[0] != first || again[1] != first {
				t.Errorf("%s:%d: %s\n%q", file, c.line, first, again)
			}
		}
	}
}

// prepared is what a statement's parameters and result are, or its error.
func prepared(s *Session, sql string) string {
	p, err := s.Prepare(sql)
	if err != nil {
		return rendered(err, sql)
	}
	return fmt.Sprint(p.Params, p.Columns)
}

func TestParsesTellClientsApart(t *testing.T) {
	t.Parallel()
	e := sampleEngine(t, Config{})
	const text = "SELECT count(*) FROM aws.iam_credential_report WHERE mfa_active = 1"
	mysql := e.NewSession()
	mysql.client.MySQL = true
	for range 2 {
		if got := answer(mysql, text); !strings.HasPrefix(got, "count:bigint\n") {
			t.Fatalf("a MySQL client gets %s", got)
		}
		if _, err := e.NewSession().Query(context.Background(), text); err == nil {
			t.Fatal("a boolean was compared with a number")
		}
	}
}
