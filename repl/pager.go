package repl

import (
	"bytes"
	"errors"
	"io"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
)

// openTerminal gives the terminal, behind a pager if what is written is more than fits.
func (s *Shell) openTerminal() (io.WriteCloser, error) {
	_, height := s.config.Size()
	if s.look.pager == "off" || !s.config.Editing || height <= 0 {
		return stays{s.config.Out}, nil
	}
	return &pager{shell: s, lines: height - 2}, nil
}

// pager holds what is written until it is known whether it fits.
type pager struct {
	shell   *Shell
	lines   int
	held    bytes.Buffer   // what was written; with a program, as much as one can have been given that reads nothing
	program io.WriteCloser // nil: not started
	gone    bool           // it has ended
	direct  bool           // there is none
}

// pipeHolds is more than a pipe holds that nobody reads.
const pipeHolds = 256 << 10

// Write holds, or passes on.
func (p *pager) Write(b []byte) (int, error) {
	switch {
	case p.direct:
		return p.shell.config.Out.Write(b)
	case p.gone:
		return 0, syscall.EPIPE
	}
	if p.program == nil || p.held.Len() < pipeHolds {
		p.held.Write(b)
	}
	if p.program != nil {
		n, err := p.program.Write(b)
		if errors.Is(err, syscall.EPIPE) && p.missing(p.end()) {
			return len(b), p.without()
		}
		return n, err
	}
	if bytes.Count(p.held.Bytes(), []byte("\n")) <= p.lines {
		return len(b), nil
	}
	return len(b), p.start()
}

// start runs the program and gives it what was held.
func (p *pager) start() error {
	name := p.shell.pagerProgram()
	if name == "" {
		return p.without()
	}
	program, err := p.shell.pipe(name)
	if err != nil {
		return p.without()
	}
	p.program = program
	if _, err = p.program.Write(p.held.Bytes()); errors.Is(err, syscall.EPIPE) && p.missing(p.end()) {
		return p.without()
	}
	return err
}

// without shows what was held, and from now on everything, on the terminal.
func (p *pager) without() error {
	p.direct = true
	_, err := p.shell.config.Out.Write(p.held.Bytes())
	return err
}

// end waits until the user has seen it.
func (p *pager) end() error {
	p.gone = true
	return p.program.Close()
}

// missing says whether there was no such program, and has none be tried again.
func (p *pager) missing(err error) bool {
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 126 && exit.ExitCode() != 127 {
		return false
	}
	p.shell.look.pager = "off"
	p.shell.warn(`the pager cannot be run and is off now; $PAGER names another, \pset pager on tries again`)
	return true
}

// Close shows what was held, or waits until the user has seen it.
func (p *pager) Close() error {
	switch {
	case p.direct, p.gone:
		return nil
	case p.program == nil:
		return p.without()
	case p.missing(p.end()):
		return p.without()
	}
	return nil // that the user left early is no error
}

// lessOptions has less leave short texts on the screen, keep colours, and say how it is left.
const lessOptions = "-FRSX -Ps?eEND, q leaves:q leaves, Space goes on."

// pagerProgram is the user's, else less or more; empty: there is none.
func (s *Shell) pagerProgram() string {
	for _, name := range []string{"CREDSQL_PAGER", "PAGER"} {
		if program, _ := s.config.Env(name); strings.TrimSpace(program) != "" && strings.TrimSpace(program) != "less" {
			return program
		}
	}
	for _, name := range []string{"less", "more"} {
		if _, err := exec.LookPath(name); err != nil {
			continue
		}
		if options, _ := s.config.Env("LESS"); name == "less" && options != "" {
			return "less -R"
		} else if name == "less" && runtime.GOOS != "windows" {
			return "LESS='" + lessOptions + "' less" // not as arguments: small versions of less know none of them
		}
		return name
	}
	return ""
}
