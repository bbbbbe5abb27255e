package engine

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/engine/sqlerr"
)

// The settings of a session.
const (
	settingStrict    = "credsql.strict"
	settingPartial   = "credsql.allow_partial"
	settingAt        = "credsql.at"
	settingExecution = "credsql.execution"
	settingTimeout   = "statement_timeout"
	settingDialect   = "dialect"
	settingZone      = "timezone"
	settingFrom      = "dd.time_frame_start"
	settingTo        = "dd.time_frame_end"
)

// setting is one setting: what it is for, and how a value is checked and spelt.
type setting struct {
	name, initial, doc string
	check              func(value string) (string, error)
}

type settingTable struct{ byName map[string]*setting }

func newSettings() *settingTable {
	t := &settingTable{byName: map[string]*setting{}}
	for _, s := range []*setting{
		{settingStrict, "off", "an answer that lacks accounts or rows is an error", checkSwitch},
		{settingPartial, "off", "answers even when credsql.strict is on and accounts are missing", checkSwitch},
		{settingAt, "", "the time that NOW() is, for reproducible evidence; empty: the clock's", checkTime},
		{settingExecution, "auto", "auto, vector or row: which executor answers; the answers are the same", checkExecution},
		{settingDialect, "auto", "auto, ddsql or mysql: which grammar reads a statement; the meaning is the same", checkDialect},
		{settingTimeout, "0", "ends a statement that takes longer, such as 30s; 0: never", checkDuration},
		{settingZone, "UTC", "the session's time zone, which is always UTC", checkZone},
		{settingFrom, "", "start of the time frame that CURRENT_SETTING gives; empty: an hour before the end", checkTime},
		{settingTo, "", "end of the time frame that CURRENT_SETTING gives; empty: now", checkTime},
	} {
		t.byName[s.name] = s
	}
	return t
}

func (t *settingTable) find(name string) (*setting, error) {
	name = strings.ToLower(name)
	if name == "time zone" || name == "time_zone" {
		name = settingZone
	}
	if s := t.byName[name]; s != nil {
		return s, nil
	}
	names := t.names()
	err := sqlerr.New(sqlerr.CodeUndefinedObject, "unrecognized configuration parameter %q", name)
	if near := sqlerr.Nearest(name, names); near != "" {
		return nil, err.WithHint("did you mean " + near + "?")
	}
	return nil, err.WithHint("the settings are " + strings.Join(names, ", "))
}

// names are all settings, sorted.
func (t *settingTable) names() []string {
	return slices.Sorted(maps.Keys(t.byName))
}

// check finds a setting and gives the value as it is kept.
func (t *settingTable) check(name, value string) (string, error) {
	s, err := t.find(name)
	if err != nil {
		return "", err
	}
	kept, err := s.check(value)
	if err != nil {
		return "", sqlerr.New(sqlerr.CodeInvalidParameter, "invalid value for parameter %q: %q", s.name, value).WithHint(err.Error())
	}
	return kept, nil
}

func checkSwitch(v string) (string, error) {
	b, err := sqltype.Parse(v, column.Bool)
	if err != nil {
		return "", sqlerr.New(sqlerr.CodeInvalidParameter, "on or off is needed")
	}
	if b.(bool) {
		return "on", nil
	}
	return "off", nil
}

func checkTime(v string) (string, error) {
	if v == "" {
		return "", nil
	}
	t, err := sqltype.Parse(v, column.TimestampT)
	if err != nil {
		return "", sqlerr.New(sqlerr.CodeInvalidParameter, "a time such as 2025-07-10 00:00:00+00:00 is needed")
	}
	return string(frameText(t.(column.Timestamp))), nil
}

// frameText is the form in which the DDSQL reference gives time frame settings: YYYY-MM-DD HH:mm:ss.sss±HH:mm.
func frameText(t column.Timestamp) []byte {
	return time.UnixMicro(int64(t)).UTC().AppendFormat(nil, "2006-01-02 15:04:05.000-07:00")
}

func checkExecution(v string) (string, error) {
	switch v = strings.ToLower(v); v {
	case "auto", "vector", "row":
		return v, nil
	}
	return "", sqlerr.New(sqlerr.CodeInvalidParameter, "auto, vector or row is needed")
}

func checkDialect(v string) (string, error) {
	switch v = strings.ToLower(v); v {
	case "auto", "ddsql", "mysql":
		return v, nil
	}
	return "", sqlerr.New(sqlerr.CodeInvalidParameter, "auto, ddsql or mysql is needed")
}

func checkDuration(v string) (string, error) {
	if v == "0" {
		return v, nil
	}
	if d, err := time.ParseDuration(v); err != nil || d < 0 {
		return "", sqlerr.New(sqlerr.CodeInvalidParameter, "a duration such as 30s or 5m is needed; 0 for none")
	}
	return v, nil
}

func checkZone(v string) (string, error) {
	switch strings.ToUpper(v) {
	case "UTC", "GMT", "+00:00", "Z", "ETC/UTC":
		return "UTC", nil
	}
	return "", sqlerr.New(sqlerr.CodeInvalidParameter, "the session's time zone is always UTC; use AT TIME ZONE in the query")
}
