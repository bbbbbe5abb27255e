package clients

import (
	"slices"
	"strings"
)

// Numbers of MySQL's errors that clients are turned away with.
const (
	accessDenied     = 1045
	insecureRefused  = 3159
	optionPrevents   = 1290
	queryInterrupted = 1317
)

// checkConnect: every way to prove a password, with and without TLS, to the database that the client names.
func checkConnect(r *run) {
	s := r.servers
	r.comesIn("default", s.plain.address)
	r.comesIn("native", s.open.as("native-"+r.name))
	if !r.proves("sha2") {
		return
	}
	r.comesIn("native with TLS", s.secured(s.open.as("native-"+r.name)))
	r.comesIn("native to one that requires TLS", s.secured(s.strict.as("native-"+r.name)))
	r.comesIn("sha2 with TLS", s.secured(s.strict.as("sha2-"+r.name)))
	r.comesIn("sha2 with TLS, remembered", s.secured(s.strict.as("sha2-"+r.name)))
	if r.proves("rsa") {
		r.comesIn("sha2 without TLS", s.open.as("rsa-"+r.name))
		r.comesIn("sha2 without TLS, remembered", s.open.as("rsa-"+r.name))
	}
}

func (r *run) proves(plugin string) bool { return slices.Contains(r.plugins, plugin) }

// comesIn checks that the client is who it says.
func (r *run) comesIn(how string, to address) {
	r.Helper()
	a := r.ask(request{Op: "text", To: to, SQLs: []string{"SELECT USER() AS u"}})
	if a.Error != nil {
		r.Errorf("%s: %+v\n%s", how, *a.Error, r.client.stderr)
		return
	}
	got := a.Results[0]
	r.check(got.Error == nil && strings.HasPrefix(got.Rows[0][0][1], to.User+"@"), "%s: %+v", how, got)
}

// checkRefused: a wrong password, a stranger, no password, no TLS where it is required, a certificate of nobody's.
func checkRefused(r *run) {
	s := r.servers
	wrong := s.open.as("wrong-" + r.name)
	wrong.Password = "guess"
	r.turnedAway("wrong password", wrong, accessDenied)
	none := s.open.as("wrong-" + r.name)
	none.Password = ""
	r.turnedAway("no password", none, accessDenied)
	r.turnedAway("stranger", s.open.as("nobody-"+r.name), accessDenied)
	r.turnedAway("no TLS", s.strict.as("native-"+r.name), insecureRefused)
	if !r.proves("sha2") {
		return
	}
	wrong = s.secured(wrong)
	wrong.Port = s.strict.Port
	r.turnedAway("wrong password with TLS", wrong, accessDenied)
}

// turnedAway checks the server's number, and that the statement got no answer.
func (r *run) turnedAway(how string, to address, code int) {
	r.Helper()
	a := r.ask(request{Op: "text", To: to, SQLs: []string{"SELECT user FROM iam_credential_report"}})
	r.check(a.Error != nil && a.Error.Code == code && a.Results == nil, "%s: %+v", how, a)
	if a.Error != nil {
		r.note("refused: %s: %s", how, a.Error.Message)
	}
}
