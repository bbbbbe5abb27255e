package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/credsql/credsql/repl/render"
)

const about = `credsql answers SQL over AWS IAM credential reports: who has a password and no
MFA, which access keys are old, what root did last. Reports are read live from
AWS or from files. The dialect is DDSQL, PostgreSQL's but for what its reference
says otherwise. Without a command, credsql is a shell.`

const rootExamples = `  # who can sign in without MFA, in a simulated organization
  credsql query --demo \
    "SELECT account_id, user FROM aws.iam_credential_report
     WHERE password_enabled AND NOT mfa_active"

  # the same, of every account of an organization
  credsql query --org --org-role credsql-reader -f no-mfa.sql

  # as a check in CI: exit code 10 if there is anyone, 3 if an account is missing
  credsql query --report reports/ --fail-on-rows -f no-mfa.sql

  # which accounts are missing, and why
  credsql accounts --org --org-role credsql-reader`

// newRoot makes the tree of commands. It does no other work: help needs no source.
func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:     "credsql [command]",
		Short:   "SQL over AWS IAM credential reports",
		Long:    about,
		Example: rootExamples,
		// Errors and usage are told by Main.
		SilenceErrors: true, SilenceUsage: true,
		Args: rootArgs,
		RunE: a.checked(a.runRoot),
	}
	a.groups = []flagGroup{
		newGroup("Source (default: the account of the default AWS credentials)", a.source.add),
		newGroup("Asking AWS", a.source.live.addReading),
		newGroup("Statements", a.query.add),
		newGroup("Output", a.output.add),
		newGroup("Configuration", a.config.add),
	}
	for _, g := range a.groups {
		root.PersistentFlags().AddFlagSet(g.flags)
	}
	root.SetUsageFunc(func(cmd *cobra.Command) error { return a.showUsage(cmd) })
	root.AddCommand(newQuery(a), newExamples(a), newAccounts(a), newRefresh(a), newCache(a), newServe(a), newDoctor(a), newConfig(a), newCompletion(a),
		newMan(a), newVersion(a), newFlagHelp(a))
	if err := a.completeFlags(root); err != nil {
		panic(err) // completeFlags names a flag that does not exist
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(flagError)
	return root
}

// runRoot is no command: the shell at a terminal, else the statements of standard input.
func (a *app) runRoot(cmd *cobra.Command, args []string) error {
	if a.io.InTTY && a.io.OutTTY && len(a.query.files) == 0 {
		return a.runShell(cmd.Context())
	}
	return a.interruptible(a.runQuery)(cmd, args)
}

// run wraps the code of a command: flags are completed from the environment and checked before it starts, and Ctrl-C ends it.
func (a *app) run(code func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return a.checked(a.interruptible(code))
}

// plain wraps the code of a command that needs no flag of a source or of an output: it runs although the configuration is broken.
func (a *app) plain(code func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if err := a.whichConfig(cmd); err != nil {
			return err
		}
		a.started = true
		return code(cmd, args)
	}
}

func (a *app) checked(code func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if err := a.applyConfig(cmd); err != nil {
			return err
		}
		if err := fromEnvironment(cmd.Flags(), a.io.Env); err != nil {
			return err
		}
		if err := a.checkFlags(); err != nil {
			return err
		}
		a.started = true
		return code(cmd, args)
	}
}

func (a *app) interruptible(code func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if a.io.Interrupt == nil {
			return code(cmd, args)
		}
		ctx, stop := a.io.Interrupt(a.ctx)
		// A second Ctrl-C ends the process, whatever it waits for.
		context.AfterFunc(ctx, stop)
		a.ctx = ctx
		cmd.SetContext(ctx)
		return code(cmd, args)
	}
}

func (a *app) checkFlags() error {
	if err := choice("color", a.output.color, "auto", "always", "never"); err != nil {
		return err
	}
	if err := choice("on-error", a.query.onError, "stop", "continue"); err != nil {
		return err
	}
	if f := a.output.format.format; a.output.envelope && f != "" && f != render.JSON {
		return usageError{fmt.Errorf("--envelope is JSON; it does not go with --output %s", f)}
	}
	return a.source.check()
}
