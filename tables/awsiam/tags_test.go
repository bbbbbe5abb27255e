package awsiam

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/awsiam/awssim"
	"github.com/credsql/credsql/tables/credreport"
)

// readTags are the tags of all rows by ARN, nil where they are NULL.
func readTags(t *testing.T, snap tables.Snapshot) map[string]*column.HStore {
	t.Helper()
	scan, err := snap.Open(t.Context(), credreport.TableReport, tables.Request{Columns: []int{credreport.ColARN, credreport.ColTags}})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*column.HStore{}
	for i := range scan.Chunks() {
		batch, err := scan.Read(t.Context(), i)
		if err != nil {
			t.Fatal(err)
		}
		for row := range batch.N {
			tags, _ := batch.Cols[1].Value(row).(*column.HStore)
			out[batch.Cols[0].Text(row)] = tags
		}
	}
	return out
}

// taggedOrganization is the demonstration's, whose tags are of every kind, with rights to read them everywhere.
func taggedOrganization() awssim.Organization {
	org := awssim.Demo(time.Now())
	for i := range org.Accounts {
		org.Accounts[i].Deny = nil
	}
	return org
}

func (w *world) checkTags(t *testing.T, snap tables.Snapshot) {
	t.Helper()
	got := readTags(t, snap)
	seen := 0
	for _, a := range snap.Coverage().Accounts {
		truth, _ := w.sim.TruthAt(a.ID, a.GeneratedTime)
		if a.GeneratedTime.IsZero() {
			continue
		}
		for _, u := range truth.Users {
			path := u.Path
			if path == "" {
				path = "/"
			}
			arn := "arn:aws:iam::" + a.ID + ":user" + path + u.Name
			tags := got[arn]
			if tags == nil || tags.Len() != len(u.Tags) {
				t.Errorf("%s has the tags %v, expected %v", arn, tags, u.Tags)
				continue
			}
			for _, want := range u.Tags {
				if p, ok := tags.Get(want.Key); !ok || p.Value != want.Value || p.Null {
					t.Errorf("%s has tag %s = %q, expected %q", arn, want.Key, p.Value, want.Value)
				}
			}
			seen++
		}
	}
	if seen == 0 {
		t.Error("no user was compared")
	}
}

// setsUp says how the simulation lets tags be read.
type setsUp func(*awssim.Options, *awssim.Organization)

func TestTagsAreThoseOfAWS(t *testing.T) {
	cases := map[string]setsUp{
		"in one page":    nil,
		"in small pages": func(o *awssim.Options, _ *awssim.Organization) { o.PageSize = 3 },
		"one by one": func(_ *awssim.Options, org *awssim.Organization) {
			for i := range org.Accounts {
				org.Accounts[i].Deny = []string{"iam:GetAccountAuthorizationDetails"}
			}
		},
		"one by one in small pages": func(o *awssim.Options, org *awssim.Organization) {
			o.PageSize = 3
			for i := range org.Accounts {
				org.Accounts[i].Deny = []string{"iam:GetAccountAuthorizationDetails"}
			}
		},
	}
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				org := taggedOrganization()
				w := worldOf(org, func(o *awssim.Options) {
					if change != nil {
						change(o, &o.Organization)
					}
				})
				s := newSource(t, w.cfg)
				defer s.Close()
				snap := mustSnapshot(t, s, everything)
				w.checkTags(t, snap)
				if strings.Contains(texts(snap), "tags") {
					t.Errorf("notices about tags:\n%s", texts(snap))
				}
			})
		})
	}
}

// TestTagsOnlyWhenNeeded sees that a statement without tags makes no call for them, and a later one with tags only those.
func TestTagsOnlyWhenNeeded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := worldOf(organizationOf(3), nil)
		s := newSource(t, w.cfg)
		defer s.Close()
		mustSnapshot(t, s, untagged)
		if n := w.sim.Calls("", "GetAccountAuthorizationDetails"); n != 0 {
			t.Errorf("%d calls for tags that nobody reads", n)
		}
		mustSnapshot(t, s, everything)
		mustSnapshot(t, s, everything)
		if n := w.sim.Calls("", "GetAccountAuthorizationDetails"); n != 3 {
			t.Errorf("%d calls for the tags of three accounts", n)
		}
		if n := w.sim.Calls("", get); n != 3 {
			t.Errorf("%d calls for three reports", n)
		}
	})
}

func TestTagFaults(t *testing.T) {
	const details = "GetAccountAuthorizationDetails"
	cases := []struct {
		name  string
		fault awssim.Fault
		deny  []string
		says  string
	}{
		{name: "denied", deny: []string{"iam:GetAccountAuthorizationDetails", "iam:ListUserTags"}, says: "iam:GetAccountAuthorizationDetails: not allowed"},
		{name: "empty", fault: awssim.Empty, says: "the answer could not be understood"},
		{name: "cut", fault: awssim.Cut, says: "the answer could not be understood"},
		{name: "portal", fault: awssim.Portal, says: "the answer could not be understood"},
		{name: "throttled", fault: awssim.Throttling, says: "not done within 5m"},
		{name: "reset", fault: awssim.Reset, says: "the connection broke off"},
	}
	for _, c := range cases {
		for _, hit := range []int{1, 4} {
			t.Run(fmt.Sprintf("%s/%d of 4", c.name, hit), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					org := organizationOf(4)
					for i := 4 - hit; i < 4; i++ {
						org.Accounts[i].Deny = c.deny
					}
					w := worldOf(org, nil)
					for i := 4 - hit; i < 4 && c.deny == nil; i++ {
						w.sim.Script(awssim.Rule{Account: accountID(i), Action: details, Fault: c.fault})
					}
					s := newSource(t, w.cfg)
					defer s.Close()
					snap := mustSnapshot(t, s, everything)
					if got := texts(snap); !hasIncomplete(snap) || !strings.Contains(got, c.says) {
						t.Errorf("the notices lack %q:\n%s", c.says, got)
					}
					for arn, tags := range readTags(t, snap) {
						lost := false
						for i := 4 - hit; i < 4; i++ {
							lost = lost || strings.Contains(arn, accountID(i))
						}
						if (tags == nil) != lost {
							t.Errorf("%s has the tags %v; tags lost: %v", arn, tags, lost)
						}
					}
					w.checkTruth(t, snap)
				})
			})
		}
	}
}

// TestUsersOfOneAnswerOnly has users come and go between the report and the tags: who is gone has NULL tags and is counted,
// who is new is not in the table.
func TestUsersOfOneAnswerOnly(t *testing.T) {
	set := &tagSet{byARN: map[string]*column.HStore{"arn:aws:iam::100000000001:user/new": column.NewHStore(nil)}}
	report, err := credreport.Decode("test", []byte("user,arn\n<root_account>,arn:aws:iam::100000000001:root\nold,arn:aws:iam::100000000001:user/old"), credreport.Options{})
	if err != nil {
		t.Fatal(err)
	}
	arns, err := userARNs(t.Context(), report)
	if err != nil || len(arns) != 1 || arns[0] != "arn:aws:iam::100000000001:user/old" {
		t.Fatalf("the users are %v, %v", arns, err)
	}
	snap := credreport.NewSnapshot([]*credreport.Report{report.WithTags(set.byARN)}, nil, nil, credreport.SnapshotOptions{})
	tags := readTags(t, snap)
	if len(tags) != 2 || tags["arn:aws:iam::100000000001:user/old"] != nil || tags["arn:aws:iam::100000000001:root"] == nil {
		t.Errorf("got %v", tags)
	}
}

func TestNoTags(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := worldOf(organizationOf(2), nil)
		w.cfg.NoTags = true
		s := newSource(t, w.cfg)
		defer s.Close()
		snap := mustSnapshot(t, s, everything)
		if n := w.sim.Calls("", "GetAccountAuthorizationDetails"); n != 0 || hasIncomplete(snap) {
			t.Errorf("%d calls, notices\n%s", n, texts(snap))
		}
		if !strings.Contains(texts(snap), "tags are not read, and are NULL") {
			t.Errorf("nothing says that tags are NULL:\n%s", texts(snap))
		}
	})
}

// TestTagsThatStay: tags that cannot be read again are shown as they were, and that is said, but nothing is missing.
func TestTagsThatStay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := worldOf(organizationOf(2), nil)
		w.cfg.MaxAge = 30 * time.Minute
		s := newSource(t, w.cfg)
		defer s.Close()
		before := readTags(t, mustSnapshot(t, s, everything))
		read := time.Now()
		time.Sleep(31 * time.Minute) // AWS has no newer report, so that only the tags are due
		for _, action := range []string{"GetAccountAuthorizationDetails", "ListUserTags"} {
			w.sim.Script(awssim.Rule{Account: accountID(1), Action: action, Fault: awssim.AccessDenied})
		}
		snap := mustSnapshot(t, s, everything)
		for arn, tags := range readTags(t, snap) {
			if (tags == nil) != (before[arn] == nil) || tags != nil && !slices.Equal(tags.Pairs(), before[arn].Pairs()) {
				t.Errorf("%s has the tags %v, had %v", arn, tags, before[arn])
			}
		}
		want := "account " + accountID(1) + " (account-1) has tags that could not be read again: those of " + read.UTC().Format(time.RFC3339) +
			" are shown: iam:GetAccountAuthorizationDetails: not allowed (AccessDenied)"
		if hasIncomplete(snap) || !strings.Contains(texts(snap), "false "+want) {
			t.Errorf("expected %q in\n%s", want, texts(snap))
		}
	})
}
