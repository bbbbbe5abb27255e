package cli

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// shellBlock is a fenced block of commands.
var shellBlock = regexp.MustCompile("(?m)^```sh\n((?s:.*?))^```$")

// TestReadme runs every command of the README in a shell, in the root of the repository. `go run ./cmd/credsql` is the command
// under test; `go test ./...` is what runs this test, so it is only looked for.
func TestReadme(t *testing.T) {
	t.Parallel()
	if tests, others := runPage(t, "README.md"); tests != 1 || others < 4 {
		t.Fatalf("the README has %d lines that run the tests and %d others", tests, others)
	}
}

// TestCommandPage runs those of the page about the command.
func TestCommandPage(t *testing.T) {
	t.Parallel()
	if _, others := runPage(t, "docs/command.md"); others < 4 {
		t.Fatalf("the page has %d commands", others)
	}
}

// runPage runs the commands of a page, and counts those that run the tests and the others.
func runPage(t *testing.T, page string) (tests, others int) {
	t.Helper()
	text, err := os.ReadFile("../../../" + page)
	if err != nil {
		t.Fatal(err)
	}
	inScript := strings.NewReplacer("go run ./cmd/credsql ", "credsql ",
		"go build -o bin/credsql ", `HOME='`+os.Getenv("HOME")+`' go build -o "$WORK/credsql" `)
	script := "cd $ROOT\n"
	for _, block := range shellBlock.FindAllStringSubmatch(string(text), -1) {
		for line := range strings.Lines(block[1]) {
			if line == "go test ./...\n" {
				tests++
				continue
			}
			others++
			script += "exec sh -c " + scriptQuote(inScript.Replace(strings.TrimSpace(line))) + "\n"
			if strings.HasPrefix(line, "go run") && !strings.Contains(line, "--fail-on-rows") {
				script += "stdout '\\n.*\\n'\n" // a heading and a row at least
			}
		}
	}
	path := t.TempDir() + "/page.txt"
	if err := os.WriteFile(path, []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	runScripts(t, testscript.Params{Files: []string{path}})
	return tests, others
}

// scriptQuote makes a line one word of a script.
func scriptQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// TestReadmeNamesWhatExists: paths in the README are in the repository.
func TestReadmeNamesWhatExists(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	paths := regexp.MustCompile("`((?:\\.ci|cmd|docs|engine|examples|repl|tables)(?:/[\\w./]+)?)`").FindAllStringSubmatch(string(readme), -1)
	if len(paths) < 5 {
		t.Fatal("the README names only " + strconv.Itoa(len(paths)) + " paths")
	}
	for _, p := range paths {
		if _, err := os.Stat("../../../" + p[1]); err != nil {
			t.Error(err)
		}
	}
}
