package ddsql

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// FuzzParse never panics, never hangs, places everything inside the text, and prints what it read so that it reads the same.
func FuzzParse(f *testing.F) {
	files, _ := filepath.Glob("testdata/*/*.txt")
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, block := range strings.Split(string(data), "\n\n") {
			input, _, _ := strings.Cut(block, "\n----")
			f.Add(input, strings.Contains(name, "placeholders"))
		}
	}
	f.Fuzz(func(t *testing.T, text string, placeholders bool) {
		start := time.Now()
		parsed, err := Parse(text, Options{Placeholders: placeholders})
		if took := time.Since(start); took > 30*time.Second {
			t.Fatalf("took %v", took)
		}
		checkPieces(t, text)
		if err != nil {
			checkError(t, text, err)
			return
		}
		for _, p := range parsed {
			checkParsed(t, text, &p)
		}
	})
}

func checkPieces(t *testing.T, text string) {
	pieces, _ := Split(text)
	last := 0
	for _, p := range pieces {
		if p.Start < last || p.End <= p.Start || p.End > len(text) {
			t.Fatalf("piece %+v of %d bytes", p, len(text))
		}
		last = p.End
	}
}

func checkError(t *testing.T, text string, err error) {
	e, ok := sqlerr.As(err)
	switch {
	case !ok:
		t.Fatalf("not a sqlerr: %v", err)
	case e.Code == sqlerr.CodeInternal:
		t.Fatalf("internal: %v", err)
	case e.Pos < 0 || e.Pos > len(text)+1:
		t.Fatalf("position %d of %d bytes", e.Pos, len(text))
	case !utf8.ValidString(e.Message):
		t.Fatalf("message %q", e.Message)
	}
}

func checkParsed(t *testing.T, text string, p *Parsed) {
	if text[p.Start:p.Start+len(p.Text)] != p.Text {
		t.Fatalf("text %q at %d", p.Text, p.Start)
	}
	visit(reflect.ValueOf(p.Statement), func(name string, pos int) {
		if pos < -1 || pos >= len(p.Text) {
			t.Fatalf("%s at %d of %d", name, pos, len(p.Text))
		}
	})
	printed := syntax.Print(p.Statement)
	again, err := Parse(printed, Options{Limits: Limits{Bytes: 4 << 20, Tokens: 1e6, Nodes: 1e5, Depth: 1000, Arms: 1000}})
	if err != nil || len(again) != 1 {
		t.Fatalf("%q\nprinted %q\nparsed again: %v", p.Text, printed, err)
	}
	if twice := syntax.Print(again[0].Statement); twice != printed {
		t.Fatalf("%q\nprinted %q\nthen    %q", p.Text, printed, twice)
	}
}
