package audit_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/examples/audit"
	"github.com/credsql/credsql/repl/lang"
	"github.com/credsql/credsql/repl/render"
	"github.com/credsql/credsql/repl/script"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/awsiam"
	"github.com/credsql/credsql/tables/files"
)

var update = flag.Bool("update", false, "rewrite the expected rows")

func now() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }

// sources are what every question is asked of: the demonstration, and reports of old forms with the values not_supported, of which each
// row is there for a question.
func sources(t *testing.T) map[string]tables.Source {
	t.Helper()
	demo, err := awsiam.New(context.Background(), awsiam.Demo(now))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(demo.Close)
	old, err := files.New(files.Config{Paths: []string{"testdata/old"}, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	return map[string]tables.Source{"demo": demo, "old": old}
}

// TestQuestions asks every question with its defaults, over columns and row by row, and compares the rows.
func TestQuestions(t *testing.T) {
	t.Parallel()
	list, err := audit.List()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 40 {
		t.Fatalf("%d questions", len(list))
	}
	for name, source := range sources(t) {
		e, err := engine.New(engine.Config{Source: source, Clock: now})
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range list {
			path := filepath.Join("testdata", "rows", name, q.Name+".csv")
			got := ask(t, e, q, "vector")
			if byRow := ask(t, e, q, "row"); byRow != got {
				t.Errorf("%s of %s, by rows: %s", q.Name, name, cmp.Diff(got, byRow))
			}
			if *update {
				write(t, path, got)
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Error(err)
				continue
			}
			if got != string(want) {
				t.Errorf("%s of %s: %s", q.Name, name, cmp.Diff(string(want), got))
			}
		}
	}
}

// TestEveryQuestionFinds: a question that finds nothing anywhere is not tested.
func TestEveryQuestionFinds(t *testing.T) {
	t.Parallel()
	list, err := audit.List()
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range list {
		rows := 0
		for _, name := range []string{"demo", "old"} {
			text, err := os.ReadFile(filepath.Join("testdata", "rows", name, q.Name+".csv"))
			if err != nil {
				t.Fatal(err)
			}
			rows += strings.Count(string(text), "\n") - 1
		}
		if rows == 0 {
			t.Errorf("%s finds nothing", q.Name)
		}
	}
}

// TestNothingIsLeftOver: every file of expected rows belongs to a question.
func TestNothingIsLeftOver(t *testing.T) {
	t.Parallel()
	list, err := audit.List()
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir("testdata/rows", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name := strings.TrimSuffix(d.Name(), ".csv")
			if !slices.ContainsFunc(list, func(q audit.Question) bool { return q.Name == name }) {
				t.Errorf("%s belongs to no question", path)
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// nullTold are the ways in which a rule says what becomes of values that the report does not have.
var nullTold = regexp.MustCompile(`\bNULL\b|unknown|not told|never|not read|no percentage`)

// TestTexts: what is shown beside a question is whole and short enough to be read.
func TestTexts(t *testing.T) {
	t.Parallel()
	list, err := audit.List()
	if err != nil {
		t.Fatal(err)
	}
	titles := map[string]string{}
	for _, q := range list {
		if other := titles[q.Title]; other != "" {
			t.Errorf("%s and %s have one title", q.Name, other)
		}
		titles[q.Title] = q.Name
		if len(q.Title) > 80 || strings.HasSuffix(q.Title, ".") || !strings.HasSuffix(q.Why, ".") || !strings.HasSuffix(q.Rule, ".") {
			t.Errorf("%s: a title is a line without a full stop, the rest are sentences", q.Name)
		}
		if !nullTold.MatchString(q.Rule) {
			t.Errorf("%s: what does NULL do?", q.Name)
		}
		for _, p := range q.Parameters {
			if p.Check(p.Default) != nil || p.Default != "team" && p.Check("1; SELECT 2") == nil {
				t.Errorf("%s: values of %s are not checked", q.Name, p.Name)
			}
			if !strings.Contains(q.SQL, ":"+p.Name) && !strings.Contains(q.SQL, ":'"+p.Name+"'") {
				t.Errorf("%s has a parameter %s that it does not use", q.Name, p.Name)
			}
			if p.Doc == "" {
				t.Errorf("%s: %s has no meaning", q.Name, p.Name)
			}
		}
	}
}

func ask(t *testing.T, e *engine.Engine, q audit.Question, execution string) string {
	t.Helper()
	var vars script.Variables
	for _, p := range q.Parameters {
		if err := vars.Set(p.Name, p.Default); err != nil {
			t.Fatal(err)
		}
	}
	session := e.NewSession()
	if err := session.Set("credsql.execution", execution); err != nil {
		t.Fatal(err)
	}
	sql := vars.Expand(q.SQL, lex)
	rows, err := session.Query(context.Background(), sql)
	if err != nil {
		t.Errorf("%s: %v\n%s", q.Name, err, sql)
		return ""
	}
	defer rows.Close()
	var out bytes.Buffer
	w, err := render.New(&out, render.CSV, render.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var columns []render.Column
	for _, c := range rows.Columns {
		columns = append(columns, render.Column{Name: c.Name, Type: c.Type})
	}
	err = w.Begin(columns)
	for err == nil {
		b, nextErr := rows.Next()
		if errors.Is(nextErr, io.EOF) {
			break
		}
		if nextErr != nil {
			t.Errorf("%s: %v", q.Name, nextErr)
			return ""
		}
		err = w.Write(b)
	}
	if err = errors.Join(err, w.End()); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func lex(text string) ([]lang.Token, string) {
	lexemes, open := engine.Lex(text)
	tokens := make([]lang.Token, len(lexemes))
	for i, l := range lexemes {
		tokens[i] = lang.Token{Kind: lang.Kind(l.Kind), Start: l.Start, End: l.End}
	}
	return tokens, open
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
