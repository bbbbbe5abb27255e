package awssim

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// request is a call that has been read and signed by somebody.
type request struct {
	service string
	action  string
	who     *principal
	now     time.Time
	form    url.Values      // query protocol
	body    json.RawMessage // JSON protocol
}

// maxBody is more than any call needs.
const maxBody = 1 << 20

// ServeHTTP answers one call: reads it, checks who signed it, looks for a scripted fault, and acts.
func (s *Sim) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		http.Error(w, "unreadable request", http.StatusBadRequest)
		return
	}
	sig, signed := parseSignature(r.Header.Get("Authorization"))
	req := &request{service: sig.service, now: s.opt.Clock(), who: s.sessions.find(sig.key)}
	failed := &apiError{403, "MissingAuthenticationToken", "Request is missing Authentication Token"}
	if signed {
		failed = req.parse(r, body)
	}
	target := s.target(req)
	s.counters.add(req.service, target, req.action)
	fault := s.faults.next(target, req.action)
	if fault != nil {
		req.now = req.now.Add(fault.Skew)
	}
	if failed == nil {
		failed = sig.check(r, body, req.who, req.now)
	}
	if s.opt.Latency > 0 {
		s.opt.Sleep(r.Context(), s.opt.Latency)
	}
	var a answer
	switch {
	case failed != nil:
		a = errorAnswer(req.service, failed)
	case fault != nil && fault.Code != "":
		a = errorAnswer(req.service, &apiError{fault.Status, fault.errorCode(req.service), fault.Message})
	case fault != nil && fault.Spoil == SpoilReplace:
		a = answer{status: http.StatusOK, mime: mimeXML}
	default:
		a = s.act(req)
	}
	s.deliver(w, r, a, fault, req.now)
}

// parse finds the action and its arguments.
func (req *request) parse(r *http.Request, body []byte) *apiError {
	switch req.service {
	case "iam", "sts":
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return &apiError{400, "MalformedQueryString", "the request body is not a form"}
		}
		req.form, req.action = form, form.Get("Action")
	case "organizations":
		_, req.action, _ = strings.Cut(r.Header.Get("X-Amz-Target"), ".")
		req.body = body
	default:
		return &apiError{404, "UnknownService", "no such service: " + req.service}
	}
	return nil
}

// target is the account that a call is about: the assumed role's for AssumeRole, the caller's otherwise.
func (s *Sim) target(req *request) string {
	if req.action == "AssumeRole" {
		id, _ := splitRoleARN(req.form.Get("RoleArn"))
		return id
	}
	if req.who == nil {
		return ""
	}
	return req.who.account
}

// act does what is asked.
func (s *Sim) act(req *request) answer {
	if !s.limits.take(req.who.account, req.action, req.now, s.opt.Rate) && req.service == "iam" {
		return errorAnswer(req.service, &apiError{400, "Throttling", "Rate exceeded"})
	}
	if a := s.accounts[req.who.account]; a != nil && a.denies(req.service+":"+req.action) {
		return errorAnswer(req.service, req.denied("*"))
	}
	switch req.service {
	case "iam":
		return s.iam(req)
	case "sts":
		return s.sts(req)
	default:
		return s.organizations(req)
	}
}

// denied is the error for an action that the caller may not do, in AWS's words.
func (req *request) denied(resource string) *apiError {
	code := "AccessDenied"
	if req.service == "organizations" {
		code = "AccessDeniedException"
	}
	return &apiError{403, code,
		"User: " + req.who.arn + " is not authorized to perform: " + req.service + ":" + req.action + " on resource: " + resource}
}
