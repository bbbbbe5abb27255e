package mysqlwire

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/tables/files"
)

// soakEnv is how long the soak takes: 30m. Without it a short one always runs.
//
//	CREDSQL_SOAK=30m go test -run '^TestSoak$' -v -timeout 60m ./engine/mysqlwire
const soakEnv = "CREDSQL_SOAK"

const (
	soakClients = 256
	soakPhases  = 5
	shortSoak   = 5 * time.Second
	// answerTime is when an answer counts as lost. It guards against a hang: with all clients at once on a busy machine, an answer takes its time.
	answerTime = 2 * time.Minute
	// soakGrowth is how much more the heap may hold after the last phase than after the first.
	soakGrowth = 12 << 20
)

// soakKind is one behaviour: a step is one or more exchanges with the server, and its error says what was not as it must be.
type soakKind struct {
	name string
	// weight is how many of some clients are of this kind.
	weight int
	start  func(*soakClient) (step func() error)
}

func soakKinds() []soakKind {
	return slices.Concat(goodKinds(), badKinds(), brokenKinds())
}

// soakClient is one client. It lives through all phases, and what it leaves open stays open between them.
type soakClient struct {
	*soak
	kind soakKind
	step func() error
	rng  *rand.Rand
}

// soak is one run.
type soak struct {
	t      *testing.T
	server *Server
	tcp    net.Addr
	// unix is where wrong passwords come from: who guesses is slowed down by host, and there the host is another one.
	unix    net.Addr
	engine  *engine.Engine
	wanted  map[string]string // answers by query
	steps   map[string]*atomic.Int64
	audited auditLines
	failed  atomic.Int64
}

// auditLines checks that what the audit log gets are lines, and counts them.
type auditLines struct{ lines, broken atomic.Int64 }

func (a *auditLines) Write(p []byte) (int, error) {
	a.lines.Add(1)
	if bytes.Count(p, []byte("\n")) != 1 || !bytes.HasSuffix(p, []byte("}\n")) {
		a.broken.Add(1)
	}
	return len(p), nil
}

// TestSoak: many good, bad and broken clients at once for a time. Every answer is the right one and none is lost, every refusal is the one that is
// due, and when the clients pause the server holds no more than it did after the first phase.
func TestSoak(t *testing.T) {
	length := shortSoak
	if text := os.Getenv(soakEnv); text != "" {
		var err error
		if length, err = time.ParseDuration(text); err != nil {
			t.Fatalf("%s: %v", soakEnv, err)
		}
	}
	s := newSoak(t)
	clients := s.clients(soakClients)
	var resting []holding
	for phase := range soakPhases {
		s.run(clients, length/soakPhases)
		resting = append(resting, s.rest(clients))
		t.Logf("phase %d: %v; %d audit lines", phase+1, resting[phase], s.audited.lines.Load())
		if t.Failed() {
			break
		}
	}
	s.compare(resting)
	for _, k := range soakKinds() {
		n := s.steps[k.name].Load()
		t.Logf("%-32s %8d", k.name, n)
		if n == 0 {
			t.Errorf("%s: nothing was done", k.name)
		}
	}
	if n := s.audited.broken.Load(); n > 0 {
		t.Errorf("%d lines of the audit log are broken", n)
	}
}

func newSoak(t *testing.T) *soak {
	t.Helper()
	s := &soak{t: t, wanted: map[string]string{}, steps: map[string]*atomic.Int64{}}
	source, err := files.New(files.Config{Paths: []string{"../../examples/reports"}})
	if err != nil {
		t.Fatal(err)
	}
	// Room for all good statements beside any bad one, which has to end by a limit of its own.
	if s.engine, err = engine.New(engine.Config{Source: source, Timeout: answerTime, MaxMemory: 32 << 20, TotalMemory: 1 << 30}); err != nil {
		t.Fatal(err)
	}
	s.server, s.tcp = serving(t, Config{
		Backend: FromEngine(s.engine), Audit: &s.audited, TLS: certificate(t).Config(nil),
		Limits: Limits{Connections: 4 * soakClients, Packet: 1 << 20, Statements: 20, LoginTime: answerTime, WriteTime: answerTime},
		Users: usersOf(t, User{Name: testUser, Password: testPassword}, User{Name: "narrow", Password: testPassword, Accounts: []string{narrowAccount}},
			User{Name: "bad", Password: testPassword}),
	})
	l, err := net.Listen("unix", filepath.Join(t.TempDir(), "s"))
	if err != nil {
		t.Fatal(err)
	}
	s.unix = l.Addr()
	go func() { _ = s.server.Serve(l) }()
	for _, query := range soakQueries {
		s.wanted[query] = asked(t, s.engine, query)
	}
	return s
}

// clients makes n clients, of all kinds by their weight.
func (s *soak) clients(n int) []*soakClient {
	var kinds []soakKind
	for _, k := range soakKinds() {
		s.steps[k.name] = &atomic.Int64{}
		for range k.weight {
			kinds = append(kinds, k)
		}
	}
	out := make([]*soakClient, n)
	for i := range out {
		c := &soakClient{soak: s, kind: kinds[i%len(kinds)], rng: rand.New(rand.NewPCG(1, uint64(i)))}
		c.step = c.kind.start(c)
		out[i] = c
	}
	return out
}

// run lets all clients do what they do for a time, and waits for each to end its step.
func (s *soak) run(clients []*soakClient, d time.Duration) {
	var work sync.WaitGroup
	end := time.Now().Add(d)
	for _, c := range clients {
		work.Go(func() {
			for first := true; first || time.Now().Before(end); first = false {
				time.Sleep(time.Duration(c.rng.IntN(50)) * time.Millisecond)
				if err := c.step(); err != nil {
					s.t.Errorf("%s: %v", c.kind.name, err)
					if s.failed.Add(1) > 20 {
						return
					}
				}
				s.steps[c.kind.name].Add(1)
			}
		})
	}
	work.Wait()
}

// holding is what the process holds while all clients pause.
type holding struct {
	connections, goroutines, files int
	heap, resident                 int64
}

func (h holding) String() string {
	return fmt.Sprintf("%d connections, %d goroutines, %d files, %.1f MiB heap, %.1f MiB resident", h.connections, h.goroutines, h.files,
		float64(h.heap)/(1<<20), float64(h.resident)/(1<<20))
}

// rest waits until only the connections are left that clients keep, and measures.
func (s *soak) rest(clients []*soakClient) holding {
	kept := 0
	for _, c := range clients {
		if slices.ContainsFunc(goodKinds(), func(k soakKind) bool { return k.name == c.kind.name }) {
			kept++
		}
	}
	deadline := time.Now().Add(answerTime)
	for len(s.server.connections()) > kept || busyIn(s.server) > 0 {
		if time.Now().After(deadline) {
			s.t.Errorf("%d connections are left, %d of them busy, where %d are kept", len(s.server.connections()), busyIn(s.server), kept)
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	h := holding{connections: len(s.server.connections())}
	// What ends after its connection, such as the workers of a canceled statement, gets a moment.
	for range 50 {
		h.heap, h.goroutines = int64(inUse()), runtime.NumGoroutine()
		time.Sleep(10 * time.Millisecond)
		if runtime.NumGoroutine() == h.goroutines {
			break
		}
	}
	if open, err := os.ReadDir("/proc/self/fd"); err == nil { // where there is such a thing
		h.files = len(open)
	}
	if text, err := os.ReadFile("/proc/self/statm"); err == nil {
		if fields := bytes.Fields(text); len(fields) > 1 {
			pages, _ := strconv.ParseInt(string(fields[1]), 10, 64)
			h.resident = pages * int64(os.Getpagesize())
		}
	}
	return h
}

// compare says what has grown between the first pause and the last.
func (s *soak) compare(resting []holding) {
	first, last := resting[0], resting[len(resting)-1]
	const few = 8 // goroutines and files that come and go, of the runtime and of database/sql
	if last.goroutines > first.goroutines+few {
		s.t.Errorf("goroutines: %d after the first phase, %d after the last", first.goroutines, last.goroutines)
	}
	if last.files > first.files+few {
		s.t.Errorf("open files: %d after the first phase, %d after the last", first.files, last.files)
	}
	if last.heap > first.heap+soakGrowth {
		s.t.Errorf("the heap: %d bytes after the first phase, %d after the last", first.heap, last.heap)
	}
}
