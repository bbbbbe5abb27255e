package cli

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"time"

	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/awsiam"
	"github.com/credsql/credsql/tables/files"
)

// openSource makes the source that the flags name. It reads nothing yet; done ends what it started.
func (a *app) openSource(ctx context.Context) (source tables.Source, done func(), err error) {
	if len(a.source.reports) > 0 {
		if source, err = files.New(files.Config{Paths: a.source.reports, Stdin: a.io.In, Now: a.now}); err != nil {
			return nil, nil, sourceError{err}
		}
		return source, func() {}, nil
	}
	live, err := a.openLive(ctx)
	if err != nil {
		return nil, nil, err
	}
	return live, live.Close, nil
}

// openLasting is openSource for a process that lives long, a shell or a server: live reports are kept young in the background,
// and a statement waits only for accounts that have never been read. The source has a method Refresh if it is live.
func (a *app) openLasting(ctx context.Context) (tables.Source, func(), error) {
	source, closeSource, err := a.openSource(ctx)
	live, ok := source.(*liveSource)
	if err != nil || !ok {
		return source, closeSource, err
	}
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() { live.Run(ctx) })
	done := func() {
		cancel()
		running.Wait()
		closeSource()
	}
	return live, done, nil
}

// openLive makes the source of live accounts.
func (a *app) openLive(ctx context.Context) (*liveSource, error) {
	p := a.newProgress()
	cfg, err := a.liveConfig(ctx, p)
	if err != nil {
		return nil, err
	}
	s, err := awsiam.New(ctx, cfg)
	if err != nil {
		return nil, usageError{err} // a Config that cannot work
	}
	return &liveSource{Source: s, progress: p}, nil
}

// liveSource is a source of live accounts that shows how far a statement's fetching is, and whose errors have hints.
type liveSource struct {
	*awsiam.Source
	progress *progress
}

var _ tables.Source = (*liveSource)(nil)

// unseenKey marks the context of a statement that nobody waits for.
type unseenKey struct{}

// unseen is a context whose statements show no progress: somebody is typing.
func unseen(ctx context.Context) context.Context { return context.WithValue(ctx, unseenKey{}, true) }

// Snapshot fetches what the statement needs.
func (s *liveSource) Snapshot(ctx context.Context, need tables.Need) (tables.Snapshot, error) {
	if seen := ctx.Value(unseenKey{}) == nil; seen {
		s.progress.begin()
		defer func() { s.progress.end(ctx.Err() != nil) }()
	}
	snap, err := s.Source.Snapshot(ctx, need)
	var failed *awsiam.Error
	if errors.As(err, &failed) {
		return nil, sqlerr.New(sqlerr.CodeSource, "%s", failed.Message).WithHint(failed.Hint).Wrap(err)
	}
	return snap, err
}

// now is the time that ages of files are counted to: --at, or the clock's.
func (a *app) now() time.Time {
	if !a.query.at.IsZero() {
		return a.query.at.Time
	}
	return a.io.Clock()
}

// reportsAt is the time that ages of reports are counted to. How old a live report is does not depend on --at.
func (a *app) reportsAt() time.Time {
	if len(a.source.reports) > 0 {
		return a.now()
	}
	return a.io.Clock()
}

func (a *app) liveConfig(ctx context.Context, p *progress) (awsiam.Config, error) {
	f := &a.source.live
	cfg := awsiam.Config{
		Profiles: f.profiles, RoleARNs: f.roles, ExternalID: f.externalID, SessionName: f.sessionName, Region: f.region,
		Org: f.org, OrgRole: f.orgRole, Endpoint: f.endpoint, Transport: a.io.Transport, Clock: a.io.Clock,
	}
	if a.source.demo {
		cfg = awsiam.Demo(a.io.Clock)
	}
	cfg.IncludeAccounts, cfg.ExcludeAccounts, cfg.OUs, cfg.ExcludeOUs = f.accounts, f.excluded, f.ous, f.excludes
	cfg.MaxAge, cfg.Refresh, cfg.Offline, cfg.NoTags = f.maxAge, f.refresh, f.offline, f.noTags
	cfg.Concurrency = f.concurrency
	cfg.Timeouts = awsiam.Timeouts{Request: f.perCall, Account: f.perAccount, Total: f.total}
	cfg.CacheDir = a.cacheDir()
	if f.offline && cfg.CacheDir == "" {
		return cfg, usageError{errors.New("--offline reads the cache, and there is none; name one with --cache-dir")}
	}
	p.cached = cfg.CacheDir != ""
	cfg.Progress = p.set
	if a.io.Secret != nil {
		cfg.MFAToken = func() (token string, err error) {
			p.aside(func() { token, err = a.io.Secret(ctx, "MFA code: ") })
			return token, err
		}
	}
	return cfg, nil
}

// cacheDir is the folder of the cache; empty: nothing is kept. The demonstration keeps something only where it is told to.
func (a *app) cacheDir() string {
	f := &a.source.live
	switch {
	case f.noCache, f.cacheDir == "" && (a.source.demo || a.io.CacheDir == ""):
		return ""
	case f.cacheDir != "":
		return f.cacheDir
	}
	return filepath.Join(a.io.CacheDir, "credsql")
}
