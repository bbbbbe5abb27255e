package awssim

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"time"
)

// iam answers the IAM actions, always about the caller's account.
func (s *Sim) iam(req *request) answer {
	a := s.accounts[req.who.account]
	if a == nil {
		return errorAnswer("iam", &apiError{403, "AccessDenied", "no such account"})
	}
	switch req.action {
	case "GenerateCredentialReport":
		state, description := a.report.generate(req.now, s.opt.GenerationTime, s.opt.Keep)
		return queryAnswer("iam", req.action, generateResult{state, description})
	case "GetCredentialReport":
		return s.getReport(a, req)
	case "GetAccountAuthorizationDetails":
		return s.authorizationDetails(a, req)
	case "ListUserTags":
		return s.userTags(a, req)
	case "GetAccountSummary":
		return queryAnswer("iam", req.action, s.summary(a, req.now))
	}
	return errorAnswer("iam", &apiError{400, "InvalidAction", "Could not find operation " + req.action + " for version 2010-05-08"})
}

type generateResult struct{ state, description string }

func (g generateResult) writeXML(w *xmlWriter) {
	w.element("State", g.state)
	if g.description != "" {
		w.element("Description", g.description)
	}
}

func (s *Sim) getReport(a *account, req *request) answer {
	at, failed := a.report.get(req.now, s.opt.GenerationTime, a.Lifetime)
	if failed != nil {
		return errorAnswer("iam", failed)
	}
	if s.opt.KeepAnswers {
		a.report.mu.Lock()
		defer a.report.mu.Unlock()
		if a.report.answer == nil {
			a.report.answer = queryAnswer("iam", req.action, getResult{s.reportAt(a, at), at}).body
		}
		return answer{status: 200, mime: mimeXML, body: a.report.answer}
	}
	return queryAnswer("iam", req.action, getResult{s.reportAt(a, at), at})
}

type getResult struct {
	content   []byte
	generated time.Time
}

func (g getResult) writeXML(w *xmlWriter) {
	w.within("Content", func() {
		w.buf.Grow(base64.StdEncoding.EncodedLen(len(g.content)) + 512)
		free := base64.StdEncoding.AppendEncode(w.buf.AvailableBuffer(), g.content)
		w.buf.Write(free)
	})
	w.element("ReportFormat", "text/csv")
	w.element("GeneratedTime", g.generated.UTC().Format(time.RFC3339))
}

// page cuts the users that start at a marker, which is the index of the next one.
func (s *Sim) page(users []User, req *request) (part []User, marker string, ok bool) {
	from := 0
	if m := req.form.Get("Marker"); m != "" {
		n, err := strconv.Atoi(m)
		if err != nil || n < 0 || n > len(users) {
			return nil, "", false
		}
		from = n
	}
	size, _ := strconv.Atoi(req.form.Get("MaxItems"))
	if size <= 0 || size > 1000 {
		size = 100
	}
	if s.opt.PageSize > 0 {
		size = min(size, s.opt.PageSize)
	}
	to := min(len(users), from+size)
	if to < len(users) {
		marker = strconv.Itoa(to)
	}
	return users[from:to], marker, true
}

func (s *Sim) authorizationDetails(a *account, req *request) answer {
	part, marker, ok := s.page(s.usersAt(a, req.now), req)
	if !ok {
		return errorAnswer("iam", &apiError{400, "ValidationError", "invalid Marker"})
	}
	if f := req.form.Get("Filter.member.1"); f != "" && f != "User" {
		part, marker = nil, ""
	}
	return queryAnswer("iam", req.action, detailsResult{a, part, marker})
}

type detailsResult struct {
	account *account
	users   []User
	marker  string
}

func (d detailsResult) writeXML(w *xmlWriter) {
	w.boolean("IsTruncated", d.marker != "")
	w.within("UserDetailList", func() {
		for i := range d.users {
			u := &d.users[i]
			w.within("member", func() {
				w.element("Path", u.path())
				w.element("UserName", u.Name)
				w.element("UserId", "AIDA"+derive("user", d.account.ID+u.Name, 16))
				w.element("Arn", "arn:"+d.account.partition()+":iam::"+d.account.ID+":user"+u.path()+u.Name)
				w.element("CreateDate", u.Created.UTC().Format(time.RFC3339))
				w.raw("<GroupList/><AttachedManagedPolicies/>")
				if len(u.Tags) > 0 {
					writeTags(w, u.Tags)
				}
			})
		}
	})
	for _, empty := range []string{"GroupDetailList", "RoleDetailList", "Policies"} {
		w.raw("<" + empty + "/>")
	}
	if d.marker != "" {
		w.element("Marker", d.marker)
	}
}

func writeTags(w *xmlWriter, tags []Tag) {
	w.within("Tags", func() {
		for _, t := range tags {
			w.within("member", func() {
				w.element("Key", t.Key)
				w.element("Value", t.Value)
			})
		}
	})
}

func (s *Sim) userTags(a *account, req *request) answer {
	users := s.usersAt(a, req.now)
	name := req.form.Get("UserName")
	i := slices.IndexFunc(users, func(u User) bool { return strings.EqualFold(u.Name, name) })
	if i < 0 {
		return errorAnswer("iam", &apiError{404, "NoSuchEntity", "The user with name " + name + " cannot be found."})
	}
	from, _ := strconv.Atoi(req.form.Get("Marker"))
	tags := users[i].Tags
	from = min(max(from, 0), len(tags))
	to := len(tags)
	if s.opt.PageSize > 0 {
		to = min(to, from+s.opt.PageSize)
	}
	marker := ""
	if to < len(tags) {
		marker = strconv.Itoa(to)
	}
	return queryAnswer("iam", req.action, tagsResult{tags[from:to], marker})
}

type tagsResult struct {
	tags   []Tag
	marker string
}

func (t tagsResult) writeXML(w *xmlWriter) {
	writeTags(w, t.tags)
	w.boolean("IsTruncated", t.marker != "")
	if t.marker != "" {
		w.element("Marker", t.marker)
	}
}

// summary is what GetAccountSummary says of users and root.
func (s *Sim) summary(a *account, at time.Time) summaryResult {
	root := s.rootAt(a)
	return summaryResult{
		{"Users", len(s.usersAt(a, at))},
		{"UsersQuota", 5000},
		{"AccountMFAEnabled", number(root.MFA)},
		{"AccountAccessKeysPresent", number(!root.Keys[0].Rotated.IsZero() || !root.Keys[1].Rotated.IsZero())},
		{"AccountPasswordPresent", number(root.Password.Enabled)},
		{"AccountSigningCertificatesPresent", number(!root.Certs[0].Uploaded.IsZero() || !root.Certs[1].Uploaded.IsZero())},
		{"AccessKeysPerUserQuota", 2},
		{"SigningCertificatesPerUserQuota", 2},
	}
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

type summaryResult []struct {
	key   string
	value int
}

func (r summaryResult) writeXML(w *xmlWriter) {
	w.within("SummaryMap", func() {
		for _, e := range r {
			w.within("entry", func() {
				w.element("key", e.key)
				w.element("value", strconv.Itoa(e.value))
			})
		}
	})
}
