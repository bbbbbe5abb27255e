package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// flagGroup is flags that belong together, in the order in which they were added.
type flagGroup struct {
	title string
	flags *pflag.FlagSet
}

func newGroup(title string, add func(*pflag.FlagSet)) flagGroup {
	fs := pflag.NewFlagSet(title, pflag.ContinueOnError)
	fs.SortFlags = false
	add(fs)
	return flagGroup{title, fs}
}

// showUsage prints the usage of a command with the flags that every command has, by group.
func (a *app) showUsage(cmd *cobra.Command, groups []flagGroup) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Usage:\n  %s\n", cmd.UseLine())
	if cmd.HasExample() {
		fmt.Fprintf(&b, "\nExamples:\n%s\n", cmd.Example)
	}
	if cmd.HasAvailableSubCommands() {
		b.WriteString("\nCommands:\n")
		for _, sub := range cmd.Commands() {
			if sub.IsAvailableCommand() {
				fmt.Fprintf(&b, "  %-*s %s\n", cmd.NamePadding(), sub.Name(), sub.Short)
			}
		}
	}
	if own := cmd.LocalNonPersistentFlags(); own.HasAvailableFlags() {
		groups = append([]flagGroup{{"Flags", own}}, groups...)
	}
	for _, g := range groups {
		fmt.Fprintf(&b, "\n%s:\n%s", g.title, g.flags.FlagUsagesWrapped(min(max(a.io.Width, defaultWidth), 120)))
	}
	b.WriteString("\nEvery flag can be set by the environment as well: --max-age by CREDSQL_MAX_AGE.\n")
	_, err := cmd.OutOrStdout().Write([]byte(b.String()))
	return err
}

// flagError adds to the error about an unknown flag which one may have been meant.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return err
	}
	if near := nearestFlag(cmd.Flags(), unknown.GetSpecifiedName()); near != "" {
		return fmt.Errorf("%w; did you mean --%s?", err, near)
	}
	return err
}

// nearestFlag lets cobra, which knows how to find a command for a misspelt name, find a flag.
func nearestFlag(fs *pflag.FlagSet, name string) string {
	names := &cobra.Command{SuggestionsMinimumDistance: 2}
	fs.VisitAll(func(f *pflag.Flag) {
		names.AddCommand(&cobra.Command{Use: f.Name, Run: func(*cobra.Command, []string) {}})
	})
	if found := names.SuggestionsFor(name); len(found) > 0 {
		return found[0]
	}
	return ""
}
