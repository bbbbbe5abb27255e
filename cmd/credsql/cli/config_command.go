package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/credsql/credsql/repl/render"
)

func newConfig(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Write a configuration file to start from, or say where it is",
		Long: `config is about the file that gives flags their values where neither the command
line nor the environment does, and names to sources: with

  [sources.prod]
  org = true
  org-role = "credsql-reader"

'credsql --source prod' reads that organization, and source = "prod" above all
tables makes it the one that is read when no flag says otherwise.`,
		Args: groupArgs,
		RunE: a.plain(func(cmd *cobra.Command, _ []string) error { return cmd.Help() }),
	}
	force := false
	begin := &cobra.Command{
		Use: "init", Short: "Write a file with every flag, commented out", Args: cobra.NoArgs,
		RunE: a.plain(func(cmd *cobra.Command, _ []string) error { return a.initConfig(cmd.Root(), force) }),
	}
	begin.Flags().BoolVar(&force, "force", false, "write over a file that is there")
	cmd.AddCommand(begin, &cobra.Command{
		Use: "path", Short: "Say which file is read", Args: cobra.NoArgs,
		RunE: a.plain(func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(a.io.Out, render.Safe(a.configPath()))
			return outputError(err)
		}),
	})
	return cmd
}

// configPath is the file that is read, or would be.
func (a *app) configPath() string {
	if a.config.path != "" {
		return a.config.path
	}
	return a.defaultConfig()
}

// initConfig writes the template.
func (a *app) initConfig(root *cobra.Command, force bool) error {
	path := a.configPath()
	if path == "" || path == noConfig {
		return usageError{errors.New("there is no folder for settings; name a file with --config")}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	flags := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if force {
		flags = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	f, err := os.OpenFile(path, flags, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return usageError{fmt.Errorf("%s is there already; --force writes over it", path)}
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString(configTemplate(a.groups))
	if err = errors.Join(err, f.Close()); err == nil {
		a.print("wrote " + render.Safe(path) + "\n")
	}
	return err
}

const configHead = `# credsql reads this file before its environment (CREDSQL_…) and its command line, which both win.
# Every line is a flag as it is without this file; take the mark away to set it.

# source = "prod"  # which of the sources at the end is read when no flag says otherwise
`

const configTail = `
# Sources have names: credsql --source prod
#
# [sources.prod]
# org = true
# org-role = "credsql-reader"
#
# [sources.evidence]
# report = ["reports/2026/"]
`

// configTemplate is a file with every flag, commented out.
func configTemplate(groups []flagGroup) string {
	var b strings.Builder
	b.WriteString(configHead)
	for _, g := range groups {
		b.WriteString("\n# " + g.title + "\n")
		g.flags.VisitAll(func(f *pflag.Flag) {
			if f.Name == "config" || f.Name == "source" {
				return
			}
			_, usage := pflag.UnquoteUsage(f)
			fmt.Fprintf(&b, "# %s = %s  # %s\n", f.Name, tomlValue(f), usage)
		})
	}
	b.WriteString(configTail)
	return b.String()
}

// tomlValue is a flag's default as TOML has it.
func tomlValue(f *pflag.Flag) string {
	if _, ok := f.Value.(pflag.SliceValue); ok {
		return "[]"
	}
	switch f.Value.Type() {
	case "bool", "int":
		return f.DefValue
	}
	return fmt.Sprintf("%q", f.DefValue)
}
