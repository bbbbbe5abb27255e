package awsiam

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/awsiam/awssim"
)

// unitsOrganization has two units, one in the other: accounts 0 and 1 in the root, 2 and 3 in the outer, 4 and 5 in the inner.
func unitsOrganization() awssim.Organization {
	org := organizationOf(6)
	org.OUs = []awssim.OU{{ID: "ou-test-outer0001", Name: "outer", Parent: "r-test"}, {ID: "ou-test-inner0001", Name: "inner", Parent: "ou-test-outer0001"}}
	for i, parent := range []string{"", "", "ou-test-outer0001", "ou-test-outer0001", "ou-test-inner0001", "ou-test-inner0001"} {
		org.Accounts[i].Parent = parent
	}
	return org
}

func TestOrganizationSelection(t *testing.T) {
	cases := []struct {
		name    string
		options func(*awssim.Options)
		config  func(*Config)
		read    []int
		skipped []int
	}{
		{name: "all", read: []int{0, 1, 2, 3, 4, 5}},
		{name: "small pages", options: func(o *awssim.Options) { o.PageSize = 2 }, read: []int{0, 1, 2, 3, 4, 5}},
		{name: "empty pages", options: func(o *awssim.Options) { o.PageSize, o.EmptyPages = 2, true }, read: []int{0, 1, 2, 3, 4, 5}},
		{name: "status only", options: func(o *awssim.Options) {
			o.StatusOnly = true
			o.Organization.Accounts[3].State = "SUSPENDED"
		}, read: []int{0, 1, 2, 4, 5}, skipped: []int{3}},
		{name: "closed ones", options: func(o *awssim.Options) {
			o.Organization.Accounts[1].State = "PENDING_CLOSURE"
			o.Organization.Accounts[2].State = "CLOSED"
			o.Organization.Accounts[5].State = "PENDING_ACTIVATION"
		}, read: []int{0, 3, 4}, skipped: []int{1, 2, 5}},
		{name: "a unit", config: func(c *Config) { c.OUs = []string{"ou-test-outer0001"} }, read: []int{2, 3, 4, 5}},
		{name: "an inner unit", config: func(c *Config) { c.OUs = []string{"ou-test-inner0001"} }, read: []int{4, 5}},
		{name: "both", config: func(c *Config) { c.OUs = []string{"ou-test-inner0001", "ou-test-outer0001"} }, read: []int{4, 5, 2, 3}},
		{name: "without a unit", config: func(c *Config) { c.ExcludeOUs = []string{"ou-test-inner0001"} }, read: []int{0, 1, 2, 3}},
		{name: "the root", config: func(c *Config) { c.OUs = []string{"r-test"} }, read: []int{0, 1, 2, 3, 4, 5}},
		{name: "included", config: func(c *Config) { c.IncludeAccounts = []string{accountID(2), accountID(4)} }, read: []int{2, 4}},
		{name: "excluded", config: func(c *Config) { c.ExcludeAccounts = []string{accountID(2)} }, read: []int{0, 1, 3, 4, 5}, skipped: []int{2}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := worldOf(unitsOrganization(), c.options)
				if c.config != nil {
					c.config(&w.cfg)
				}
				s := newSource(t, w.cfg)
				defer s.Close()
				snap := mustSnapshot(t, s, untagged)
				w.checkTruth(t, snap)
				checkIDs(t, "read", byState(snap)[tables.StateFresh], c.read)
				checkIDs(t, "skipped", byState(snap)[tables.StateSkipped], c.skipped)
				if hasIncomplete(snap) {
					t.Errorf("notices:\n%s", texts(snap))
				}
			})
		})
	}
}

func checkIDs(t *testing.T, what string, got []string, want []int) {
	t.Helper()
	var ids []string
	for _, i := range want {
		ids = append(ids, accountID(i))
	}
	slices.Sort(ids)
	got = slices.Sorted(slices.Values(got))
	if !slices.Equal(got, ids) {
		t.Errorf("%s: %v, expected %v", what, got, ids)
	}
}

// TestManagementAccountUsesItsOwnCredentials sees that no role is assumed in the caller's account, and one in each other.
func TestManagementAccountUsesItsOwnCredentials(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := worldOf(organizationOf(4), nil)
		s := newSource(t, w.cfg)
		defer s.Close()
		snap := mustSnapshot(t, s, untagged)
		if n := w.sim.Calls(accountID(0), assume); n != 0 {
			t.Errorf("the management account's role was assumed %d times", n)
		}
		if n := w.sim.Calls("", assume); n != 3 {
			t.Errorf("%d roles were assumed for three members", n)
		}
		if got := standingOf(t, snap, accountID(0)).Source; got != "own credentials" {
			t.Errorf("the management account was read with %s", got)
		}
	})
}

func TestDelegatedAdministrator(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		org := organizationOf(4)
		org.Delegated = []string{accountID(2)}
		org.Accounts[0].Roles = []string{}
		w := worldOf(org, nil)
		id, secret := w.sim.Credentials(accountID(2))
		w.cfg.static = &staticCredentials{id: id, secret: secret, region: "us-east-1"}
		s := newSource(t, w.cfg)
		defer s.Close()
		snap := mustSnapshot(t, s, untagged)
		checkIDs(t, "read", byState(snap)[tables.StateFresh], []int{1, 2, 3})
		checkIDs(t, "denied", byState(snap)[tables.StateDenied], []int{0})
	})
}

// TestListFaults sees that whatever is wrong with the list of accounts is an error, never a shorter list.
func TestListFaults(t *testing.T) {
	const list = "ListAccounts"
	cases := []struct {
		name   string
		rule   awssim.Rule
		config func(w *world)
		says   string
		denied bool
	}{
		{name: "denied", rule: awssim.Rule{Fault: awssim.AccessDenied}, says: "the permission is what is missing", denied: true},
		{name: "throttled for ever", rule: awssim.Rule{Fault: awssim.Throttling}, says: "not done within"},
		{name: "empty answer", rule: awssim.Rule{Fault: awssim.Empty}, says: "could not be understood"},
		{name: "empty document", rule: awssim.Rule{Fault: awssim.Fault{Spoil: awssim.SpoilReplace, Body: "{}"}}, says: "could not be understood"},
		{name: "empty document in the middle", rule: awssim.Rule{After: 1, Fault: awssim.Fault{Spoil: awssim.SpoilReplace, Body: "{}"}}, says: "could not be understood"},
		{name: "no accounts", rule: awssim.Rule{Fault: awssim.Fault{Spoil: awssim.SpoilReplace, Body: `{"Accounts":[]}`}}, says: "lacks the caller's own", denied: true},
		{name: "a token that leads nowhere", rule: awssim.Rule{Fault: awssim.Fault{Spoil: awssim.SpoilReplace, Body: `{"Accounts":[],"NextToken":"x"}`}}, says: "does not end"},
		{name: "portal", rule: awssim.Rule{Fault: awssim.Portal}, says: "could not be understood"},
		{name: "a member", config: func(w *world) {
			id, secret := w.sim.Credentials(accountID(3))
			w.cfg.static = &staticCredentials{id: id, secret: secret, region: "us-east-1"}
		}, says: "the management account is " + accountID(0), denied: true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := worldOf(organizationOf(6), func(o *awssim.Options) { o.PageSize = 2 })
				if c.config != nil {
					c.config(w)
				} else {
					c.rule.Action = list
					w.sim.Script(c.rule)
				}
				s := newSource(t, w.cfg)
				defer s.Close()
				_, err := s.Snapshot(t.Context(), untagged)
				var e *Error
				if !errors.As(err, &e) || !strings.Contains(e.Message, c.says) || e.Denied != c.denied {
					t.Errorf("got %+v, expected denied=%v and %q", err, c.denied, c.says)
				}
			})
		})
	}
}

// TestTransientListFaults sees that a list whose pages fail now and then is whole, without doubles.
func TestTransientListFaults(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := worldOf(organizationOf(9), func(o *awssim.Options) { o.PageSize, o.EmptyPages = 2, true })
		w.sim.Script(
			awssim.Rule{Action: "ListAccounts", After: 1, Times: 2, Fault: awssim.Throttling},
			awssim.Rule{Action: "ListAccounts", After: 2, Times: 1, Fault: awssim.Cut},
			awssim.Rule{Action: "ListAccounts", After: 3, Times: 1, Fault: awssim.Reset},
		)
		s := newSource(t, w.cfg)
		defer s.Close()
		snap := mustSnapshot(t, s, untagged)
		checkIDs(t, "read", byState(snap)[tables.StateFresh], []int{0, 1, 2, 3, 4, 5, 6, 7, 8})
	})
}

func TestNamedAccounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		org := organizationOf(5)
		org.Accounts[3].State = "SUSPENDED"
		w := worldOf(org, nil)
		s := newSource(t, w.cfg)
		defer s.Close()
		need := untagged
		need.Accounts = []string{accountID(1), accountID(3), "999999999999"}
		snap := mustSnapshot(t, s, need)
		w.checkTruth(t, snap)
		for i, want := range []int{0, 1, 0, 0, 0} {
			if n := w.sim.Calls(accountID(i), get); n != want {
				t.Errorf("account %d was asked %d times, expected %d", i, n, want)
			}
		}
		got := texts(snap)
		for _, want := range []string{"true account " + accountID(3) + " (account-3) is left out: the account is SUSPENDED", "true account 999999999999 is not among the accounts of this source"} {
			if !strings.Contains(got, want) {
				t.Errorf("the notices lack %q:\n%s", want, got)
			}
		}
	})
}
