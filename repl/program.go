package repl

import (
	"errors"
	"fmt"
	"io"
	"os/exec"
	"runtime"
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
	closed, err := p.WriteCloser.Close(), p.cmd.Wait()
	if err != nil {
		err = fmt.Errorf("the program ended with %w", err)
	}
	return errors.Join(closed, err)
}
