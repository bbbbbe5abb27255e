package repl

import (
	"bytes"
	"errors"
	"io"
	"os/exec"
	"runtime"
	"strings"
)

// shellCommand is a program as the user's command interpreter starts it, on the terminal. Ctrl-C reaches it there: it is not ended
// from here, because a pager that is killed leaves the terminal in disorder.
func (s *Shell) shellCommand(text string) *exec.Cmd {
	name, flag := "sh", "-c"
	if runtime.GOOS == "windows" {
		name, flag = "cmd", "/c"
	}
	cmd := exec.Command(name, flag, text)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = s.config.In, s.config.Out, s.config.Err
	return cmd
}

// pipe starts a program that reads what is written.
func (s *Shell) pipe(text string) (io.WriteCloser, error) {
	if text == "" {
		return nil, errors.New("a program is needed after the bar")
	}
	cmd := s.shellCommand(text)
	cmd.Stdin = nil
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &piped{in, cmd}, nil
}

// piped is a program's input; Close waits for the program.
type piped struct {
	io.WriteCloser
	cmd *exec.Cmd
}

func (p *piped) Close() error {
	return errors.Join(p.WriteCloser.Close(), p.cmd.Wait())
}

// openTerminal gives the terminal, behind a pager if what is written is more than fits.
func (s *Shell) openTerminal() (io.WriteCloser, error) {
	width, height := s.config.Size()
	if s.look.pager == "off" || !s.config.Editing || height <= 0 {
		return stays{s.config.Out}, nil
	}
	return &pager{shell: s, width: width, lines: height - 2}, nil
}

// pager holds what is written until it is known whether it fits.
type pager struct {
	shell   *Shell
	width   int
	lines   int
	held    bytes.Buffer
	program io.WriteCloser // nil: not started
	direct  bool           // it could not be
}

// Write holds, or passes on.
func (p *pager) Write(b []byte) (int, error) {
	switch {
	case p.program != nil:
		return p.program.Write(b)
	case p.direct:
		return p.shell.config.Out.Write(b)
	}
	p.held.Write(b)
	if bytes.Count(p.held.Bytes(), []byte("\n")) <= p.lines {
		return len(b), nil
	}
	program, err := p.shell.pipe(p.shell.pagerProgram())
	if err != nil {
		p.direct = true
		_, err = p.shell.config.Out.Write(p.held.Bytes())
		return len(b), err
	}
	p.program = program
	_, err = p.program.Write(p.held.Bytes())
	return len(b), err
}

// Close shows what was held, or waits until the user has seen it.
func (p *pager) Close() error {
	switch {
	case p.program != nil:
		_ = p.program.Close() // that the user left early is no error
		return nil
	case p.direct:
		return nil
	}
	_, err := p.shell.config.Out.Write(p.held.Bytes())
	return err
}

// pagerProgram is the user's, else less, told to leave short texts on the screen and to keep colours.
func (s *Shell) pagerProgram() string {
	for _, name := range []string{"CREDSQL_PAGER", "PAGER"} {
		if program, _ := s.config.Env(name); strings.TrimSpace(program) != "" {
			if strings.TrimSpace(program) == "less" {
				break
			}
			return program
		}
	}
	if options, _ := s.config.Env("LESS"); options != "" {
		return "less -R"
	}
	return "less -FRSX"
}
