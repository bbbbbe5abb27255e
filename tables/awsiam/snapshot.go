package awsiam

import (
	"context"
	"slices"

	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/credreport"
)

// Snapshot gives one consistent view of the accounts that need names, fetching what is missing or, while Run is not at work,
// too old. It fails when ctx ends, when the accounts could not be listed, and when not one of them could be read; but not the
// last for a statement that asks of nothing else than how the accounts stand: its answer is there.
func (s *Source) Snapshot(ctx context.Context, need tables.Need) (tables.Snapshot, error) {
	timed, cancel := context.WithTimeoutCause(ctx, s.cfg.Timeouts.Total, deadlineError{s.cfg.Timeouts.Total})
	defer cancel()
	if err := s.list(timed); err != nil {
		return nil, err
	}
	v := &view{source: s, need: need, tags: readsTags(need)}
	if err := v.choose(); err != nil {
		return nil, err
	}
	v.await(timed)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return v.assemble()
}

// readsTags says whether a statement reads the column of tags.
func readsTags(need tables.Need) bool {
	return slices.Contains(need.Columns[credreport.TableReport], "tags")
}

// asksStanding says whether a statement reads credsql.accounts and nothing else.
func (v *view) asksStanding() bool {
	return len(v.need.Tables) > 0 && !slices.ContainsFunc(v.need.Tables, func(name string) bool { return name != credreport.TableAccounts })
}

// view is one Snapshot in the making.
type view struct {
	source *Source
	need   tables.Need
	tags   bool // the statement reads tags

	chosen  []*account
	flights []*flight // of the accounts, nil where nothing is due
}

// fetchTags says whether tags are fetched for the statement.
func (v *view) fetchTags() bool { return v.tags && !v.source.cfg.NoTags }

// choose takes the accounts that the statement needs and has what is due fetched.
func (v *view) choose() error {
	s := v.source
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listed.IsZero() {
		if s.listFailed == nil {
			return errClosed
		}
		return s.listFailed.whole()
	}
	fetching := 0
	v.chosen = s.named(v.need.Accounts)
	v.flights = make([]*flight, len(v.chosen))
	for i, a := range v.chosen {
		a.wanted, a.wantTags = true, a.wantTags || v.fetchTags()
		f := s.board(a, v.due(a), false)
		if f != nil && f.goals.report && !f.counted {
			f.counted = true
			fetching++
		}
		v.flights[i] = f
	}
	s.progress.expect(fetching)
	return nil
}

// named are the accounts of these ids, in order, and those of unknown id, which may be meant; nil ids: all. The caller holds mu.
func (s *Source) named(ids []string) []*account {
	if ids == nil {
		return s.accounts
	}
	var places []int
	for _, id := range ids {
		if place, ok := s.places[id]; ok {
			places = append(places, place)
		}
	}
	if len(s.places) < len(s.accounts) {
		for place, a := range s.accounts {
			if a.target.id == "" {
				places = append(places, place)
			}
		}
	}
	slices.Sort(places)
	places = slices.Compact(places)
	out := make([]*account, len(places))
	for i, place := range places {
		out[i] = s.accounts[place]
	}
	return out
}

// due is what the statement must wait for. While Run refreshes, that is only what is not there at all. The caller holds mu.
func (v *view) due(a *account) goals {
	s := v.source
	g := a.due(v.fetchTags(), s.cfg.Clock())
	if s.background && a.report != nil && !a.forced {
		g.report = false
		g.tags = g.tags && a.tags == nil
	}
	return g
}

// await waits for the flights. One that was under way for another statement may have left without tags: then there is a
// second one.
func (v *view) await(ctx context.Context) {
	s := v.source
	for i, f := range v.flights {
		for round := 0; f != nil && round < 2; round++ {
			select {
			case <-f.done:
			case <-ctx.Done():
				s.leave(f, context.Cause(ctx))
				f = nil
				continue
			}
			s.mu.Lock()
			f = s.board(v.chosen[i], v.due(v.chosen[i]), false)
			s.mu.Unlock()
		}
		if f != nil {
			s.leave(f, errAbandoned)
		}
	}
}

// assemble puts together what the statement sees: all of one moment.
func (v *view) assemble() (tables.Snapshot, error) {
	s := v.source
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.cfg.Clock()
	said := newTidings(s, v, now)
	reports := make([]*credreport.Report, 0, len(v.chosen))
	rows := make([]tables.Account, len(v.chosen))
	for i, a := range v.chosen {
		rows[i] = a.standing(now, s.cfg.MaxAge, s.cfg.keep)
		said.account(a, rows[i])
		if a.report != nil && a.target.skipped == "" {
			reports = append(reports, a.report)
		}
	}
	if len(reports) == 0 && len(rows) > 0 && !v.asksStanding() {
		return nil, said.nothing()
	}
	return credreport.NewSnapshot(reports, rows, said.notices(), credreport.SnapshotOptions{Now: now}), nil
}
