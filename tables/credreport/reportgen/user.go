package reportgen

import (
	"strconv"
	"strings"
	"time"
)

// user is one row of a sample report. A text that is empty is written as N/A; times are seconds since 1970, 0 for none.
type user struct {
	name, path string
	created    int64
	password   password
	mfa        bool
	keys       [2]key
	certs      [2]cert
	additional string
}

// password is a console password. The texts, if there are any, are written in place of what the rest would give.
type password struct {
	enabled              bool
	used, changed, next  int64
	enabledText          string
	usedText             string
	changedText, rotText string
}

type key struct {
	active          bool
	created, used   int64
	region, service string
}

type cert struct {
	active  bool
	created int64
}

const root = "<root_account>"

const notSupported = "not_supported"

// trackingStart is since when AWS knows of the use of passwords.
var trackingStart = time.Date(2014, 10, 20, 0, 0, 0, 0, time.UTC).Unix()

// lastUsed is the password's last use as AWS writes it.
func (p *password) lastUsed(s *Sample) string {
	switch {
	case p.usedText != "":
		return p.usedText
	case p.used > 0 && p.used < trackingStart:
		return "no_information"
	default:
		return s.time(p.used)
	}
}

// arn is the user's ARN.
func (u *user) arn(partition, account string) string {
	prefix := "arn:" + partition + ":iam::" + account + ":"
	if u.name == root {
		return prefix + "root"
	}
	return prefix + "user" + u.path + u.name
}

// fields are the user's values under the names of the columns.
func (u *user) fields(s *Sample) map[string]string {
	p := &u.password
	f := map[string]string{
		"user": u.name, "arn": u.arn(s.Partition, s.Account), "user_creation_time": s.time(u.created),
		"password_enabled":            or(p.enabledText, s.bool(p.enabled)),
		"password_last_used":          p.lastUsed(s),
		"password_last_changed":       or(p.changedText, s.time(p.changed)),
		"password_next_rotation":      or(p.rotText, s.time(p.next)),
		"mfa_active":                  s.bool(u.mfa),
		"additional_credentials_info": or(u.additional, "N/A"),
	}
	for i, k := range u.keys {
		name := "access_key_" + strconv.Itoa(i+1) + "_"
		f[name+"active"] = s.bool(k.active)
		f[name+"last_rotated"] = s.time(k.created)
		f[name+"last_used_date"] = s.time(k.used)
		f[name+"last_used_region"] = or(k.region, "N/A")
		f[name+"last_used_service"] = or(k.service, "N/A")
	}
	for i, c := range u.certs {
		name := "cert_" + strconv.Itoa(i+1) + "_"
		f[name+"active"] = s.bool(c.active)
		f[name+"last_rotated"] = s.time(c.created)
	}
	return f
}

func or(text, otherwise string) string {
	if text != "" {
		return text
	}
	return otherwise
}

// quoted is a field as RFC 4180 writes it.
func quoted(text string) string {
	if !strings.ContainsAny(text, ",\"\n") {
		return text
	}
	return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
}
