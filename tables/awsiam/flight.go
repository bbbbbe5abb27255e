package awsiam

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/credsql/credsql/tables/credreport"
)

// flight is the fetching of one account that is under way. All statements that need the account wait for the same one.
type flight struct {
	account *account
	goals   goals
	done    chan struct{}
	cancel  context.CancelCauseFunc
	// waiters is how many statements wait; when the last one leaves, the flight ends, unless it is of the background.
	waiters    int
	background bool
	urgent     atomic.Bool // a statement has waited for it
	// counted is set when a statement's progress waits for it.
	counted bool
}

// errAbandoned is the cause of a flight that nobody waits for any more.
var errAbandoned = errors.New("no longer needed")

// board takes the flight of an account that fetches what is due, starting one if there is none. It returns nil if nothing is
// due. The caller holds mu.
func (s *Source) board(a *account, g goals, background bool) *flight {
	if g.none() {
		return nil
	}
	f := a.flight
	if f == nil {
		if s.closed {
			return nil
		}
		ctx, cancel := context.WithCancelCause(s.ctx)
		f = &flight{account: a, goals: g, done: make(chan struct{}), cancel: cancel}
		a.flight = f
		s.flights.Go(func() {
			defer cancel(nil)
			s.fly(ctx, f)
		})
	}
	if background {
		f.background = true
	} else {
		f.waiters++
		f.urgent.Store(true)
	}
	return f
}

// leave ends the waiting for a flight before it is done.
func (s *Source) leave(f *flight, cause error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f.waiters--
	if f.waiters == 0 && !f.background {
		f.cancel(cause)
	}
}

// outcome is what a flight found out.
type outcome struct {
	report   *credreport.Report
	failed   *failure
	tags     *tagSet
	noTags   *failure
	attempts int64
}

// fly fetches what the flight is for and writes it down.
func (s *Source) fly(ctx context.Context, f *flight) {
	out := s.fetch(ctx, f)
	s.mu.Lock()
	s.land(f, out, context.Cause(ctx))
	s.mu.Unlock()
	close(f.done)
}

// land writes down what a flight found out. The caller holds mu.
func (s *Source) land(f *flight, out outcome, cause error) {
	a := f.account
	a.flight = nil
	a.attempts += out.attempts
	now := s.cfg.Clock()
	given := cause != nil && !errors.Is(cause, errDeadline) // up, by those who waited
	if out.report != nil {
		a.report, a.tags = out.report, nil
	}
	if f.goals.report {
		a.forced = false
	}
	if f.goals.report && !(given && out.failed != nil) {
		a.failed = out.failed
		a.plan(now, s.cfg.MaxAge, s.cfg.keep)
	}
	if f.goals.tags && !given && a.report != nil {
		a.noTags = out.noTags
		if out.tags != nil {
			a.tags = out.tags
			a.report = a.report.WithTags(out.tags.byARN)
		}
		if out.tags != nil || out.noTags != nil {
			a.planTags(now, s.cfg.MaxAge, s.cfg.keep)
		}
	} else if out.report != nil {
		a.askTags = time.Time{}
	}
	if f.counted {
		s.progress.end(out)
	}
	s.wakeUp()
}

// fetch gets what the flight is for: from the cache if that is young enough, else from AWS.
func (s *Source) fetch(ctx context.Context, f *flight) (out outcome) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var once sync.Once
	var timer *time.Timer
	calls := s.patience(&f.urgent)
	defer calls.release()
	calls.started = func() {
		once.Do(func() {
			timer = time.AfterFunc(s.cfg.Timeouts.Account, func() { stop(deadlineError{s.cfg.Timeouts.Account}) })
		})
	}
	defer func() {
		if timer != nil {
			timer.Stop()
		}
	}()
	fetcher := &fetcher{target: f.account.target, calls: calls, clock: s.cfg.Clock, maxAge: s.cfg.MaxAge, decode: s.decode}
	report := s.present(f.account)
	if f.goals.report {
		calls.tried = func() { out.attempts++ }
		out.report, out.failed = s.fetchReport(ctx, fetcher, report == nil)
		calls.tried = func() {}
		report = out.report
	}
	if f.goals.tags && report != nil {
		out.tags, out.noTags = s.fetchTags(ctx, fetcher, report)
	}
	return out
}

// present is the report that an account has.
func (s *Source) present(a *account) *credreport.Report {
	s.mu.Lock()
	defer s.mu.Unlock()
	return a.report
}

// fetchReport gets a report from the cache, the first time, or from AWS, and caches it.
func (s *Source) fetchReport(ctx context.Context, f *fetcher, first bool) (*credreport.Report, *failure) {
	if first && !s.cfg.Refresh {
		if report := s.cachedReport(f.target); report != nil {
			return report, nil
		}
	}
	if s.cfg.Offline {
		return nil, &failure{message: "offline, and the cache has no report of this account"}
	}
	got := f.report(ctx)
	if got.report == nil {
		return nil, got.failed
	}
	key := f.target.cacheKey(kindReport)
	key.Generated = got.report.generated
	if err := s.cache.store(key, got.report.data); err != nil {
		s.note(err.Error())
	}
	got.report.release()
	return got.report.report, got.failed
}

// cachedReport is the account's report from the cache, if it is young enough, or whatever its age when offline.
func (s *Source) cachedReport(t *target) *credreport.Report {
	if s.cache == nil || s.decoding.enter(s.ctx, nil) != nil {
		return nil
	}
	defer s.decoding.leave() // reading waits as well, so that files do not pile up in memory
	e, data, err := s.cache.load(t.cacheKey(kindReport))
	if err == nil && !s.cfg.Offline && s.cfg.Clock().Sub(e.Generated) > s.cfg.MaxAge {
		return nil
	}
	var report *credreport.Report
	if err == nil {
		report, err = s.decodeNow(t, data, e.Generated)
	}
	if err != nil {
		if !errors.Is(err, errMiss) {
			s.note(err.Error())
		}
		return nil
	}
	return report
}

// fetchTags gets the tags of a report's users from the cache or from AWS, and caches them.
func (s *Source) fetchTags(ctx context.Context, f *fetcher, report *credreport.Report) (*tagSet, *failure) {
	arns, err := userARNs(context.WithoutCancel(ctx), report) // it reads memory
	if err != nil {
		return nil, &failure{message: err.Error(), cause: err}
	}
	set, failed := s.cachedTags(f.target), (*failure)(nil)
	switch {
	case set != nil:
	case s.cfg.Offline:
		return nil, &failure{message: "offline, and the cache has no tags of this account"}
	default:
		if set, failed = f.tags(ctx, arns); failed != nil {
			return nil, failed
		}
		if err := s.cache.storeTags(f.target, set); err != nil {
			s.note(err.Error())
		}
	}
	for _, arn := range arns {
		if set.byARN[arn] == nil {
			set.unknown++
		}
	}
	return set, set.partial
}

// cachedTags are an account's tags from the cache, if they are young enough, or whatever their age when offline.
func (s *Source) cachedTags(t *target) *tagSet {
	if s.cfg.Refresh {
		return nil
	}
	set, err := s.cache.loadTags(t)
	switch {
	case err == nil && (s.cfg.Offline || s.cfg.Clock().Sub(set.read) < s.cfg.MaxAge):
		return set
	case err != nil && !errors.Is(err, errMiss):
		s.note(err.Error())
	}
	return nil
}

// decode reads a report's bytes, which must be of the target's account, and does not keep them. As many reports are decoded
// at once as there are processors.
func (s *Source) decode(t *target, data []byte, generated time.Time) (*credreport.Report, error) {
	if err := s.decoding.enter(s.ctx, nil); err != nil {
		return nil, err
	}
	defer s.decoding.leave()
	return s.decodeNow(t, data, generated)
}

func (s *Source) decodeNow(t *target, data []byte, generated time.Time) (*credreport.Report, error) {
	return credreport.Decode(t.source, data, credreport.Options{
		Dicts: s.dicts, GeneratedTime: generated, Account: t.id, Partition: t.partition,
	})
}
