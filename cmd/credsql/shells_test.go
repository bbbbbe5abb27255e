package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestShells has bash, zsh, fish and groff read what the command generates for them. CREDSQL_SHELLS says that they are installed.
func TestShells(t *testing.T) {
	t.Parallel()
	if os.Getenv("CREDSQL_SHELLS") == "" {
		t.Skip("CREDSQL_SHELLS is not set: it needs bash with bash-completion, zsh, fish and groff")
	}
	dir := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", filepath.Join(dir, "credsql"), ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/shells", RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
			return nil
		},
	})
}
