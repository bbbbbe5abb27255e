package engine

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// errorRow is a line of the tables in docs/errors.md: code, kind, example.
var errorRow = regexp.MustCompile("^\\| `(\\w{5})` \\| (\\w+) \\| (?:-|`(.+)`) \\| .+ \\|$")

// TestErrorsPage sees that docs/errors.md has every SQLSTATE that the engine knows of and no other, and that each example gives its code with
// both executors.
func TestErrorsPage(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../docs/errors.md")
	if err != nil {
		t.Fatal(err)
	}
	codes := errorCodes(t)
	documented := map[string]bool{}
	examples := 0
	sessions := []*Session{exampleSession(t, map[string]string{"credsql.execution": "vector"}), exampleSession(t, map[string]string{"credsql.execution": "row"})}
	for line := range strings.Lines(string(page)) {
		m := errorRow.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil {
			continue
		}
		code, sql := m[1], m[3]
		if documented[code] {
			t.Errorf("%s is there twice", code)
		}
		documented[code] = true
		if _, known := codes[code]; !known {
			t.Errorf("%s is no code of the engine", code)
		}
		if sql == "" {
			continue
		}
		examples++
		for _, s := range sessions {
			if got := oneAnswer(s, sql); got != "ERROR "+code {
				t.Errorf("%s\n got %s\nwant ERROR %s", sql, got, code)
			}
		}
	}
	for code, name := range codes {
		if !documented[code] {
			t.Errorf("%s (%s) is missing", code, name)
		}
	}
	if examples < 40 {
		t.Errorf("only %d examples", examples)
	}
}

// errorCodes are the constants of the package sqlerr whose names begin with Code, by their values.
func errorCodes(t *testing.T) map[string]string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "sqlerr/kinds.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || !strings.HasPrefix(spec.Names[0].Name, "Code") {
			return true
		}
		literal, ok := spec.Values[0].(*ast.BasicLit)
		if !ok {
			t.Fatalf("%s is no literal", spec.Names[0].Name)
		}
		code, err := strconv.Unquote(literal.Value)
		if err != nil {
			t.Fatal(err)
		}
		codes[code] = spec.Names[0].Name
		return true
	})
	return codes
}
