package cli

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
)

// output is what a command has written so far.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// served is a running command serve.
type served struct {
	t      *testing.T
	err    *output
	out    *output
	hangup chan os.Signal
	stop   context.CancelFunc
	code   chan int
}

// serve runs the command over the example reports until the test ends.
func serve(t *testing.T, env map[string]string, args ...string) *served {
	t.Helper()
	return serveFrom(t, nil, env, append([]string{"--report", "../../../examples/reports"}, args...)...)
}

// serveFrom runs the command until the test ends; transport is the way to AWS.
func serveFrom(t *testing.T, transport http.RoundTripper, env map[string]string, args ...string) *served {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s := &served{t: t, err: &output{}, out: &output{}, hangup: make(chan os.Signal), stop: cancel, code: make(chan int, 1)}
	streams := IO{In: strings.NewReader(""), Out: s.out, Err: s.err, Clock: time.Now, Hangup: s.hangup, Transport: transport,
		Env: func(name string) (string, bool) { v, ok := env[name]; return v, ok }}
	go func() {
		s.code <- Main(ctx, append([]string{"serve"}, args...), streams)
	}()
	t.Cleanup(func() {
		cancel()
		select {
		case <-s.code:
		case <-time.After(20 * time.Second):
			t.Error("it does not end")
		}
	})
	return s
}

// wait gives what a pattern finds in what the command says.
func (s *served) wait(pattern string) string {
	s.t.Helper()
	re := regexp.MustCompile(pattern)
	for start := time.Now(); time.Since(start) < 20*time.Second; time.Sleep(5 * time.Millisecond) {
		if m := re.FindStringSubmatch(s.err.String()); m != nil {
			return m[len(m)-1]
		}
	}
	s.t.Fatalf("no %s in %q", pattern, s.err.String())
	return ""
}

// failed is what a command says that does not start to serve.
func failed(t *testing.T, env map[string]string, args ...string) string {
	t.Helper()
	s := serve(t, env, args...)
	code := <-s.code
	s.code <- code
	if code != exitUsage {
		t.Errorf("%v: exit code %d", args, code)
	}
	return s.err.String()
}

func connect(t *testing.T, network, addr, user, password, tls string) *sql.DB {
	t.Helper()
	config := mysql.NewConfig()
	config.User, config.Passwd, config.Net, config.Addr, config.TLSConfig, config.DBName = user, password, network, addr, tls, "aws"
	config.Logger = log{}
	connector, err := mysql.NewConnector(config)
	if err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(connector)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// log keeps the driver from printing what tests provoke.
type log struct{}

func (log) Print(...any) {}

func accountsSeen(db *sql.DB) string {
	var n string
	if err := db.QueryRow("SELECT count(DISTINCT account_id) FROM iam_credential_report").Scan(&n); err != nil {
		return err.Error()
	}
	return n
}

func TestServeWithAPasswordOfItsOwn(t *testing.T) {
	t.Parallel()
	s := serve(t, nil, "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0", "--audit-log", "-")
	addr := s.wait(`listening on (\S+)`)
	password := s.wait(`password (\S+) \(made`)
	if got := accountsSeen(connect(t, "tcp", addr, "credsql", password, "")); got != "12" {
		t.Errorf("accounts: %s", got)
	}
	base := strings.TrimSuffix(s.wait(`metrics on (\S+)`), "/metrics")
	for path, want := range map[string]string{
		"/healthz": "ok\n", "/readyz": "ready\n", "/metrics": `credsql_accounts{state="file"} 12`, "/debug/pprof/": "404 page not found",
	} {
		if body := httpBody(t, base+path); !strings.Contains(body, want) {
			t.Errorf("%s: %q", path, body)
		}
	}
	if body := httpBody(t, base+"/metrics"); !strings.Contains(body, `credsql_statements_total{kind="query",outcome="ok"} 1`) || strings.Contains(body, "account_id") {
		t.Errorf("metrics: %s", body)
	}
	s.stop()
	code := <-s.code
	s.code <- code
	if code != exitOK {
		t.Errorf("exit code %d", code)
	}
	if log := s.out.String(); !strings.Contains(log, `"event":"login"`) || !strings.Contains(log, `"statement":"SELECT count(DISTINCT account_id) FROM iam_credential_report","rows":1`) {
		t.Errorf("audit log: %s", log)
	}
}

func httpBody(t *testing.T, url string) string {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// TestServeReloads: users are read again on SIGHUP, and a file that is wrong changes nothing.
func TestServeReloads(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "users.toml")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const hash = "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19" // of "password"
	write("[[user]]\nname = \"one\"\nhash = \"" + hash + "\"\naccounts = [\"100000000017\"]\n")
	s := serve(t, nil, "--listen", "127.0.0.1:0", "--users", file)
	addr := s.wait(`listening on (\S+)`)
	if got := accountsSeen(connect(t, "tcp", addr, "one", "password", "")); got != "1" {
		t.Errorf("accounts: %s", got)
	}
	write("[[user]]\nname = \"one\"\nhash = \"" + hash + "\"\naccount = [\"100000000017\"]\n")
	s.hangup <- os.Interrupt
	s.wait("users not read again: the old ones stay")
	if got := accountsSeen(connect(t, "tcp", addr, "one", "password", "")); got != "1" {
		t.Errorf("accounts: %s", got)
	}
	write("[[user]]\nname = \"two\"\nhash = \"" + hash + "\"\n")
	s.hangup <- os.Interrupt
	s.wait("users read again")
	if got := accountsSeen(connect(t, "tcp", addr, "two", "password", "")); got != "12" {
		t.Errorf("accounts: %s", got)
	}
	if got := accountsSeen(connect(t, "tcp", addr, "one", "password", "")); !strings.Contains(got, "Access denied") {
		t.Errorf("a user that is gone: %s", got)
	}
}

func TestServeOverTLS(t *testing.T) {
	t.Parallel()
	s := serve(t, map[string]string{"CREDSQL_PASSWORD": "secret"}, "--listen", "127.0.0.1:0", "--tls-self-signed", "--require-tls")
	addr := s.wait(`listening on (\S+)`)
	s.wait(`SHA-256 ((?:[0-9A-F]{2}:){31}[0-9A-F]{2})`)
	if got := accountsSeen(connect(t, "tcp", addr, "credsql", "secret", "skip-verify")); got != "12" {
		t.Errorf("accounts: %s", got)
	}
	if got := accountsSeen(connect(t, "tcp", addr, "credsql", "secret", "")); !strings.Contains(got, "insecure transport are prohibited") {
		t.Errorf("without TLS: %s", got)
	}
}

func TestServeOnASocket(t *testing.T) {
	t.Parallel()
	folder, err := os.MkdirTemp("", "credsql") // t.TempDir's names can be too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	path := filepath.Join(folder, "s")
	stale, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	stale.(*net.UnixListener).SetUnlinkOnClose(false)
	_ = stale.Close()
	s := serve(t, map[string]string{"CREDSQL_PASSWORD": "secret"}, "--socket", path)
	s.wait("listening on unix socket")
	if got := accountsSeen(connect(t, "unix", path, "credsql", "secret", "")); got != "12" {
		t.Errorf("accounts: %s", got)
	}
	if said := failed(t, nil, "--socket", path); !strings.Contains(said, "another server listens on "+path) {
		t.Errorf("a second server says %q", said)
	}
}

// TestServeRefuses: what is not safe, or makes no sense.
func TestServeRefuses(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	secret := map[string]string{"CREDSQL_PASSWORD": "secret"}
	empty := filepath.Join(t.TempDir(), "empty")
	if err := os.WriteFile(empty, []byte("\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		env  map[string]string
		args []string
		want string
	}{
		{nil, []string{"--listen", l.Addr().String()}, " is in use, perhaps by a MySQL server; try --listen 127.0.0.1:"},
		{nil, []string{"--listen", "0.0.0.0:0"}, "beyond this machine, needs a password of yours"},
		{secret, []string{"--listen", "0.0.0.0:0"}, "beyond this machine, needs TLS"},
		{secret, []string{"--listen", ":0", "--insecure"}, "beyond this machine, needs TLS"},
		{nil, []string{"--listen", "0.0.0.0:0", "--tls-self-signed", "--require-tls"}, "needs a password of yours"},
		{nil, []string{"--tls-cert", "x"}, "--tls-cert and --tls-key go together"},
		{nil, []string{"--require-tls"}, "--require-tls and --tls-client-ca need --tls-cert"},
		{nil, []string{"--tls-self-signed", "--tls-cert", "x", "--tls-key", "y"}, "either --tls-cert or --tls-self-signed"},
		{nil, []string{"--tls-cert", "nowhere", "--tls-key", "nowhere"}, "read the certificate: open nowhere"},
		{nil, []string{"--users", "nowhere"}, "read the users: open nowhere"},
		{nil, []string{"--users", empty}, "no user may come in: name one"},
		{nil, []string{"--password-file", empty}, "the password is empty"},
		{nil, []string{"--users", "a", "--password-file", "b"}, "either --users or --password-file"},
		{map[string]string{"CREDSQL_PASSWORD": ""}, nil, "CREDSQL_PASSWORD is empty"},
		{nil, []string{"--listen", "127.0.0.1:0", "--metrics", "nonsense"}, "--metrics nonsense: "},
		{nil, []string{"extra"}, "unknown command"},
	} {
		if said := failed(t, c.env, c.args...); !strings.Contains(said, c.want) {
			t.Errorf("%v: %q, want %q", c.args, said, c.want)
		}
	}
	s := serve(t, secret, "--listen", "0.0.0.0:0", "--insecure", "--insecure")
	s.wait("listening on")
}

// TestServeOnSystemdsSocket: the socket is handed over as file descriptor 3.
func TestServeOnSystemdsSocket(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	file, err := l.(*net.TCPListener).File()
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	credsql := filepath.Join(t.TempDir(), "credsql")
	if err := os.Symlink(self, credsql); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", "-c", `LISTEN_PID=$$ LISTEN_FDS=1 exec "$0" serve --report ../../../examples/reports`, credsql)
	cmd.Env = append(os.Environ(), "NOW=2026-11-23T12:00:00Z", "CREDSQL_PASSWORD=secret")
	cmd.ExtraFiles = []*os.File{file}
	var said output
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}()
	if got := accountsSeen(connect(t, "tcp", l.Addr().String(), "credsql", "secret", "")); got != "12" {
		t.Errorf("accounts: %s; it says %s", got, said.String())
	}
}

func TestAccountWatchAsksOnce(t *testing.T) {
	t.Parallel()
	w := newAccountWatch(nil, time.Now, false)
	w.asked, w.err = time.Now(), fmt.Errorf("as found")
	if err := w.ready(t.Context()); err == nil || err.Error() != "as found" {
		t.Errorf("%v", err)
	}
}
