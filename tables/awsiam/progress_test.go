package awsiam

import (
	"testing"
	"testing/synctest"

	"github.com/credsql/credsql/tables/awsiam/awssim"
)

// TestProgress sees that what is told only grows, and ends with everything counted.
func TestProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := worldOf(organizationOf(5), nil)
		w.sim.Script(
			awssim.Rule{Account: accountID(2), Action: get, Fault: awssim.AccessDenied},
			awssim.Rule{Account: accountID(3), Action: get, Times: 2, Fault: awssim.Throttling},
		)
		var last Progress
		waited := false
		w.cfg.Progress = func(p Progress) {
			if p.Done < last.Done || p.Failed < last.Failed || p.Rows < last.Rows || p.Done+p.Failed > p.Accounts {
				t.Errorf("after %+v came %+v", last, p)
			}
			waited = waited || p.Waiting > 0
			last = p
		}
		s := newSource(t, w.cfg)
		defer s.Close()
		mustSnapshot(t, s, untagged)
		if want := (Progress{Listed: 5, Accounts: 5, Done: 4, Failed: 1, Rows: 4 * (usersEach + 1)}); last != want || !waited {
			t.Errorf("ends with %+v, expected %+v; waited: %v", last, want, waited)
		}
	})
}
