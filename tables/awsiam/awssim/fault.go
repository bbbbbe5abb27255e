package awssim

import (
	"slices"
	"strings"
	"sync"
	"time"
)

// Fault is what goes wrong with an answer. Its parts can be combined.
type Fault struct {
	// Status, Code and Message are an error answer in place of the true one.
	Status        int
	Code, Message string
	// Delay comes before the answer.
	Delay time.Duration
	// Skew is how far AWS's clock is from the simulation's, in the check of the signature and in the Date header.
	Skew time.Duration
	// Spoil is what happens to the body.
	Spoil Spoil
	// Body, with SpoilReplace, is what is sent in place of the true body, as a success. Nothing is done.
	Body string
}

// Spoil is a way to ruin the body of an answer.
type Spoil uint8

// The ways to ruin a body.
const (
	SpoilNothing  Spoil = iota
	SpoilTruncate       // half of the body, though the header promises all
	SpoilCut            // half of the body, and the header promises no more
	SpoilEmpty          // a good status and no body at all
	SpoilReplace        // Fault.Body
	SpoilReset          // the connection is reset before the answer
	SpoilTrickle        // the body in sixteen pieces, Delay between them
	SpoilBase64         // the report's content is not base64
)

// The faults that AWS and networks are known for. Delays are long enough to be seen and short enough to be waited for.
var (
	Throttling           = Fault{Status: 400, Code: "Throttling", Message: "Rate exceeded"}
	LimitExceeded        = Fault{Status: 409, Code: "LimitExceeded", Message: "No more capacity to launch new report generation tasks"}
	ServiceFailure       = Fault{Status: 500, Code: "ServiceFailure", Message: "Unknown"}
	Unavailable          = Fault{Status: 503, Code: "ServiceUnavailable", Message: "Service is unavailable"}
	NotPresent           = Fault{Status: 410, Code: "ReportNotPresent", Message: "Unknown"}
	Expired              = Fault{Status: 410, Code: "ReportExpired", Message: "Unknown"}
	InProgress           = Fault{Status: 404, Code: "ReportInProgress", Message: "Unknown"}
	AccessDenied         = Fault{Status: 403, Code: "AccessDenied", Message: "User is not authorized to perform this action"}
	InvalidClientTokenID = Fault{Status: 403, Code: "InvalidClientTokenId", Message: "The security token included in the request is invalid."}
	ExpiredToken         = Fault{Status: 403, Code: "ExpiredToken", Message: "The security token included in the request is expired"}
	BadSignature         = Fault{Status: 403, Code: "SignatureDoesNotMatch", Message: "The request signature we calculated does not match."}
	Slow                 = Fault{Delay: 20 * time.Second}
	Hang                 = Fault{Delay: 24 * time.Hour}
	Trickle              = Fault{Delay: time.Second, Spoil: SpoilTrickle}
	Skewed               = Fault{Skew: 30 * time.Minute}
	Truncated            = Fault{Spoil: SpoilTruncate}
	Cut                  = Fault{Spoil: SpoilCut}
	Empty                = Fault{Spoil: SpoilEmpty}
	Garbage              = Fault{Spoil: SpoilReplace, Body: "\x00\xff{]<not an answer"}
	Portal               = Fault{Spoil: SpoilReplace, Body: "<html><body>Please sign in to the network</body></html>"}
	Reset                = Fault{Spoil: SpoilReset}
	BadBase64            = Fault{Spoil: SpoilBase64}
)

// errorCode is the fault's code as a service spells it: Organizations and STS differ from IAM in two.
func (f *Fault) errorCode(service string) string {
	if service != "organizations" {
		return f.Code
	}
	switch f.Code {
	case "AccessDenied":
		return "AccessDeniedException"
	case "Throttling":
		return "TooManyRequestsException"
	}
	return f.Code
}

// Rule says when a fault happens.
type Rule struct {
	Account string // empty: any. For AssumeRole the role's account
	Action  string // empty: any
	After   int    // so many matching calls pass unharmed first
	Times   int    // so many calls are hit; zero: all
	Fault   Fault
}

// Script adds rules. Of several that match a call the first that still has calls to hit is taken; rules added later for the
// same account and action so form a script: the first Times calls meet the first rule, the next the second.
func (s *Sim) Script(rules ...Rule) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	for _, r := range rules {
		s.faults.rules = append(s.faults.rules, &scripted{Rule: r})
	}
}

// Heal removes all rules.
func (s *Sim) Heal() {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.rules = nil
}

type faultTable struct {
	mu    sync.Mutex
	rules []*scripted
}

type scripted struct {
	Rule
	seen, hit int
}

// next is the fault for a call, nil for none.
func (t *faultTable) next(account, action string) *Fault {
	t.mu.Lock()
	defer t.mu.Unlock()
	i := slices.IndexFunc(t.rules, func(r *scripted) bool { return r.strikes(account, action) })
	if i < 0 {
		return nil
	}
	return &t.rules[i].Fault
}

func (r *scripted) strikes(account, action string) bool {
	if r.Account != "" && r.Account != account || r.Action != "" && !strings.EqualFold(r.Action, action) {
		return false
	}
	r.seen++
	if r.seen <= r.After || r.Times > 0 && r.hit >= r.Times {
		return false
	}
	r.hit++
	return true
}
