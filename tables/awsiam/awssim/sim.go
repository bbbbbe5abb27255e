package awssim

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// Options set up a simulation.
type Options struct {
	Organization Organization
	// Clock is the time AWS believes it is. Required.
	Clock func() time.Time
	// Sleep waits for d or until ctx ends; it gives latency and slow answers their length. Default: a timer.
	Sleep func(ctx context.Context, d time.Duration)

	// Latency is added to every answer.
	Latency time.Duration
	// GenerationTime is how long a report takes to generate; zero: done when asked the next time.
	GenerationTime time.Duration
	// Keep is how long the same report is given before another one is generated; default 4 hours, as AWS does.
	Keep time.Duration
	// SessionLifetime is how long assumed-role credentials live; default 1 hour.
	SessionLifetime time.Duration
	// PageSize is the most that one page holds, of accounts and of users; default 20 accounts and 100 users, as much as the
	// caller asks for up to 1000 users.
	PageSize int
	// EmptyPages puts an empty page with a token between the pages of ListAccounts.
	EmptyPages bool
	// StatusOnly answers with the account's Status, as Organizations did before 2026-09, instead of its State.
	StatusOnly bool
	// Rate limits calls to one IAM action of one account: so many a second, with a burst of the same. Zero: no limit.
	Rate float64
	// KeepAnswers keeps the encoded reports in memory, for measurements in which the simulation must not be the slow part.
	KeepAnswers bool
}

// Sim is a simulated AWS. It is safe for concurrent use.
type Sim struct {
	opt      Options
	origin   time.Time // users' histories end here: the midnight before the start
	accounts map[string]*account
	order    []string // account ids in the order of the organization

	faults   faultTable
	sessions sessionTable
	limits   limitTable
	counters counterTable
}

// account is an account with what changes about it.
type account struct {
	Account
	report report
	once   sync.Once
	users  []User // Users in report order
}

var _ http.Handler = (*Sim)(nil)

// New makes a simulation.
func New(opt Options) *Sim {
	if opt.Sleep == nil {
		opt.Sleep = timerSleep
	}
	if opt.SessionLifetime == 0 {
		opt.SessionLifetime = time.Hour
	}
	if opt.Keep == 0 {
		opt.Keep = 4 * time.Hour
	}
	start := opt.Clock()
	s := &Sim{
		opt:      opt,
		origin:   start.UTC().Truncate(day),
		accounts: make(map[string]*account, len(opt.Organization.Accounts)),
	}
	s.sessions.init()
	s.limits.init()
	s.counters.init()
	for _, a := range opt.Organization.Accounts {
		acc := &account{Account: a}
		if a.Report.Present {
			acc.report.generated = start.Add(-a.Report.Age).UTC().Truncate(time.Second)
		}
		s.accounts[a.ID] = acc
		s.order = append(s.order, a.ID)
	}
	return s
}

func timerSleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

// usersAt are the account's users, in report order, as of a moment.
func (s *Sim) usersAt(a *account, at time.Time) []User {
	if a.Population > 0 {
		return population(a.ID, a.Population, s.origin, at)
	}
	a.once.Do(func() { a.users = sorted(a.Users) })
	return a.users
}

// rootAt is the account's root user; one is made up if none was given.
func (s *Sim) rootAt(a *account) *User {
	if !a.Root.Created.IsZero() {
		return &a.Root
	}
	return &User{Created: s.origin.Add(-2200 * day)}
}

// reportAt is the report that was, or would have been, generated at a moment.
func (s *Sim) reportAt(a *account, at time.Time) []byte {
	users := s.usersAt(a, at)
	return appendReport(make([]byte, 0, 512+280*len(users)), a.partition(), a.ID, s.rootAt(a), users)
}
