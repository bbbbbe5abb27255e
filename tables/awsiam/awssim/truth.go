package awssim

import (
	"maps"
	"slices"
	"sync"
	"time"
)

// Truth is what is so in an account, for tests to compare with.
type Truth struct {
	Generated time.Time // of the present report; zero: none exists
	Report    []byte    // its bytes
	Users     []User    // in the order of the report, root not among them
}

// Truth is what is so in an account now.
func (s *Sim) Truth(account string) (Truth, bool) {
	a, ok := s.accounts[account]
	if !ok {
		return Truth{}, false
	}
	at := a.report.current(s.opt.Clock(), s.opt.GenerationTime)
	if at.IsZero() {
		return Truth{}, true
	}
	return s.TruthAt(account, at)
}

// TruthAt is what the account's report says if it was generated at a given moment.
func (s *Sim) TruthAt(account string, generated time.Time) (Truth, bool) {
	a, ok := s.accounts[account]
	if !ok {
		return Truth{}, false
	}
	return Truth{Generated: generated, Report: s.reportAt(a, generated), Users: s.usersAt(a, generated)}, true
}

// Accounts are the ids of all accounts, in the order of the organization.
func (s *Sim) Accounts() []string { return s.order }

// Calls says how often an action was asked for, of one account ("" for all accounts together), faults included.
func (s *Sim) Calls(account, action string) int { return s.counters.get(account, action) }

// ResetCalls sets all counts of Calls to zero.
func (s *Sim) ResetCalls() { s.counters.init() }

type counterTable struct {
	mu      sync.Mutex
	counts  map[[2]string]int
	actions map[string]bool
}

func (c *counterTable) init() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.counts, c.actions = map[[2]string]int{}, map[string]bool{}
}

func (c *counterTable) add(service, account, action string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.actions[service+":"+action] = true
	c.counts[[2]string{account, action}]++
	c.counts[[2]string{"", action}]++
}

func (c *counterTable) get(account, action string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.counts[[2]string{account, action}]
}

// Prepare encodes the reports that exist, for measurements with Options.KeepAnswers.
func (s *Sim) Prepare() {
	for _, id := range s.order {
		a := s.accounts[id]
		s.getReport(a, &request{service: "iam", action: "GetCredentialReport", now: s.opt.Clock()})
	}
}

// Actions are the actions that have been asked for so far, as a policy names them: "iam:GetCredentialReport".
func (s *Sim) Actions() []string {
	s.counters.mu.Lock()
	defer s.counters.mu.Unlock()
	return slices.Sorted(maps.Keys(s.counters.actions))
}
