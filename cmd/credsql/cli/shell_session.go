package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/repl"
	"github.com/credsql/credsql/repl/render"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/awsiam"
)

// shellSession is an engine's session as the shell sees it.
type shellSession struct {
	app     *app
	session *engine.Session
	source  *shellSource
	told    told
}

var _ repl.Session = (*shellSession)(nil)

// Query runs one statement.
func (s *shellSession) Query(ctx context.Context, sql string, params ...column.Value) (repl.Rows, error) {
	rows, err := s.session.Query(ctx, sql, params...)
	if err != nil {
		return nil, err
	}
	return &shellRows{Rows: rows, session: s, tags: strings.Contains(strings.ToLower(sql), "tags")}, nil
}

// shellRows is an engine's result as the shell sees it.
type shellRows struct {
	*engine.Rows
	session *shellSession
	tags    bool // the statement may have read tags
}

// Columns are the result's.
func (r *shellRows) Columns() []render.Column { return renderColumns(r.Rows.Columns) }

// Notices are the warnings that were not told before.
func (r *shellRows) Notices() []string { return r.session.told.news(r.Summary().Notices) }

// Footer says how many rows there were and how complete the answer is.
func (r *shellRows) Footer(timing bool) string { return r.session.app.footer(r.Summary(), timing) }

// Close ends the statement and notes how complete its answer was.
func (r *shellRows) Close() {
	r.Rows.Close()
	if accounts := r.Summary().Coverage.Accounts; len(accounts) > 0 {
		r.session.source.note(accounts, r.tags)
	}
}

// renderColumns are a result's columns as they are shown.
func renderColumns(columns []engine.Column) []render.Column {
	out := make([]render.Column, len(columns))
	for i, c := range columns {
		out[i] = render.Column{Name: c.Name, Type: c.Type}
	}
	return out
}

// shellSource is the source as the shell sees it.
type shellSource struct {
	app    *app
	source tables.Source

	mu       sync.Mutex
	covered  covered
	known    bool
	tags     bool
	renewals int
}

var _ repl.Source = (*shellSource)(nil)

// note takes in how complete an answer was. A statement about some accounts says nothing of the others.
func (s *shellSource) note(accounts []tables.Account, tags bool) {
	c := coverageOf(accounts)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tags = s.tags || tags
	if !s.known || c.wanted >= s.covered.wanted {
		s.covered, s.known = c, true
	}
}

// Status is how complete and how old the last answer was.
func (s *shellSource) Status() (repl.Status, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := repl.Status{Read: s.covered.read, Wanted: s.covered.wanted}
	if !s.covered.oldest.IsZero() {
		st.Oldest = max(s.app.reportsAt().Sub(s.covered.oldest), time.Minute)
	}
	return st, s.known
}

// Refresh has the next statement read everything anew.
func (s *shellSource) Refresh() error {
	source, ok := s.source.(interface{ Refresh() })
	if !ok {
		return errors.New("this source cannot be read anew")
	}
	source.Refresh()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known, s.renewals = false, s.renewals+1
	return nil
}

// readable says whether values can be asked for without fetching anything: reports, and tags.
func (s *shellSource) readable() (reports, tags bool, renewal int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	local := s.app.source.demo || len(s.app.source.reports) > 0
	return local || s.known, local || s.tags, s.renewals
}

// Cache says what is kept on disk.
func (s *shellSource) Cache() ([]repl.CacheEntry, error) {
	dir := s.app.cacheDir()
	if dir == "" {
		return nil, nil
	}
	entries, _, err := awsiam.ListCache(dir)
	if err != nil {
		return nil, err
	}
	var out []repl.CacheEntry
	for _, e := range entries {
		out = append(out, repl.CacheEntry{What: e.Kind, Account: e.Account, Path: e.Path, Age: s.app.io.Clock().Sub(e.Generated), Size: e.Size})
	}
	return out, nil
}

// ClearCache removes it.
func (s *shellSource) ClearCache() (int, error) {
	if dir := s.app.cacheDir(); dir != "" {
		return awsiam.ClearCache(dir)
	}
	return 0, nil
}

// Name is the source in the prompt.
func (s *shellSource) Name() string {
	f := &s.app.source
	switch {
	case f.demo:
		return "demo"
	case len(f.reports) == 1:
		return clipName(filepath.Base(f.reports[0]))
	case len(f.reports) > 1:
		return fmt.Sprintf("%d reports", len(f.reports))
	case f.live.org:
		return "org"
	case len(f.live.roles) == 1:
		return clipName(f.live.roles[0][strings.LastIndexByte(f.live.roles[0], '/')+1:])
	case len(f.live.roles) > 1:
		return fmt.Sprintf("%d roles", len(f.live.roles))
	case len(f.live.profiles) == 1:
		return clipName(f.live.profiles[0])
	case len(f.live.profiles) > 1:
		return fmt.Sprintf("%d profiles", len(f.live.profiles))
	}
	if profile, _ := s.app.io.Env("AWS_PROFILE"); profile != "" {
		return clipName(profile)
	}
	return "aws"
}

// clipName shortens a name that would take the prompt's line.
func clipName(name string) string {
	if r := []rune(name); len(r) > 20 {
		return string(r[:19]) + "…"
	}
	return name
}

// sourceText is the source in a sentence.
func (a *app) sourceText() string {
	f := &a.source
	switch {
	case f.demo:
		return "a simulated organization, in this process"
	case len(f.reports) > 0:
		return strings.Join(f.reports, ", ")
	case f.live.org:
		return "every account of the organization"
	case len(f.live.roles) > 0:
		return strings.Join(f.live.roles, ", ")
	case len(f.live.profiles) > 0:
		return "AWS profile " + strings.Join(f.live.profiles, ", ")
	}
	return "the account of the default AWS credentials"
}
