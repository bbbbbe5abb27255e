package script

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/repl/lang"
)

// lex is the lexer that the command brings.
func lex(text string) ([]lang.Token, string) {
	lexemes, open := engine.Lex(text)
	tokens := make([]lang.Token, len(lexemes))
	for i, l := range lexemes {
		tokens[i] = lang.Token{Kind: lang.Kind(l.Kind), Start: l.Start, End: l.End}
	}
	return tokens, open
}

// show writes parts as statement|command|args, with … where the text ended first.
func show(parts []Part, open string) string {
	var out []string
	for _, p := range parts {
		s := strings.TrimRight(fmt.Sprintf("%s|%s|%s", p.SQL, p.Command, p.Args), "|")
		if !p.Ended {
			s += "…"
		}
		out = append(out, s)
	}
	return strings.Join(out, " // ") + open
}

func TestParse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, want string
		done       bool
	}{
		{"", "", true},
		{"  \n", "", true},
		{";;", "", true},
		{"select 1;", "select 1", true},
		{"select 1", "select 1…", false},
		{"select 1; select 2", "select 1 // select 2…", false},
		{"select ';' -- ;\n;", "select ';' -- ;", true},
		{"select (1;", "select (1;…(", false},
		{"select '", "select '…'", false},
		{"/* x", "/*", false},
		{"-- x", "", true},
		{`\d`, "|d", true},
		{`\d+ iam*`, "|d+|iam*", true},
		{"select 1 \\gx", "select 1|gx", true},
		{`select 1\G`, "select 1|G", true},
		{"select '\\d' \\g", "select '\\d'|g", true},
		{"\\x\nselect 1;\n\\d", "|x // select 1 // |d", true},
		{"\\! ls -l ; x", "|!|ls -l ; x", true},
		{`\?`, "|?", true},
		{`\`, "", true},
		{"help", "|help", true},
		{" EXIT ;", "|exit", true},
		{".mode csv", "|.mode|csv", true},
		{".5;", ".5", true},
		{"select help;", "select help", true},
		{"select 1;\n-- end", "select 1", true},
	} {
		if got := show(Parse(c.text, lex)); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
		if got := Done(c.text, lex); got != c.done {
			t.Errorf("%q: done %v", c.text, got)
		}
	}
}

// FuzzParse: without a backslash the parts are what the engine itself splits a text into.
func FuzzParse(f *testing.F) {
	f.Add("select 1; select '2;' /* ; */; -- ;")
	f.Add("select (1; 2); [;")
	f.Add("\\d x\nselect 1 \\g")
	f.Fuzz(func(t *testing.T, text string) {
		parts, open := Parse(text, lex)
		if _, _, isBare := bare(text); isBare || strings.Contains(text, `\`) {
			return
		}
		pieces, lacks := engine.Split(text)
		var got, want []string
		for _, p := range parts {
			got = append(got, withoutComments(p.SQL))
		}
		for _, p := range pieces {
			want = append(want, withoutComments(text[p.Start:p.End]))
		}
		if !slices.Equal(got, want) || open != lacks {
			t.Fatalf("%q: %q %q, the engine has %q %q", text, got, open, want, lacks)
		}
	})
}

// FuzzPieces: a text that is read piece by piece has the parts of one that is read at once.
func FuzzPieces(f *testing.F) {
	f.Add("SELECT 'a\n;' \\echo 'x\nSELECT /* ; */ 1; \\i f\n $a$;$a$ E'\\'' -- ;\n; \"x;\"", 80)
	f.Add(strings.Repeat("SELECT 1 + (2 -- x;\n); \\echo (\n", 20), 70)
	f.Fuzz(func(t *testing.T, text string, piece int) {
		parts, open := parse(text, lex, margin+1+max(piece, 0)%1000)
		all, allOpen := parse(text, lex, len(text))
		if !slices.Equal(parts, all) || open != allOpen {
			t.Fatalf("%q in pieces of %d:\n%s\nat once:\n%s", text, piece, show(parts, open), show(all, allOpen))
		}
	})
}

// TestLongScript: the time that a text takes grows with its length, whether it has commands, statements or neither.
func TestLongScript(t *testing.T) {
	t.Parallel()
	const lines = 10_000
	for _, line := range []string{"\\echo it's x\n", "SELECT 1 -- don't\n;\n", "SELECT 1 \\g\n", ";\n"} {
		parts, open := Parse(strings.Repeat(line, lines), lex)
		if want := lines; len(parts) != want && line != ";\n" || open != "" {
			t.Errorf("%q: %d parts, open %q", line, len(parts), open)
		}
	}
	text := ""
	for range lines / 20 { // as a terminal without bracketed paste sends it
		if text += "  SELECT a,\n"; Done(text[:len(text)-1], lex) {
			t.Fatal("done")
		}
	}
}

// withoutComments: a comment after the last semicolon belongs to no part.
func withoutComments(sql string) string {
	tokens, _ := lex(sql)
	var b strings.Builder
	for _, t := range tokens {
		if t.Kind != lang.Comment {
			b.WriteString(sql[t.Start:t.End] + " ")
		}
	}
	return b.String()
}

func TestExpand(t *testing.T) {
	t.Parallel()
	var v Variables
	for name, value := range map[string]string{"n": "90", "s": "it's", "id": `a"b`, "table": "t"} {
		if err := v.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	for in, want := range map[string]string{
		"select :n":            "select 90",
		"select :'s', :\"id\"": `select 'it''s', "a""b"`,
		"select x::n":          "select x::n",
		"select ':n' -- :n":    "select ':n' -- :n",
		"select :unknown, :n":  "select :unknown, 90",
		"select : n":           "select : n",
		"from :table":          "from t",
		"a[1:2]":               "a[1:2]",
		":n:n":                 "9090",
	} {
		if got := v.Expand(in, lex); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got := v.Missing("x = :days", 4); got != "days" {
		t.Errorf("%q is missing", got)
	}
	if got := v.Missing("x = :n", 4); got != "" {
		t.Errorf("%q is missing", got)
	}
	for _, bad := range []string{"", "a b", "a;b", "ä"} {
		if err := v.Set(bad, "x"); err == nil {
			t.Errorf("%q is a name", bad)
		}
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]string{
		"":                      nil,
		" a  b ":                {"a", "b"},
		`'a b' "c d"`:           {"a b", "c d"},
		`'it''s'x`:              {"it's", "x"},
		`'open end`:             {"open end"},
		"(select 1) to 'f.csv'": {"(select", "1)", "to", "f.csv"},
	} {
		if got := Words(in); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
