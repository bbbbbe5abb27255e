package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/credsql/credsql"

// root is the module's folder as seen from here.
const root = "../.."

// goFile is one parsed file.
type goFile struct {
	path    string // from the module's root, with slashes
	room    string // its folder: "engine/column"
	test    bool
	imports []string
	lines   int
	ast     *ast.File
	set     *token.FileSet
}

// readTree parses every Go file of the repository, those of nested modules included.
func readTree(t *testing.T) []goFile {
	t.Helper()
	var files []goFile
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && path != root && (name == "testdata" || name[0] == '.') {
			return filepath.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(name, ".go") {
			return nil
		}
		f, err := readGo(path)
		files = append(files, f)
		return err
	})
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	return files
}

func readGo(path string) (goFile, error) {
	src, err := os.ReadFile(path)
	if err != nil {
		return goFile{}, err
	}
	f := goFile{set: token.NewFileSet(), lines: bytes.Count(src, []byte("\n"))}
	if f.ast, err = parser.ParseFile(f.set, path, src, parser.ParseComments|parser.SkipObjectResolution); err != nil {
		return f, err
	}
	rel, err := filepath.Rel(root, path)
	f.path = filepath.ToSlash(rel)
	f.room = filepath.ToSlash(filepath.Dir(rel))
	f.test = strings.HasSuffix(path, "_test.go")
	for _, spec := range f.ast.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value)
		f.imports = append(f.imports, imported)
	}
	return f, err
}

// within says whether a folder or import path is one of those named, or below it.
func within(path string, named ...string) bool {
	return slices.ContainsFunc(named, func(n string) bool { return path == n || strings.HasPrefix(path, n+"/") })
}

// doors are the dependencies that only some rooms may open. A name in only means that room alone, a name in below all that is
// beneath it as well.
var doors = []struct {
	dependency  string
	only, below []string
}{
	{dependency: "github.com/multigres/multigres", below: []string{"engine/internal/ddsql"}},
	{dependency: "github.com/dolthub/go-mysql-server", only: []string{"engine"}, below: []string{"engine/internal"}},
	{dependency: "github.com/dolthub/vitess/go/vt", only: []string{"engine"}, below: []string{"engine/internal/mysqlfront"}},
	// go-mysql-server's tables and types speak vitess's values.
	{dependency: "github.com/dolthub/vitess", only: []string{"engine"}, below: []string{"engine/internal/mysqlfront", "engine/internal/table"}},
	{dependency: "github.com/aws", below: []string{"tables/awsiam"}},
	{dependency: "github.com/go-mysql-org/go-mysql", below: []string{"engine/mysqlwire"}},
	{dependency: "github.com/chzyer/readline", below: []string{"repl"}},
	{dependency: "github.com/spf13", below: []string{"cmd"}},
	{dependency: module + "/cmd", below: []string{"cmd"}},
	{dependency: "unsafe", below: []string{"engine/column", "engine/internal", "repl/render", "tables/credreport"}},
}

// TestDoors: each big dependency is imported in the rooms named for it and nowhere else.
func TestDoors(t *testing.T) {
	t.Parallel()
	for _, f := range readTree(t) {
		for _, imported := range f.imports {
			for _, d := range doors {
				if within(imported, d.dependency) && !slices.Contains(d.only, f.room) && !within(f.room, d.below...) {
					t.Errorf("%s imports %s, which only %v may", f.path, imported, append(d.only, d.below...))
				}
			}
		}
	}
}

// ours are the packages of this module that a room may import; rooms that are not listed may import what doors allows.
var ours = []struct {
	room    string
	exactly bool // not the rooms below it
	may     []string
}{
	{room: "engine/column", may: nil},
	{room: "engine/sqlerr", may: nil},
	{room: "tables", exactly: true, may: []string{"engine/column"}},
	{room: "tables", may: []string{"tables", "engine/column", "engine/sqlerr"}},
	{room: "repl", may: []string{"repl", "engine/column", "engine/sqlerr"}},
	{room: "repl/render", may: []string{"engine/column"}},
	{room: "engine/internal/syntax", may: []string{"engine/column", "engine/sqlerr"}},
	{room: "engine/internal", may: []string{"engine/column", "engine/sqlerr", "engine/internal", "tables"}},
}

// TestLayers: leaves import nothing of ours, tables knows no SQL, repl knows no engine. A test may also import test data and
// what makes it.
func TestLayers(t *testing.T) {
	t.Parallel()
	for _, f := range readTree(t) {
		if f.test {
			continue
		}
		for _, imported := range f.imports {
			target, isOurs := strings.CutPrefix(imported, module+"/")
			if !isOurs || within(target, "examples") {
				continue
			}
			for _, rule := range ours {
				applies := f.room == rule.room || !rule.exactly && within(f.room, rule.room)
				if applies && !allowed(f.room, target, rule.may) {
					t.Errorf("%s imports %s; %s may import of this module only %v", f.path, target, rule.room, rule.may)
				}
			}
		}
	}
}

// allowed reads a rule's list: a room of several packages is opened by naming it, except that tables stands for the package
// alone when seen from the engine, whose stages read no reports.
func allowed(room, target string, may []string) bool {
	if room == "engine/internal/sqlgen" && target == "tables/memory" {
		return true // what makes random statements for tests makes their tables as well
	}
	if within(room, "engine/internal") && within(target, "tables") {
		return target == "tables" && slices.Contains(may, "tables")
	}
	return within(target, may...)
}

// TestNoAmbient: clock, environment, standard streams and process come in as arguments everywhere below cmd.
func TestNoAmbient(t *testing.T) {
	t.Parallel()
	banned := map[string]string{
		"os.Stdout": "an io.Writer", "os.Stderr": "an io.Writer or a logger", "os.Stdin": "an io.Reader", "os.Exit": "an error",
		"os.Getenv": "an argument", "os.LookupEnv": "an argument", "os.Environ": "an argument", "os.Args": "an argument",
		"time.Now": "a clock", "time.Since": "a clock", "time.Until": "a clock",
		"fmt.Print": "fmt.Fprint", "fmt.Printf": "fmt.Fprintf", "fmt.Println": "fmt.Fprintln",
		"log.Print": "a logger", "log.Printf": "a logger", "log.Println": "a logger", "log.Fatal": "an error", "log.Fatalf": "an error",
	}
	excepted := map[string]string{
		// The default of an embedder's Config.Clock, documented there.
		"engine/config.go": "time.Now", "engine/mysqlwire/config.go": "time.Now",
		// The deadlines of sockets, which the system's clock decides.
		"engine/mysqlwire/admission.go": "time.Now",
	}
	for _, f := range readTree(t) {
		if f.test || within(f.room, "cmd") || f.ast.Name.Name == "main" {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := sel.X.(*ast.Ident); ok {
				name := x.Name + "." + sel.Sel.Name
				if instead := banned[name]; instead != "" && excepted[f.path] != name {
					t.Errorf("%s: %s; take %s", f.set.Position(sel.Pos()), name, instead)
				}
			}
			return true
		})
	}
}

// TestSizes: a file is one concept, a function one thought. Tests may list many cases.
func TestSizes(t *testing.T) {
	t.Parallel()
	const maxFile, maxFunction = 600, 100
	for _, f := range readTree(t) {
		if f.test {
			continue
		}
		if f.lines > maxFile {
			t.Errorf("%s has %d lines; at most %d", f.path, f.lines, maxFile)
		}
		for _, decl := range f.ast.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if n := f.set.Position(fn.End()).Line - f.set.Position(fn.Pos()).Line + 1; n > maxFunction {
				t.Errorf("%s: %s has %d lines; at most %d", f.path, fn.Name.Name, n, maxFunction)
			}
			if fn.Name.Name == "init" && fn.Recv == nil {
				t.Errorf("%s: func init; make it an explicit call", f.path)
			}
		}
	}
	if f, err := readGo(root + "/cmd/credsql/main.go"); err != nil || f.lines > 20 {
		t.Errorf("main.go has %d lines; at most 20 (%v)", f.lines, err)
	}
}

// TestPackages: every package says what it is for, and none is named for being a drawer.
func TestPackages(t *testing.T) {
	t.Parallel()
	drawers := []string{"util", "utils", "common", "helper", "helpers", "misc", "base", "shared", "manager"}
	documented := map[string]bool{}
	for _, f := range readTree(t) {
		if slices.Contains(drawers, f.ast.Name.Name) || slices.Contains(drawers, filepath.Base(f.room)) {
			t.Errorf("%s: a package named %s", f.path, f.ast.Name.Name)
		}
		if !f.test {
			documented[f.room] = documented[f.room] || f.ast.Doc != nil
		}
	}
	for room, ok := range documented {
		if !ok {
			t.Errorf("%s has no package comment", room)
		}
	}
}

// TestRootListing: the top level holds what the README names and nothing else.
func TestRootListing(t *testing.T) {
	t.Parallel()
	known := []string{
		".ci", ".git", ".gitignore", "CHANGELOG.md", "LICENSE", "Makefile", "README.md", "cmd", "docs", "engine", "examples", "go.mod", "go.sum", "repl",
		"staticcheck.conf", "tables",
		"bin", "dist", // ignored by git
	}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(known, e.Name()) {
			t.Errorf("%s is not a room of this house", e.Name())
		}
	}
}

// TestReplaceHasItsReason: the one replace of go.mod points into this repository.
func TestReplaceHasItsReason(t *testing.T) {
	t.Parallel()
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for line := range strings.Lines(string(mod)) {
		if strings.Contains(line, "=>") {
			got = append(got, strings.TrimSpace(line))
		}
	}
	want := []string{"replace github.com/dolthub/go-icu-regex => ./engine/internal/icuregex"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("replaces %q, want %q: each one costs those who import us a line", got, want)
	}
}
