package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/credsql/credsql/repl/render"
)

func newDoctor(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Check credentials, permissions, network, clock, cache and terminal",
		Long: `doctor checks what credsql needs for the source that its flags name, and says what
to do about what is missing: configuration, credentials and whose they are, the
way to AWS, the clock, permissions account by account, the cache, the terminal.
It asks AWS what a query would ask, and changes nothing.

Exit code 3 if something must be mended.`,
		Example: `  credsql doctor
  credsql doctor --org --org-role credsql-reader
  credsql doctor --report reports/`,
		Args: cobra.NoArgs,
		RunE: a.run(func(cmd *cobra.Command, _ []string) error { return a.examine(cmd.Context()) }),
	}
}

// verdict is how a check ended.
type verdict string

const (
	good    verdict = "ok"
	warning verdict = "warn"
	bad     verdict = "FAIL"
)

// finding is the outcome of a check: what there is, and what to do.
type finding struct {
	verdict verdict
	about   string
	text    string
	fix     string
}

// check is something that is looked at.
type check func(ctx context.Context, a *app) []finding

// errUnwell is findings that must be mended. Nothing is printed for it: the findings are the message.
var errUnwell = shownError{sourceError{errors.New("something must be mended")}}

// examine makes all checks, showing each as it ends.
func (a *app) examine(ctx context.Context) error {
	checks := []check{checkProgram, checkConfig, checkTerminal, checkHistory}
	if len(a.source.reports) == 0 {
		checks = append(checks, checkCache, checkNetwork, checkCaller)
	}
	checks = append(checks, checkAccounts)
	failed := false
	for _, c := range checks {
		for _, f := range c(ctx, a) {
			failed = failed || f.verdict == bad
			if err := a.showFinding(f); err != nil {
				return outputError(err)
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	if failed {
		return errUnwell
	}
	return nil
}

func (a *app) showFinding(f finding) error {
	mark := fmt.Sprintf("%-4s", f.verdict)
	if a.colorful(a.io.OutTTY) {
		mark = map[verdict]string{good: "\x1b[32m", warning: "\x1b[33m", bad: "\x1b[1;31m"}[f.verdict] + mark + "\x1b[0m"
	}
	lines := strings.Split(render.SafeLines(f.text), "\n")
	text := fmt.Sprintf("%s  %-11s %s\n", mark, f.about, lines[0])
	for _, l := range lines[1:] {
		text += strings.Repeat(" ", 18) + l + "\n"
	}
	if f.fix != "" {
		text += strings.Repeat(" ", 18) + "→ " + render.Safe(f.fix) + "\n"
	}
	_, err := io.WriteString(a.io.Out, text)
	return err
}
