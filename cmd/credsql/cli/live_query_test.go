package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/credsql/credsql/tables/awsiam/awssim"
	"github.com/credsql/credsql/tables/awsiam/awssim/trouble"
)

const countAll = `SELECT count(*) FROM aws.iam_credential_report`

// TestInterruptWhileFetching: Ctrl-C in the midst of fetching ends the command at once, with 130; it says what had been read,
// and that is in the cache.
func TestInterruptWhileFetching(t *testing.T) {
	signIn(t)
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(organizationOf(20))
		w.cacheDir = dir
		for i := 12; i < 20; i++ {
			w.sim.Script(awssim.Rule{Account: accountID(i), Action: trouble.Get, Fault: awssim.Hang})
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(7*time.Second, cancel)
		r := w.run(ctx, "query", "--org", countAll)
		if r.code != exitInterrupted || r.out != "" || r.errOut != "stopped: 12 of 20 accounts had been read; the cache keeps what there is\n" {
			t.Errorf("code %d, out %q, and on standard error\n%s", r.code, r.out, r.errOut)
		}
		if r.took > 7100*time.Millisecond {
			t.Errorf("took %s", r.took)
		}
		calls := w.sim.Calls("", trouble.Get)
		r = w.run(t.Context(), "query", "--org", "--offline", "--quiet", countAll)
		if want := fmt.Sprintf("count\n%d\n", 12*(usersEach+1)); r.code != exitOK || r.out != want {
			t.Errorf("offline: code %d, %q, expected %q\n%s", r.code, r.out, want, r.errOut)
		}
		w.sim.Heal()
		r = w.run(t.Context(), "query", "--org", countAll)
		if want := fmt.Sprintf("count\n%d\n", 20*(usersEach+1)); r.out != want {
			t.Errorf("afterwards: %q, expected %q", r.out, want)
		}
		if n := w.sim.Calls("", trouble.Get) - calls; n != 8 {
			t.Errorf("%d reports were asked for, although 12 of 20 are in the cache", n)
		}
	})
}

// TestInterruptWhileListing: the same before it is known which accounts there are.
func TestInterruptWhileListing(t *testing.T) {
	signIn(t)
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(organizationOf(3))
		w.sim.Script(awssim.Rule{Action: "ListAccounts", Fault: awssim.Hang})
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		if r := w.run(ctx, "accounts", "--org"); r.code != exitInterrupted || r.out+r.errOut != "" || r.took > 1100*time.Millisecond {
			t.Errorf("after %s code %d, %q %q", r.took, r.code, r.out, r.errOut)
		}
	})
}

// TestTimeLimits: each limit ends what it is for, and only --timeout ends the statement.
func TestTimeLimits(t *testing.T) {
	signIn(t)
	for _, c := range []struct {
		flag string
		code int
		says string
		took time.Duration
	}{
		{"--timeout=20s", exitTimeout, "stopped: 9 of 10 accounts had been read", 20 * time.Second},
		{"--call-timeout=2s", exitOK, "no answer in time", 25 * time.Second},
		{"--account-timeout=40s", exitOK, "not done within 40s", 40 * time.Second},
		{"--fetch-timeout=50s", exitOK, "not done in time", 50 * time.Second},
	} {
		t.Run(c.flag, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(organizationOf(10))
				w.sim.Script(awssim.Rule{Account: accountID(7), Action: trouble.Get, Fault: awssim.Hang})
				r := w.run(t.Context(), "query", "--org", c.flag, countAll)
				if r.code != c.code || !strings.Contains(r.errOut, c.says) || r.took > c.took+100*time.Millisecond {
					t.Errorf("after %s code %d and on standard error\n%s", r.took, r.code, r.errOut)
				}
			})
		})
	}
}

// TestOnlyWhatIsNeeded counts the calls that statements make: for the accounts that they name and no others, and for tags only
// if they touch them.
func TestOnlyWhatIsNeeded(t *testing.T) {
	signIn(t)
	const details = "GetAccountAuthorizationDetails"
	one, two := accountID(3), accountID(7)
	for _, c := range []struct {
		sql      string
		accounts []string // nil: all
		tags     bool
	}{
		{countAll, nil, false},
		{`SELECT "user", mfa_active FROM aws.iam_credential_report`, nil, false},
		{`SELECT * FROM aws.iam_credential_report`, nil, true},
		{`SELECT count(*) FROM aws.iam_credential_report WHERE tags->'team' = 'data'`, nil, true},
		{countAll + ` WHERE account_id = '` + one + `'`, []string{one}, false},
		{countAll + ` WHERE mfa_active AND account_id = '` + one + `' AND password_enabled`, []string{one}, false},
		{countAll + ` WHERE account_id IN ('` + one + `', '` + two + `')`, []string{one, two}, false},
		{countAll + ` WHERE account_id = '` + one + `' OR mfa_active`, nil, false},
		{`SELECT tags FROM aws.iam_credential_report WHERE account_id = '` + two + `'`, []string{two}, true},
		{`WITH r AS (SELECT * FROM aws.iam_credential_report) SELECT "user" FROM r WHERE account_id = '` + one + `'`, []string{one}, false},
		{`SELECT state FROM credsql.accounts WHERE account_id = '` + one + `'`, []string{one}, false},
		{`SELECT kind FROM credsql.credentials WHERE account_id = '` + one + `'`, []string{one}, false},
		{`SELECT line FROM credsql.raw_report WHERE account_id = '` + one + `'`, []string{one}, false},
		{`SELECT 1 AS x`, []string{}, false},
		{`SELECT nothing FROM aws.iam_credential_report`, []string{}, false},
	} {
		t.Run(c.sql, func(t *testing.T) {
			w := newWorld(organizationOf(10))
			w.run(t.Context(), "query", "--org", c.sql)
			for i, id := range w.sim.Accounts() {
				want := 0
				if c.accounts == nil || strings.Contains(strings.Join(c.accounts, " "), id) {
					want = 1
				}
				if n := w.sim.Calls(id, trouble.Get); n != want {
					t.Errorf("account %d: its report was asked for %d times, expected %d", i, n, want)
				}
				if n := w.sim.Calls(id, details); n != 0 && !(c.tags && want == 1) || n == 0 && c.tags && want == 1 {
					t.Errorf("account %d: its tags were asked for %d times", i, n)
				}
			}
		})
	}
}

// TestMFA: a profile that demands a code asks the person at the terminal once, and the code is shown nowhere.
func TestMFA(t *testing.T) {
	signIn(t)
	w := newWorld(organizationOf(2))
	id, secret := w.sim.Credentials(accountID(0))
	file := filepath.Join(t.TempDir(), "config")
	config := fmt.Sprintf("[profile base]\naws_access_key_id = %s\naws_secret_access_key = %s\n[profile mfa]\nsource_profile = base\n"+
		"role_arn = arn:aws:iam::%s:role/any\nmfa_serial = arn:aws:iam::%s:mfa/me\n", id, secret, accountID(1), accountID(0))
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_CONFIG_FILE", file)
	asked := 0
	run := func(answer string, problem error) ran {
		var out, errOut strings.Builder
		code := Main(t.Context(), []string{"query", "--profile", "mfa", "--endpoint", "https://sim.invalid", `SELECT account_id FROM credsql.accounts`}, IO{
			In: strings.NewReader(""), Out: &out, Err: &errOut, Env: func(string) (string, bool) { return "", false },
			Clock: time.Now, Transport: w.sim.Transport(),
			Secret: func(_ context.Context, prompt string) (string, error) {
				asked++
				if prompt != "MFA code: " {
					t.Errorf("the prompt is %q", prompt)
				}
				return answer, problem
			},
		})
		return ran{code: code, out: out.String(), errOut: errOut.String()}
	}
	if r := run("730194", nil); r.code != exitOK || asked != 1 || !strings.Contains(r.out, accountID(1)) || strings.Contains(r.out+r.errOut, "730194") {
		t.Errorf("asked %d times, code %d, %q %q", asked, r.code, r.out, r.errOut)
	}
	if r := run("", errors.New("nothing was entered")); r.code != exitSource || !strings.Contains(r.errOut, "nothing was entered") {
		t.Errorf("code %d, %q", r.code, r.errOut)
	}
}
