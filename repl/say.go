package repl

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/repl/render"
)

// say shows lines of the shell's own. A terminal that cannot be written has nobody to be told.
func (s *Shell) say(text string) {
	if text != "" {
		_, _ = io.WriteString(s.config.Out, render.SafeLines(strings.TrimRight(text, "\n")+"\n"))
	}
}

// warn shows a warning.
func (s *Shell) warn(text string) {
	width, _ := s.config.Size()
	text = wrap("warning: "+render.Safe(text), width, "", "  ")
	_, _ = io.WriteString(s.config.Err, s.style("\x1b[33m", "warning:")+strings.TrimPrefix(text, "warning:")+"\n")
}

// faint shows a line beside the results.
func (s *Shell) faint(text string) {
	_, _ = io.WriteString(s.config.Err, s.style("\x1b[2m", render.Safe(text))+"\n")
}

// style colours a text of the shell's own.
func (s *Shell) style(code, text string) string {
	if !s.config.Color {
		return text
	}
	return code + text + "\x1b[0m"
}

// statementError is an error with the text that its place counts in.
type statementError struct {
	error
	text string
}

func (e statementError) Unwrap() error { return e.error }

// fail shows an error.
func (s *Shell) fail(ctx context.Context, err error) {
	if ctx.Err() != nil {
		_, _ = io.WriteString(s.config.Err, "canceled\n")
		return
	}
	text, where := "", ""
	for file := (includeError{}); errors.As(err, &file); err = file.error {
		if !strings.HasSuffix(where, file.where+": ") { // a file that runs itself
			where += file.where + ": "
		}
	}
	var in statementError
	if errors.As(err, &in) {
		text = in.text
	}
	width, _ := s.config.Size()
	message := "ERROR: " + err.Error() + "\n"
	if e, ok := sqlerr.As(err); ok {
		message = s.hinted(e, text).RenderWidth(text, width)
	}
	message = wrapError(render.SafeLines(message), width)
	_, _ = io.WriteString(s.config.Err, render.Safe(where))
	if rest, ok := strings.CutPrefix(message, "ERROR"); ok {
		message = s.style("\x1b[1;31m", "ERROR") + rest
	}
	_, _ = io.WriteString(s.config.Err, message)
}

// wrapError wraps the lines of an error, but not the statement's line and the caret under it.
func wrapError(message string, width int) string {
	lines := strings.Split(message, "\n")
	for i, l := range lines {
		if !strings.HasPrefix(l, "LINE ") && strings.TrimLeft(l, " ") != "^" {
			lines[i] = wrap(l, width, "", "  ")
		}
	}
	return strings.Join(lines, "\n")
}

// hinted adds to an error at a variable that is not set how to set it.
func (s *Shell) hinted(e *sqlerr.Error, text string) *sqlerr.Error {
	if name := s.vars.Missing(text, e.Pos-1); name != "" && e.Hint == "" {
		hinted := *e
		return hinted.WithHint("the variable " + name + ` is not set: \set ` + name + " value")
	}
	return e
}
