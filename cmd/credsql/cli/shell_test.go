package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// transcriptWidth is the terminal's, in columns.
const transcriptWidth = 80

// wideFolder is an empty folder whose name is wider than the terminal: messages that name it are folded alike wherever the system keeps
// temporary files.
func wideFolder(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), strings.Repeat("w", transcriptWidth))
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	return folder
}

// TestShellTranscripts types the lines of every file of testdata/shell into a shell at a terminal that can do nothing but lines, and compares
// what it answers. What is typed is not echoed; $WORK is an empty folder.
func TestShellTranscripts(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/shell/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatal("no transcripts")
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			typed, want, _ := strings.Cut(string(text), "----\n")
			got := transcript(t, typed)
			if *update {
				if err := os.WriteFile(path, []byte(typed+"----\n"+got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != want {
				t.Error(cmp.Diff(want, got))
			}
		})
	}
}

func transcript(t *testing.T, typed string) string {
	t.Helper()
	work := wideFolder(t)
	in, keyboard, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	go func() {
		_, _ = keyboard.WriteString(strings.ReplaceAll(typed, "$WORK", work))
		_ = keyboard.Close()
	}()
	var out bytes.Buffer
	streams := IO{
		In: in, Out: &out, Err: &out, InTTY: true, OutTTY: true, ErrTTY: true, Width: transcriptWidth,
		Env:      func(name string) (string, bool) { return map[string]string{"TERM": "dumb"}[name], name == "TERM" },
		Clock:    func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) },
		StateDir: work, ConfigDir: work,
	}
	if code := Main(context.Background(), []string{"--demo", "--exclude-account", "101010101010,121212121212"}, streams); code != 0 {
		t.Errorf("code %d", code)
	}
	return strings.ReplaceAll(out.String(), work, "$WORK")
}
