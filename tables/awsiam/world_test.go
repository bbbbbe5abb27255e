package awsiam

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/awsiam/awssim"
	"github.com/credsql/credsql/tables/credreport"
)

// world is a simulated organization and a Config that reads it.
type world struct {
	sim *awssim.Sim
	cfg Config
}

const usersEach = 5

func accountID(i int) string { return fmt.Sprintf("%012d", 100000000001+i) }

// organizationOf has n accounts, the first of them the management account, with an hour old report each.
func organizationOf(n int) awssim.Organization {
	org := awssim.Organization{ID: "o-test000001", Management: accountID(0), Root: "r-test"}
	for i := range n {
		org.Accounts = append(org.Accounts, awssim.Account{
			ID: accountID(i), Name: fmt.Sprintf("account-%d", i), Population: usersEach,
			Report: awssim.Existing{Present: true, Age: time.Hour},
		})
	}
	return org
}

// worldOf simulates an organization. It must be called where the clock of the test is: inside the bubble, if there is one.
func worldOf(org awssim.Organization, change func(*awssim.Options)) *world {
	opt := awssim.Options{Organization: org, Clock: time.Now, GenerationTime: 3 * time.Second}
	if change != nil {
		change(&opt)
	}
	sim := awssim.New(opt)
	id, secret := sim.Credentials(org.Management)
	return &world{sim: sim, cfg: Config{
		Org: true, Clock: time.Now, Transport: sim.Transport(), Endpoint: "https://sim.invalid",
		static: &staticCredentials{id: id, secret: secret, region: "us-east-1"},
	}}
}

func newSource(t *testing.T, cfg Config) *Source {
	t.Helper()
	s, err := New(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// everything is the need of a statement that reads all rows, with tags.
var everything = tables.Need{
	Tables:  []string{credreport.TableReport},
	Columns: map[string][]string{credreport.TableReport: {"user", "tags"}},
}

// untagged is the need of a statement that reads no tags.
var untagged = tables.Need{
	Tables:  []string{credreport.TableReport},
	Columns: map[string][]string{credreport.TableReport: {"user"}},
}

func mustSnapshot(t *testing.T, s *Source, need tables.Need) tables.Snapshot {
	t.Helper()
	snap, err := s.Snapshot(t.Context(), need)
	if err != nil {
		t.Fatal(err)
	}
	return snap
}

// byState are the ids of a snapshot's accounts, by state.
func byState(snap tables.Snapshot) map[tables.State][]string {
	out := map[tables.State][]string{}
	for _, a := range snap.Coverage().Accounts {
		out[a.State] = append(out[a.State], a.ID)
	}
	return out
}

func standingOf(t *testing.T, snap tables.Snapshot, id string) tables.Account {
	t.Helper()
	for _, a := range snap.Coverage().Accounts {
		if a.ID == id {
			return a
		}
	}
	t.Fatalf("account %s is not in the coverage", id)
	return tables.Account{}
}

// checkTruth compares what the snapshot says with what the simulation knows: for every account that is readable the hash of
// the report's bytes, and the number of rows in all.
func (w *world) checkTruth(t *testing.T, snap tables.Snapshot) {
	t.Helper()
	var rows int64
	for _, a := range snap.Coverage().Accounts {
		if a.GeneratedTime.IsZero() {
			continue
		}
		truth, ok := w.sim.TruthAt(a.ID, a.GeneratedTime)
		if !ok {
			t.Fatalf("account %s does not exist", a.ID)
		}
		if sum := sha256.Sum256(truth.Report); a.SHA256 != hex.EncodeToString(sum[:]) {
			t.Errorf("account %s: the report read is not the one that AWS has", a.ID)
		}
		rows += int64(len(truth.Users) + 1)
	}
	if n, _ := snap.RowCount(credreport.TableReport); n != rows {
		t.Errorf("the table has %d rows, the readable accounts have %d", n, rows)
	}
}

// texts are the notices, one a line.
func texts(snap tables.Snapshot) string {
	var b strings.Builder
	for _, n := range snap.Notices() {
		fmt.Fprintf(&b, "%v %s\n", n.Incomplete, n.Message)
	}
	return b.String()
}

func hasIncomplete(snap tables.Snapshot) bool {
	for _, n := range snap.Notices() {
		if n.Incomplete {
			return true
		}
	}
	return false
}
