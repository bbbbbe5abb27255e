package cli

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/awsiam"
	"github.com/credsql/credsql/tables/files"
)

// check refuses sources that exclude each other.
func (f *sourceFlags) check() error {
	live := len(f.profiles) > 0 || len(f.roles) > 0 || f.org
	switch {
	case f.demo && (live || len(f.reports) > 0):
		return usageError{errors.New("--demo goes with no other source")}
	case live && len(f.reports) > 0:
		return usageError{errors.New("--report reads files; it does not go with --profile, --role-arn or --org")}
	case !f.org && !f.demo && (f.orgRole != "" || len(f.accounts) > 0 || len(f.excluded) > 0):
		return usageError{errors.New("--org-role, --account and --exclude-account go with --org")}
	}
	return nil
}

// openSource makes the source that the flags name. It reads nothing yet; done ends what it started.
func (a *app) openSource(ctx context.Context) (source tables.Source, done func(), err error) {
	if len(a.source.reports) > 0 {
		source, err = files.New(files.Config{Paths: a.source.reports, Stdin: a.io.In, Now: a.now})
	} else {
		var live *awsiam.Source
		if live, err = awsiam.New(ctx, a.liveConfig()); err == nil {
			return live, live.Close, nil
		}
	}
	if err != nil {
		return nil, nil, sourceError{err}
	}
	return source, func() {}, nil
}

// now is the time that ages are counted to: --at, or the clock's.
func (a *app) now() time.Time {
	if !a.query.at.IsZero() {
		return a.query.at.Time
	}
	return a.io.Clock()
}

func (a *app) liveConfig() awsiam.Config {
	f := &a.source
	var cfg awsiam.Config
	if f.demo {
		cfg = awsiam.Demo(a.io.Clock)
	} else {
		cfg = awsiam.Config{Profiles: f.profiles, RoleARNs: f.roles, Org: f.org, OrgRole: f.orgRole, Clock: a.io.Clock}
		if a.io.CacheDir != "" {
			cfg.CacheDir = filepath.Join(a.io.CacheDir, "credsql")
		}
	}
	cfg.IncludeAccounts, cfg.ExcludeAccounts = f.accounts, f.excluded
	cfg.MaxAge, cfg.NoTags = f.maxAge, f.noTags
	return cfg
}
