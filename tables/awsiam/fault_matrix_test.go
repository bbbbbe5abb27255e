package awsiam

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/awsiam/awssim/trouble"
	"github.com/credsql/credsql/tables/credreport"
)

// The actions that tests make fail and count.
const (
	get      = trouble.Get
	generate = trouble.Generate
	assume   = trouble.Assume
)

type faultCase struct{ trouble.Case }

// TestFaultMatrix has every fault hit one account of twenty, half of them, and all, and sees that rows, notices and coverage
// tell the same: nothing is silently missing.
func TestFaultMatrix(t *testing.T) {
	const accounts = 20
	for _, listed := range trouble.Cases() {
		c := faultCase{listed}
		for _, hit := range []int{1, accounts / 2, accounts} {
			t.Run(fmt.Sprintf("%s/%d of %d", c.Name, hit, accounts), func(t *testing.T) {
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
		org.Accounts[i].Report = c.Existing()
	}
	w := worldOf(org, nil)
	if c.Action == assume && first == 0 {
		first = 1
	}
	for i := first; i < accounts; i++ {
		w.sim.Script(c.Rule(accountID(i)))
	}
	s := newSource(t, w.cfg)
	defer s.Close()
	start := time.Now()
	snap, err := s.Snapshot(t.Context(), untagged)
	if took := time.Since(start); took > c.Within {
		t.Errorf("took %s, expected at most %s", took, c.Within)
	}
	lost := c.Lost()
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
	if !strings.Contains(e.Message, c.Says) || e.Denied != (c.State == tables.StateDenied) {
		t.Errorf("got denied=%v %q, expected denied=%v and %q in it", e.Denied, e.Message, c.State == tables.StateDenied, c.Says)
	}
}

func (c faultCase) checkSome(t *testing.T, w *world, snap tables.Snapshot, first int, lost bool) {
	t.Helper()
	w.checkTruth(t, snap)
	readable := 0
	for i, a := range snap.Coverage().Accounts {
		want := tables.StateFresh
		if i >= first {
			want = c.State
		}
		if a.ID != accountID(i) || a.State != want {
			t.Errorf("account %s is %s (%s), expected %s", a.ID, a.State, a.Error, want)
		}
		if i >= first && !strings.Contains(a.Error, c.Says) {
			t.Errorf("account %s says %q, expected %q in it", a.ID, a.Error, c.Says)
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
	if c.Says != "" && !strings.Contains(texts(snap), c.Says) {
		t.Errorf("the notices lack %q:\n%s", c.Says, texts(snap))
	}
}
