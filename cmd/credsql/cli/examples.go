package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/credsql/credsql/examples/audit"
)

func newExamples(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "examples",
		Short: "List the audit questions that are ready to run",
		Long: `examples lists audit questions that credsql brings along: root, MFA, passwords,
keys, idle credentials, summaries, and the fleet itself. show explains one: why it
matters, which rule it follows where tools differ, what NULL does. run asks it.`,
		Example: `  credsql examples
  credsql examples show unused-credentials
  credsql examples run unused-credentials --demo -v days=90
  credsql examples run console-no-mfa --org --fail-on-rows`,
		Args: exampleArgs,
		RunE: a.run(func(*cobra.Command, []string) error { return a.listExamples() }),
	}
	cmd.AddCommand(
		&cobra.Command{
			Use: "show NAME...", Short: "Explain audit questions and show their SQL", Args: namedArgs, ValidArgsFunction: completeExamples,
			RunE: a.run(func(_ *cobra.Command, args []string) error { return a.showExamples(args) }),
		},
		&cobra.Command{
			Use: "run NAME...", Short: "Ask audit questions", Args: namedArgs, ValidArgsFunction: completeExamples,
			RunE: a.run(a.runExamples),
		},
	)
	return cmd
}

// exampleArgs refuses arguments of the group, and says of an example's name how it is asked.
func exampleArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if q, err := findExample(args[0]); err == nil {
		return fmt.Errorf("to ask it: credsql examples run %s; to see it: credsql examples show %s", q.Name, q.Name)
	}
	return noCommand(cmd, args[0])
}

// namedArgs wants names of examples.
func namedArgs(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return errors.New("name an example; 'credsql examples' lists them")
	}
	return nil
}

// findExample finds a question by its name, or says which name may have been meant.
func findExample(name string) (audit.Question, error) {
	list, err := audit.List()
	if err != nil {
		return audit.Question{}, err
	}
	var names []string
	for _, q := range list {
		if q.Name == name {
			return q, nil
		}
		names = append(names, q.Name)
	}
	hint := "'credsql examples' lists them"
	if near := nearest(name, names); near != "" {
		hint = "did you mean " + near + "? " + hint
	}
	return audit.Question{}, usageError{fmt.Errorf("there is no example %s; %s", name, hint)}
}

func (a *app) listExamples() error {
	list, err := audit.List()
	if err != nil {
		return err
	}
	var b strings.Builder
	group := ""
	for _, q := range list {
		if q.Group != group {
			if group != "" {
				b.WriteByte('\n')
			}
			group = q.Group
			b.WriteString(group + ":\n")
		}
		fmt.Fprintf(&b, "  %-22s %s\n", q.Name, q.Title)
	}
	b.WriteString("\n'credsql examples show NAME' explains one, 'credsql examples run NAME' asks it.\n")
	_, err = fmt.Fprint(a.io.Out, b.String())
	return outputError(err)
}

func (a *app) showExamples(names []string) error {
	for i, name := range names {
		q, err := findExample(name)
		if err != nil {
			return err
		}
		text := exampleText(q)
		if i > 0 {
			text = "\n" + text
		}
		if _, err := fmt.Fprint(a.io.Out, text); err != nil {
			return outputError(err)
		}
	}
	return nil
}

func exampleText(q audit.Question) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\nWhy: %s\n\nRule: %s\n", q.Title, q.Why, q.Rule)
	if len(q.Parameters) > 0 {
		b.WriteByte('\n')
	}
	for _, p := range q.Parameters {
		fmt.Fprintf(&b, "-v %s=%s: %s\n", p.Name, p.Default, p.Doc)
	}
	fmt.Fprintf(&b, "\n%s;\n", q.SQL)
	return b.String()
}

// runExamples asks questions. Variables that are set take the place of their parameters' defaults.
func (a *app) runExamples(cmd *cobra.Command, args []string) error {
	if len(a.query.files) > 0 {
		return usageError{errors.New("an example is a statement; --file gives others")}
	}
	var questions []audit.Question
	for _, name := range args {
		q, err := findExample(name)
		if err != nil {
			return err
		}
		questions = append(questions, q)
	}
	if cmd.Flags().Changed("var") {
		if err := a.knownParameters(questions); err != nil {
			return err
		}
	}
	var statements []string
	for _, q := range questions {
		vars := a.query.vars.Clone()
		for _, p := range q.Parameters {
			value, set := vars.Get(p.Name)
			if !set {
				value = p.Default
			}
			if err := errors.Join(p.Check(value), vars.Set(p.Name, value)); err != nil {
				return usageError{fmt.Errorf("%s: %w", q.Name, err)}
			}
		}
		statements = append(statements, vars.Expand(q.SQL, lexer))
	}
	return a.runQuery(cmd, statements)
}

// knownParameters refuses variables that none of the questions has: a limit that is misspelt must not leave the default in its place.
func (a *app) knownParameters(questions []audit.Question) error {
	var names []string
	for _, q := range questions {
		for _, p := range q.Parameters {
			names = append(names, p.Name)
		}
	}
	for _, name := range a.query.vars.Names() {
		if slices.Contains(names, name) {
			continue
		}
		hint := "'credsql examples show " + questions[0].Name + "' has its parameters"
		if near := nearest(name, names); near != "" {
			hint = "did you mean " + near + "? " + hint
		}
		return usageError{fmt.Errorf("no example that is asked has a parameter %s; %s", name, hint)}
	}
	return nil
}
