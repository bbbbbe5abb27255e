package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/credsql/credsql/repl/ptytest"
)

// TestShellOnATerminal plays every file of testdata/terminal: the real command on a pseudo-terminal of its own, in an empty folder with
// the sample reports in reports and the files of testdata/terminal/files in files.
func TestShellOnATerminal(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/terminal/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatal("no sessions")
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			session, err := ptytest.ReadSession(path)
			if err != nil {
				t.Fatal(err)
			}
			term := startShell(t, session.Command, session.Env, session.Width, session.Height)
			if *update {
				session.Record(t, term)
				return
			}
			session.Play(t, term)
		})
	}
}

// startShell runs a command on a terminal.
func startShell(t *testing.T, command, env []string, width, height int) *ptytest.Terminal {
	t.Helper()
	cmd := shellCommand(t, command...)
	cmd.Env = append(cmd.Env, env...)
	return ptytest.Start(t, cmd, width, height)
}

// shellCommand is a command in an empty folder, with nobody's settings and credentials.
func shellCommand(t testing.TB, command ...string) *exec.Cmd {
	t.Helper()
	work := t.TempDir()
	for name, target := range map[string]string{"reports": "../../../examples/reports", "files": "testdata/terminal/files"} {
		target, err := filepath.Abs(target)
		if err == nil {
			err = os.Symlink(target, filepath.Join(work, name))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir = work
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + work, "TMPDIR=" + work, "TERM=xterm-256color", "LANG=C.UTF-8", "NOW=2026-11-23T12:00:00Z",
		"AWS_ACCESS_KEY_ID=none", "AWS_SECRET_ACCESS_KEY=none", "AWS_EC2_METADATA_DISABLED=true", "XDG_STATE_HOME=" + filepath.Join(work, "state"),
	}
	return cmd
}

// TestShellEndsWithItsTerminal: a shell whose terminal is gone does not stay behind.
func TestShellEndsWithItsTerminal(t *testing.T) {
	t.Parallel()
	for name, command := range map[string]string{"hung up": "exec credsql-at-terminal --demo", "deaf to it": "trap '' HUP; exec credsql-at-terminal --demo"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			term := startShell(t, []string{"sh", "-c", command}, nil, 80, 24)
			term.WaitFor("demo>")
			term.Type("SELECT 'not finished")
			term.WaitFor("finished")
			term.Close()
			term.WaitExit()
		})
	}
}

// TestShellHistoryFile: what the file of the history holds does not reach the terminal raw, whoever wrote it.
func TestShellHistoryFile(t *testing.T) {
	t.Parallel()
	state := t.TempDir()
	if err := os.MkdirAll(filepath.Join(state, "credsql"), 0o700); err != nil {
		t.Fatal(err)
	}
	hostile := "SELECT 1;\nSELECT '\x1b]0;title\a\x1b[2Jgone\xff\u202e';\n"
	if err := os.WriteFile(filepath.Join(state, "credsql", "history"), []byte(hostile), 0o644); err != nil {
		t.Fatal(err)
	}
	term := startShell(t, []string{"credsql-at-terminal", "--demo"}, []string{"XDG_STATE_HOME=" + state}, 80, 24)
	term.WaitFor("demo>")
	term.Type("\x1b[A")
	term.WaitFor("gone")
	term.Type("\x03\x12gone")
	term.WaitFor("history: gone")
	term.Type("\x03\\s 5\r")
	term.WaitFor(`\s 5`)
	term.Type("\\q\r")
	shown := term.WaitEnd()
	if !strings.Contains(shown, `\x1b]0;title\x07\x1b[2Jgone`) {
		t.Errorf("the history is not shown:\n%s", shown)
	}
	if out := term.Output(); strings.Contains(out, "\x1b]") || strings.Contains(out, "\a") || strings.Contains(out, "\u202e") {
		t.Errorf("control characters reached the terminal: %q", out)
	}
}
