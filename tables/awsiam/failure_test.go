package awsiam

import (
	"bytes"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/credsql/credsql/tables/awsiam/awssim"
)

func TestRedact(t *testing.T) {
	for text, want := range map[string]string{
		"User: arn:aws:sts::100000000001:assumed-role/OrganizationAccountAccessRole/credsql is not authorized": "User: arn:aws:sts::100000000001:assumed-role/OrganizationAccountAccessRole/credsql is not authorized",
		"key AKIAIOSFODNN7EXAMPLE is bad":                 "key (key) is bad",
		"token=IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWV":   "(hidden)",
		"secret wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY": "secret (hidden)",
		"two\nlines\x1b[31m\tand colour":                  "two lines [31m and colour",
		strings.Repeat("ab ", 300):                        strings.Repeat("ab ", 133) + "a…",
	} {
		if got := redact(text); got != want {
			t.Errorf("redact(%q)\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestSpoken(t *testing.T) {
	for d, want := range map[time.Duration]string{4 * time.Hour: "4h", 31*time.Hour + 5*time.Minute: "31h5m", 90 * time.Second: "1m30s", 5 * time.Minute: "5m", 0: "0s"} {
		if got := spoken(d); got != want {
			t.Errorf("spoken(%s) = %s, expected %s", d, got, want)
		}
	}
}

// TestNoSecretIsTold has AWS repeat the caller's secrets in its errors, as it does when a signature does not match, and looks
// for them in notices, errors, logs and cache files.
func TestNoSecretIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := worldOf(organizationOf(6), nil)
		dir := t.TempDir()
		w.cfg.CacheDir, w.cfg.ExternalID = dir, "agreed-upon-id"
		secrets := &secretSpy{next: w.cfg.Transport}
		w.cfg.Transport = secrets
		var log bytes.Buffer
		w.cfg.Logger = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		_, secret := w.sim.Credentials(accountID(0))
		loud := "The Canonical String should have been 'host:iam\\nx-amz-security-token:SIMTOKEN0123456789abcdef0123456789abcdef0123456789ab' with " + secret
		for i, code := range []string{"SignatureDoesNotMatch", "AccessDenied", "ValidationError", "Throttling", "InternalFailure"} {
			status := 403
			if code == "InternalFailure" {
				status = 500
			}
			w.sim.Script(awssim.Rule{Account: accountID(i + 1), Action: get, Fault: awssim.Fault{Status: status, Code: code, Message: loud}})
		}
		s := newSource(t, w.cfg)
		defer s.Close()
		snap := mustSnapshot(t, s, everything)
		said := texts(snap) + log.String()
		for _, a := range snap.Coverage().Accounts {
			said += a.Error + a.Source
		}
		said += allFiles(t, dir)
		for _, hidden := range append(secrets.seen(), secret, "SIMTOKEN", "agreed-upon-id") {
			if strings.Contains(said, hidden) {
				t.Errorf("%q is told", hidden)
			}
		}
		if !strings.Contains(said, "ValidationError") || log.Len() == 0 {
			t.Errorf("nothing is told at all:\n%s", said)
		}
	})
}

func allFiles(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		b.Write(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestDenialInFewWords(t *testing.T) {
	f := &failure{action: "iam:GetCredentialReport"}
	const who = "arn:aws:sts::100000000001:assumed-role/r/s"
	for message, want := range map[string]string{
		"User: " + who + " is not authorized to perform: iam:GetCredentialReport on resource: *":                                                                            " to " + who,
		"User: " + who + " is not authorized to perform: iam:GetCredentialReport on resource: * with an explicit deny in a service control policy":                          " to " + who + " with an explicit deny in a service control policy",
		"User: " + who + " is not authorized to perform: iam:GetCredentialReport on resource: * because no identity-based policy allows the iam:GetCredentialReport action": " to " + who + " because no identity-based policy allows the iam:GetCredentialReport action",
		"User: " + who + " is not authorized to perform: iam:GetCredentialReport on resource: arn:aws:iam::1:x":                                                             " to " + who + " on arn:aws:iam::1:x",
		"User: " + who + " is not authorized to perform: iam:Other on resource: *":                                                                                          ": User: " + who + " is not authorized to perform: iam:Other on resource: *",
		"Something else": ": Something else",
	} {
		if got := f.detail(message); got != want {
			t.Errorf("%s\n got %q\nwant %q", message, got, want)
		}
	}
}
