// Package trouble is the list of what can go wrong while accounts are read, and of what must come of each. The fetcher and the
// command are both held to it.
package trouble

import (
	"slices"
	"time"

	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/awsiam/awssim"
)

// Case is one thing that goes wrong with one action, and what must come of it.
type Case struct {
	Name   string
	Action string
	Fault  awssim.Fault
	Times  int           // how many calls of an account are hit; 0: all
	Age    time.Duration // of the report that exists; zero: an hour; negative: there is none
	State  tables.State  // of the accounts that are hit
	Says   string        // in the account's error and in a notice; empty: nothing is said
	Within time.Duration // how long it may take by the simulation's clock
}

// Lost says whether the accounts that are hit are missing from the answer.
func (c Case) Lost() bool { return c.State == tables.StateFailed || c.State == tables.StateDenied }

// Existing is the report that the accounts have when it begins.
func (c Case) Existing() awssim.Existing {
	if c.Age == 0 {
		return awssim.Existing{Present: true, Age: time.Hour}
	}
	return awssim.Existing{Present: c.Age > 0, Age: max(c.Age, 0)}
}

// Rule makes the simulation misbehave for one account.
func (c Case) Rule(account string) awssim.Rule {
	return awssim.Rule{Account: account, Action: c.Action, Times: c.Times, Fault: c.Fault}
}

// The actions that fail.
const (
	Get      = "GetCredentialReport"
	Generate = "GenerateCredentialReport"
	Assume   = "AssumeRole"
)

// budget is the time of one account and of the last request in it.
const budget = 5*time.Minute + 31*time.Second

// Cases are all of them.
func Cases() []Case { return slices.Clone(cases) }

var cases = []Case{
	{Name: "get denied", Action: Get, Fault: awssim.AccessDenied, State: tables.StateDenied, Says: "iam:GetCredentialReport: not allowed (AccessDenied)", Within: time.Second},
	{Name: "get throttled a while", Action: Get, Fault: awssim.Throttling, Times: 3, State: tables.StateFresh, Within: 10 * time.Second},
	{Name: "get throttled for ever", Action: Get, Fault: awssim.Throttling, State: tables.StateFailed, Says: "iam:GetCredentialReport: not done within 5m, last answer: AWS takes no more calls now (Throttling)", Within: budget},
	{Name: "get fails with 500 a while", Action: Get, Fault: awssim.ServiceFailure, Times: 4, State: tables.StateFresh, Within: 20 * time.Second},
	{Name: "get fails with 500 for ever", Action: Get, Fault: awssim.ServiceFailure, State: tables.StateFailed, Says: "(ServiceFailure)", Within: budget},
	{Name: "get unavailable for ever", Action: Get, Fault: awssim.Unavailable, State: tables.StateFailed, Says: "(ServiceUnavailable)", Within: budget},
	{Name: "report in progress a while", Action: Get, Fault: awssim.InProgress, Times: 5, State: tables.StateFresh, Within: time.Minute},
	{Name: "report in progress for ever", Action: Get, Fault: awssim.InProgress, State: tables.StateFailed, Says: "(ReportInProgress)", Within: budget},
	{Name: "report expired, generated anew", Action: Get, Fault: awssim.Expired, Times: 1, State: tables.StateFresh, Within: 10 * time.Second},
	{Name: "report expired for ever", Action: Get, Fault: awssim.Expired, State: tables.StateFailed, Says: "(ReportExpired)", Within: 10 * time.Second},
	{Name: "key id unknown", Action: Get, Fault: awssim.InvalidClientTokenID, State: tables.StateDenied, Says: "the access key is not valid (InvalidClientTokenId)", Within: time.Second},
	{Name: "token expires once", Action: Get, Fault: awssim.ExpiredToken, Times: 1, State: tables.StateFresh, Within: time.Second},
	{Name: "token expired for ever", Action: Get, Fault: awssim.ExpiredToken, State: tables.StateDenied, Says: "the credentials have expired (ExpiredToken)", Within: time.Second},
	{Name: "signature refused", Action: Get, Fault: awssim.BadSignature, State: tables.StateDenied, Says: "(SignatureDoesNotMatch)", Within: time.Second},
	{Name: "connection reset once", Action: Get, Fault: awssim.Reset, Times: 1, State: tables.StateFresh, Within: time.Second},
	{Name: "connection reset for ever", Action: Get, Fault: awssim.Reset, State: tables.StateFailed, Says: "the connection broke off", Within: 10 * time.Second},
	{Name: "body truncated once", Action: Get, Fault: awssim.Truncated, Times: 1, State: tables.StateFresh, Within: time.Second},
	{Name: "body truncated for ever", Action: Get, Fault: awssim.Truncated, State: tables.StateFailed, Says: "the connection broke off", Within: 10 * time.Second},
	{Name: "body cut for ever", Action: Get, Fault: awssim.Cut, State: tables.StateFailed, Says: "the answer could not be understood", Within: 10 * time.Second},
	{Name: "body empty for ever", Action: Get, Fault: awssim.Empty, State: tables.StateFailed, Says: "the answer could not be understood", Within: 10 * time.Second},
	{Name: "body garbage for ever", Action: Get, Fault: awssim.Garbage, State: tables.StateFailed, Says: "the answer could not be understood", Within: 10 * time.Second},
	{Name: "body of a portal", Action: Get, Fault: awssim.Portal, State: tables.StateFailed, Says: "the answer could not be understood", Within: 10 * time.Second},
	{Name: "content not base64", Action: Get, Fault: awssim.BadBase64, State: tables.StateFailed, Says: "the answer could not be understood", Within: 10 * time.Second},
	{Name: "slow answers", Action: Get, Fault: awssim.Slow, State: tables.StateFresh, Within: 25 * time.Second},
	{Name: "trickling answers", Action: Get, Fault: awssim.Trickle, State: tables.StateFresh, Within: 20 * time.Second},
	{Name: "hanging", Action: Get, Fault: awssim.Hang, State: tables.StateFailed, Says: "no answer in time", Within: 3 * time.Minute},

	{Name: "old, generate denied", Action: Generate, Fault: awssim.AccessDenied, Age: 30 * time.Hour, State: tables.StateStale, Says: "iam:GenerateCredentialReport: not allowed", Within: time.Second},
	{Name: "none, generate denied", Action: Generate, Fault: awssim.AccessDenied, Age: -1, State: tables.StateDenied, Says: "there is no credential report, and generating one is not allowed", Within: time.Second},
	{Name: "none, no capacity a while", Action: Generate, Fault: awssim.LimitExceeded, Times: 4, Age: -1, State: tables.StateFresh, Within: 30 * time.Second},
	{Name: "none, no capacity for ever", Action: Generate, Fault: awssim.LimitExceeded, Age: -1, State: tables.StateFailed, Says: "No more capacity", Within: budget},
	{Name: "old, no capacity for ever", Action: Generate, Fault: awssim.LimitExceeded, Age: 5 * time.Hour, State: tables.StateStale, Says: "No more capacity", Within: budget},
	{Name: "none, generate throttled a while", Action: Generate, Fault: awssim.Throttling, Times: 2, Age: -1, State: tables.StateFresh, Within: 20 * time.Second},
	{Name: "none, generate hangs", Action: Generate, Fault: awssim.Hang, Age: -1, State: tables.StateFailed, Says: "no answer in time", Within: 3 * time.Minute},
	{Name: "none, generate is garbage", Action: Generate, Fault: awssim.Portal, Age: -1, State: tables.StateFailed, Says: "the answer could not be understood", Within: 10 * time.Second},

	{Name: "role denied", Action: Assume, Fault: awssim.AccessDenied, State: tables.StateDenied, Says: "sts:AssumeRole: not allowed (AccessDenied)", Within: time.Second},
	{Name: "role throttled a while", Action: Assume, Fault: awssim.Throttling, Times: 3, State: tables.StateFresh, Within: 10 * time.Second},
	{Name: "role throttled for ever", Action: Assume, Fault: awssim.Throttling, State: tables.StateFailed, Says: "sts:AssumeRole: not done within 5m", Within: budget},
	{Name: "role answer empty", Action: Assume, Fault: awssim.Empty, State: tables.StateFailed, Says: "sts:AssumeRole: the answer could not be understood", Within: 10 * time.Second},
	{Name: "role answer of a portal", Action: Assume, Fault: awssim.Portal, State: tables.StateFailed, Says: "sts:AssumeRole: the answer could not be understood", Within: 10 * time.Second},
	{Name: "role caller expired", Action: Assume, Fault: awssim.ExpiredToken, State: tables.StateDenied, Says: "sts:AssumeRole: the credentials have expired", Within: time.Second},
}

// Rough is trouble that passes soon, for runs in which it comes at random: most of it is over by the next try or the one after.
func Rough() []awssim.Fault {
	return []awssim.Fault{
		awssim.Throttling, awssim.ServiceFailure, awssim.Unavailable, awssim.InProgress, awssim.Expired, awssim.Reset, awssim.Truncated,
		awssim.Cut, awssim.Empty, awssim.Portal, awssim.BadBase64, awssim.LimitExceeded, {Delay: 500 * time.Millisecond},
	}
}
