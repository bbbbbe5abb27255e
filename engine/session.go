package engine

import (
	"maps"
	"time"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/tables"
)

// Session is one user's settings. It must not be used by two goroutines at once.
type Session struct {
	engine   *Engine
	settings map[string]string
	// source is the engine's, or what of it the client may see.
	source tables.Source
	client clientState
}

// NewSession starts a session with the engine's settings.
func (e *Engine) NewSession() *Session {
	s := &Session{engine: e, settings: map[string]string{}, source: e.config.Source}
	for name, value := range e.config.Settings {
		kept, err := e.settings.check(name, value)
		if err == nil { // New has checked them all
			s.settings[name] = kept
		}
	}
	return s
}

// Set changes a setting, as SET does.
func (s *Session) Set(name, value string) error {
	found, err := s.engine.settings.find(name)
	if err != nil {
		return err
	}
	kept, err := s.engine.settings.check(name, value)
	if err != nil {
		return err
	}
	s.settings[found.name] = kept
	return nil
}

// Reset gives a setting its initial value back.
func (s *Session) Reset(name string) error {
	if name == "all" {
		clear(s.settings)
		return nil
	}
	found, err := s.engine.settings.find(name)
	if err == nil {
		delete(s.settings, found.name)
	}
	return err
}

// get is a setting's value as it is kept.
func (s *Session) get(name string) string {
	if v, ok := s.settings[name]; ok {
		return v
	}
	return s.engine.settings.byName[name].initial
}

func (s *Session) on(name string) bool { return s.get(name) == "on" }

// now is the statement's time: fixed by credsql.at, or the clock's.
func (s *Session) now() column.Timestamp {
	if at := s.get(settingAt); at != "" {
		if t, err := sqltype.Parse(at, column.TimestampT); err == nil { // it was checked when it was set
			return t.(column.Timestamp)
		}
	}
	return column.Timestamp(s.engine.config.Clock().UnixMicro())
}

// timeout is the shorter of the session's and the engine's; 0 for none.
func (s *Session) timeout() time.Duration {
	d, err := time.ParseDuration(s.get(settingTimeout))
	if err != nil {
		d = 0
	}
	for _, c := range []time.Duration{s.engine.config.Timeout, s.client.maxExecution} {
		if c > 0 && (d == 0 || c < d) {
			d = c
		}
	}
	return d
}

// lookup gives settings to CURRENT_SETTING, with the time frame's defaults filled in.
func (s *Session) lookup(now column.Timestamp) func(string) (string, bool) {
	values := maps.Clone(s.settings)
	return func(name string) (string, bool) {
		found, err := s.engine.settings.find(name)
		if err != nil {
			return "", false
		}
		if v := values[found.name]; v != "" {
			return v, true
		}
		switch found.name {
		case settingTo:
			return string(frameText(now)), true
		case settingFrom:
			end := now
			if t, err := sqltype.Parse(values[settingTo], column.TimestampT); err == nil {
				end = t.(column.Timestamp)
			}
			return string(frameText(end - column.Timestamp(time.Hour.Microseconds()))), true
		}
		return found.initial, true
	}
}
