package cli

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/awsiam"
)

// checkCache looks whether reports can be kept.
func checkCache(_ context.Context, a *app) []finding {
	dir := a.cacheDir()
	if dir == "" {
		return []finding{{verdict: good, about: "cache", text: "nothing is kept on disk"}}
	}
	entries, notices, err := awsiam.ListCache(dir)
	if err != nil {
		return []finding{{verdict: bad, about: "cache", text: err.Error(), fix: "make the folder readable, or name another with --cache-dir"}}
	}
	size := int64(0)
	for _, e := range entries {
		size += e.Size
	}
	out := []finding{{verdict: good, about: "cache", text: fmt.Sprintf("%s, %s, %d kB", dir, count(int64(len(entries)), "file"), (size+1023)/1024)}}
	if info, err := os.Stat(dir); err == nil && info.Mode().Perm()&0o077 != 0 {
		out[0].verdict, out[0].fix = warning, "others can look into it: chmod 700 "+dir
	}
	for _, n := range notices {
		out = append(out, finding{verdict: warning, about: "cache", text: n.Message, fix: "credsql cache clear removes what credsql wrote"})
	}
	return out
}

// checkCaller says whose the credentials are.
func checkCaller(ctx context.Context, a *app) []finding {
	live, err := a.openLive(ctx)
	if err != nil {
		return []finding{{verdict: bad, about: "credentials", text: err.Error(), fix: "see to the flags and to the configuration file"}}
	}
	defer live.Close()
	who, err := live.Whoami(ctx)
	if err != nil {
		return []finding{{verdict: bad, about: "credentials", text: err.Error(), fix: credentialsFix(err)}}
	}
	return []finding{{verdict: good, about: "credentials", text: who.ARN}}
}

// credentialsFix is what to do about credentials that do not work.
func credentialsFix(err error) string {
	var failed *awsiam.Error
	if errors.As(err, &failed) && failed.Hint != "" {
		return failed.Hint
	}
	return "aws sts get-caller-identity must work first: sign in (aws sso login), name a profile with --profile, or set AWS_ACCESS_KEY_ID; --demo needs none"
}

// checkAccounts reads the accounts as a query would, and tells of each that something is wrong with.
func checkAccounts(ctx context.Context, a *app) []finding {
	source, done, err := a.openSource(ctx)
	if err != nil {
		return []finding{{verdict: bad, about: "reports", text: err.Error(), fix: "the files are those that --report names"}}
	}
	defer done()
	accounts, notices, err := readCoverage(ctx, source)
	if err != nil {
		f := finding{verdict: bad, about: "reports", text: err.Error(), fix: "it may pass: ask again later, or give it longer with --account-timeout; --offline answers from the cache"}
		if e, ok := sqlerr.As(err); ok && e.Hint != "" {
			f.fix = e.Hint
		}
		return []finding{f}
	}
	c := coverageOf(accounts)
	out := []finding{{verdict: good, about: "reports", text: a.coverage(accounts)}}
	if c.read < c.wanted {
		out[0].verdict, out[0].fix = warning, "credsql accounts says of each what is wrong with it"
	}
	if c.read == 0 {
		out[0].verdict = bad
	}
	for _, n := range notices {
		f := finding{verdict: warning, text: n.Message, fix: "answers are complete all the same; credsql accounts has the ages"}
		if n.Incomplete {
			f.fix = "answers lack this; if permissions are the reason, docs/live.md has them as policies to copy"
		}
		out = append(out, f)
	}
	return out
}

// readCoverage reads reports and tags, so that every permission is needed that a statement could need.
func readCoverage(ctx context.Context, source tables.Source) ([]tables.Account, []tables.Notice, error) {
	const report = "aws.iam_credential_report"
	snap, err := source.Snapshot(ctx, tables.Need{Tables: []string{report}, Columns: map[string][]string{report: {"arn", "tags"}}})
	if err != nil {
		return nil, nil, err
	}
	return snap.Coverage().Accounts, snap.Notices(), nil
}
