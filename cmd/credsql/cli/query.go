package cli

import "github.com/spf13/cobra"

const queryExamples = `  credsql query --report reports/ -o vertical \
    "SELECT * FROM aws.iam_credential_report WHERE user = '<root_account>'"
  credsql query --report report.csv -f audit.sql -o json
  cat report.csv | credsql query --report - \
    "SELECT count(*) FROM aws.iam_credential_report"
  echo "SELECT * FROM credsql.accounts" | credsql query --profile prod`

func newQuery(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "query [SQL]...",
		Short: "Run statements and print their rows",
		Long: `query runs statements from its arguments, from files (--file) or from standard
input. One text may hold several, separated by semicolons; the first that fails
ends the run. Rows go to standard output, everything else to standard error.

Exit codes: 0 ok; 1 a statement failed; 2 wrong usage; 3 reports or accounts
could not be read; 4 time limit; 10 --fail-on-rows and there were rows;
130 interrupted; 141 nobody reads the output any more.`,
		Example: queryExamples,
		Args:    cobra.ArbitraryArgs,
		RunE:    a.run(a.runQuery),
	}
}
