package cli

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"time"

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

const (
	// networkTime bounds the wait for an answer of AWS.
	networkTime = 10 * time.Second
	// clockWarn and clockBad are differences of clocks: AWS refuses requests whose time is more than five minutes off.
	clockWarn = time.Minute
	clockBad  = 5 * time.Minute
)

// checkNetwork asks for any answer of AWS, and compares its clock with ours.
func checkNetwork(ctx context.Context, a *app) []finding {
	if a.source.demo {
		return []finding{{verdict: good, about: "network", text: "not needed for the demo"}}
	}
	url := a.source.live.endpoint
	if url == "" {
		url = "https://sts.amazonaws.com"
		if r := a.source.live.region; r != "" {
			url = "https://sts." + r + ".amazonaws.com"
		}
	}
	ctx, cancel := context.WithTimeout(ctx, networkTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodHead, url, nil)
	if err != nil {
		return []finding{{verdict: bad, about: "network", text: err.Error()}}
	}
	answer, err := (&http.Client{Transport: a.io.Transport}).Do(request)
	if err != nil {
		return []finding{{verdict: bad, about: "network", text: err.Error(), fix: "AWS must be reached over https: see to DNS, firewall, HTTPS_PROXY and AWS_CA_BUNDLE; " +
			"--offline answers from the cache"}}
	}
	_ = answer.Body.Close()
	out := []finding{{verdict: good, about: "network", text: url + " answers"}}
	if theirs, err := http.ParseTime(answer.Header.Get("Date")); err == nil {
		out = append(out, clockFinding(a.io.Clock().Sub(theirs)))
	}
	return out
}

// clockFinding judges how far our clock is ahead of AWS's.
func clockFinding(ahead time.Duration) finding {
	off, way := ahead.Abs().Round(time.Second), "ahead of"
	if ahead < 0 {
		way = "behind"
	}
	f := finding{verdict: good, about: "clock", text: "agrees with AWS's"}
	if off >= clockWarn {
		f = finding{verdict: warning, about: "clock", text: fmt.Sprintf("%s %s AWS's", off, way), fix: "set the clock, by NTP: ages and requests go by it"}
	}
	if off >= clockBad {
		f.verdict = bad
	}
	return f
}

// checkCaller says whose the credentials are.
func checkCaller(ctx context.Context, a *app) []finding {
	live, err := a.openLive(ctx)
	if err != nil {
		return []finding{{verdict: bad, about: "credentials", text: err.Error()}}
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
		f := finding{verdict: bad, about: "reports", text: err.Error(), fix: "docs/live.md has the permissions as policies to copy"}
		if e, ok := sqlerr.As(err); ok && e.Hint != "" {
			f.fix = e.Hint
		}
		return []finding{f}
	}
	c := coverageOf(accounts)
	out := []finding{{verdict: good, about: "reports", text: a.coverage(accounts)}}
	if c.read < c.wanted {
		out[0].verdict = warning
	}
	if c.read == 0 {
		out[0].verdict = bad
	}
	for _, n := range notices {
		f := finding{verdict: warning, about: "", text: n.Message}
		if n.Incomplete {
			f.fix = "answers lack this; credsql accounts has all of them, docs/live.md the permissions"
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
