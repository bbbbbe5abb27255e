package awsiam

import (
	"context"
	"time"
)

// Run keeps what has been read young, for processes that live long: it asks for accounts again, and for the list of accounts,
// when they are due, so that statements need not wait for what is there already. Without it every statement that finds
// something too old waits for it. Run returns when ctx ends; one Run at a time.
func (s *Source) Run(ctx context.Context) {
	s.atWork(true)
	defer s.atWork(false)
	if s.cfg.Offline {
		<-ctx.Done()
		return
	}
	for {
		timer := time.NewTimer(s.refresh())
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-s.ctx.Done():
			timer.Stop()
			return
		case <-s.wake:
			timer.Stop()
		case <-timer.C:
		}
	}
}

func (s *Source) atWork(yes bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.background = yes
}

// longestNap is how long Run sleeps at most: clocks can jump.
const longestNap = time.Minute

// refresh starts what is due and says how long nothing else will be.
func (s *Source) refresh() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.cfg.Clock()
	nap := longestNap
	until := func(at time.Time) {
		nap = min(nap, max(0, at.Sub(now)))
	}
	if !s.listed.IsZero() && s.listing == nil {
		if now.Before(s.askList) {
			until(s.askList)
		} else {
			s.startListing()
		}
	}
	for _, a := range s.accounts {
		if !a.wanted || a.flight != nil || a.target.skipped != "" || a.target.failed != nil {
			continue
		}
		if g := a.due(a.wantTags, now); !g.none() {
			s.board(a, g, true)
			continue
		}
		until(a.askReport)
		if a.wantTags && a.report != nil {
			until(a.askTags)
		}
	}
	return nap
}
