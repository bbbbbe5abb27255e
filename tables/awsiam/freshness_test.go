package awsiam

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/awsiam/awssim"
)

// TestGenerateOnlyWhenNeeded has reports of several ages meet several age limits, and counts the calls.
func TestGenerateOnlyWhenNeeded(t *testing.T) {
	cases := []struct {
		name      string
		age       time.Duration // negative: none
		maxAge    time.Duration
		gets      int
		generates int // at least
		state     tables.State
	}{
		{name: "young enough", age: time.Hour, maxAge: 4 * time.Hour, gets: 1, state: tables.StateFresh},
		{name: "none", age: -1, maxAge: 4 * time.Hour, gets: 2, generates: 2, state: tables.StateFresh},
		{name: "older than AWS keeps", age: 5 * time.Hour, maxAge: 4 * time.Hour, gets: 2, generates: 2, state: tables.StateFresh},
		{name: "older is fine", age: 20 * time.Hour, maxAge: 24 * time.Hour, gets: 1, state: tables.StateFresh},
		{name: "younger than AWS gives", age: 2 * time.Hour, maxAge: time.Hour, gets: 2, generates: 1, state: tables.StateStale},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				org := organizationOf(1)
				org.Accounts[0].Report = awssim.Existing{Present: c.age > 0, Age: c.age}
				w := worldOf(org, nil)
				w.cfg.MaxAge = c.maxAge
				s := newSource(t, w.cfg)
				defer s.Close()
				snap := mustSnapshot(t, s, untagged)
				w.checkTruth(t, snap)
				if n := w.sim.Calls("", get); n != c.gets {
					t.Errorf("%d times GetCredentialReport, expected %d", n, c.gets)
				}
				if n := w.sim.Calls("", generate); n < c.generates || c.generates < 2 && n > c.generates {
					t.Errorf("%d times GenerateCredentialReport, expected %d", n, c.generates)
				}
				if got := standingOf(t, snap, accountID(0)); got.State != c.state || !got.NextRefresh.Equal(got.GeneratedTime.Add(4*time.Hour)) {
					t.Errorf("got %+v, expected %s", got, c.state)
				}
			})
		})
	}
}

// TestFourHourRule sees that AWS is asked once for what it will not give, and again when it will.
func TestFourHourRule(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		org := organizationOf(1)
		org.Accounts[0].Report.Age = 2 * time.Hour
		w := worldOf(org, nil)
		w.cfg.MaxAge = time.Hour
		s := newSource(t, w.cfg)
		defer s.Close()
		first := mustSnapshot(t, s, untagged)
		if got := texts(first); !strings.Contains(got, "older than 1h: 2h old; AWS keeps a report for 4h and makes the next one at") {
			t.Errorf("the notices do not say why the report is old:\n%s", got)
		}
		time.Sleep(time.Hour)
		mustSnapshot(t, s, untagged)
		if n := w.sim.Calls("", generate); n != 1 {
			t.Errorf("AWS was asked %d times within its four hours", n)
		}
		time.Sleep(time.Hour + time.Minute)
		snap := mustSnapshot(t, s, untagged)
		if got := standingOf(t, snap, accountID(0)); got.State != tables.StateFresh {
			t.Errorf("after four hours the report is %s, generated %s", got.State, got.GeneratedTime)
		}
		w.checkTruth(t, snap)
	})
}

// TestReportThatStaysOld is AWS (or an emulator) completing a generation that changes nothing: one asking, no loop.
func TestReportThatStaysOld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		org := organizationOf(1)
		org.Accounts[0].Report.Age = 100 * time.Hour
		w := worldOf(org, nil)
		w.sim.Script(awssim.Rule{Action: generate, Fault: awssim.Fault{Spoil: awssim.SpoilReplace, Body: `<GenerateCredentialReportResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GenerateCredentialReportResult><State>COMPLETE</State></GenerateCredentialReportResult></GenerateCredentialReportResponse>`}})
		s := newSource(t, w.cfg)
		defer s.Close()
		start := time.Now()
		snap := mustSnapshot(t, s, untagged)
		mustSnapshot(t, s, untagged)
		if n, took := w.sim.Calls("", generate), time.Since(start); n != 1 || took > time.Second {
			t.Errorf("%d times GenerateCredentialReport in %s", n, took)
		}
		if got := standingOf(t, snap, accountID(0)).State; got != tables.StateStale {
			t.Errorf("the report is %s", got)
		}
	})
}

// TestOneFlight has many statements need the same accounts at once.
func TestOneFlight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := worldOf(organizationOf(5), func(o *awssim.Options) { o.Latency = 50 * time.Millisecond })
		s := newSource(t, w.cfg)
		defer s.Close()
		var group sync.WaitGroup
		for i := range 20 {
			group.Go(func() {
				need := untagged
				if i%2 == 0 {
					need = everything
				}
				w.checkTruth(t, mustSnapshot(t, s, need))
			})
		}
		group.Wait()
		for _, action := range []string{get, "GetAccountAuthorizationDetails"} {
			if n := w.sim.Calls("", action); n != 5 {
				t.Errorf("%d times %s for five accounts", n, action)
			}
		}
		if n := w.sim.Calls("", "ListAccounts"); n != 1 {
			t.Errorf("the accounts were listed %d times", n)
		}
	})
}

// TestCancel stops a statement at once, keeps what had been read, and leaves the rest for the next one.
func TestCancel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := worldOf(organizationOf(4), nil)
		w.sim.Script(awssim.Rule{Account: accountID(3), Action: get, Times: 1, Fault: awssim.Hang})
		s := newSource(t, w.cfg)
		defer s.Close()
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			time.Sleep(10 * time.Second)
			cancel()
		}()
		start := time.Now()
		_, err := s.Snapshot(ctx, untagged)
		if took := time.Since(start); !errors.Is(err, context.Canceled) || took != 10*time.Second {
			t.Errorf("got %v after %s", err, took)
		}
		synctest.Wait()
		snap := mustSnapshot(t, s, untagged)
		w.checkTruth(t, snap)
		if !snap.Coverage().Complete() {
			t.Errorf("incomplete:\n%s", texts(snap))
		}
		for i, want := range []int{1, 1, 1, 2} {
			if n := w.sim.Calls(accountID(i), get); n != want {
				t.Errorf("account %d was asked %d times, expected %d", i, n, want)
			}
		}
	})
}

// TestCancelSparesOthers cancels one of two statements that wait for the same account.
func TestCancelSparesOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := worldOf(organizationOf(2), nil)
		w.sim.Script(awssim.Rule{Account: accountID(1), Action: get, Times: 1, Fault: awssim.Slow})
		s := newSource(t, w.cfg)
		defer s.Close()
		var group sync.WaitGroup
		group.Go(func() {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			if _, err := s.Snapshot(ctx, untagged); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got %v", err)
			}
		})
		group.Go(func() {
			if snap := mustSnapshot(t, s, untagged); !snap.Coverage().Complete() {
				t.Errorf("incomplete:\n%s", texts(snap))
			}
		})
		group.Wait()
		if n := w.sim.Calls(accountID(1), get); n != 1 {
			t.Errorf("asked %d times", n)
		}
	})
}

// TestTotalDeadline ends a statement with what has been read by then.
func TestTotalDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := worldOf(organizationOf(4), nil)
		w.sim.Script(awssim.Rule{Account: accountID(2), Action: get, Fault: awssim.Throttling})
		w.cfg.Timeouts.Total = 20 * time.Second
		s := newSource(t, w.cfg)
		defer s.Close()
		start := time.Now()
		snap := mustSnapshot(t, s, untagged)
		if took := time.Since(start); took > 21*time.Second {
			t.Errorf("took %s", took)
		}
		got := standingOf(t, snap, accountID(2))
		if got.State != tables.StateFailed || !hasIncomplete(snap) {
			t.Errorf("got %+v\n%s", got, texts(snap))
		}
		w.checkTruth(t, snap)
	})
}

// TestFailuresAreNotAskedAgainAtOnce gives a closed door a pause, and Refresh ends it.
func TestFailuresAreNotAskedAgainAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := worldOf(organizationOf(2), nil)
		w.sim.Script(awssim.Rule{Account: accountID(1), Action: assume, Fault: awssim.AccessDenied})
		s := newSource(t, w.cfg)
		defer s.Close()
		for range 3 {
			mustSnapshot(t, s, untagged)
		}
		if n := w.sim.Calls(accountID(1), assume); n != 1 {
			t.Errorf("asked %d times at once", n)
		}
		time.Sleep(deniedPause)
		mustSnapshot(t, s, untagged)
		if n := w.sim.Calls(accountID(1), assume); n != 2 {
			t.Errorf("asked %d times after the pause", n)
		}
		w.sim.Heal()
		s.Refresh()
		if snap := mustSnapshot(t, s, untagged); !snap.Coverage().Complete() {
			t.Errorf("incomplete:\n%s", texts(snap))
		}
	})
}

// TestRun keeps reports young in the background: no statement waits for what is there, and each sees one moment.
func TestRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := worldOf(organizationOf(3), func(o *awssim.Options) { o.Latency = time.Second })
		s := newSource(t, w.cfg)
		defer s.Close()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go s.Run(ctx)
		synctest.Wait()
		first := mustSnapshot(t, s, everything)
		for range 12 { // two days
			time.Sleep(4 * time.Hour)
			start := time.Now()
			snap := mustSnapshot(t, s, everything)
			if took := time.Since(start); took > 0 {
				t.Errorf("a statement waited %s", took)
			}
			w.checkTruth(t, snap)
			w.checkTags(t, snap)
			for _, a := range snap.Coverage().Accounts {
				if age := time.Since(a.GeneratedTime); age > 4*time.Hour+time.Minute {
					t.Errorf("account %s has a report %s old", a.ID, age)
				}
			}
		}
		w.checkTruth(t, first)
		if n := w.sim.Calls("", "ListAccounts"); n < 47 || n > 50 {
			t.Errorf("the organization was listed %d times in 48 hours", n)
		}
	})
}

// TestRunRecovers has an account that could not be read become readable.
func TestRunRecovers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := worldOf(organizationOf(3), nil)
		w.sim.Script(awssim.Rule{Account: accountID(2), Action: get, Fault: awssim.AccessDenied})
		s := newSource(t, w.cfg)
		defer s.Close()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go s.Run(ctx)
		synctest.Wait()
		if snap := mustSnapshot(t, s, untagged); snap.Coverage().Complete() {
			t.Error("the denied account is not missing")
		}
		w.sim.Heal()
		time.Sleep(deniedPause + time.Second)
		if snap := mustSnapshot(t, s, untagged); !snap.Coverage().Complete() {
			t.Errorf("still incomplete:\n%s", texts(snap))
		}
	})
}

// TestRevokedSession has AWS end all sessions while reports are being refreshed.
func TestRevokedSession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		org := organizationOf(3)
		for i := range org.Accounts {
			org.Accounts[i].Report = awssim.Existing{}
		}
		w := worldOf(org, func(o *awssim.Options) { o.GenerationTime = 30 * time.Second })
		s := newSource(t, w.cfg)
		defer s.Close()
		go func() {
			time.Sleep(10 * time.Second)
			w.sim.Expire()
		}()
		snap := mustSnapshot(t, s, untagged)
		if !snap.Coverage().Complete() {
			t.Errorf("incomplete:\n%s", texts(snap))
		}
		w.checkTruth(t, snap)
	})
}

// TestClockSkew has AWS's clock half an hour ahead of this machine's.
func TestClockSkew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := worldOf(organizationOf(5), nil)
		w.sim.Script(awssim.Rule{Fault: awssim.Skewed})
		s := newSource(t, w.cfg)
		defer s.Close()
		snap := mustSnapshot(t, s, everything)
		if !snap.Coverage().Complete() || hasIncomplete(snap) {
			t.Errorf("incomplete:\n%s", texts(snap))
		}
		w.checkTruth(t, snap)
	})
}

// TestStatementsGoFirst has a statement need tags that nobody has asked for while all reports are being refreshed, one account at a time.
func TestStatementsGoFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const accounts, latency = 30, 5 * time.Second
		w := worldOf(organizationOf(accounts), func(o *awssim.Options) { o.Latency = latency })
		w.cfg.Concurrency = 1
		s := newSource(t, w.cfg)
		defer s.Close()
		mustSnapshot(t, s, untagged)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		time.Sleep(5 * time.Hour)
		go s.Run(ctx)
		time.Sleep(latency / 2)
		start := time.Now()
		need := everything
		need.Accounts = []string{accountID(accounts - 1)}
		snap := mustSnapshot(t, s, need)
		// The account that has its turn is finished first, and then this one: a session, a report that must be generated, and the tags.
		if took := time.Since(start); took > 30*latency {
			t.Errorf("the statement waited %s, behind accounts that it does not need", took)
		}
		if !snap.Coverage().Complete() {
			t.Errorf("incomplete:\n%s", texts(snap))
		}
	})
}
