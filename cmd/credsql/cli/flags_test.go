package cli

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// everyCommand visits a tree of commands.
func everyCommand(cmd *cobra.Command, visit func(*cobra.Command)) {
	visit(cmd)
	for _, sub := range cmd.Commands() {
		everyCommand(sub, visit)
	}
}

// TestFlagsAreTheSameEverywhere: a name means one thing, whichever command it is given to, and each has words.
func TestFlagsAreTheSameEverywhere(t *testing.T) {
	t.Parallel()
	streams, _, _ := testIO()
	root := newRoot(&app{io: streams})
	everyCommand(root, func(cmd *cobra.Command) {
		cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
			if cmd != root && root.PersistentFlags().Lookup(f.Name) != nil {
				t.Errorf("%s has a --%s of its own", cmd.CommandPath(), f.Name)
			}
			if f.Usage == "" || strings.HasSuffix(f.Usage, ".") {
				t.Errorf("%s --%s: the usage is a phrase", cmd.CommandPath(), f.Name)
			}
		})
		root.PersistentFlags().VisitAll(func(f *pflag.Flag) {
			if got := cmd.InheritedFlags().Lookup(f.Name); cmd != root && got != f {
				t.Errorf("%s does not take --%s as the others do", cmd.CommandPath(), f.Name)
			}
		})
		if cmd.Short == "" || strings.HasSuffix(cmd.Short, ".") || len(cmd.Short) > 70 {
			t.Errorf("%s: %q is no line of help", cmd.CommandPath(), cmd.Short)
		}
	})
}

// samples are values of flags by their type.
var samples = map[string]string{
	"bool": "true", "int": "7", "string": "x", "duration": "7s", "stringArray": "x", "stringSlice": "x", "format": "json", "time": "2025-01-31",
	"size": "7GB", "variable": "k=v", "count": "2", "int64": "7",
}

// TestEveryFlagHasItsVariable: each flag of each command takes the value of CREDSQL_ and its name, and an empty one sets nothing.
func TestEveryFlagHasItsVariable(t *testing.T) {
	t.Parallel()
	streams, _, _ := testIO()
	everyCommand(newRoot(&app{io: streams}), func(cmd *cobra.Command) {
		flags := pflag.NewFlagSet("", pflag.ContinueOnError)
		flags.AddFlagSet(cmd.LocalNonPersistentFlags())
		if !cmd.HasParent() {
			flags.AddFlagSet(cmd.PersistentFlags())
		}
		flags.VisitAll(func(f *pflag.Flag) {
			sample, known := samples[f.Value.Type()]
			if !known {
				t.Fatalf("--%s is a %s; give the test a value of it", f.Name, f.Value.Type())
			}
			before := f.Value.String()
			for _, value := range []string{"", sample} {
				env := func(name string) (string, bool) {
					return value, name == "CREDSQL_"+strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
				}
				if err := fromEnvironment(flags, env); err != nil {
					t.Errorf("%s --%s: %v", cmd.CommandPath(), f.Name, err)
				}
				if changed := f.Value.String() != before; changed != (value != "") {
					t.Errorf("%s --%s is %s after %q in the environment, %s before", cmd.CommandPath(), f.Name, f.Value, value, before)
				}
			}
		})
	})
}
