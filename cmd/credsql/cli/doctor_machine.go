package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
)

func checkProgram(context.Context, *app) []finding {
	return []finding{{verdict: good, about: "program", text: versionLine(debug.ReadBuildInfo())}}
}

// checkConfig says which configuration file there is. That it can be read is known: otherwise no command would have begun.
func checkConfig(_ context.Context, a *app) []finding {
	if a.configFile == "" {
		return []finding{{verdict: good, about: "config", text: "there is no configuration file", fix: "credsql config init writes one to start from"}}
	}
	return []finding{{verdict: good, about: "config", text: a.configFile}}
}

// checkTerminal says what the shell would have to work with.
func checkTerminal(_ context.Context, a *app) []finding {
	if !a.io.InTTY || !a.io.OutTTY {
		return []finding{{verdict: good, about: "terminal", text: "none here; results are csv, and there is no shell"}}
	}
	term, _ := a.io.Env("TERM")
	width, height := a.size()
	f := finding{verdict: good, about: "terminal", text: fmt.Sprintf("%s, %d columns, %d lines, colours %s", term, width, height, yesNo(a.colorful(true)))}
	switch {
	case term == "" || term == "dumb":
		f.verdict, f.fix = warning, "TERM does not name a terminal that can be edited on; set it, to xterm-256color for instance"
	case width < 60:
		f.verdict, f.fix = warning, "tables need some 60 columns; make the window wider, or use \\x on"
	case !a.speaksUTF8():
		f.verdict, f.fix = warning, "the locale is not UTF-8, so that frames may look odd; set LANG, to C.UTF-8 for instance"
	}
	return []finding{f}
}

// speaksUTF8 says whether the locale has UTF-8. Where none is set, as on Windows, it is taken to.
func (a *app) speaksUTF8() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v, _ := a.io.Env(name); v != "" {
			v = strings.ToLower(v)
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return true
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// checkHistory looks whether others can read what was asked.
func checkHistory(_ context.Context, a *app) []finding {
	if a.io.StateDir == "" {
		return []finding{{verdict: warning, about: "history", text: "there is no home folder; the shell forgets its history", fix: "set HOME or XDG_STATE_HOME"}}
	}
	path := filepath.Join(a.io.StateDir, "credsql", "history")
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return []finding{{verdict: good, about: "history", text: path + " (none yet)"}}
	case err != nil:
		return []finding{{verdict: warning, about: "history", text: err.Error(), fix: "the shell keeps its history there; make it readable"}}
	case info.Mode().Perm()&0o077 != 0:
		return []finding{{verdict: warning, about: "history", text: path + " can be read by others", fix: "chmod 600 " + path}}
	}
	return []finding{{verdict: good, about: "history", text: path}}
}
