package ddsql

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

	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// goldens runs every case of every .txt file below a folder. A case is its input, a line of dashes and its output, with an
// empty line after; lines that begin with # are comments.
func goldens(t *testing.T, dir string, run func(t *testing.T, input string) string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".txt" {
			return err
		}
		t.Run(filepath.Base(path), func(t *testing.T) { goldenFile(t, path, run) })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func goldenFile(t *testing.T, path string, run func(t *testing.T, input string) string) {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, block := range strings.Split(strings.TrimRight(string(data), "\n"), "\n\n") {
		if strings.HasPrefix(block, "#") && !strings.Contains(block, "\n----") {
			out.WriteString(block + "\n\n")
			continue
		}
		input, want, _ := strings.Cut(block, "\n----")
		got := strings.TrimRight(run(t, input), "\n")
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

// withoutComment takes the leading comment lines off a case.
func withoutComment(input string) string {
	for strings.HasPrefix(input, "#") {
		_, input, _ = strings.Cut(input, "\n")
	}
	return input
}

// TestParse prints each statement canonically and checks that what is printed means the same: it parses to itself.
func TestParse(t *testing.T) {
	t.Parallel()
	goldens(t, "testdata/parse", func(t *testing.T, input string) string {
		parsed, err := Parse(withoutComment(input), Options{})
		if err != nil {
			return describe(withoutComment(input), err)
		}
		var out strings.Builder
		for _, p := range parsed {
			text := syntax.Print(p.Statement)
			again, err := Parse(text, Options{})
			if err != nil {
				t.Errorf("%s\ndoes not parse again: %v", text, err)
			} else if twice := syntax.Print(again[0].Statement); twice != text {
				t.Errorf("not a fixed point\n%s\n%s", text, twice)
			}
			fmt.Fprintln(&out, text)
		}
		return out.String()
	})
}

// TestErrors shows each error with its code, its place and its hint.
func TestErrors(t *testing.T) {
	t.Parallel()
	goldens(t, "testdata/errors", func(_ *testing.T, input string) string {
		input = withoutComment(input)
		if _, err := Parse(input, Options{}); err != nil {
			return describe(input, err)
		}
		return "no error"
	})
}

// TestPlaceholders reads ? marks as parameters.
func TestPlaceholders(t *testing.T) {
	t.Parallel()
	goldens(t, "testdata/placeholders", func(_ *testing.T, input string) string {
		input = withoutComment(input)
		parsed, err := Parse(input, Options{Placeholders: true})
		if err != nil {
			return describe(input, err)
		}
		var out strings.Builder
		for _, p := range parsed {
			fmt.Fprintf(&out, "%s -- %d\n", syntax.Print(p.Statement), p.Params)
		}
		return out.String()
	})
}

// TestPositions lists every node with the word that stands at its place.
func TestPositions(t *testing.T) {
	t.Parallel()
	goldens(t, "testdata/positions", func(_ *testing.T, input string) string {
		input = withoutComment(input)
		parsed, err := Parse(input, Options{})
		if err != nil {
			return describe(input, err)
		}
		var out strings.Builder
		for _, p := range parsed {
			visit(reflect.ValueOf(p.Statement), func(name string, pos int) {
				fmt.Fprintf(&out, "%s %s\n", name, wordAt(p.Text, pos))
			})
		}
		return out.String()
	})
}

// TestSplit shows the pieces of a text and what is open at its end.
func TestSplit(t *testing.T) {
	t.Parallel()
	names := [...]string{"nothing", "string", "name", "dollar", "comment", "paren"}
	goldens(t, "testdata/split", func(_ *testing.T, input string) string {
		input = withoutComment(input)
		pieces, open := Split(input)
		var out strings.Builder
		for _, p := range pieces {
			fmt.Fprintf(&out, "%d-%d %v %q\n", p.Start, p.End, p.Terminated, input[p.Start:p.End])
		}
		fmt.Fprintf(&out, "open: %s", names[open])
		return out.String()
	})
}

// describe shows an error as a terminal would.
func describe(text string, err error) string {
	e, ok := sqlerr.As(err)
	if !ok {
		return "not a sqlerr: " + err.Error()
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%s %s\n", e.Code, e.Message)
	if e.Pos > 0 {
		fmt.Fprintf(&out, "at %d: %s\n", e.Pos-1, wordAt(text, e.Pos-1))
	}
	if e.Hint != "" {
		fmt.Fprintf(&out, "hint: %s\n", e.Hint)
	}
	return out.String()
}

// wordAt is what stands at an offset, up to the next blank.
func wordAt(text string, pos int) string {
	switch {
	case pos < 0:
		return "(nowhere)"
	case pos >= len(text):
		return "(end)"
	}
	word, _, _ := strings.Cut(text[pos:], " ")
	word, _, _ = strings.Cut(word, "\n")
	if len(word) > 24 {
		word = strings.ToValidUTF8(word[:24], "") + "…"
	}
	return word
}

// visit calls f for every node that has a place, in the order of its fields.
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
		visitStruct(v, f)
	}
}

func visitStruct(v reflect.Value, f func(name string, pos int)) {
	if id, ok := v.Interface().(syntax.Ident); ok {
		if id.Name != "" {
			f("Ident "+id.Name, id.Pos)
		}
		return
	}
	name := v.Type().Name()
	switch n := v.Interface().(type) {
	case syntax.Op:
		name += " " + n.Sign
	case syntax.Literal:
		name += " " + n.Text
	}
	if p := v.FieldByName("Pos"); p.IsValid() && !(name == "TypeName" && v.FieldByName("Name").String() == "") {
		f(name, int(p.Int()))
	}
	for i := range v.NumField() {
		visit(v.Field(i), f)
	}
}
