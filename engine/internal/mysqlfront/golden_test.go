package mysqlfront

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/credsql/credsql/engine/internal/ddsql"
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGoldens runs every case of every .txt file below testdata. A case is a statement, a line of dashes and what became of it,
// with an empty line after. A file may begin with the options that it is read with.
func TestGoldens(t *testing.T) {
	t.Parallel()
	err := filepath.WalkDir("testdata", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && d.Name() == "fuzz" {
			return filepath.SkipDir
		}
		if !d.IsDir() && filepath.Ext(path) == ".txt" {
			t.Run(strings.TrimSuffix(strings.TrimPrefix(path, "testdata/"), ".txt"), func(t *testing.T) { goldenFile(t, path) })
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func goldenFile(t *testing.T, path string) {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	opts := Options{Database: "aws"}
	var out strings.Builder
	for _, block := range strings.Split(strings.TrimRight(string(data), "\n"), "\n\n") {
		if flags, ok := strings.CutPrefix(block, "# options:"); ok {
			opts.AnsiQuotes = strings.Contains(flags, "ansi_quotes")
			opts.BackslashEscapes = strings.Contains(flags, "backslash_escapes")
			opts.RefuseDoubleQuotes = strings.Contains(flags, "refuse_double_quotes")
			out.WriteString(block + "\n\n")
			continue
		}
		input, want, _ := strings.Cut(block, "\n----")
		got := strings.TrimRight(show(t, input, opts, strings.Contains(path, "positions")), "\n")
		if want = strings.TrimPrefix(want, "\n"); got != want && !*update {
			t.Errorf("%s\n%s", input, cmp.Diff(want, got))
		}
		fmt.Fprintf(&out, "%s\n----\n%s\n\n", input, got)
	}
	if *update {
		if err := os.WriteFile(path, []byte(strings.TrimRight(out.String(), "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// show is what became of a statement.
func show(t *testing.T, input string, opts Options, positions bool) string {
	p, err := Parse(input, opts)
	var out strings.Builder
	if err != nil {
		e, ok := sqlerr.As(err)
		if !ok {
			t.Fatalf("not a sqlerr: %v", err)
		}
		fmt.Fprintf(&out, "%s %s\n", e.Code, e.Message)
		if e.Pos > 0 {
			fmt.Fprintf(&out, "at %d: %s\n", e.Pos-1, wordAt(input, e.Pos-1))
		}
		if e.Hint != "" {
			fmt.Fprintf(&out, "hint: %s\n", e.Hint)
		}
		return out.String()
	}
	fmt.Fprintf(&out, "%s", p.Kind)
	if p.Params > 0 {
		fmt.Fprintf(&out, " (%d parameters)", p.Params)
	}
	if !Wants(input, opts) {
		out.WriteString(" (DDSQL first)")
	}
	out.WriteString("\n")
	if positions {
		visit(reflect.ValueOf(p.Statement), func(name string, pos int) { fmt.Fprintf(&out, "%s %s\n", name, wordAt(input, pos)) })
		return out.String()
	}
	if p.Statement != nil {
		fmt.Fprintln(&out, printed(t, p.Statement))
	}
	if p.SQL != "" {
		fmt.Fprintln(&out, p.SQL)
	}
	if p.Kind == KindUse || p.Kind == KindShow && p.Database != "" {
		fmt.Fprintf(&out, "database %s\n", p.Database)
	}
	for _, s := range p.Settings {
		fmt.Fprintf(&out, "%+v\n", s)
	}
	if p.Kind == KindKill {
		fmt.Fprintf(&out, "%+v\n", p.Kill)
	}
	if p.Kind == KindAnswer {
		fmt.Fprintf(&out, "%v %v\n", p.Answer.Columns, p.Answer.Rows)
	}
	return out.String()
}

// printed is the statement as DDSQL, which must read it as the same again.
func printed(t *testing.T, s syntax.Statement) string {
	text := syntax.Print(s)
	again, err := ddsql.Parse(text, ddsql.Options{Limits: ddsql.Limits{Bytes: 4 << 20, Tokens: 1e6, Nodes: 1e5, Depth: 1000, Arms: 1000}})
	if err != nil || len(again) != 1 {
		t.Errorf("DDSQL does not read\n%s\n%v", text, err)
	} else if twice := syntax.Print(again[0].Statement); twice != text {
		t.Errorf("DDSQL reads\n%s\nas\n%s", text, twice)
	}
	return text
}

func wordAt(text string, pos int) string {
	switch {
	case pos < 0:
		return "(nowhere)"
	case pos >= len(text):
		return "(end)"
	}
	word, _, _ := strings.Cut(text[pos:], " ")
	return word
}

// visit calls f for every node of a tree that has a place.
func visit(v reflect.Value, f func(name string, pos int)) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			visit(v.Elem(), f)
		}
	case reflect.Slice:
		for i := range v.Len() {
			visit(v.Index(i), f)
		}
	case reflect.Struct:
		if id, ok := v.Interface().(syntax.Ident); ok {
			if id.Name != "" {
				f("Ident "+id.Name, id.Pos)
			}
			return
		}
		name := v.Type().Name()
		if p := v.FieldByName("Pos"); p.IsValid() {
			f(name, int(p.Int()))
		}
		for i := range v.NumField() {
			visit(v.Field(i), f)
		}
	}
}
