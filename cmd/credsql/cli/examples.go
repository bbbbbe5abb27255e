package cli

import (
	"errors"
	"fmt"
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
		Args: cobra.NoArgs,
		RunE: a.run(func(*cobra.Command, []string) error { return a.listExamples() }),
	}
	cmd.AddCommand(
		&cobra.Command{
			Use: "show NAME", Short: "Explain an audit question and show its SQL", Args: cobra.ExactArgs(1), ValidArgsFunction: completeExamples,
			RunE: a.run(func(_ *cobra.Command, args []string) error { return a.showExample(args[0]) }),
		},
		&cobra.Command{
			Use: "run NAME...", Short: "Ask audit questions", Args: cobra.MinimumNArgs(1), ValidArgsFunction: completeExamples,
			RunE: a.run(a.runExamples),
		},
	)
	return cmd
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

func (a *app) showExample(name string) error {
	q, err := findExample(name)
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\nWhy: %s\n\nRule: %s\n", q.Title, q.Why, q.Rule)
	if len(q.Parameters) > 0 {
		b.WriteByte('\n')
	}
	for _, p := range q.Parameters {
		fmt.Fprintf(&b, "-v %s=%s: %s\n", p.Name, p.Default, p.Doc)
	}
	fmt.Fprintf(&b, "\n%s;\n", q.SQL)
	_, err = fmt.Fprint(a.io.Out, b.String())
	return outputError(err)
}

// runExamples asks questions. Variables that are set take the place of their parameters' defaults.
func (a *app) runExamples(cmd *cobra.Command, args []string) error {
	if len(a.query.files) > 0 {
		return usageError{errors.New("an example is a statement; --file gives others")}
	}
	var statements []string
	for _, name := range args {
		q, err := findExample(name)
		if err != nil {
			return err
		}
		vars := a.query.vars.Clone()
		for _, p := range q.Parameters {
			if _, set := vars.Get(p.Name); !set {
				if err := vars.Set(p.Name, p.Default); err != nil {
					return err
				}
			}
		}
		statements = append(statements, vars.Expand(q.SQL, lexer))
	}
	return a.runQuery(cmd, statements)
}
