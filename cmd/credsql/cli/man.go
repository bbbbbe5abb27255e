package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func newMan(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "man DIR",
		Short: "Write the manual's pages into a folder",
		Long:  "man writes a page for each command, credsql.1, credsql-query.1 and so on, into DIR.",
		Args:  cobra.ExactArgs(1),
		RunE: a.plain(func(cmd *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return err
			}
			return writePages(cmd.Root(), a.groups, args[0])
		}),
	}
}

// writePages writes the page of a command and of those below it.
func writePages(cmd *cobra.Command, groups []flagGroup, dir string) error {
	if !cmd.IsAvailableCommand() && cmd.HasParent() {
		return nil
	}
	name := strings.ReplaceAll(cmd.CommandPath(), " ", "-") + ".1"
	if err := os.WriteFile(filepath.Join(dir, name), []byte(manPage(cmd, groups)), 0o644); err != nil {
		return err
	}
	for _, sub := range cmd.Commands() {
		if err := writePages(sub, groups, dir); err != nil {
			return err
		}
	}
	return nil
}

// manPage is a command's page in troff. It has no date and no version, so that it is the same whenever it is made.
func manPage(cmd *cobra.Command, groups []flagGroup) string {
	var b strings.Builder
	title := strings.ToUpper(strings.ReplaceAll(cmd.CommandPath(), " ", "-"))
	fmt.Fprintf(&b, ".TH %s 1 \"\" credsql \"credsql manual\"\n.SH NAME\n%s \\- %s\n", troff(title), troff(strings.ReplaceAll(cmd.CommandPath(), " ", "-")), troff(cmd.Short))
	fmt.Fprintf(&b, ".SH SYNOPSIS\n.B %s\n", troff(cmd.UseLine()))
	fmt.Fprintf(&b, ".SH DESCRIPTION\n%s\n", paragraphs(longText(cmd)))
	if cmd.HasAvailableSubCommands() {
		b.WriteString(".SH COMMANDS\n")
		for _, sub := range cmd.Commands() {
			if sub.IsAvailableCommand() {
				fmt.Fprintf(&b, ".TP\n.B %s\n%s\n", troff(sub.Name()), troff(sub.Short))
			}
		}
	}
	own := cmd.LocalNonPersistentFlags()
	if own.HasAvailableFlags() {
		b.WriteString(".SH OPTIONS\n" + manFlags(own))
	}
	for _, g := range groups {
		fmt.Fprintf(&b, ".SH %s\n%s", troff(strings.ToUpper(g.title)), manFlags(g.flags))
	}
	b.WriteString(".SH ENVIRONMENT\nEvery option can be set by the environment as well: \\-\\-max\\-age by CREDSQL_MAX_AGE.\n")
	if cmd.HasExample() {
		fmt.Fprintf(&b, ".SH EXAMPLES\n.nf\n%s\n.fi\n", troff(cmd.Example))
	}
	b.WriteString(".SH EXIT STATUS\n0 ok; 1 a statement failed; 2 wrong usage; 3 reports or accounts could not be read; 4 time limit; " +
		"10 \\-\\-fail\\-on\\-rows and there were rows; 130 interrupted; 141 nobody reads the output any more.\n")
	return b.String()
}

func longText(cmd *cobra.Command) string {
	if cmd.Long != "" {
		return cmd.Long
	}
	return cmd.Short + "."
}

// paragraphs are texts with empty lines between; what is indented stays as it is.
func paragraphs(text string) string {
	var out []string
	for _, p := range strings.Split(text, "\n\n") {
		if strings.HasPrefix(p, " ") {
			out = append(out, ".nf\n"+troff(p)+"\n.fi")
			continue
		}
		out = append(out, troff(p))
	}
	return strings.Join(out, "\n.PP\n")
}

func manFlags(flags *pflag.FlagSet) string {
	var b strings.Builder
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		name, usage := pflag.UnquoteUsage(f)
		head := "--" + f.Name
		if f.Shorthand != "" {
			head = "-" + f.Shorthand + ", " + head
		}
		fmt.Fprintf(&b, ".TP\n.B %s\n%s\n", strings.TrimSpace(troff(head)+" \\fI"+troff(name)+"\\fR"), troff(usage))
	})
	return b.String()
}

// troff escapes what troff would act upon.
func troff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, ".") || strings.HasPrefix(l, "'") {
			lines[i] = `\&` + l
		}
	}
	return strings.Join(lines, "\n")
}
