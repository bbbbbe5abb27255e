package awsiam

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/awsiam/awssim"
	"github.com/credsql/credsql/tables/credreport"
)

// everything is the need of a statement that reads all rows, with tags.
var everything = tables.Need{
	Tables:  []string{credreport.TableReport},
	Columns: map[string][]string{credreport.TableReport: {"user", "tags"}},
}

func newSource(t *testing.T, cfg Config) *Source {
	t.Helper()
	s, err := New(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func TestDemo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, err := New(context.Background(), Demo(time.Now))
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		start := time.Now()
		snap, err := s.Snapshot(t.Context(), everything)
		if err != nil {
			t.Fatal(err)
		}
		t.Log("took", time.Since(start))
		for _, a := range snap.Coverage().Accounts {
			t.Logf("%s %-20s %-8s %4d rows  %s %s", a.ID, a.Name, a.State, a.Rows, a.GeneratedTime, a.Error)
		}
		for _, n := range snap.Notices() {
			t.Log(n.Incomplete, n.Message)
		}
	})
}

var _ = awssim.Demo
