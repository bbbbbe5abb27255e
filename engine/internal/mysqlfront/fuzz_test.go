package mysqlfront

import (
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/credsql/credsql/engine/internal/ddsql"
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// FuzzParse never panics, never hangs, places everything inside the text, and lowers queries to what DDSQL reads too.
func FuzzParse(f *testing.F) {
	err := filepath.WalkDir("testdata", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".txt" {
			return err
		}
		data, err := os.ReadFile(path)
		for _, block := range strings.Split(string(data), "\n\n") {
			input, _, _ := strings.Cut(block, "\n----")
			f.Add(input, len(input)%8)
		}
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string, flags int) {
		opts := Options{AnsiQuotes: flags&1 != 0, BackslashEscapes: flags&2 != 0, RefuseDoubleQuotes: flags&4 != 0, Database: "aws"}
		start := time.Now()
		p, err := Parse(text, opts)
		Wants(text, opts)
		DisputedBackslash(text)
		for _, piece := range Split(text, opts) {
			if piece.Start < 0 || piece.End < piece.Start || piece.End > len(text) {
				t.Fatalf("piece %+v", piece)
			}
		}
		if took := time.Since(start); took > 30*time.Second {
			t.Fatalf("took %v", took)
		}
		if err != nil {
			e, ok := sqlerr.As(err)
			if !ok || e.Code == sqlerr.CodeInternal || e.Pos < 0 || e.Pos > len(text)+1 || !utf8.ValidString(e.Message) {
				t.Fatalf("error %v", err)
			}
			return
		}
		if p.Statement == nil {
			return
		}
		visit(reflect.ValueOf(p.Statement), func(name string, pos int) {
			if pos < -1 || pos >= len(text) {
				t.Fatalf("%s at %d of %d", name, pos, len(text))
			}
		})
		// A name that is a keyword of DDSQL's alone may keep it from reading the text; what it reads must be the same.
		text = syntax.Print(p.Statement)
		if again, err := ddsql.Parse(text, ddsql.Options{}); err == nil && len(again) == 1 {
			if twice := syntax.Print(again[0].Statement); twice != text {
				t.Fatalf("DDSQL reads\n%s\nas\n%s", text, twice)
			}
		}
	})
}
