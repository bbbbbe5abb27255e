package awsiam

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/credsql/credsql/tables"
)

// setUpProfiles writes an AWS configuration in which each account of the world has a profile, and no other credentials exist.
// It changes the environment, so tests that use it do not run beside others.
func (w *world) setUpProfiles(t *testing.T, more string) {
	t.Helper()
	dir := t.TempDir()
	var b strings.Builder
	for i, id := range w.sim.Accounts() {
		key, secret := w.sim.Credentials(id)
		fmt.Fprintf(&b, "[profile p%d]\naws_access_key_id = %s\naws_secret_access_key = %s\n\n", i, key, secret)
	}
	path := filepath.Join(dir, "config")
	if err := os.WriteFile(path, []byte(b.String()+more), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"AWS_CONFIG_FILE": path, "AWS_SHARED_CREDENTIALS_FILE": filepath.Join(dir, "none"), "AWS_EC2_METADATA_DISABLED": "true",
		"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_SESSION_TOKEN": "", "AWS_PROFILE": "", "AWS_REGION": "", "AWS_CA_BUNDLE": "",
	} {
		t.Setenv(name, value)
	}
	w.cfg.Org, w.cfg.static = false, nil
}

func TestProfiles(t *testing.T) {
	w := worldOf(organizationOf(3), nil)
	w.setUpProfiles(t, "")
	w.cfg.Profiles = []string{"p1", "p2", "p1"}
	s := newSource(t, w.cfg)
	defer s.Close()
	snap := mustSnapshot(t, s, everything)
	checkIDs(t, "read", byState(snap)[tables.StateFresh], []int{1, 2})
	if got := standingOf(t, snap, accountID(2)).Source; got != "profile p2" {
		t.Errorf("account 2 was read with %s", got)
	}
	w.checkTruth(t, snap)
}

// TestBrokenProfile has one profile of two not work: the other's rows come, and the loss is said, also where the statement
// names accounts, since nobody knows which account the profile is of.
func TestBrokenProfile(t *testing.T) {
	w := worldOf(organizationOf(2), nil)
	w.setUpProfiles(t, "[profile bad]\naws_access_key_id = AKIAAAAAAAAAAAAAAAAA\naws_secret_access_key = x\n[profile none]\nregion = eu-west-1\n")
	for profile, says := range map[string]string{
		"bad":     "sts:GetCallerIdentity: the access key is not valid (InvalidClientTokenId)",
		"none":    "no usable credentials",
		"missing": "there is no such profile",
	} {
		t.Run(profile, func(t *testing.T) {
			cfg := w.cfg
			cfg.Profiles = []string{"p1", profile}
			s := newSource(t, cfg)
			defer s.Close()
			need := untagged
			need.Accounts = []string{accountID(1)}
			snap := mustSnapshot(t, s, need)
			w.checkTruth(t, snap)
			if got := texts(snap); !hasIncomplete(snap) || !strings.Contains(got, "profile "+profile+" could not be read: "+says) {
				t.Errorf("notices:\n%s", got)
			}
			cfg.Profiles = []string{profile}
			alone := newSource(t, cfg)
			defer alone.Close()
			_, err := alone.Snapshot(t.Context(), untagged)
			var e *Error
			if !errors.As(err, &e) || !e.Denied || !strings.Contains(e.Message, says) {
				t.Errorf("alone: %v", err)
			}
		})
	}
}

func TestRoles(t *testing.T) {
	org := organizationOf(3)
	org.Accounts[1].Roles, org.Accounts[1].ExternalID = []string{"audit"}, "agreed-upon"
	org.Accounts[2].Roles = []string{"other"}
	w := worldOf(org, nil)
	w.setUpProfiles(t, "")
	w.cfg.Profiles = []string{"p0"}
	w.cfg.ExternalID, w.cfg.SessionName = "agreed-upon", "night-audit"
	w.cfg.RoleARNs = []string{"arn:aws:iam::" + accountID(1) + ":role/team/audit", "arn:aws:iam::" + accountID(2) + ":role/audit"}
	s := newSource(t, w.cfg)
	defer s.Close()
	snap := mustSnapshot(t, s, untagged)
	checkIDs(t, "read", byState(snap)[tables.StateFresh], []int{1})
	checkIDs(t, "denied", byState(snap)[tables.StateDenied], []int{2})
	if strings.Contains(texts(snap), "agreed-upon") {
		t.Errorf("the external id is shown:\n%s", texts(snap))
	}
	if n := w.sim.Calls(accountID(0), get); n != 0 {
		t.Error("the account of the profile that assumes the roles was read")
	}
}

func TestPartitions(t *testing.T) {
	org := organizationOf(2)
	for i := range org.Accounts {
		org.Accounts[i].Partition = "aws-us-gov"
	}
	w := worldOf(org, nil)
	w.setUpProfiles(t, "")
	w.cfg.Org, w.cfg.Profiles = true, []string{"p0"}
	s := newSource(t, w.cfg)
	defer s.Close()
	snap := mustSnapshot(t, s, untagged)
	w.checkTruth(t, snap)
	if a := standingOf(t, snap, accountID(1)); a.Partition != "aws-us-gov" || a.Source != "role arn:aws-us-gov:iam::"+accountID(1)+":role/"+defaultRole {
		t.Errorf("got %+v", a)
	}
	for region, want := range map[string]string{"us-gov-east-1": "aws-us-gov", "cn-northwest-1": "aws-cn", "eu-west-1": "aws", "us-iso-west-1": "aws-iso", "us-isob-east-1": "aws-iso-b", "eusc-de-east-1": "aws-eusc"} {
		if got := partitionOf(region); got != want {
			t.Errorf("region %s is in %s, expected %s", region, got, want)
		}
		if got := partitionOf(firstRegion(want)); got != want {
			t.Errorf("the first region of %s is in %s", want, got)
		}
	}
}

// TestCredentialProcessOutputIsNotShown has a credential_process print a secret in place of JSON.
func TestCredentialProcessOutputIsNotShown(t *testing.T) {
	w := worldOf(organizationOf(1), nil)
	w.setUpProfiles(t, "[profile talkative]\ncredential_process = echo my-secret-word\n")
	w.cfg.Profiles = []string{"talkative"}
	s := newSource(t, w.cfg)
	defer s.Close()
	_, err := s.Snapshot(t.Context(), untagged)
	if err == nil || strings.Contains(err.Error(), "my-secret-word") || !strings.Contains(err.Error(), "credential_process") {
		t.Errorf("got %v", err)
	}
}

// TestProfileThatAssumesARole sees that the credential chain's own calls go where the others go.
func TestProfileThatAssumesARole(t *testing.T) {
	w := worldOf(organizationOf(2), nil)
	w.setUpProfiles(t, "[profile chained]\nsource_profile = p0\nrole_arn = arn:aws:iam::"+accountID(1)+":role/any\n")
	w.cfg.Profiles = []string{"chained"}
	s := newSource(t, w.cfg)
	defer s.Close()
	snap := mustSnapshot(t, s, untagged)
	checkIDs(t, "read", byState(snap)[tables.StateFresh], []int{1})
	if n := w.sim.Calls(accountID(1), assume); n != 1 {
		t.Errorf("the role was assumed %d times", n)
	}
}

func TestMFAToken(t *testing.T) {
	w := worldOf(organizationOf(2), nil)
	w.setUpProfiles(t, "[profile mfa]\nsource_profile = p0\nrole_arn = arn:aws:iam::"+accountID(1)+":role/any\nmfa_serial = arn:aws:iam::"+accountID(0)+":mfa/me\nregion = us-east-1\n")
	w.cfg.Profiles = []string{"mfa"}
	asked := false
	w.cfg.MFAToken = func() (string, error) {
		asked = true
		return "", errors.New("the user pressed Ctrl-D")
	}
	s := newSource(t, w.cfg)
	defer s.Close()
	_, err := s.Snapshot(t.Context(), untagged)
	if err == nil || !asked || !strings.Contains(err.Error(), "the user pressed Ctrl-D") {
		t.Errorf("asked: %v, got %v", asked, err)
	}
}

// TestNewAsksNothing sees that a source is made without a call, and without credentials.
func TestNewAsksNothing(t *testing.T) {
	w := worldOf(organizationOf(1), nil)
	s := newSource(t, w.cfg)
	s.Close()
	if n := w.sim.Calls("", "GetCallerIdentity"); n != 0 {
		t.Errorf("%d calls", n)
	}
	if got := len(s.Tables()); got != 4 {
		t.Errorf("%d tables", got)
	}
}

func TestConfigIsChecked(t *testing.T) {
	cases := map[string]Config{
		"Clock is required":        {},
		"is negative":              {MaxAge: -time.Second},
		"cannot be read together":  {Org: true, RoleARNs: []string{"arn:aws:iam::100000000001:role/x"}},
		"one --profile at most":    {Org: true, Profiles: []string{"a", "b"}},
		"only with --org":          {OUs: []string{"ou-test-abcdefgh"}},
		"exclude each other":       {Offline: true, Refresh: true, CacheDir: "x"},
		"needs a cache folder":     {Offline: true},
		"session name":             {SessionName: "a b"},
		"give the name, not":       {OrgRole: "arn:aws:iam::100000000001:role/x"},
		"external id is not valid": {ExternalID: "a b"},
		"is not the ARN of a role": {RoleARNs: []string{"arn:aws:iam::100000000001:user/x"}},
		"is not an account id":     {IncludeAccounts: []string{"12"}},
		"organizational unit":      {Org: true, OUs: []string{"unit"}},
		"over plain http":          {Endpoint: "http://example.com"},
		"is not a URL":             {Endpoint: "example.com"},
		"user name or password":    {Endpoint: "https://a:b@example.com"},
	}
	for says, cfg := range cases {
		if says != "Clock is required" {
			cfg.Clock = time.Now
		}
		if _, err := New(context.Background(), cfg); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%+v: got %v, expected %q", cfg, err, says)
		} else if strings.Contains(err.Error(), "a:b@") {
			t.Errorf("shows a password: %v", err)
		}
	}
}

// TestOneCallAtATime sees that a single place is enough for every way in: nothing waits for a place while it holds one.
func TestOneCallAtATime(t *testing.T) {
	w := worldOf(organizationOf(3), nil)
	w.setUpProfiles(t, "")
	for name, change := range map[string]func(*Config){
		"organization": func(c *Config) { c.Org, c.Profiles = true, []string{"p0"} },
		"profiles":     func(c *Config) { c.Profiles = []string{"p0", "p1", "p2"} },
		"roles": func(c *Config) {
			c.Profiles, c.RoleARNs = []string{"p0"}, []string{"arn:aws:iam::" + accountID(1) + ":role/any"}
		},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := w.cfg
			cfg.Concurrency, cfg.Timeouts.Total = 1, 20*time.Second
			change(&cfg)
			s := newSource(t, cfg)
			defer s.Close()
			snap := mustSnapshot(t, s, everything)
			if hasIncomplete(snap) {
				t.Error(texts(snap))
			}
			w.checkTruth(t, snap)
		})
	}
}
