package awsiam

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/awsiam/awssim"
	"github.com/credsql/credsql/tables/credreport"
)

// faultCase is one thing that goes wrong with one action, and what must come of it.
type faultCase struct {
	name   string
	action string
	fault  awssim.Fault
	times  int           // 0: for ever
	age    time.Duration // of the report that exists; negative: none
	state  tables.State  // of the accounts that are hit
	says   string        // in the account's error and in a notice
	within time.Duration // in the simulated time
}

const (
	get      = "GetCredentialReport"
	generate = "GenerateCredentialReport"
	assume   = "AssumeRole"
)

// budget is the time of one account and of the last request in it.
const budget = 5*time.Minute + 31*time.Second

var faultCases = []faultCase{
	{name: "get denied", action: get, fault: awssim.AccessDenied, state: tables.StateDenied, says: "iam:GetCredentialReport: not allowed (AccessDenied)", within: time.Second},
	{name: "get throttled a while", action: get, fault: awssim.Throttling, times: 3, state: tables.StateFresh, within: 10 * time.Second},
	{name: "get throttled for ever", action: get, fault: awssim.Throttling, state: tables.StateFailed, says: "iam:GetCredentialReport: not done within 5m, last answer: AWS takes no more calls now (Throttling)", within: budget},
	{name: "get fails with 500 a while", action: get, fault: awssim.ServiceFailure, times: 4, state: tables.StateFresh, within: 20 * time.Second},
	{name: "get fails with 500 for ever", action: get, fault: awssim.ServiceFailure, state: tables.StateFailed, says: "(ServiceFailure)", within: budget},
	{name: "get unavailable for ever", action: get, fault: awssim.Unavailable, state: tables.StateFailed, says: "(ServiceUnavailable)", within: budget},
	{name: "report in progress a while", action: get, fault: awssim.InProgress, times: 5, state: tables.StateFresh, within: time.Minute},
	{name: "report in progress for ever", action: get, fault: awssim.InProgress, state: tables.StateFailed, says: "(ReportInProgress)", within: budget},
	{name: "report expired, generated anew", action: get, fault: awssim.Expired, times: 1, state: tables.StateFresh, within: 10 * time.Second},
	{name: "report expired for ever", action: get, fault: awssim.Expired, state: tables.StateFailed, says: "(ReportExpired)", within: 10 * time.Second},
	{name: "key id unknown", action: get, fault: awssim.InvalidClientTokenID, state: tables.StateDenied, says: "the access key is not valid (InvalidClientTokenId)", within: time.Second},
	{name: "token expires once", action: get, fault: awssim.ExpiredToken, times: 1, state: tables.StateFresh, within: time.Second},
	{name: "token expired for ever", action: get, fault: awssim.ExpiredToken, state: tables.StateDenied, says: "the credentials have expired (ExpiredToken)", within: time.Second},
	{name: "signature refused", action: get, fault: awssim.BadSignature, state: tables.StateDenied, says: "(SignatureDoesNotMatch)", within: time.Second},
	{name: "connection reset once", action: get, fault: awssim.Reset, times: 1, state: tables.StateFresh, within: time.Second},
	{name: "connection reset for ever", action: get, fault: awssim.Reset, state: tables.StateFailed, says: "the connection broke off", within: 10 * time.Second},
	{name: "body truncated once", action: get, fault: awssim.Truncated, times: 1, state: tables.StateFresh, within: time.Second},
	{name: "body truncated for ever", action: get, fault: awssim.Truncated, state: tables.StateFailed, says: "the connection broke off", within: 10 * time.Second},
	{name: "body cut for ever", action: get, fault: awssim.Cut, state: tables.StateFailed, says: "the answer could not be understood", within: 10 * time.Second},
	{name: "body empty for ever", action: get, fault: awssim.Empty, state: tables.StateFailed, says: "the answer could not be understood", within: 10 * time.Second},
	{name: "body garbage for ever", action: get, fault: awssim.Garbage, state: tables.StateFailed, says: "the answer could not be understood", within: 10 * time.Second},
	{name: "body of a portal", action: get, fault: awssim.Portal, state: tables.StateFailed, says: "the answer could not be understood", within: 10 * time.Second},
	{name: "content not base64", action: get, fault: awssim.BadBase64, state: tables.StateFailed, says: "the answer could not be understood", within: 10 * time.Second},
	{name: "slow answers", action: get, fault: awssim.Slow, state: tables.StateFresh, within: 25 * time.Second},
	{name: "trickling answers", action: get, fault: awssim.Trickle, state: tables.StateFresh, within: 20 * time.Second},
	{name: "hanging", action: get, fault: awssim.Hang, state: tables.StateFailed, says: "no answer in time", within: 3 * time.Minute},

	{name: "old, generate denied", action: generate, fault: awssim.AccessDenied, age: 30 * time.Hour, state: tables.StateStale, says: "iam:GenerateCredentialReport: not allowed", within: time.Second},
	{name: "none, generate denied", action: generate, fault: awssim.AccessDenied, age: -1, state: tables.StateDenied, says: "there is no credential report, and generating one is not allowed", within: time.Second},
	{name: "none, no capacity a while", action: generate, fault: awssim.LimitExceeded, times: 4, age: -1, state: tables.StateFresh, within: 30 * time.Second},
	{name: "none, no capacity for ever", action: generate, fault: awssim.LimitExceeded, age: -1, state: tables.StateFailed, says: "No more capacity", within: budget},
	{name: "old, no capacity for ever", action: generate, fault: awssim.LimitExceeded, age: 5 * time.Hour, state: tables.StateStale, says: "No more capacity", within: budget},
	{name: "none, generate throttled a while", action: generate, fault: awssim.Throttling, times: 2, age: -1, state: tables.StateFresh, within: 20 * time.Second},
	{name: "none, generate hangs", action: generate, fault: awssim.Hang, age: -1, state: tables.StateFailed, says: "no answer in time", within: 3 * time.Minute},
	{name: "none, generate is garbage", action: generate, fault: awssim.Portal, age: -1, state: tables.StateFailed, says: "the answer could not be understood", within: 10 * time.Second},

	{name: "role denied", action: assume, fault: awssim.AccessDenied, state: tables.StateDenied, says: "sts:AssumeRole: not allowed (AccessDenied)", within: time.Second},
	{name: "role throttled a while", action: assume, fault: awssim.Throttling, times: 3, state: tables.StateFresh, within: 10 * time.Second},
	{name: "role throttled for ever", action: assume, fault: awssim.Throttling, state: tables.StateFailed, says: "sts:AssumeRole: not done within 5m", within: budget},
	{name: "role answer empty", action: assume, fault: awssim.Empty, state: tables.StateFailed, says: "sts:AssumeRole: the answer could not be understood", within: 10 * time.Second},
	{name: "role answer of a portal", action: assume, fault: awssim.Portal, state: tables.StateFailed, says: "sts:AssumeRole: the answer could not be understood", within: 10 * time.Second},
	{name: "role caller expired", action: assume, fault: awssim.ExpiredToken, state: tables.StateDenied, says: "sts:AssumeRole: the credentials have expired", within: time.Second},
}

// TestFaultMatrix has every fault hit one account of twenty, half of them, and all, and sees that rows, notices and coverage
// tell the same: nothing is silently missing.
func TestFaultMatrix(t *testing.T) {
	const accounts = 20
	for _, c := range faultCases {
		for _, hit := range []int{1, accounts / 2, accounts} {
			t.Run(fmt.Sprintf("%s/%d of %d", c.name, hit, accounts), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { c.run(t, accounts, hit) })
			})
		}
	}
}

// run hits the last accounts: the first is the management account, which no role leads to.
func (c faultCase) run(t *testing.T, accounts, hit int) {
	org := organizationOf(accounts)
	first := accounts - hit
	for i := first; i < accounts; i++ {
		if c.age != 0 {
			org.Accounts[i].Report = awssim.Existing{Present: c.age > 0, Age: c.age}
		}
	}
	w := worldOf(org, nil)
	if c.action == assume && first == 0 {
		first = 1
	}
	for i := first; i < accounts; i++ {
		w.sim.Script(awssim.Rule{Account: accountID(i), Action: c.action, Times: c.times, Fault: c.fault})
	}
	s := newSource(t, w.cfg)
	defer s.Close()
	start := time.Now()
	snap, err := s.Snapshot(t.Context(), untagged)
	if took := time.Since(start); took > c.within {
		t.Errorf("took %s, expected at most %s", took, c.within)
	}
	lost := c.state == tables.StateFailed || c.state == tables.StateDenied
	if lost && first == 0 {
		c.checkNothing(t, err)
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	c.checkSome(t, w, snap, first, lost)
}

// checkNothing is for when no account can be read: that is always an error.
func (c faultCase) checkNothing(t *testing.T, err error) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v, expected an *Error", err)
	}
	if !strings.Contains(e.Message, c.says) || e.Denied != (c.state == tables.StateDenied) {
		t.Errorf("got denied=%v %q, expected denied=%v and %q in it", e.Denied, e.Message, c.state == tables.StateDenied, c.says)
	}
}

func (c faultCase) checkSome(t *testing.T, w *world, snap tables.Snapshot, first int, lost bool) {
	t.Helper()
	w.checkTruth(t, snap)
	readable := 0
	for i, a := range snap.Coverage().Accounts {
		want := tables.StateFresh
		if i >= first {
			want = c.state
		}
		if a.ID != accountID(i) || a.State != want {
			t.Errorf("account %s is %s (%s), expected %s", a.ID, a.State, a.Error, want)
		}
		if i >= first && !strings.Contains(a.Error, c.says) {
			t.Errorf("account %s says %q, expected %q in it", a.ID, a.Error, c.says)
		}
		if a.State == tables.StateFresh || a.State == tables.StateStale {
			readable++
		}
	}
	if n, _ := snap.RowCount(credreport.TableReport); n != int64(readable*(usersEach+1)) {
		t.Errorf("%d rows of %d readable accounts", n, readable)
	}
	if hasIncomplete(snap) != lost || snap.Coverage().Complete() == lost {
		t.Errorf("accounts lost: %v, but coverage complete: %v and the notices are\n%s", lost, snap.Coverage().Complete(), texts(snap))
	}
	if c.says != "" && !strings.Contains(texts(snap), c.says) {
		t.Errorf("the notices lack %q:\n%s", c.says, texts(snap))
	}
}
