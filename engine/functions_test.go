package engine

import (
	"strings"
	"testing"
)

// TestFunctions: every function has what help shows, and is found once.
func TestFunctions(t *testing.T) {
	t.Parallel()
	e := exampleSession(t, nil).engine
	seen, operators := map[string]bool{}, 0
	for _, f := range e.Functions() {
		if f.Doc == "" || f.Category == "" || f.Class == "" || len(f.Signatures) == 0 {
			t.Errorf("%s: %+v", f.Name, f)
		}
		if f.Operator {
			operators++
			continue
		}
		if seen[f.Name] || operators > 0 {
			t.Errorf("%s is out of order, or there twice", f.Name)
		}
		seen[f.Name] = true
		if strings.HasPrefix(f.Name, "mysql_") {
			t.Errorf("%s is MySQL's", f.Name)
		}
	}
	if len(seen) < 100 || operators < 20 {
		t.Errorf("%d functions, %d operators", len(seen), operators)
	}
}
