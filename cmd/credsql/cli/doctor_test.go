package cli

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/credsql/credsql/tables/awsiam/awssim"
	"github.com/credsql/credsql/tables/awsiam/awssim/trouble"
)

// found is what doctor shows of one check: the verdict, what it is about, and what to do.
type found struct{ verdict, text, fix string }

func readFindings(t *testing.T, out string) []found {
	t.Helper()
	var list []found
	for line := range strings.Lines(out) {
		switch {
		case strings.HasPrefix(line, "ok  "), strings.HasPrefix(line, "warn"), strings.HasPrefix(line, "FAIL"):
			list = append(list, found{verdict: strings.TrimSpace(line[:4]), text: strings.TrimSpace(line[4:])})
		case strings.Contains(line, "→ "):
			list[len(list)-1].fix = strings.TrimSpace(line)
		default:
			list[len(list)-1].text += "\n" + strings.TrimSpace(line)
		}
	}
	for _, f := range list {
		if f.verdict != "ok" && f.fix == "" {
			t.Errorf("%s: %s: and what to do about it?", f.verdict, f.text)
		}
	}
	return list
}

// has says whether a finding with this verdict says a text.
func has(list []found, verdict, text string) bool {
	for _, f := range list {
		if f.verdict == verdict && strings.Contains(f.text, text) {
			return true
		}
	}
	return false
}

// TestDoctorFaults has every fault hit one account of three, and all: what is missing is found, with what to do, and only an answer of
// nothing at all is a failure.
func TestDoctorFaults(t *testing.T) {
	signIn(t)
	const accounts = 3
	for _, c := range trouble.Cases() {
		for _, hit := range []int{1, accounts} {
			t.Run(c.Name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					f := faulty{Case: c, accounts: accounts, hit: hit}
					missing, all := f.missing()
					r := f.run(t, "doctor")
					list := readFindings(t, r.out)
					if !has(list, "ok", "credentials arn:aws:") {
						t.Errorf("%s\n%s", r.out, r.errOut)
					}
					switch {
					case all && (r.code != exitSource || !has(list, "FAIL", c.Says)):
						t.Errorf("code %d of an organization that cannot be read:\n%s", r.code, r.out)
					case missing && !all && (r.code != exitOK || !has(list, "warn", c.Says)):
						t.Errorf("code %d with some accounts missing:\n%s", r.code, r.out)
					case !missing && (r.code != exitOK || has(list, "FAIL", "")):
						t.Errorf("code %d with nothing missing:\n%s", r.code, r.out)
					}
				})
			})
		}
	}
}

// TestDoctorCaller: credentials that are wrong are told with what to do, by kind.
func TestDoctorCaller(t *testing.T) {
	signIn(t)
	for name, c := range map[string]struct {
		fault     awssim.Fault
		says, fix string
	}{
		"unknown key": {awssim.InvalidClientTokenID, "the access key is not valid", "aws sso login"},
		"expired":     {awssim.ExpiredToken, "the credentials have expired", "aws sso login"},
		"signature":   {awssim.BadSignature, "the secret access key is not right", "set this machine's clock"},
		"denied":      {awssim.AccessDenied, "not allowed", "docs/live.md"},
		"portal":      {awssim.Portal, "could not be understood", ""},
		"reset":       {awssim.Reset, "the connection broke off", "HTTPS_PROXY"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(organizationOf(2))
				w.sim.Script(awssim.Rule{Action: "GetCallerIdentity", Fault: c.fault})
				r := w.run(t.Context(), "doctor", "--org")
				for _, f := range readFindings(t, r.out) {
					if f.verdict == "FAIL" && strings.Contains(f.text, c.says) && strings.Contains(f.fix, c.fix) {
						if r.code != exitSource {
							t.Errorf("code %d", r.code)
						}
						return
					}
				}
				t.Errorf("nothing says %q with %q:\n%s", c.says, c.fix, r.out)
			})
		})
	}
}

// TestDoctorClock compares our clock with that of AWS's answers.
func TestDoctorClock(t *testing.T) {
	for ahead, want := range map[time.Duration]string{
		0: "ok clock agrees with AWS's", 59 * time.Second: "ok clock agrees with AWS's", -2 * time.Minute: "warn clock 2m0s behind AWS's",
		5 * time.Minute: "FAIL clock 5m0s ahead of AWS's", -30 * time.Minute: "FAIL clock 30m0s behind AWS's",
	} {
		if f := clockFinding(ahead); strings.Join([]string{string(f.verdict), f.about, f.text}, " ") != want || (f.verdict == good) != (f.fix == "") {
			t.Errorf("%s: %+v, want %s", ahead, f, want)
		}
	}
	signIn(t)
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(organizationOf(1))
		w.sim.Script(awssim.Rule{Fault: awssim.Skewed})
		r := w.run(t.Context(), "doctor")
		if list := readFindings(t, r.out); !has(list, "FAIL", "30m0s behind AWS's") || r.code != exitSource {
			t.Errorf("code %d:\n%s", r.code, r.out)
		}
	})
}

// cableless is a network without a cable.
type cableless struct{}

func (cableless) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("no route to host")
}

// TestDoctorMachine: the network, the cache, the history and the terminal.
func TestDoctorMachine(t *testing.T) {
	signIn(t)
	dir := t.TempDir()
	open, history := filepath.Join(dir, "open"), filepath.Join(dir, "state", "credsql")
	for _, d := range []string{open, history} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	foreign := filepath.Join(open, strings.Repeat("0", 32)+".credsql")
	for _, f := range []string{foreign, filepath.Join(history, "history")} {
		if err := os.WriteFile(f, []byte("not of this program\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	streams, out, _ := testIO()
	streams.Transport, streams.CacheDir, streams.StateDir = cableless{}, "", filepath.Join(dir, "state")
	streams.InTTY, streams.OutTTY, streams.Width = true, true, 50
	streams.Env = func(name string) (string, bool) {
		v, ok := map[string]string{"TERM": "xterm", "LANG": "de_DE.ISO-8859-1", "NO_COLOR": "1", "AWS_REGION": "cn-north-1"}[name]
		return v, ok
	}
	code := Main(t.Context(), []string{"doctor", "--cache-dir", open, "--account-timeout", "1s", "--fetch-timeout", "1s"}, streams)
	list := readFindings(t, out.String())
	for _, want := range [][2]string{
		{"warn", "terminal    xterm, 50 columns"}, {"warn", "history can be read by others"}, {"warn", "cache       " + open}, {"warn", "is ignored"},
		{"FAIL", `Head "https://sts.cn-north-1.amazonaws.com.cn": no route to host`}, {"FAIL", "credentials"}, {"FAIL", "reports"},
	} {
		if !has(list, want[0], want[1]) {
			t.Errorf("%v is not told:\n%s", want, out)
		}
	}
	if code != exitSource || strings.Contains(out.String(), "\x1b") {
		t.Errorf("code %d:\n%q", code, out)
	}
}
