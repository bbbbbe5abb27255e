package awsiam

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/credsql/credsql/tables"
)

// TestDemo sees that the demonstration shows what it promises, at once.
func TestDemo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSource(t, Demo(time.Now))
		defer s.Close()
		start := time.Now()
		snap := mustSnapshot(t, s, everything)
		if took := time.Since(start); took > 0 {
			t.Errorf("the demonstration waits %s", took)
		}
		states := byState(snap)
		for state, want := range map[tables.State]int{
			tables.StateFresh: 9, tables.StateStale: 1, tables.StateDenied: 1, tables.StateSkipped: 1,
		} {
			if len(states[state]) != want {
				t.Errorf("%d accounts are %s, expected %d", len(states[state]), state, want)
			}
		}
	})
}
