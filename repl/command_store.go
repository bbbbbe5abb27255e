package repl

import (
	"context"
	"errors"
	"os/exec"
	"strings"

	"github.com/credsql/credsql/repl/line"
)

// storing are the commands on variables and on the world outside.
func storing() []*command {
	const group = "Variables and files"
	return []*command{
		{name: "set", args: "[NAME [VALUE]]", help: "a variable for statements: :name, :'name' as a text, :\"name\" as a name", group: group, run: runSet, complete: variableNames},
		{name: "unset", args: "NAME", help: "forget a variable", group: group, run: runUnset, complete: variableNames},
		{name: "echo", args: "[TEXT]", help: "print a text", group: group, run: runEcho},
		{name: "!", aliases: []string{".shell"}, args: "PROGRAM", help: "run a program of the system", group: group, run: runProgram},
	}
}

func runSet(_ context.Context, s *Shell, c call) error {
	words := c.words()
	if len(words) == 0 {
		var rows [][]string
		for _, name := range s.vars.Names() {
			value, _ := s.vars.Get(name)
			rows = append(rows, []string{name, value})
		}
		return s.listing([]string{"variable", "value"}, rows)
	}
	return s.vars.Set(words[0], strings.Join(words[1:], " "))
}

func runUnset(_ context.Context, s *Shell, c call) error {
	if c.word(0) == "" {
		return usageError{s.commands.byName["unset"], "a name is needed"}
	}
	if !s.vars.Unset(c.word(0)) {
		return errors.New("there is no variable " + c.word(0))
	}
	return nil
}

func runEcho(_ context.Context, s *Shell, c call) error {
	s.say(strings.Join(c.words(), " ") + "\n")
	return nil
}

func runProgram(_ context.Context, s *Shell, c call) error {
	if c.args == "" {
		return usageError{s.commands.byName["!"], "a program is needed"}
	}
	err := s.shellCommand(c.args).Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return errors.New("the program ended with " + exit.Error())
	}
	return err
}

func variableNames(s *Shell, words []string) []line.Item {
	if len(words) > 1 {
		return nil
	}
	return items(s.vars.Names())
}
