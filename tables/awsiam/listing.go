package awsiam

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// listing is a discovery under way. Statements that need it wait for the same one.
type listing struct {
	done    chan struct{}
	cancel  context.CancelCauseFunc
	waiters int
}

// list makes sure that the accounts are known: the first statement waits for them; later ones do, without Run, when the list
// is too old. A listing that fails leaves the list before it in place.
func (s *Source) list(ctx context.Context) error {
	s.mu.Lock()
	now := s.cfg.Clock()
	known := !s.listed.IsZero()
	if now.Before(s.askList) || known && s.background && !s.forceList {
		s.mu.Unlock()
		return nil
	}
	l := s.startListing()
	if l == nil {
		s.mu.Unlock()
		return errClosed
	}
	l.waiters++
	s.mu.Unlock()
	select {
	case <-l.done:
		return nil
	case <-ctx.Done():
	}
	if errors.Is(context.Cause(ctx), errDeadline) {
		<-l.done // it began no later than this statement and has the same time: it ends now, and says what it waited for
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	l.waiters--
	if l.waiters == 0 {
		l.cancel(errAbandoned)
	}
	return context.Cause(ctx)
}

// errClosed is the answer to a statement after Close.
var errClosed = &Error{Message: "the source was closed"}

// startListing joins the listing under way or starts one; it gives nil after Close. The caller holds mu.
func (s *Source) startListing() *listing {
	if s.listing != nil || s.closed {
		return s.listing
	}
	ctx, cancel := context.WithCancelCause(s.ctx)
	l := &listing{done: make(chan struct{}), cancel: cancel}
	s.listing = l
	s.flights.Go(func() {
		defer cancel(nil)
		f, failed := s.discover(ctx)
		s.mu.Lock()
		s.take(f, failed, context.Cause(ctx))
		s.mu.Unlock()
		close(l.done)
	})
	return l
}

// discover finds the accounts, online or in the cache.
func (s *Source) discover(ctx context.Context) (found, *failure) {
	if s.cfg.Offline {
		return s.remembered(ctx)
	}
	timed, cancel := context.WithTimeoutCause(ctx, s.cfg.Timeouts.Total, deadlineError{s.cfg.Timeouts.Total})
	defer cancel()
	calls := s.patience(nil)
	defer calls.release()
	d := &discovery{cfg: &s.cfg, clients: &s.clients, calls: calls, listed: s.progress.listed}
	f, failed := d.run(timed)
	if failed == nil {
		if err := s.cache.storeAccounts(s.cfg.selects(), f, s.cfg.Clock()); err != nil {
			s.note(err.Error())
		}
	}
	return f, failed
}

// remembered is what the last discovery of the same source found, for offline use.
func (s *Source) remembered(ctx context.Context) (found, *failure) {
	endpoint := s.cfg.Endpoint
	if loaded, err := s.clients.load(ctx, s.cfg.base(), ""); err == nil { // it reads files and the environment, and asks nobody
		endpoint = loaded.endpoint
	}
	f, when, err := s.cache.loadAccounts(endpoint, s.cfg.selects())
	switch {
	case errors.Is(err, errMiss):
		return found{}, &failure{message: "offline, and the cache knows nothing of this source: ask it once online"}
	case err != nil:
		return found{}, &failure{message: "offline: " + err.Error(), cause: err}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.offline = fmt.Sprintf("offline: reports come from the cache, as %s read them (accounts listed %s)", f.caller, when.UTC().Format(time.RFC3339))
	return f, nil
}

// take puts a discovery's result in place. Accounts that were there before keep what has been read of them. The caller
// holds mu.
func (s *Source) take(f found, failed *failure, cause error) {
	s.listing, s.forceList = nil, false
	now := s.cfg.Clock()
	if failed != nil {
		if cause != nil {
			return // given up, by those who waited
		}
		s.listFailed, s.askList = failed, now.Add(failedPause)
		return
	}
	before := map[string]*account{}
	for _, a := range s.accounts {
		if a.target.id != "" {
			before[a.target.id+a.target.source+a.target.caller] = a
		}
	}
	s.accounts, s.places = nil, map[string]int{}
	retry := s.cfg.rediscover
	for _, t := range (selection{s.cfg.IncludeAccounts, s.cfg.ExcludeAccounts}).apply(f.targets) {
		a := before[t.id+t.source+t.caller]
		if a == nil || t.failed != nil {
			a = &account{}
		}
		if t.failed != nil {
			retry = failedPause
		}
		a.target = t
		if t.id != "" {
			s.places[t.id] = len(s.accounts)
		}
		s.accounts = append(s.accounts, a)
	}
	s.caller, s.listFailed, s.listed, s.askList = f.caller, nil, now, now.Add(retry)
}
