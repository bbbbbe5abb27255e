package repl

import (
	"context"
	"errors"
	"os"
	"strconv"
	"strings"

	"github.com/credsql/credsql/repl/render"
)

// editing are the commands on the text of the statement.
func editing() []*command {
	const group = "Text of the statement"
	return []*command{
		{name: "e", args: "[FILE]", help: "edit the statement, or a file, with $EDITOR; Enter then runs it", group: group, run: runEdit, complete: fileNames},
		{name: "p", help: "print the last statement", group: group, run: runPrint},
		{name: "r", help: "forget the last statement", group: group, run: runReset},
		{name: "s", args: "[N]", help: "print the last statements of the history", group: group, run: runHistory},
		{name: "w", args: "FILE", help: "write the last statement to a file", group: group, run: runWrite, complete: fileNames},
	}
}

func runEdit(_ context.Context, s *Shell, c call) error {
	name := c.word(0)
	if name == "" {
		f, err := os.CreateTemp("", "credsql-*.sql") // made with mode 0600
		if err != nil {
			return err
		}
		name = f.Name()
		defer os.Remove(name)
		text := c.sql
		if text != "" && !c.own {
			text += ";"
		}
		_, err = f.WriteString(text + "\n")
		if err = errors.Join(err, f.Close()); err != nil {
			return err
		}
	}
	cmd := s.shellCommand(s.editorProgram() + ` "$0"`)
	cmd.Args = append(cmd.Args, name)
	if err := cmd.Run(); err != nil {
		return errors.New("the editor: " + err.Error())
	}
	text, err := readFile(name)
	if err != nil {
		return err
	}
	s.next = strings.TrimSpace(text)
	return nil
}

func (s *Shell) editorProgram() string {
	for _, name := range []string{"CREDSQL_EDITOR", "VISUAL", "EDITOR"} {
		if program, _ := s.config.Env(name); strings.TrimSpace(program) != "" {
			return program
		}
	}
	return "vi"
}

func runPrint(_ context.Context, s *Shell, c call) error {
	if c.sql == "" {
		return errNoStatement
	}
	s.say(c.sql + ";")
	return nil
}

func runReset(_ context.Context, s *Shell, _ call) error {
	s.last = ""
	s.say("there is no last statement any more")
	return nil
}

func runHistory(_ context.Context, s *Shell, c call) error {
	entries := s.history.Entries()
	n := 20
	if w := c.word(0); w != "" {
		var err error
		if n, err = strconv.Atoi(w); err != nil || n < 1 {
			return usageError{s.commands.byName["s"], w + " is no number of statements"}
		}
	}
	return s.page(render.SafeLines(strings.Join(entries[max(0, len(entries)-n):], "\n") + "\n"))
}

func runWrite(_ context.Context, s *Shell, c call) error {
	if c.word(0) == "" {
		return usageError{s.commands.byName["w"], "a file is needed"}
	}
	if c.sql == "" {
		return errNoStatement
	}
	return os.WriteFile(c.word(0), []byte(c.sql+";\n"), 0o600)
}
