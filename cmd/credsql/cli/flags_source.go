package cli

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/pflag"
)

// sourceFlags say where reports come from.
type sourceFlags struct {
	reports []string
	demo    bool
	live    liveFlags
}

// liveFlags say which accounts are read, with what right and how: awsiam.Config as a person writes it.
type liveFlags struct {
	profiles, roles                   []string
	externalID, sessionName, region   string
	org                               bool
	orgRole                           string
	accounts, excluded, ous, excludes []string

	maxAge           time.Duration
	refresh, offline bool
	noTags           bool
	cacheDir         string
	noCache          bool

	concurrency                int
	perCall, perAccount, total time.Duration
	endpoint                   string
}

func (f *sourceFlags) add(fs *pflag.FlagSet) {
	fs.StringArrayVar(&f.reports, "report", nil, "read reports from `PATH`: a file, a folder, a glob, or - for standard input (repeatable)")
	fs.BoolVar(&f.demo, "demo", false, "read a simulated organization; needs no credentials and no network")
	f.live.addAccounts(fs)
}

// addAccounts are the flags that say which accounts.
func (f *liveFlags) addAccounts(fs *pflag.FlagSet) {
	fs.StringArrayVar(&f.profiles, "profile", nil, "read the account of the AWS profile `NAME` (repeatable); with --role-arn or --org, enter accounts from it")
	fs.StringArrayVar(&f.roles, "role-arn", nil, "read the account that the role `ARN` leads into (repeatable)")
	fs.StringVar(&f.externalID, "external-id", "", "present this `ID` when a role is assumed")
	fs.StringVar(&f.sessionName, "session-name", "", "what CloudTrail calls the role sessions: a `NAME` (default credsql)")
	fs.StringVar(&f.region, "region", "", "ask STS in this `REGION` (default: that of the credentials, else the partition's first)")
	fs.BoolVar(&f.org, "org", false, "read every account of the organization")
	fs.StringVar(&f.orgRole, "org-role", "", "assume the role `NAME` in each account of the organization (default OrganizationAccountAccessRole)")
	fs.StringSliceVar(&f.accounts, "account", nil, "with --org, only these account `IDs`")
	fs.StringSliceVar(&f.excluded, "exclude-account", nil, "with --org, not these account `IDs`")
	fs.StringSliceVar(&f.ous, "ou", nil, "with --org, only accounts in or below these organizational units: `IDs`")
	fs.StringSliceVar(&f.excludes, "exclude-ou", nil, "with --org, no accounts in or below these organizational units: `IDs`")
}

// addReading are the flags that say how accounts are read.
func (f *liveFlags) addReading(fs *pflag.FlagSet) {
	fs.DurationVar(&f.maxAge, "max-age", 4*time.Hour, "how old a report may be before AWS is asked for a new one: a `DURATION`")
	fs.BoolVar(&f.refresh, "refresh", false, "ask AWS although the cache has a report that is young enough")
	fs.BoolVar(&f.offline, "offline", false, "ask nobody: read the cache, whatever its age")
	fs.BoolVar(&f.noTags, "no-tags", false, "never fetch tags")
	fs.StringVar(&f.cacheDir, "cache-dir", "", "keep reports in the folder `DIR` (default: credsql in the user's folder for caches; the demo keeps none)")
	fs.BoolVar(&f.noCache, "no-cache", false, "keep nothing on disk, and read nothing kept")
	fs.IntVar(&f.concurrency, "concurrency", 64, "the most accounts that are asked at once: `N`")
	fs.DurationVar(&f.perCall, "call-timeout", 30*time.Second, "give up on one call to AWS after this `DURATION`")
	fs.DurationVar(&f.perAccount, "account-timeout", 5*time.Minute, "give up on an account after this `DURATION`")
	fs.DurationVar(&f.total, "fetch-timeout", 30*time.Minute, "give up on fetching, with what there is, after this `DURATION`")
	fs.StringVar(&f.endpoint, "endpoint", "", "ask this `URL` in place of AWS; plain http only on this machine")
}

// check refuses flags that exclude each other. What awsiam.New refuses is not repeated here.
func (f *sourceFlags) check() error {
	live := &f.live
	accounts := len(live.profiles) > 0 || len(live.roles) > 0 || live.org
	entering := live.externalID != "" || live.sessionName != "" || live.region != "" || live.endpoint != ""
	narrowed := live.orgRole != "" || len(live.accounts)+len(live.excluded)+len(live.ous)+len(live.excludes) > 0
	switch {
	case f.demo && (accounts || len(f.reports) > 0):
		return usageError{errors.New("--demo goes with no other source")}
	case f.demo && (entering || live.orgRole != ""):
		return usageError{errors.New("--demo is an organization of its own: --external-id, --session-name, --region, --org-role and --endpoint do not go with it")}
	case accounts && len(f.reports) > 0:
		return usageError{errors.New("--report reads files; it does not go with --profile, --role-arn or --org")}
	case len(f.reports) > 0 && (entering || live.refresh || live.offline):
		return usageError{errors.New("--report reads files; flags for asking AWS do not go with it")}
	case !live.org && !f.demo && narrowed:
		return usageError{errors.New("--org-role, --account, --exclude-account, --ou and --exclude-ou go with --org")}
	case live.externalID != "" && len(live.roles) == 0 && !live.org:
		return usageError{errors.New("--external-id goes with --role-arn or --org: there is no role to assume")}
	}
	return live.check()
}

func (f *liveFlags) check() error {
	switch {
	case f.refresh && f.offline:
		return usageError{errors.New("--offline asks nobody and --refresh asks AWS: give one of them")}
	case f.noCache && (f.offline || f.cacheDir != ""):
		return usageError{errors.New("--no-cache goes neither with --offline nor with --cache-dir")}
	case f.maxAge <= 0:
		return usageError{errors.New("--max-age is a time above zero; --refresh asks AWS whatever the age")}
	case f.concurrency <= 0:
		return usageError{fmt.Errorf("--concurrency %d: it is one at least", f.concurrency)}
	}
	var bad []string
	for name, d := range map[string]time.Duration{"call": f.perCall, "account": f.perAccount, "fetch": f.total} {
		if d <= 0 {
			bad = append(bad, "--"+name+"-timeout")
		}
	}
	if len(bad) > 0 {
		return usageError{fmt.Errorf("%s is a time above zero", strings.Join(bad, ", "))}
	}
	return nil
}
