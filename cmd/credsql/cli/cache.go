package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/awsiam"
	"github.com/credsql/credsql/tables/memory"
)

func newCache(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "cache",
		Short: "Look into the cache of reports, or empty it",
		Long: `cache is about the folder in which live reports, tags and lists of accounts are
kept, readable by the user alone: credsql in the user's folder for caches, or
what --cache-dir says. It holds no credentials.`,
		Args: groupArgs,
		RunE: a.run(func(cmd *cobra.Command, _ []string) error { return cmd.Help() }),
	}
	cmd.AddCommand(
		&cobra.Command{
			Use:     "ls",
			Short:   "List what the cache holds, newest first",
			Example: `  credsql cache ls -o json`,
			Args:    cobra.NoArgs,
			RunE:    a.run(a.listCache),
		},
		&cobra.Command{
			Use:     "clear",
			Short:   "Remove everything from the cache",
			Example: `  credsql cache clear`,
			Args:    cobra.NoArgs,
			RunE:    a.run(a.clearCache),
		},
	)
	return cmd
}

// errNoCache is a command about a cache where there is none.
var errNoCache = usageError{errors.New("there is no cache; name a folder with --cache-dir")}

const cacheSQL = `SELECT kind, account_id, generated_time, NOW() - generated_time AS age, size, source, caller, endpoint, path FROM cache
ORDER BY generated_time DESC, kind, account_id, path`

func (a *app) listCache(cmd *cobra.Command, _ []string) error {
	dir := a.cacheDir()
	if dir == "" {
		return errNoCache
	}
	entries, notices, err := awsiam.ListCache(dir)
	if err != nil {
		return sourceError{err}
	}
	a.warn(notices, map[string]bool{})
	source, err := memory.New(cacheTable(entries))
	if err != nil {
		return err
	}
	b, err := a.newBatch(source, a.query.settings())
	if err != nil {
		return err
	}
	return b.runStatement(cmd.Context(), cacheSQL)
}

// cacheTable is the cache's entries as a table.
func cacheTable(entries []awsiam.CacheEntry) *memory.Table {
	columns := []struct {
		name string
		of   column.Type
		get  func(e *awsiam.CacheEntry) column.Value
	}{
		{"kind", column.Text, func(e *awsiam.CacheEntry) column.Value { return textOrNull(e.Kind) }},
		{"account_id", column.Text, func(e *awsiam.CacheEntry) column.Value { return textOrNull(e.Account) }},
		{"generated_time", column.TimestampT, func(e *awsiam.CacheEntry) column.Value { return column.Timestamp(e.Generated.UnixMicro()) }},
		{"size", column.Int64, func(e *awsiam.CacheEntry) column.Value { return e.Size }},
		{"source", column.Text, func(e *awsiam.CacheEntry) column.Value { return textOrNull(e.Source) }},
		{"caller", column.Text, func(e *awsiam.CacheEntry) column.Value { return textOrNull(e.Caller) }},
		{"endpoint", column.Text, func(e *awsiam.CacheEntry) column.Value { return textOrNull(e.Endpoint) }},
		{"path", column.Text, func(e *awsiam.CacheEntry) column.Value { return textOrNull(e.Path) }},
	}
	def := &tables.Def{Name: "cache", Doc: "One row for each file of the cache.", AccountColumn: -1}
	batch := &column.Batch{N: len(entries)}
	for _, c := range columns {
		def.Columns = append(def.Columns, tables.Column{Name: c.name, Type: c.of})
		b := column.NewBuilder(c.of, len(entries))
		for i := range entries {
			b.Append(c.get(&entries[i]))
		}
		batch.Cols = append(batch.Cols, b.Vector())
	}
	return &memory.Table{Def: def, Batches: []*column.Batch{batch}}
}

func textOrNull(s string) column.Value {
	if s == "" {
		return nil
	}
	return s
}

func (a *app) clearCache(*cobra.Command, []string) error {
	dir := a.cacheDir()
	if dir == "" {
		return errNoCache
	}
	n, err := awsiam.ClearCache(dir)
	if err != nil {
		return sourceError{err}
	}
	if !a.output.quiet {
		a.print(fmt.Sprintf("%s removed\n", count(int64(n), "file")))
	}
	return nil
}
