package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/credsql/credsql/tables"
)

// coverageSQL is what accounts and refresh show: what is missing first.
const coverageSQL = `SELECT account_id, name, state, generated_time, age, next_refresh, rows, attempts, source, error FROM credsql.accounts
ORDER BY CASE state WHEN 'failed' THEN 0 WHEN 'denied' THEN 1 WHEN 'stale' THEN 2 WHEN 'refreshing' THEN 3 WHEN 'skipped' THEN 5 ELSE 4 END, account_id, source`

// showCoverage shows how the accounts of a source stand. Those that are missing are what it is for, so that --strict does not
// keep the rows back; it makes the end an error.
func (a *app) showCoverage(ctx context.Context, source tables.Source) error {
	settings := a.query.settings()
	settings["credsql.strict"] = "false"
	b, err := a.newBatch(source, settings)
	if err != nil {
		return err
	}
	if err := b.runStatement(ctx, coverageSQL); err != nil {
		return err
	}
	if a.query.strict && !a.query.allowPartial && !b.complete {
		return sourceError{errors.New("an account is missing")}
	}
	return nil
}

func newAccounts(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "accounts",
		Short: "Show how each account stands: fresh, stale, failed, denied, skipped",
		Long: `accounts reads the reports and shows of each account where its report came
from, how old it is, when AWS can make a newer one and what went wrong; what is
missing comes first. It is a SELECT over credsql.accounts, where statements find
the same.

Exit code 3 if no account could be read; with --strict, if one is missing.`,
		Example: `  credsql accounts --demo
  credsql accounts --org --org-role credsql-reader --strict`,
		Args: cobra.NoArgs,
		RunE: a.run(func(cmd *cobra.Command, _ []string) error {
			source, done, err := a.openSource(cmd.Context())
			if err != nil {
				return err
			}
			defer done()
			return a.showCoverage(cmd.Context(), source)
		}),
	}
}
