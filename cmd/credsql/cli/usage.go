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
func (a *app) showUsage(cmd *cobra.Command) error {
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
	if own := cmd.LocalNonPersistentFlags(); own.HasAvailableFlags() && cmd.HasParent() {
		a.flagLines(&b, flagGroup{"Flags", own})
	}
	for _, g := range a.groups {
		a.flagLines(&b, g.common())
	}
	b.WriteString("\nThese are the common flags; 'credsql help flags' has all. Each can be set by the\n" +
		"environment as well, --max-age by CREDSQL_MAX_AGE, and by a file: see\n'credsql help config'.\n")
	_, err := cmd.OutOrStdout().Write([]byte(b.String()))
	return err
}

func (a *app) flagLines(b *strings.Builder, g flagGroup) {
	if g.flags.HasAvailableFlags() {
		fmt.Fprintf(b, "\n%s:\n%s", g.title, g.flags.FlagUsagesWrapped(min(max(a.io.Width, defaultWidth), 120)))
	}
}

// commonFlags are those that help shows: most people need no other.
var commonFlags = map[string]bool{
	"report": true, "demo": true, "profile": true, "role-arn": true, "org": true, "org-role": true, "account": true, "max-age": true, "source": true,
	"file": true, "var": true, "strict": true, "fail-on-rows": true, "at": true, "timeout": true, "output": true, "color": true, "quiet": true,
}

// common is the group with its common flags alone.
func (g flagGroup) common() flagGroup {
	fs := pflag.NewFlagSet(g.title, pflag.ContinueOnError)
	fs.SortFlags = false
	g.flags.VisitAll(func(f *pflag.Flag) {
		if commonFlags[f.Name] {
			fs.AddFlag(f)
		}
	})
	return flagGroup{g.title, fs}
}

// newFlagHelp is the help topic that lists all flags.
func newFlagHelp(a *app) *cobra.Command {
	topic := &cobra.Command{Use: "flags", Short: "All flags that every command has"}
	topic.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		var b strings.Builder
		b.WriteString("The flags that every command has. Each can be set by the environment as well: --max-age by CREDSQL_MAX_AGE.\n")
		for _, g := range a.groups {
			a.flagLines(&b, g)
		}
		_, _ = cmd.OutOrStdout().Write([]byte(b.String()))
	})
	return topic
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

// nearestFlag is the flag that a misspelt one may mean; empty: none is near.
func nearestFlag(fs *pflag.FlagSet, name string) string {
	var names []string
	fs.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return nearest(name, names)
}

// nearest lets cobra, which knows how to find a command for a misspelt name, find any name; empty: none is near.
func nearest(name string, names []string) string {
	for distance := 1; distance <= 2; distance++ {
		list := &cobra.Command{SuggestionsMinimumDistance: distance}
		for _, n := range names {
			list.AddCommand(&cobra.Command{Use: n, Run: func(*cobra.Command, []string) {}})
		}
		if found := list.SuggestionsFor(name); len(found) > 0 {
			return found[0]
		}
	}
	return ""
}
