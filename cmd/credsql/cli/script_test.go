package cli

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the expected output inside the scripts")

// TestMain lets scripts run the command itself: the test binary, under another name, is credsql.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"credsql":             func() { os.Exit(Main(context.Background(), os.Args[1:], scriptIO())) },
		"credsql-at-terminal": func() { os.Exit(Main(context.Background(), os.Args[1:], terminalIO())) },
	})
}

// scriptIO is the system's, but for what a script fixes: the clock with NOW, and which streams are terminals of what width
// with TTY ("in out err") and WIDTH.
func scriptIO() IO {
	s := System()
	tty := os.Getenv("TTY")
	s.InTTY, s.OutTTY, s.ErrTTY = strings.Contains(tty, "in"), strings.Contains(tty, "out"), strings.Contains(tty, "err")
	s.Width, _ = strconv.Atoi(os.Getenv("WIDTH"))
	return fixed(s)
}

// terminalIO is the system's, whose streams are whatever they are, but for the clock.
func terminalIO() IO { return fixed(System()) }

// fixed is an IO whose clock stands at NOW.
func fixed(s IO) IO {
	s.CacheDir = ""
	now, err := time.Parse(time.RFC3339, os.Getenv("NOW"))
	if err != nil {
		panic(err)
	}
	s.Clock = func() time.Time { return now }
	return s
}

// TestScripts runs every script of testdata/script. $REPORTS is the folder of the sample reports.
func TestScripts(t *testing.T) {
	t.Parallel()
	runScripts(t, testscript.Params{Dir: "testdata/script", UpdateScripts: *update})
}

func runScripts(t *testing.T, params testscript.Params) {
	t.Helper()
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	params.RequireExplicitExec = true
	params.RequireUniqueNames = true
	params.Setup = func(env *testscript.Env) error {
		env.Setenv("NOW", "2026-11-23T12:00:00Z")
		env.Setenv("ROOT", root)
		env.Setenv("REPORTS", filepath.Join(root, "examples", "reports"))
		// An account of nobody: a script must not reach for the credentials of who runs it.
		env.Setenv("AWS_ACCESS_KEY_ID", "none")
		env.Setenv("AWS_SECRET_ACCESS_KEY", "none")
		env.Setenv("AWS_EC2_METADATA_DISABLED", "true")
		return nil
	}
	testscript.Run(t, params)
}
