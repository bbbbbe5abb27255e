package engine

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRespelled asks every golden statement again with its names in backticks, which sends it through MySQL's grammar. It must give the same rows
// or be refused: a backtick never changes an answer.
func TestRespelled(t *testing.T) {
	paths, err := filepath.Glob("testdata/golden/*/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	session := exampleSession(t, map[string]string{"credsql.at": "2026-11-23 12:00:00"})
	answered, refused := 0, 0
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range strings.Split(strings.TrimRight(string(text), "\n"), "\n\n") {
			sql, want, _ := strings.Cut(block, "\n----\n")
			spelled := backticked(sql)
			if strings.HasPrefix(want, "ERROR") || want == "ok" || spelled == sql {
				continue
			}
			got, err := queryText(session, spelled)
			if err != nil {
				refused++
				continue
			}
			answered++
			rows := strings.Split(want, "\n")[1:]
			if strings.Join(got, "\n") != strings.Join(rows, "\n") {
				t.Errorf("%s: %s\ngot\n%s\nwant\n%s", path, spelled, strings.Join(got, "\n"), strings.Join(rows, "\n"))
			}
		}
	}
	t.Logf("%d answered alike, %d refused", answered, refused)
	if answered < refused || answered < 10 {
		t.Errorf("only %d of %d respelled statements were answered", answered, answered+refused)
	}
}

// backticked puts the names of a statement that are not functions, types or keywords in backticks.
func backticked(sql string) string {
	lexemes, _ := Lex(sql)
	var b strings.Builder
	at := 0
	for i, l := range lexemes {
		b.WriteString(sql[at:l.Start])
		at = l.End
		word := sql[l.Start:l.End]
		call := i+1 < len(lexemes) && sql[lexemes[i+1].Start:lexemes[i+1].End] == "("
		if l.Kind == LexWord && !call && strings.Contains(" user account_id arn mfa_active password_enabled aws iam_credential_report ", " "+word+" ") {
			word = "`" + word + "`"
		}
		b.WriteString(word)
	}
	return b.String() + sql[at:]
}
