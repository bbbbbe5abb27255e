package awssim

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// header is the report's first line, as AWS sent it in 2026.
const header = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active," +
	"access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service," +
	"access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service," +
	"cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated"

// rootName is what AWS writes in the user column of the root row.
const rootName = "<root_account>"

// appendReport writes an account's report: root first, users sorted ignoring case, LF between lines and none at the end.
func appendReport(dst []byte, partition, account string, root *User, users []User) []byte {
	dst = append(dst, header...)
	w := rowWriter{buf: dst}
	w.user(rootName, "arn:"+partition+":iam::"+account+":root", root, true)
	prefix := "arn:" + partition + ":iam::" + account + ":user"
	for i := range users {
		u := &users[i]
		w.user(u.Name, prefix+u.path()+u.Name, u, false)
	}
	return w.buf
}

// sorted orders users as AWS does.
func sorted(users []User) []User {
	out := slices.Clone(users)
	slices.SortStableFunc(out, func(a, b User) int {
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return out
}

type rowWriter struct{ buf []byte }

func (w *rowWriter) user(name, arn string, u *User, root bool) {
	w.buf = append(w.buf, '\n')
	w.text(name)
	w.comma()
	w.text(arn)
	w.comma()
	w.time(u.Created)
	w.password(&u.Password, root)
	w.flag(u.MFA)
	for i := range u.Keys {
		w.key(&u.Keys[i])
	}
	for i := range u.Certs {
		w.flag(u.Certs[i].Active)
		w.comma()
		w.time(u.Certs[i].Uploaded)
	}
}

func (w *rowWriter) comma() { w.buf = append(w.buf, ',') }

func (w *rowWriter) password(p *Password, root bool) {
	if p.Unsupported {
		w.buf = append(w.buf, ",not_supported"...)
	} else {
		w.flag(p.Enabled)
	}
	w.comma()
	switch {
	case !p.LastUsed.IsZero():
		w.time(p.LastUsed)
	case p.Enabled || p.Unsupported:
		w.buf = append(w.buf, "no_information"...)
	default:
		w.buf = append(w.buf, "N/A"...)
	}
	w.comma()
	if p.Unsupported {
		w.buf = append(w.buf, "not_supported"...)
	} else {
		w.time(p.Changed)
	}
	w.comma()
	if root {
		w.buf = append(w.buf, "not_supported"...)
	} else {
		w.time(p.NextRotation)
	}
}

func (w *rowWriter) key(k *Key) {
	w.flag(k.Active)
	w.comma()
	w.time(k.Rotated)
	w.comma()
	w.time(k.LastUsed)
	w.comma()
	w.orNA(k.Region)
	w.comma()
	w.orNA(k.Service)
}

func (w *rowWriter) flag(b bool) {
	w.comma()
	w.buf = strconv.AppendBool(w.buf, b)
}

func (w *rowWriter) time(t time.Time) {
	if t.IsZero() {
		w.buf = append(w.buf, "N/A"...)
		return
	}
	w.buf = t.UTC().AppendFormat(w.buf, "2006-01-02T15:04:05Z")
}

func (w *rowWriter) orNA(s string) {
	if s == "" {
		s = "N/A"
	}
	w.text(s)
}

// text quotes as RFC 4180 does; no capture shows how AWS quotes a user whose name or path holds a comma or a quote.
func (w *rowWriter) text(s string) {
	if !strings.ContainsAny(s, ",\"\r\n") {
		w.buf = append(w.buf, s...)
		return
	}
	w.buf = append(w.buf, '"')
	w.buf = append(w.buf, strings.ReplaceAll(s, `"`, `""`)...)
	w.buf = append(w.buf, '"')
}
