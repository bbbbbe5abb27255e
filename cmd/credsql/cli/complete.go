package cli

import (
	"bufio"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/credsql/credsql/examples/audit"
	"github.com/credsql/credsql/repl/render"
	"github.com/credsql/credsql/tables/awsiam"
)

func newCompletion(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Print the completion script of bash, zsh, fish or powershell",
		Long: `completion prints a script that teaches your command line to complete credsql:
commands, flags, and what is known here: profiles, accounts, examples, sources.`,
		Example: `  # bash, where its package bash-completion is installed
  credsql completion bash > /etc/bash_completion.d/credsql
  # zsh
  credsql completion zsh > "${fpath[1]}/_credsql"
  # fish
  credsql completion fish > ~/.config/fish/completions/credsql.fish
  # PowerShell
  credsql completion powershell | Out-String | Invoke-Expression`,
		ValidArgs:             []string{"bash", "zsh", "fish", "powershell"},
		Args:                  cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs),
		DisableFlagsInUseLine: true,
		RunE: a.plain(func(cmd *cobra.Command, args []string) error {
			return outputError(writeCompletion(cmd.Root(), args[0], a.io.Out))
		}),
	}
}

// writeCompletion writes the script of a shell.
func writeCompletion(root *cobra.Command, shell string, out io.Writer) error {
	switch shell {
	case "bash":
		return root.GenBashCompletionV2(out, true)
	case "zsh":
		return root.GenZshCompletion(out)
	case "fish":
		return root.GenFishCompletion(out, true)
	default:
		return root.GenPowerShellCompletionWithDesc(out)
	}
}

// completes is what completes a word.
type completes = func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective)

// pathFlags are the flags whose values are files or folders: shells complete those themselves.
var pathFlags = map[string]bool{"report": true, "file": true, "config": true, "cache-dir": true}

// completeFlags registers what the values of flags can be. Where nothing is known, nothing is offered, rather than files.
func (a *app) completeFlags(root *cobra.Command) error {
	var formats []string
	for _, f := range render.Formats() {
		formats = append(formats, string(f))
	}
	for name, complete := range map[string]completes{
		"output": cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp), "color": words("auto", "always", "never"),
		"dialect": words("auto", "ddsql", "mysql"), "on-error": words("stop", "continue"), "profile": a.completeProfiles,
		"account": a.completeAccounts, "exclude-account": a.completeAccounts, "source": a.completeSources,
	} {
		if err := root.RegisterFlagCompletionFunc(name, complete); err != nil {
			return err
		}
	}
	root.PersistentFlags().VisitAll(func(f *pflag.Flag) {
		if _, known := root.GetFlagCompletionFunc(f.Name); !known && !pathFlags[f.Name] {
			_ = root.RegisterFlagCompletionFunc(f.Name, words()) // it exists and has none
		}
	})
	return nil
}

// settle gives flags the values of the configuration and the environment, as a command that runs has them. A mistake in one of them is
// told by the command, not while its words are completed.
func (a *app) settle(cmd *cobra.Command) {
	_ = a.applyConfig(cmd)
	_ = fromEnvironment(cmd.Flags(), a.io.Env)
}

// completeSources gives the sources of the configuration file.
func (a *app) completeSources(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	if err := a.whichConfig(cmd); err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	s, err := a.readConfig()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var out []string
	for _, name := range slices.Sorted(maps.Keys(s.sources)) {
		if strings.HasPrefix(name, typed) {
			out = append(out, name)
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

func words(list ...string) completes {
	return cobra.FixedCompletions(list, cobra.ShellCompDirectiveNoFileComp)
}

func completeExamples(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	list, err := audit.List()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var out []string
	for _, q := range list {
		if strings.HasPrefix(q.Name, typed) {
			out = append(out, q.Name+"\t"+q.Title)
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// completeProfiles gives the profiles of the shared AWS configuration.
func (a *app) completeProfiles(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	var out []string
	for _, name := range a.profiles() {
		if strings.HasPrefix(name, typed) {
			out = append(out, name)
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// profiles are the names in AWS's two files, sorted.
func (a *app) profiles() []string {
	var names []string
	home, _ := os.UserHomeDir()
	for variable, file := range map[string]string{"AWS_CONFIG_FILE": "config", "AWS_SHARED_CREDENTIALS_FILE": "credentials"} {
		path, _ := a.io.Env(variable)
		if path == "" {
			path = filepath.Join(home, ".aws", file)
		}
		names = append(names, profilesIn(path)...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// profilesIn reads the headings [profile NAME] and [NAME] of a file. Other sections of the configuration are none.
func profilesIn(path string) []string {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	var names []string
	for in := bufio.NewScanner(f); in.Scan(); {
		heading, ok := strings.CutPrefix(strings.TrimSpace(in.Text()), "[")
		heading, closed := strings.CutSuffix(heading, "]")
		if !ok || !closed {
			continue
		}
		kind, name, two := strings.Cut(strings.TrimSpace(heading), " ")
		switch {
		case !two:
			names = append(names, kind)
		case kind == "profile":
			names = append(names, strings.TrimSpace(name))
		}
	}
	return names
}

// completeAccounts gives the accounts whose reports are in the cache.
func (a *app) completeAccounts(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	a.settle(cmd)
	dir := a.cacheDir()
	if dir == "" {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	entries, _, err := awsiam.ListCache(dir)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	before := typed[:strings.LastIndexByte(typed, ',')+1] // several ids stand between commas
	var out []string
	for _, e := range entries {
		if id := before + e.Account; e.Account != "" && strings.HasPrefix(id, typed) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}
