package line

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestHistoryFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state", "history")
	h, err := OpenHistory(path, 3)
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{"one", "two\nlines \\n", "", " hidden", "one", "one", "three  \n", "four"}
	for _, text := range texts {
		if err := h.Add(text); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"one", "three", "four"}
	if got := h.Entries(); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	again, err := OpenHistory(path, 10)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := again.Entries(), []string{"two\nlines \\n", "one", "three", "four"}; !slices.Equal(got, want) {
		t.Errorf("read again: %q, want %q", got, want)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

// TestHistoryIsShortened: a file of more than twice the limit is written anew; one that others could read no longer is.
func TestHistoryIsShortened(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "history")
	if err := os.WriteFile(path, []byte(strings.Repeat("a\nb\nc\nd\n", 3)), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenHistory(path, 3); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil || string(text) != "b\nc\nd\n" {
		t.Errorf("%q, %v", text, err)
	}
	info, _ := os.Stat(path)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
}

func TestHistoryThatCannotBeKept(t *testing.T) {
	t.Parallel()
	h, err := OpenHistory(t.TempDir(), 3) // a folder
	if err == nil || !strings.HasPrefix(err.Error(), "the history is not kept: ") {
		t.Error(err)
	}
	if err := h.Add("one"); err != nil || len(h.Entries()) != 1 {
		t.Errorf("%v, %q", err, h.Entries())
	}
}

func FuzzHistoryLine(f *testing.F) {
	f.Add("a\nb\\nc\\\\")
	f.Fuzz(func(t *testing.T, text string) {
		line := escapeLine(text)
		if strings.Contains(line, "\n") || unescapeLine(line) != text {
			t.Fatalf("%q: %q: %q", text, line, unescapeLine(line))
		}
	})
}
