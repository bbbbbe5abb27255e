package awsiam

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/awsiam/awssim"
	"gopkg.in/yaml.v3"
)

const policies = "../../examples/iam"

// allowed are the actions that a policy of the examples allows.
func allowed(t *testing.T, name string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(policies, name))
	if err != nil {
		t.Fatal(err)
	}
	var policy struct {
		Version   string
		Statement []struct {
			Effect string
			Action json.RawMessage
		}
	}
	if err := json.Unmarshal(data, &policy); err != nil || policy.Version != "2012-10-17" {
		t.Fatalf("%s: version %q, %v", name, policy.Version, err)
	}
	var all []string
	for _, s := range policy.Statement {
		var one string
		var many []string
		if json.Unmarshal(s.Action, &one) == nil {
			many = []string{one}
		} else if err := json.Unmarshal(s.Action, &many); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all = append(all, many...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// TestPoliciesAreMinimal runs what each policy of the examples is for, and compares the actions it allows with those that
// were called: no more, no less.
func TestPoliciesAreMinimal(t *testing.T) {
	cases := []struct {
		name   string
		policy string
		need   tables.Need
		config []func(*Config)
		deny   string
	}{
		{name: "one account", policy: "one-account.json", need: untagged, config: []func(*Config){single}},
		{name: "with tags", policy: "one-account-with-tags.json", need: everything, config: []func(*Config){single}},
		{name: "with tags one by one", policy: "one-account-with-tags-only.json", need: everything, config: []func(*Config){single}, deny: "iam:GetAccountAuthorizationDetails"},
		{name: "organization", policy: "organization-caller.json", need: everything, config: []func(*Config){nil, withoutUnit}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				org := unitsOrganization()
				for i := range org.Accounts {
					org.Accounts[i].Report = awssim.Existing{}
				}
				if c.deny != "" {
					org.Accounts[0].Deny = []string{c.deny}
				}
				w := worldOf(org, nil)
				for _, change := range c.config {
					cfg := w.cfg
					if change != nil {
						change(&cfg)
					}
					s := newSource(t, cfg)
					mustSnapshot(t, s, c.need)
					s.Close()
				}
				called := w.sim.Actions()
				for _, free := range []string{"sts:GetCallerIdentity", c.deny} { // the first needs no permission
					called = slices.DeleteFunc(called, func(a string) bool { return a == free })
				}
				if c.policy == "organization-caller.json" { // called only to explain a denial
					called = append(called, "organizations:DescribeOrganization")
				}
				slices.Sort(called)
				if got := allowed(t, c.policy); !slices.Equal(got, called) {
					t.Errorf("%s allows %v, called were %v", c.policy, got, called)
				}
			})
		})
	}
}

func single(c *Config)      { c.Org = false }
func withoutUnit(c *Config) { c.ExcludeOUs = []string{"ou-test-inner0001"} }

// TestStackSet sees that the template is well-formed and allows what a member account must, and nothing else.
func TestStackSet(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(policies, "stackset.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		t.Fatal(err)
	}
	var actions []string
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		if n.Kind == yaml.ScalarNode && strings.HasPrefix(n.Value, "iam:") {
			actions = append(actions, n.Value)
		}
		for _, c := range n.Content {
			walk(c)
		}
	}
	walk(&root)
	slices.Sort(actions)
	if want := allowed(t, "one-account-with-tags.json"); !slices.Equal(actions, want) {
		t.Errorf("the template allows %v, expected %v", actions, want)
	}
}
