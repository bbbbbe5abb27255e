package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/credsql/credsql/engine/sqlerr"
)

// testIO is an IO without terminals; what is written stays in the buffers.
func testIO() (streams IO, out, errOut *bytes.Buffer) {
	out, errOut = &bytes.Buffer{}, &bytes.Buffer{}
	return IO{
		In: strings.NewReader(""), Out: out, Err: errOut,
		Env:   func(string) (string, bool) { return "", false },
		Clock: func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) },
	}, out, errOut
}

// interrupting is an output whose reader presses Ctrl-C at the first byte.
type interrupting struct{ cancel context.CancelFunc }

func (w interrupting) Write(p []byte) (int, error) {
	w.cancel()
	return len(p), nil
}

// TestInterrupt: the user's interrupt ends a query that would never end, with 130 and without words.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	streams, _, errOut := testIO()
	streams.Out = interrupting{cancel} // the first row comes before the others are computed
	const endless = `SELECT 1 AS n UNION ALL SELECT count(*) FROM aws.iam_credential_report a, aws.iam_credential_report b, aws.iam_credential_report c,
		aws.iam_credential_report d WHERE a.user || b.user || c.user = d.user`
	code := Main(ctx, []string{"query", "--report", "../../../examples/reports", endless}, streams)
	if code != exitInterrupted || errOut.Len() > 0 {
		t.Errorf("code %d, %q", code, errOut)
	}
}

// silent is an input that never says anything, whose reader presses Ctrl-C.
type silent struct {
	cancel context.CancelFunc
	never  chan struct{}
}

func (s silent) Read([]byte) (int, error) {
	s.cancel()
	<-s.never
	return 0, io.EOF
}

// TestInterruptInput: so does an interrupt while statements are waited for.
func TestInterruptInput(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	streams, _, errOut := testIO()
	never := make(chan struct{})
	defer close(never)
	streams.In = silent{cancel, never}
	if code := Main(ctx, []string{"query"}, streams); code != exitInterrupted || errOut.Len() > 0 {
		t.Errorf("code %d, %q", code, errOut)
	}
}

// failing is an output that takes so many bytes and then no more.
type failing struct{ left int }

func (f *failing) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errors.New("no space left on device")
	}
	return len(p), nil
}

// TestOutputFails: rows that could not be written are a failure, whatever the format and wherever it happens.
func TestOutputFails(t *testing.T) {
	t.Parallel()
	const sql = `SELECT * FROM aws.iam_credential_report`
	for _, format := range []string{"table", "vertical", "csv", "tsv", "json", "jsonl", "markdown", "html"} {
		for _, room := range []int{0, 1000, 20000} {
			streams, _, errOut := testIO()
			streams.Out = &failing{left: room}
			code := Main(context.Background(), []string{"query", "--quiet", "-o", format, "--report", "../../../examples/reports", sql}, streams)
			if want := "credsql: write the result: no space left on device\n"; code != exitSQL || errOut.String() != want {
				t.Errorf("%s after %d bytes: code %d, %q", format, room, code, errOut)
			}
		}
	}
}

func TestExitCode(t *testing.T) {
	t.Parallel()
	live := context.Background()
	ended, cancel := context.WithCancel(live)
	cancel()
	for _, c := range []struct {
		ctx  context.Context
		err  error
		want int
	}{
		{live, nil, 0},
		{live, io.ErrUnexpectedEOF, 1},
		{live, sqlerr.Syntax("x"), 1},
		{live, shownError{sqlerr.Syntax("x")}, 1},
		{live, usageError{io.EOF}, 2},
		{live, sourceError{io.EOF}, 3},
		{live, shownError{sqlerr.New(sqlerr.CodeSource, "x").Wrap(context.DeadlineExceeded)}, 3},
		{live, shownError{sqlerr.New(sqlerr.CodeQueryCanceled, "x")}, 4},
		{live, errRows, 10},
		{ended, shownError{sqlerr.New(sqlerr.CodeQueryCanceled, "x")}, 130},
		{ended, sourceError{context.Canceled}, 130},
		{ended, nil, 0},
	} {
		if got := exitCode(c.ctx, c.err); got != c.want {
			t.Errorf("exitCode(%v) = %d, want %d", c.err, got, c.want)
		}
	}
}

func TestInstant(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"2025-01-31":                  "2025-01-31T00:00:00Z",
		"2025-01-31T12:00:00Z":        "2025-01-31T12:00:00Z",
		"2025-01-31T12:00:00+02:00":   "2025-01-31T10:00:00Z",
		"2025-01-31 12:00:00":         "2025-01-31T12:00:00Z",
		"2025-01-31T12:00:00.5":       "2025-01-31T12:00:00.5Z",
		"2025-01-31 12:00:00.5+02:00": "2025-01-31T10:00:00.5Z",
	} {
		var at instant
		if err := at.Set(in); err != nil || at.String() != want {
			t.Errorf("%s: %s, %v; want %s", in, at.String(), err, want)
		}
	}
	for _, in := range []string{"", "now", "2025-02-30", "31.01.2025"} {
		if err := new(instant).Set(in); err == nil {
			t.Errorf("%q is taken for a time", in)
		}
	}
}

func TestAge(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		-time.Minute: "0 min", 59 * time.Minute: "59 min", time.Hour: "1 h", 47*time.Hour + 59*time.Minute: "47 h", 48 * time.Hour: "2 days",
	} {
		if got := age(d); got != want {
			t.Errorf("age(%s) = %s, want %s", d, got, want)
		}
	}
}

func TestVersionLine(t *testing.T) {
	t.Parallel()
	info := &debug.BuildInfo{Main: debug.Module{Version: "v1.2.3"}, Settings: []debug.BuildSetting{{Key: "vcs.revision", Value: "0123456789abcdef"}}}
	if got := versionLine(info, true); !strings.HasPrefix(got, "credsql v1.2.3 0123456789ab (go1.") {
		t.Error(got)
	}
	if got := versionLine(nil, false); !strings.HasPrefix(got, "credsql unknown (go1.") {
		t.Error(got)
	}
}
