package repl

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/credsql/credsql/repl/render"
)

// target is where a result goes and how.
type target struct {
	open     func() (io.WriteCloser, error)
	terminal bool
	format   render.Format // empty: as the shell is set
	expanded bool
	bare     bool // a listing of the shell's own, whose types say nothing
}

// output is where results go that no command sends elsewhere: the terminal, or what \o named.
type output struct {
	terminal io.Writer
	file     io.WriteCloser // nil: the terminal
	format   render.Format
}

// target is where results go.
func (s *Shell) target() target {
	if f := s.output.file; f != nil {
		return target{open: func() (io.WriteCloser, error) { return stays{f}, nil }, format: s.output.format}
	}
	return target{open: s.openTerminal, terminal: true}
}

// reset ends what \o began.
func (o *output) reset(s *Shell) {
	if o.file == nil {
		return
	}
	if err := o.file.Close(); err != nil {
		s.warn(err.Error())
	}
	o.file, o.format = nil, ""
}

// stays is an output that is not closed with a result.
type stays struct{ io.Writer }

func (stays) Close() error { return nil }

// targetOf reads where a command sends results: nothing, a file, or a program after a bar.
func (s *Shell) targetOf(name string) (target, error) {
	if name == "" {
		return s.target(), nil
	}
	if program, ok := strings.CutPrefix(name, "|"); ok {
		return target{format: s.programFormat(), open: func() (io.WriteCloser, error) {
			return s.pipe(strings.TrimSpace(program))
		}}, nil
	}
	return target{format: formatOfFile(name), open: func() (io.WriteCloser, error) { return createFile(name) }}, nil
}

func (s *Shell) programFormat() render.Format {
	if s.look.format != "" {
		return s.look.format
	}
	return render.CSV
}

// formatOfFile is the format that a file's name asks for; empty: none.
func formatOfFile(name string) render.Format {
	extension := strings.ToLower(strings.TrimPrefix(filepath.Ext(name), "."))
	switch extension {
	case "md":
		return render.Markdown
	case "ndjson":
		return render.JSONL
	case "htm":
		return render.HTML
	}
	if f, err := render.ParseFormat(extension); err == nil {
		return f
	}
	return ""
}

// createFile makes a file that only its owner can read: who may use which key is nobody else's business.
func createFile(name string) (io.WriteCloser, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the result is not written: %w", err)
	}
	return f, nil
}
