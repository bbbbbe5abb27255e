package cli

import (
	"bytes"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/credsql/credsql/tables/awsiam/awssim"
	"github.com/credsql/credsql/tables/awsiam/awssim/trouble"
)

func TestProgressText(t *testing.T) {
	t.Parallel()
	some := fetched{Listed: 1000, Accounts: 1000, Done: 232, Failed: 18, Waiting: 12, Rows: 120340}
	for _, c := range []struct {
		f     fetched
		left  time.Duration
		width int
		want  string
	}{
		{fetched{}, 0, 59, "asking AWS"},
		{fetched{Listed: 340}, 0, 59, "listing accounts, 340 accounts so far"},
		{fetched{Listed: 12, Accounts: 12}, 0, 59, "[------------------------------] 0/12, 0 rows"},
		{some, time.Minute, 100, "[#######-----------------------] 232/1000, 12 waiting, 18 failed, 120340 rows, 1m0s left"},
		{some, time.Minute, 59, "232/1000, 12 waiting, 18 failed, 120340 rows, 1m0s left"},
		{some, time.Minute, 50, "[#----] 232/1000, 12 waiting, 18 failed, 1m0s left"},
		{some, time.Minute, 35, "232/1000, 18 failed, 1m0s left"},
		{some, time.Minute, 10, "232/1000, "},
		{some, time.Minute, 0, ""},
		{fetched{Listed: 2, Accounts: 2, Done: 2, Rows: 12}, 0, 30, "[###############] 2/2, 12 rows"},
	} {
		if got := c.f.bar(c.left, c.width); got != c.want {
			t.Errorf("%+v in %d cells: %q, expected %q", c.f, c.width, got, c.want)
		}
	}
	if got, want := some.text(time.Minute), "232 of 1000 accounts read, 12 waiting, 18 failed, 120340 rows, 1m0s left"; got != want {
		t.Errorf("%q, expected %q", got, want)
	}
}

func TestTimeLeft(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		f          fetched
		took, idle time.Duration
		want       time.Duration
	}{
		{fetched{Accounts: 100}, 0, time.Minute, 0},
		{fetched{Accounts: 100, Done: 10}, 500 * time.Millisecond, 0, 0},
		{fetched{Accounts: 100, Done: 20, Failed: 5}, 20 * time.Second, 0, time.Minute},
		{fetched{Accounts: 100, Done: 20, Failed: 5}, 20 * time.Second, 45 * time.Second, 15 * time.Second},
		{fetched{Accounts: 100, Done: 99}, 20 * time.Second, 45 * time.Second, 0},
		{fetched{Accounts: 100, Done: 100}, 20 * time.Second, 0, 0},
	} {
		if got := c.f.left(c.took, c.idle); got != c.want {
			t.Errorf("%+v after %s and %s: %s, expected %s", c.f, c.took, c.idle, got, c.want)
		}
	}
}

// watch runs a query for which AWS must be waited for half a minute, and gives what is on standard error.
func watch(t *testing.T, change func(*IO), args ...string) (shown string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(organizationOf(4))
		w.sim.Script(
			awssim.Rule{Account: accountID(2), Action: trouble.Get, Times: 1, Fault: awssim.Slow},
			awssim.Rule{Account: accountID(3), Action: trouble.Get, Fault: awssim.AccessDenied},
		)
		var out, errOut bytes.Buffer
		streams := IO{
			In: strings.NewReader(""), Out: &out, Err: &errOut, Env: func(string) (string, bool) { return "", false },
			Clock: time.Now, Transport: w.sim.Transport(), Width: 60,
		}
		change(&streams)
		if code := Main(t.Context(), append([]string{"query", "--org", countAll}, args...), streams); code != exitOK {
			t.Errorf("code %d: %s", code, errOut.String())
		}
		shown = errOut.String()
	})
	return shown
}

const eraseLine = "\r\x1b[K"

func TestProgressOnTerminal(t *testing.T) {
	signIn(t)
	shown := watch(t, func(s *IO) {
		s.ErrTTY = true
		s.Env = func(name string) (string, bool) { return "1", name == "NO_COLOR" }
	})
	before, after, ok := cutLast(shown, eraseLine)
	if !ok || !strings.HasPrefix(after, "warning: account ") {
		t.Errorf("the bar is not gone before the warnings: %q", shown)
	}
	frames := strings.Split(before, eraseLine)
	if len(frames) < 10 {
		t.Errorf("%d frames", len(frames))
	}
	for _, frame := range frames {
		if len(frame) > 59 || strings.ContainsAny(frame, "\x1b\n") {
			t.Errorf("frame %q of %d cells", frame, len(frame))
		}
	}
	if last := frames[len(frames)-1]; !strings.Contains(last, "2/4, 1 failed, 12 rows") || !strings.HasPrefix(last, "[###") {
		t.Errorf("the last frame is %q", last)
	}
	shown = watch(t, func(s *IO) { s.ErrTTY = true })
	if !strings.Contains(shown, eraseLine+"\x1b[2m[#") {
		t.Errorf("no colours: %q", shown)
	}
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

func TestProgressElsewhere(t *testing.T) {
	signIn(t)
	const line = "credsql: 2 of 4 accounts read, 1 failed, 12 rows\n"
	for where, change := range map[string]func(*IO){
		"without a terminal": func(*IO) {},
		"on a dumb terminal": func(s *IO) {
			s.ErrTTY = true
			s.Env = func(name string) (string, bool) { return "dumb", name == "TERM" }
		},
	} {
		shown := watch(t, change) // it takes 20 s: whether the second line comes first is chance
		if n := strings.Count(shown, line); n < 1 || n > 2 || strings.Contains(shown, "\x1b") {
			t.Errorf("%s: %q", where, shown)
		}
	}
	if quiet := watch(t, func(s *IO) { s.ErrTTY = true }, "--quiet"); quiet != "" {
		t.Errorf("with --quiet: %q", quiet)
	}
}
