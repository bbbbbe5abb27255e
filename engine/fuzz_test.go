package engine

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/credsql/credsql/engine/sqlerr"
)

// FuzzQuery throws text at the door. Whatever it is, it must answer or be refused with an error that a user can read, in bounded time, and
// an error's position must lie in the text. Internal errors are panics that were caught, so they fail here.
func FuzzQuery(f *testing.F) {
	for _, q := range seedQueries(f) {
		f.Add(q)
	}
	engine := exampleSession(f, map[string]string{"statement_timeout": "2s", "credsql.at": "2026-11-23 12:00:00"}).engine
	f.Fuzz(func(t *testing.T, text string) {
		start := time.Now()
		err := drain(engine.NewSession(), text)
		if took := time.Since(start); took > 60*time.Second {
			t.Fatalf("took %v", took)
		}
		if err == nil {
			return
		}
		e, ok := sqlerr.As(err)
		if !ok {
			t.Fatalf("not a user's error: %v", err)
		}
		if e.Code == sqlerr.CodeInternal {
			t.Fatalf("internal error: %v", err)
		}
		if e.Pos < 0 || e.Pos > len(text)+1 {
			t.Fatalf("position %d in a text of %d bytes", e.Pos, len(text))
		}
		_ = e.Render(text)
	})
}

func drain(s *Session, text string) error {
	rows, err := s.Query(context.Background(), text)
	if err != nil {
		return err
	}
	defer rows.Close()
	for n := 0; n < 1000; n++ {
		if _, err := rows.Next(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

// seedQueries are the statements of the golden files.
func seedQueries(f *testing.F) []string {
	paths, err := filepath.Glob("testdata/golden/*/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	out := []string{"SELECT 1", "SELECT * FROM aws.iam_credential_report LIMIT 3"}
	for _, p := range paths {
		text, err := os.ReadFile(p)
		if err != nil {
			f.Fatal(err)
		}
		for _, block := range strings.Split(string(text), "\n\n") {
			question, _, _ := strings.Cut(block, "\n----")
			out = append(out, question)
		}
	}
	return out
}
