package mysqlwire

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/go-mysql-org/go-mysql/mysql"
)

// TestAnswersAreStreamed: an answer of a million rows takes no more memory than its first rows.
func TestAnswersAreStreamed(t *testing.T) { // alone: it looks at the whole process's memory
	_, addr := serving(t, Config{Backend: FromEngine(reports(t))})
	c := loggedIn(t, addr)
	_ = c.conn.SetDeadline(time.Now().Add(10 * time.Minute))
	c.conn = &readAhead{c.conn, bufio.NewReader(c.conn)}
	c.command(mysql.COM_QUERY, "SELECT a.arn, b.user_creation_time, b.mfa_active, g FROM aws.iam_credential_report a, aws.iam_credential_report b, generate_series(1, 3) g")
	const rows, columns = 600 * 600 * 3, 4
	for range 1 + columns + 1 {
		c.read()
	}
	var first, peak uint64
	for n := range rows {
		if p := c.read(); len(p) == 0 || p[0] == mysql.ERR_HEADER {
			t.Fatalf("row %d: %q", n, p)
		}
		if n%100_000 != 1000 {
			continue
		}
		now := inUse()
		if first == 0 {
			first = now
		}
		peak = max(peak, now)
	}
	if end := c.read(); end[0] != mysql.EOF_HEADER {
		t.Errorf("after the rows: %q", end)
	}
	t.Logf("%.1f MiB at the first rows, %.1f MiB at most", float64(first)/(1<<20), float64(peak)/(1<<20))
	if peak > first+16<<20 {
		t.Errorf("memory grows from %d to %d bytes while rows are sent", first, peak)
	}
}

// readAhead is a connection that is read in large pieces.
type readAhead struct {
	net.Conn
	buffer *bufio.Reader
}

func (r *readAhead) Read(p []byte) (int, error) { return r.buffer.Read(p) }

// BenchmarkIdleConnections is what a server takes with ten thousand connections that have logged in, asked something once, and say nothing more: all
// resident memory of its process, the reports included. The clients are in another process.
//
//	go test -run '^$' -bench IdleConnections -benchtime 1x ./engine/mysqlwire
func BenchmarkIdleConnections(b *testing.B) {
	const n = 10_000
	_, addr := serving(b, Config{Backend: FromEngine(reports(b)), Limits: Limits{Connections: n}})
	before := resident(b)
	clients := exec.Command(os.Args[0], "-test.run=^TestIdleClients$")
	clients.Env = append(os.Environ(), idleEnv+"="+addr.String(), "CREDSQL_IDLE_CLIENTS="+strconv.Itoa(n))
	clients.Stderr = os.Stderr
	hold, err := clients.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := clients.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := clients.Start(); err != nil {
		b.Fatal(err)
	}
	said, err := bufio.NewReader(out).ReadString('\n')
	if said != idleReady || err != nil {
		b.Errorf("the clients say %q, %v", said, err)
	}
	runtime.GC()
	after := resident(b)
	b.ReportMetric(float64(after)/1e6, "MB-resident")
	b.ReportMetric(float64(after-before)/n, "B/connection")
	_ = hold.Close()
	_ = clients.Wait() // it has said what there was to say
}

const (
	// idleEnv is the address of a server for TestIdleClients.
	idleEnv   = "CREDSQL_IDLE_SERVER"
	idleReady = "ready\n"
)

// TestIdleClients is the clients' process of BenchmarkIdleConnections; by itself it is nothing.
func TestIdleClients(t *testing.T) {
	addr := os.Getenv(idleEnv)
	n, _ := strconv.Atoi(os.Getenv("CREDSQL_IDLE_CLIENTS"))
	for i := range n {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatalf("connection %d: %v", i, err)
		}
		defer conn.Close()
		c := &rawClient{t: t, conn: conn}
		c.login(c.greeting(), testPassword)
		c.read()
		c.command(mysql.COM_QUERY, "SELECT user FROM aws.iam_credential_report LIMIT 1")
		for range 5 {
			c.read()
		}
	}
	if n > 0 {
		_, _ = os.Stdout.WriteString(idleReady)
		_, _ = io.Copy(io.Discard, os.Stdin)
	}
}

// resident is the process's memory as the system counts it.
func resident(b *testing.B) int64 {
	b.Helper()
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		b.Skip("the system does not tell how much memory a process has")
	}
	pages, err := strconv.ParseInt(string(bytes.Fields(text)[1]), 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	return pages * int64(os.Getpagesize())
}

// BenchmarkClientGoesAway is how long a statement goes on after its client has closed the connection.
func BenchmarkClientGoesAway(b *testing.B) {
	backend := &fakeBackend{}
	_, addr := serving(b, Config{Backend: backend})
	var longest, total time.Duration
	for i := range int64(b.N) {
		c := loggedIn(b, addr)
		c.command(mysql.COM_QUERY, "wait")
		for backend.waiting.Load() <= i {
			time.Sleep(100 * time.Microsecond)
		}
		time.Sleep(2 * watchDelay) // so that the watch is on: the slower case
		start := time.Now()
		_ = c.conn.Close()
		for backend.canceled.Load() <= i {
			time.Sleep(100 * time.Microsecond)
		}
		took := time.Since(start)
		total += took
		longest = max(longest, took)
	}
	b.ReportMetric(float64(total.Microseconds())/float64(b.N)/1000, "mean-ms")
	b.ReportMetric(float64(longest.Microseconds())/1000, "longest-ms")
}
