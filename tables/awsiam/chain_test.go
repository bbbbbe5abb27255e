package awsiam

import (
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/awsiam/awssim"
)

// giver stands beside the simulation and gives credentials as instances, containers, sign-ins and identity providers do. Each
// time they are another session of the management account.
type giver struct {
	sim      *awssim.Sim
	lifetime time.Duration
	given    int
	asked    []string // paths of the requests for credentials
}

func (g *giver) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, ok, err := g.answer(r)
	if err != nil {
		return nil, err
	}
	if !ok {
		return g.sim.Transport().RoundTrip(r)
	}
	header := http.Header{"Content-Type": {"application/json"}, "X-Aws-Ec2-Metadata-Token-Ttl-Seconds": {"21600"}}
	if strings.HasPrefix(answer, "<") {
		header.Set("Content-Type", "text/xml")
	}
	return &http.Response{
		Status: "200 OK", StatusCode: http.StatusOK, ProtoMajor: 1, ProtoMinor: 1, Header: header, ContentLength: int64(len(answer)),
		Body: io.NopCloser(strings.NewReader(answer)), Request: r,
	}, nil
}

func (g *giver) serve(w http.ResponseWriter, r *http.Request) {
	text, _, _ := g.answer(r)
	_, _ = io.WriteString(w, text)
}

// answer is what a giver of credentials says; ok is false for a request that is the simulation's.
func (g *giver) answer(r *http.Request) (text string, ok bool, err error) {
	const instance = "/latest/meta-data/iam/security-credentials/"
	body := ""
	if r.Method == http.MethodPost {
		read, err := io.ReadAll(r.Body)
		if err != nil {
			return "", false, err
		}
		body = string(read)
		r.Body = io.NopCloser(strings.NewReader(body))
	}
	give := func(form string) (string, bool, error) {
		g.given++
		g.asked = append(g.asked, r.URL.Host+r.URL.Path)
		c := g.sim.Session(accountID(0), "machine", g.lifetime)
		return strings.NewReplacer("ID", c.AccessKeyID, "SECRET", c.SecretAccessKey, "TOKEN", c.Token,
			"MILLIS", fmt.Sprint(c.Expires.UnixMilli()), "TIME", c.Expires.UTC().Format(time.RFC3339)).Replace(form), true, nil
	}
	switch {
	case r.URL.Host == "169.254.169.254" && r.URL.Path == "/latest/api/token":
		return "session", true, nil
	case r.URL.Host == "169.254.169.254" && r.URL.Path == instance:
		return "machine", true, nil
	case r.URL.Host == "169.254.169.254" && r.URL.Path == instance+"machine":
		return give(`{"Code":"Success","Type":"AWS-HMAC","AccessKeyId":"ID","SecretAccessKey":"SECRET","Token":"TOKEN","Expiration":"TIME"}`)
	case r.URL.Path == "/container":
		return give(`{"AccessKeyId":"ID","SecretAccessKey":"SECRET","Token":"TOKEN","Expiration":"TIME"}`)
	case r.URL.Path == "/federation/credentials" && r.Header.Get("X-Amz-Sso_bearer_token") == "signed-in":
		return give(`{"roleCredentials":{"accessKeyId":"ID","secretAccessKey":"SECRET","sessionToken":"TOKEN","expiration":MILLIS}}`)
	case strings.Contains(body, "Action=AssumeRoleWithWebIdentity") && strings.Contains(body, "WebIdentityToken=from-the-provider"):
		return give(`<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials>` +
			`<AccessKeyId>ID</AccessKeyId><SecretAccessKey>SECRET</SecretAccessKey><SessionToken>TOKEN</SessionToken><Expiration>TIME</Expiration>` +
			`</Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`)
	}
	return "", false, nil
}

// signedIn writes what `aws sso login` leaves behind, under a home of its own.
func signedIn(t *testing.T, start string, until time.Time) {
	t.Helper()
	home := t.TempDir()
	t.Setenv("HOME", home)
	dir := filepath.Join(home, ".aws", "sso", "cache")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	name := sha1.Sum([]byte(start))
	token := fmt.Sprintf(`{"accessToken":"signed-in","expiresAt":"%s"}`, until.UTC().Format(time.RFC3339))
	if err := os.WriteFile(filepath.Join(dir, hex.EncodeToString(name[:])+".json"), []byte(token), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestCredentialChain reads accounts with whatever the SDK's chain gives: SSO, web identity, a container's and an instance's
// credentials.
func TestCredentialChain(t *testing.T) {
	const start = "https://example.awsapps.com/start"
	sso := "[profile chosen]\nsso_start_url = " + start + "\nsso_region = us-east-1\nsso_account_id = " + accountID(0) + "\nsso_role_name = audit\n"
	cases := map[string]struct {
		profile string
		env     func(t *testing.T)
		asked   string // empty: it fails
		says    string
	}{
		"SSO":            {profile: sso, env: func(t *testing.T) { signedIn(t, start, time.Now().Add(time.Hour)) }, asked: "/federation/credentials"},
		"SSO, ended":     {profile: sso, env: func(t *testing.T) { signedIn(t, start, time.Now().Add(-time.Hour)) }, says: "the SSO session has ended: sign in again with `aws sso login`"},
		"SSO, not begun": {profile: sso, env: func(t *testing.T) { t.Setenv("HOME", t.TempDir()) }, says: "sign in again with `aws sso login`"},
		"web identity": {env: func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "token")
			if err := os.WriteFile(file, []byte("from-the-provider"), 0o600); err != nil {
				t.Fatal(err)
			}
			t.Setenv("AWS_WEB_IDENTITY_TOKEN_FILE", file)
			t.Setenv("AWS_ROLE_ARN", "arn:aws:iam::"+accountID(0)+":role/machine")
		}, asked: "/"},
		"instance":  {env: func(t *testing.T) { t.Setenv("AWS_EC2_METADATA_DISABLED", "false") }, asked: "169.254.169.254/latest/meta-data/iam/security-credentials/machine"},
		"container": {env: func(*testing.T) {}, asked: "/container"},
		"none":      {env: func(*testing.T) {}, says: "no usable credentials"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := worldOf(organizationOf(3), nil)
			w.setUpProfiles(t, c.profile)
			c.env(t)
			g := &giver{sim: w.sim, lifetime: time.Hour}
			if name == "container" { // the SDK asks that by a client of its own, on this machine or its link alone
				agent := httptest.NewServer(http.HandlerFunc(g.serve))
				defer agent.Close()
				t.Setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", agent.URL+"/container")
			}
			w.cfg.Transport, w.cfg.Org = g, true
			if c.profile != "" {
				w.cfg.Profiles = []string{"chosen"}
			}
			s := newSource(t, w.cfg)
			defer s.Close()
			snap, err := s.Snapshot(t.Context(), untagged)
			if c.asked == "" {
				if err == nil || !strings.Contains(err.Error(), c.says) {
					t.Errorf("got %v, expected %q", err, c.says)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			checkIDs(t, "read", byState(snap)[tables.StateFresh], []int{0, 1, 2})
			w.checkTruth(t, snap)
			if g.given != 1 || !strings.HasSuffix(g.asked[0], c.asked) {
				t.Errorf("credentials were asked for %d times: %v", g.given, g.asked)
			}
		})
	}
}

// TestCredentialsThatEndHalfWay has the credentials that enter the accounts live for a part of the time that reading takes:
// they are renewed, and nobody is missing.
func TestCredentialsThatEndHalfWay(t *testing.T) {
	w := worldOf(organizationOf(1), nil)
	w.setUpProfiles(t, "")
	t.Setenv("AWS_EC2_METADATA_DISABLED", "false")
	synctest.Test(t, func(t *testing.T) {
		w := worldOf(organizationOf(30), func(o *awssim.Options) { o.Latency = 15 * time.Second })
		g := &giver{sim: w.sim, lifetime: 8 * time.Minute}
		w.cfg.Transport, w.cfg.static, w.cfg.Concurrency = g, nil, 1
		s := newSource(t, w.cfg)
		defer s.Close()
		start := time.Now()
		snap := mustSnapshot(t, s, untagged)
		if n := len(byState(snap)[tables.StateFresh]); n != 30 || hasIncomplete(snap) {
			t.Errorf("%d accounts of 30:\n%s", n, texts(snap))
		}
		w.checkTruth(t, snap)
		if took := time.Since(start); g.given < 2 || took < g.lifetime {
			t.Errorf("credentials were given %d times in %s", g.given, took)
		}
	})
}
