package cli

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// openers are the words that statements begin with.
var openers = []string{"select", "with", "values", "explain", "show", "describe", "desc", "table", "set"}

// opens says whether a text begins like a statement.
func opens(text string) bool {
	word, _, _ := strings.Cut(strings.TrimLeft(text, " \t\r\n("), " ")
	return slices.Contains(openers, strings.ToLower(word))
}

// unquoted is the error about a statement whose words came as an argument each, because the shell was given no quotes; nil if they did not.
func unquoted(args []string) error {
	if len(args) < 2 || !opens(args[0]) || strings.ContainsAny(args[0], " \t\n;") {
		return nil
	}
	return usageError{fmt.Errorf("the statement came as %d words; put it between quotes: credsql query \"%s …\"", len(args), args[0])}
}

// rootArgs refuses what is no command, and says what may have been meant.
func rootArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	name := args[0]
	switch {
	case opens(name):
		return errors.New("a statement needs the command query: credsql query \"" + firstWord(name) + " …\"")
	case isReport(name):
		return fmt.Errorf("%s is no command; to read reports from it: --report %s", name, name)
	}
	return noCommand(cmd, name)
}

func firstWord(text string) string { return strings.Fields(text)[0] }

// isReport says whether a word looks like a path of reports.
func isReport(name string) bool {
	_, err := os.Stat(name)
	return err == nil || strings.HasSuffix(name, ".csv") || strings.HasSuffix(name, ".json")
}

// noCommand is the error about a name that no command below cmd has.
func noCommand(cmd *cobra.Command, name string) error {
	var names []string
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	if near := nearest(name, names); near != "" {
		return fmt.Errorf("there is no command %s; did you mean %s?", name, near)
	}
	return fmt.Errorf("there is no command %s; the commands are %s", name, strings.Join(names, ", "))
}

// groupArgs is rootArgs of a command that is a group of others.
func groupArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return noCommand(cmd, args[0])
}
