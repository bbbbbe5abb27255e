package awsiam

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/credreport"
)

// Source reads the credential reports of AWS accounts. It keeps what it has read and asks again when that is too old. It is
// safe for concurrent use; Close ends what is under way.
type Source struct {
	cfg      Config
	clients  clientMaker
	cache    *cache
	gate     *gate // accounts whose calls are under way
	decoding *gate
	dicts    *credreport.Dictionaries
	progress meter

	ctx     context.Context // ends with the source
	cancel  context.CancelCauseFunc
	flights sync.WaitGroup
	wake    chan struct{} // tells Run that something has changed

	mu         sync.Mutex
	accounts   []*account
	places     map[string]int // in accounts, by id; those of unknown id have none
	caller     string
	listed     time.Time // when the accounts were listed; zero: not yet
	listFailed *failure  // of the last listing
	askList    time.Time // not before this are the accounts listed again
	forceList  bool      // the next statement waits for the list
	listing    *listing  // nil: not under way
	notes      []string  // about the cache, for the next statement
	offline    string    // where the accounts were remembered from, for every statement
	closed     bool      // nothing may be started any more
	background bool      // Run is at work
}

var _ tables.Source = (*Source)(nil)

// New makes a source. It asks nothing of AWS or the network before the first Snapshot. ctx bounds the source's life, as
// Close does. An error is a Config that cannot work.
func New(ctx context.Context, cfg Config) (*Source, error) {
	cfg = cfg.withDefaults()
	if err := cfg.validate(); err != nil {
		return nil, err
	}
	s := &Source{
		cfg: cfg, gate: newGate(cfg.Concurrency), decoding: newGate(runtime.GOMAXPROCS(0)),
		dicts: credreport.NewDictionaries(), wake: make(chan struct{}, 1),
	}
	s.clients.cfg = &s.cfg
	s.progress.tell = cfg.Progress
	if cfg.CacheDir != "" {
		s.cache = &cache{dir: cfg.CacheDir}
	}
	s.ctx, s.cancel = context.WithCancelCause(ctx)
	return s, nil
}

// Close stops what is under way and waits until it has stopped.
func (s *Source) Close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.cancel(errAbandoned)
	s.flights.Wait()
}

// Tables are the shapes of the tables.
func (s *Source) Tables() []*tables.Def { return credreport.Tables() }

// Refresh makes the next statement ask AWS again for the list of accounts and for the reports and tags that it needs, and
// wait for them, whatever their age.
func (s *Source) Refresh() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.askList, s.forceList = time.Time{}, true
	for _, a := range s.accounts {
		a.askReport, a.askTags, a.forced = time.Time{}, time.Time{}, true
	}
	s.wakeUp()
}

// patience is what one flight makes its calls with. urgent is set, also while they are made, when somebody waits for them; nil is set.
func (s *Source) patience(urgent *atomic.Bool) *patience {
	return &patience{
		gate: s.gate, urgent: urgent, timeout: s.cfg.Timeouts.Request, log: s.cfg.Logger,
		waiting: s.progress.waiting, tried: func() {}, started: func() {},
	}
}

// note keeps something about the cache that the user of the next statement must know.
func (s *Source) note(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !slices.Contains(s.notes, text) && len(s.notes) < 20 {
		s.notes = append(s.notes, text)
	}
}

func (s *Source) wakeUp() {
	select {
	case s.wake <- struct{}{}:
	default: // it is awake
	}
}

// identity of what the Config selects, for the list of accounts in the cache. Chosen and excluded ids are not part of it:
// they only narrow the list.
func (c *Config) selects() string {
	switch {
	case c.Org:
		parts := []string{"organization", c.OrgRole, strings.Join(c.Profiles, ","), strings.Join(c.OUs, ","), strings.Join(c.ExcludeOUs, ",")}
		return strings.Join(parts, "|")
	case len(c.RoleARNs) > 0:
		return "roles|" + strings.Join(c.Profiles, ",") + "|" + strings.Join(c.RoleARNs, ",")
	case len(c.Profiles) > 0:
		return "profiles|" + strings.Join(c.Profiles, ",")
	}
	return "default credentials"
}
