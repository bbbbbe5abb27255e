package engine

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestFunctionReference keeps docs/functions.md what the registry says; -update writes it. That the examples are right is a test of the registry.
func TestFunctionReference(t *testing.T) {
	t.Parallel()
	const path = "../docs/functions.md"
	want := functionReference(exampleSession(t, nil).engine.Functions())
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is not what the registry says: go test ./engine -run TestFunctionReference -update writes it", path)
	}
}

const referenceHead = `# Functions and operators

Written by the tests from the registry that the engine itself resolves calls by. Functions of the DDSQL reference are marked; the others are
PostgreSQL's. Where they depart from PostgreSQL, [dialect.md](dialect.md) says why. A NULL argument gives NULL unless something else is said.
`

// functionReference is the page: a section for each category, functions before operators.
func functionReference(docs []FunctionDoc) string {
	var categories []string
	for _, d := range docs {
		if !slices.Contains(categories, d.Category) {
			categories = append(categories, d.Category)
		}
	}
	slices.Sort(categories)
	var b strings.Builder
	b.WriteString(referenceHead)
	for _, c := range categories {
		fmt.Fprintf(&b, "\n## %s\n", c)
		for _, d := range docs {
			if d.Category == c {
				writeEntry(&b, d)
			}
		}
	}
	return b.String()
}

func writeEntry(b *strings.Builder, d FunctionDoc) {
	title := d.Name
	if d.Operator {
		title = "operator `" + d.Name + "`"
	}
	marks := []string{}
	if d.Class != "scalar" && d.Class != "operator" {
		marks = append(marks, d.Class)
	}
	if d.Source == "DDSQL" {
		marks = append(marks, "DDSQL reference")
	}
	if len(marks) > 0 {
		title += " (" + strings.Join(marks, ", ") + ")"
	}
	fmt.Fprintf(b, "\n### %s\n\n%s\n\n```\n%s\n```\n", title, d.Doc, strings.Join(d.Signatures, "\n"))
	for _, x := range d.Examples {
		fmt.Fprintf(b, "\n    %s\n    %s\n", x.SQL, shownExample(x.Want))
	}
}

func shownExample(want string) string {
	if want == "" {
		return "(empty)"
	}
	return strings.ReplaceAll(want, "\n", "\n    ")
}
