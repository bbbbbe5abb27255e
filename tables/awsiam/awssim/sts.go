package awssim

import (
	"slices"
	"strings"
	"time"
)

// sts answers GetCallerIdentity and AssumeRole.
func (s *Sim) sts(req *request) answer {
	switch req.action {
	case "GetCallerIdentity":
		return queryAnswer("sts", req.action, identityResult{req.who})
	case "AssumeRole":
		return s.assumeRole(req)
	}
	return errorAnswer("sts", &apiError{400, "InvalidAction", "Could not find operation " + req.action + " for version 2011-06-15"})
}

type identityResult struct{ who *principal }

func (r identityResult) writeXML(w *xmlWriter) {
	w.element("Arn", r.who.arn)
	w.element("UserId", "AIDA"+derive("user", r.who.arn, 16))
	w.element("Account", r.who.account)
}

// splitRoleARN takes the account and the role's name (without path) from a role's ARN.
func splitRoleARN(arn string) (account, role string) {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) != 6 || !strings.HasPrefix(parts[5], "role/") {
		return "", ""
	}
	return parts[4], parts[5][strings.LastIndexByte(parts[5], '/')+1:]
}

func (s *Sim) assumeRole(req *request) answer {
	arn := req.form.Get("RoleArn")
	id, role := splitRoleARN(arn)
	a := s.accounts[id]
	if a == nil || role == "" || !a.trusts(role, req.form.Get("ExternalId")) {
		return errorAnswer("sts", req.denied(arn))
	}
	session := "arn:" + a.partition() + ":sts::" + id + ":assumed-role/" + role + "/" + req.form.Get("RoleSessionName")
	key, p := s.sessions.open(id, session, req.now, s.opt.SessionLifetime)
	return queryAnswer("sts", req.action, roleResult{key, p})
}

// trusts says whether a role exists that may be assumed, in an account that is open.
func (a *account) trusts(role, externalID string) bool {
	if a.state() != "ACTIVE" || a.denies("sts:AssumeRole") {
		return false
	}
	return (a.Roles == nil || slices.Contains(a.Roles, role)) && (a.ExternalID == "" || a.ExternalID == externalID)
}

type roleResult struct {
	key string
	who *principal
}

func (r roleResult) writeXML(w *xmlWriter) {
	w.within("Credentials", func() {
		w.element("AccessKeyId", r.key)
		w.element("SecretAccessKey", r.who.secret)
		w.element("SessionToken", r.who.token)
		w.element("Expiration", r.who.expires.UTC().Format(time.RFC3339))
	})
	w.within("AssumedRoleUser", func() {
		w.element("AssumedRoleId", "AROA"+derive("role", r.who.arn, 16))
		w.element("Arn", r.who.arn)
	})
}
