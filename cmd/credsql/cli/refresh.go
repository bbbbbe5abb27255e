package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/credreport"
)

func newRefresh(a *app) *cobra.Command {
	tags := false
	cmd := &cobra.Command{
		Use:   "refresh",
		Short: "Ask AWS for every account's report, and keep it in the cache",
		Long: `refresh asks AWS for the list of accounts and for each report, whatever the cache
has, and shows how the accounts stand. A report older than --max-age is generated
anew; AWS does that every four hours at most, and an account that must wait for
it is stale.

Exit code 3 if no account could be read; with --strict, if one is missing.`,
		Example: `  credsql refresh --org --tags
  credsql query --org --offline "SELECT count(*) FROM aws.iam_credential_report"`,
		Args: cobra.NoArgs,
		RunE: a.run(func(cmd *cobra.Command, _ []string) error { return a.runRefresh(cmd.Context(), tags) }),
	}
	cmd.Flags().BoolVar(&tags, "tags", false, "fetch the users' tags as well")
	return cmd
}

func (a *app) runRefresh(ctx context.Context, tags bool) error {
	live := &a.source.live
	switch {
	case len(a.source.reports) > 0:
		return usageError{errors.New("--report reads files: there is nothing to refresh")}
	case live.offline:
		return usageError{errors.New("refresh asks AWS: it does not go with --offline")}
	case tags && live.noTags:
		return usageError{errors.New("--tags fetches tags and --no-tags does not: give one of them")}
	case a.cacheDir() == "" && !a.source.demo:
		return usageError{errors.New("refresh fills the cache, and there is none")}
	}
	live.refresh = true
	source, err := a.openLive(ctx)
	if err != nil {
		return err
	}
	defer source.Close()
	if !tags {
		return a.showCoverage(ctx, source)
	}
	return a.showCoverage(ctx, tagged{source})
}

// tagged is a source whose statements all read tags.
type tagged struct{ tables.Source }

// Snapshot reads tags as well.
func (t tagged) Snapshot(ctx context.Context, need tables.Need) (tables.Snapshot, error) {
	need.Tables = append(need.Tables, credreport.TableReport)
	if need.Columns == nil {
		need.Columns = map[string][]string{}
	}
	need.Columns[credreport.TableReport] = append(need.Columns[credreport.TableReport], "tags")
	return t.Source.Snapshot(ctx, need)
}
