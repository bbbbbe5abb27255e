package mysqlwire

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"runtime"
	"strings"
	"testing"
	"time"

	gomysql "github.com/go-mysql-org/go-mysql/mysql"
	"github.com/go-sql-driver/mysql"
)

// eventually waits for something that another goroutine does, for as long as a slow machine may need.
func eventually(t *testing.T, what string, ok func() bool) time.Duration {
	t.Helper()
	start := time.Now()
	for !ok() {
		if time.Since(start) > 10*time.Second {
			t.Fatalf("not in time: %s", what)
		}
		time.Sleep(time.Millisecond)
	}
	return time.Since(start)
}

func isNumber(err error, number uint16) bool {
	var e *mysql.MySQLError
	return errors.As(err, &e) && e.Number == number
}

func single(t *testing.T, db interface {
	QueryRowContext(context.Context, string, ...any) *sql.Row
}, query string) string {
	t.Helper()
	var s string
	if err := db.QueryRowContext(t.Context(), query).Scan(&s); err != nil {
		t.Errorf("%s: %v", query, err)
	}
	return s
}

func pinned(t *testing.T, db *sql.DB) *sql.Conn {
	t.Helper()
	c, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func TestStatusSaysNoBackslashEscapes(t *testing.T) {
	t.Parallel()
	_, addr := serving(t, Config{Backend: &fakeBackend{}})
	c := dialed(t, addr)
	g := c.read()
	i := 1 + bytes.IndexByte(g[1:], 0) + 1 + 4 + 8 + 1 + 2 + 1
	if status := uint16(g[i]) | uint16(g[i+1])<<8; status != 0x0202 {
		t.Errorf("greeting's status is %#x", status)
	}
	c = loggedIn(t, addr)
	c.command(14, "") // ping
	if ok := c.read(); !bytes.Equal(ok, []byte{0, 0, 0, 2, 2, 0, 0}) {
		t.Errorf("OK is %x", ok)
	}
	c.command(3, "rows 1")
	var last []byte
	for range 5 {
		last = c.read()
	}
	if !bytes.Equal(last, []byte{0xfe, 0, 0, 2, 2}) {
		t.Errorf("EOF is %x", last)
	}
}

func TestMultiStatements(t *testing.T) {
	t.Parallel()
	_, addr := serving(t, Config{Backend: &fakeBackend{}})
	if err := opened(t, addr).QueryRow("1; 1").Scan(new(int)); !isNumber(err, 1064) {
		t.Errorf("not asked for: %v", err)
	}
	db := opened(t, addr, func(c *mysql.Config) { c.MultiStatements = true })
	rows, err := db.Query("rows 2; set; rows 3; bad; rows 4")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var counts []int
	for more := true; more; more = rows.NextResultSet() {
		n := 0
		for rows.Next() {
			n++
		}
		counts = append(counts, n)
	}
	if fmt.Sprint(counts) != "[2 3]" { // the driver leaps over results without columns
		t.Errorf("results of %v rows", counts)
	}
	if err := rows.Err(); !isNumber(err, 1064) {
		t.Errorf("the fourth statement's error is %v", err)
	}
}

func TestErrorAmidRows(t *testing.T) {
	t.Parallel()
	_, addr := serving(t, Config{Backend: &fakeBackend{}})
	db := opened(t, addr)
	conn := pinned(t, db)
	rows, err := conn.QueryContext(t.Context(), "fail")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for rows.Next() {
		n++
	}
	if err := rows.Err(); n != 2500 || !isNumber(err, 1365) {
		t.Errorf("%d rows, then %v", n, err)
	}
	_ = rows.Close()
	if got := single(t, conn, "1"); got != "1" {
		t.Errorf("the connection's next answer is %q", got)
	}
}

func TestPanicIsAnErrorToThatClient(t *testing.T) {
	t.Parallel()
	_, addr := serving(t, Config{Backend: &fakeBackend{}})
	conn := pinned(t, opened(t, addr))
	_, err := conn.ExecContext(t.Context(), "panic")
	if err == nil || !strings.Contains(err.Error(), "XX000") || strings.Contains(err.Error(), "runtime/debug") {
		t.Errorf("%v", err)
	}
	if got := single(t, conn, "1"); got != "1" {
		t.Errorf("the connection's next answer is %q", got)
	}
}

// TestClientGoesAway: a statement whose client closes the connection is canceled within 100 ms.
func TestClientGoesAway(t *testing.T) {
	t.Parallel()
	cert := certificate(t)
	backend := &fakeBackend{}
	_, addr := serving(t, Config{Backend: backend, TLS: cert.Config(nil)})
	for i, withTLS := range []bool{false, true} {
		db := opened(t, addr, func(c *mysql.Config) {
			if withTLS {
				c.TLS = trusting(cert)
			}
		})
		ctx, cancel := context.WithCancel(context.Background())
		done := make(chan error, 1)
		go func() {
			_, err := db.ExecContext(ctx, "wait")
			done <- err
		}()
		eventually(t, "the statement runs", func() bool { return backend.waiting.Load() == int64(i+1) })
		time.Sleep(2 * watchDelay) // so that the watch is on: the slower case
		start := time.Now()
		cancel() // the driver drops the connection
		eventually(t, "it is canceled", func() bool { return backend.canceled.Load() == int64(i+1) })
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("TLS %v: canceled after %v", withTLS, took)
		}
		if why := *backend.lastCause.Load(); why != errGone.Error() {
			t.Errorf("canceled because %s", why)
		}
		<-done
	}
}

// TestGoodbye: so is one whose client says goodbye first, as MySQL Connector/Python does when it waits no longer.
func TestGoodbye(t *testing.T) {
	t.Parallel()
	backend := &fakeBackend{}
	_, addr := serving(t, Config{Backend: backend})
	for i, late := range []bool{false, true} {
		c := loggedIn(t, addr)
		c.command(3, "wait")
		eventually(t, "the statement runs", func() bool { return backend.waiting.Load() == int64(i+1) })
		if late {
			time.Sleep(2 * watchDelay) // so that the watch is on
		}
		c.command(1, "")
		_ = c.conn.Close()
		eventually(t, "it is canceled", func() bool { return backend.canceled.Load() == int64(i+1) })
	}
}

// TestNullsWithoutTypes: Connector/J's first execution has no types if all parameters are NULL.
func TestNullsWithoutTypes(t *testing.T) {
	t.Parallel()
	_, addr := serving(t, Config{Backend: &fakeBackend{}})
	c := loggedIn(t, addr)
	c.command(22, "echo ?")
	for range 3 {
		c.read()
	}
	execute := func(nulls string) string {
		c.command(23, "\x01\x00\x00\x00\x00\x01\x00\x00\x00"+nulls)
		return string(c.read())
	}
	if got := execute("\x01\x00"); got != "\x01" {
		t.Errorf("of a NULL: %q", got)
	}
	for range 4 {
		c.read()
	}
	if got := execute("\x00\x00\x01a"); !strings.Contains(got, "Malformed") {
		t.Errorf("of a value: %q", got)
	}
}

// TestPipelining: commands that arrive while a statement runs are answered after it, watched or not.
func TestPipelining(t *testing.T) {
	t.Parallel()
	_, addr := serving(t, Config{Backend: &fakeBackend{}})
	for _, slow := range []string{"1", "sleep 60ms"} {
		c := loggedIn(t, addr)
		c.command(3, slow)
		time.Sleep(30 * time.Millisecond)
		c.command(14, "")
		c.command(14, "")
		for range 5 {
			c.read()
		}
		for range 2 {
			if ok := c.read(); ok[0] != 0 || len(ok) != 7 {
				t.Errorf("after %q: %x", slow, ok)
			}
		}
	}
}

func TestKill(t *testing.T) {
	t.Parallel()
	backend := &fakeBackend{}
	_, addr := serving(t, Config{Backend: backend, Users: usersOf(t, User{Name: testUser, Password: testPassword}, User{Name: "mallory", Password: testPassword})})
	victim, other := pinned(t, opened(t, addr)), pinned(t, opened(t, addr))
	mallory := pinned(t, opened(t, addr, func(c *mysql.Config) { c.User = "mallory" }))
	var id int
	if err := victim.QueryRowContext(t.Context(), "rows 1").Scan(new(int)); err != nil {
		t.Fatal(err)
	}
	if err := queryLast(t, victim, "id", &id); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	run := func(n int64) {
		go func() {
			_, err := victim.ExecContext(context.Background(), "wait")
			ended <- err
		}()
		eventually(t, "it runs", func() bool { return backend.waiting.Load() == n })
	}
	run(1)
	if _, err := mallory.ExecContext(t.Context(), fmt.Sprint("kill ", id)); !isNumber(err, 1094) {
		t.Errorf("another user's KILL: %v", err)
	}
	if _, err := other.ExecContext(t.Context(), "kill 999999"); !isNumber(err, 1094) {
		t.Errorf("KILL of nothing: %v", err)
	}
	if _, err := other.ExecContext(t.Context(), fmt.Sprint("cancel ", id)); err != nil {
		t.Errorf("KILL QUERY: %v", err)
	}
	if err := <-ended; !isNumber(err, 1317) {
		t.Errorf("the killed statement: %v", err)
	}
	if got := single(t, victim, "1"); got != "1" {
		t.Errorf("after KILL QUERY the connection answers %q", got)
	}
	run(2)
	if _, err := other.ExecContext(t.Context(), fmt.Sprint("kill ", id)); err != nil {
		t.Errorf("KILL: %v", err)
	}
	if err := <-ended; !isNumber(err, 1317) {
		t.Errorf("the killed connection's statement: %v", err)
	}
	if err := victim.PingContext(t.Context()); err == nil {
		t.Error("the killed connection lives")
	}
}

func queryLast(t *testing.T, c *sql.Conn, query string, into *int) error {
	t.Helper()
	rows, err := c.QueryContext(t.Context(), query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(into); err != nil {
			return err
		}
	}
	return rows.Err()
}

func TestTooManyConnections(t *testing.T) {
	t.Parallel()
	_, addr := serving(t, Config{Backend: &fakeBackend{}, Limits: Limits{Connections: 3}})
	var held []*rawClient
	for range 3 {
		held = append(held, loggedIn(t, addr))
	}
	start := time.Now()
	if err := opened(t, addr).Ping(); !isNumber(err, 1040) {
		t.Errorf("the fourth: %v", err)
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("refused only after %v", took)
	}
	_ = held[0].conn.Close()
	eventually(t, "there is room again", func() bool { return opened(t, addr).Ping() == nil })
}

func TestPreparedStatementsAreBounded(t *testing.T) {
	t.Parallel()
	_, addr := serving(t, Config{Backend: &fakeBackend{}, Limits: Limits{Statements: 2, StatementBytes: 200}})
	conn := pinned(t, opened(t, addr))
	var kept []*sql.Stmt
	for range 2 {
		s, err := conn.PrepareContext(t.Context(), "echo ?")
		if err != nil {
			t.Fatal(err)
		}
		kept = append(kept, s)
	}
	if _, err := conn.PrepareContext(t.Context(), "echo ?"); !isNumber(err, 1461) {
		t.Errorf("the third: %v", err)
	}
	_ = kept[0].Close()
	if _, err := conn.PrepareContext(t.Context(), "echo "+strings.Repeat("x", 300)); !isNumber(err, 1226) {
		t.Errorf("a long one: %v", err)
	}
	if _, err := conn.PrepareContext(t.Context(), "echo ?"); err != nil {
		t.Errorf("in the place of a closed one: %v", err)
	}
}

func TestAnswersAreBounded(t *testing.T) {
	t.Parallel()
	_, addr := serving(t, Config{Backend: &fakeBackend{}, Limits: Limits{Rows: 1500, Bytes: 20_000}})
	db := opened(t, addr)
	for query, want := range map[string]int{"rows 1500": 1500, "rows 1501": 1000} {
		rows, err := db.Query(query)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for rows.Next() {
			n++
		}
		if err := rows.Err(); n != want || (err != nil) != (want == 1000) || err != nil && !isNumber(err, 1226) {
			t.Errorf("%s: %d rows, then %v", query, n, err)
		}
		_ = rows.Close()
	}
}

func TestIdleTimeout(t *testing.T) {
	t.Parallel()
	_, addr := serving(t, Config{Backend: &fakeBackend{}, Limits: Limits{IdleTime: 50 * time.Millisecond}})
	c := loggedIn(t, addr)
	c.command(3, "sleep 120ms") // running is not idling
	for range 5 {
		c.read()
	}
	if got := c.read(); got[0] != 0xff || !strings.Contains(string(got), "inactivity") {
		t.Errorf("the server says %q", got)
	}
	if got := c.readOrEnd(); got != nil {
		t.Errorf("and then %q", got)
	}
}

// TestSlowReader: who does not read its answer is dropped, and what it had asked for is canceled.
func TestSlowReader(t *testing.T) {
	t.Parallel()
	s, addr := serving(t, Config{Backend: &fakeBackend{}, Limits: Limits{WriteTime: 100 * time.Millisecond}})
	c := loggedIn(t, addr)
	c.command(3, "rows 5000000")
	eventually(t, "it is dropped", func() bool { return len(s.connections()) == 0 })
}

// TestSlowWriter: a packet has to arrive once it has begun.
func TestSlowWriter(t *testing.T) {
	t.Parallel()
	s, addr := serving(t, Config{Backend: &fakeBackend{}, Limits: Limits{WriteTime: 100 * time.Millisecond}})
	c := loggedIn(t, addr)
	_, _ = c.conn.Write([]byte{100, 0, 0, 0, 3})
	eventually(t, "it is dropped", func() bool { return len(s.connections()) == 0 })
}

// busyIn counts the connections with a statement.
func busyIn(s *Server) (n int) {
	for _, c := range s.connections() {
		if p, ok := c.process(c.accountNow()); ok && p.Command == "Query" {
			n++
		}
	}
	return n
}

func TestDrain(t *testing.T) {
	t.Parallel()
	backend := &fakeBackend{}
	s, addr := serving(t, Config{Backend: backend})
	idle, busy := loggedIn(t, addr), loggedIn(t, addr)
	half := dialed(t, addr)
	half.greeting()
	busy.command(3, "sleep 300ms")
	eventually(t, "it runs", func() bool { return busyIn(s) == 1 })
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- s.Shutdown(ctx) }()
	if got := idle.read(); got[0] != 0xff || !strings.Contains(string(got), "Server shutdown in progress") {
		t.Errorf("the idle client is told %q", got)
	}
	for range 5 {
		busy.read()
	}
	if err := <-done; err != nil {
		t.Errorf("drain: %v", err)
	}
	if _, err := net.Dial("tcp", addr.String()); err == nil {
		t.Error("it still listens")
	}
}

func TestDrainHasADeadline(t *testing.T) {
	t.Parallel()
	backend := &fakeBackend{}
	s, addr := serving(t, Config{Backend: backend})
	c := loggedIn(t, addr)
	c.command(3, "wait")
	eventually(t, "it runs", func() bool { return backend.waiting.Load() == 1 })
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if err := s.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("drain: %v", err)
	}
	if got := c.read(); got[0] != 0xff || !strings.Contains(string(got), "the server is shutting down") {
		t.Errorf("the client is told %q", got)
	}
}

// TestChangedRights: sessions of users that are gone or may see less now end.
func TestChangedRights(t *testing.T) {
	t.Parallel()
	two := []User{{Name: testUser, Password: testPassword, Accounts: []string{"1"}}, {Name: "other", Password: testPassword}}
	s, addr := serving(t, Config{Backend: &fakeBackend{}, Users: usersOf(t, two...)})
	first := pinned(t, opened(t, addr))
	second := pinned(t, opened(t, addr, func(c *mysql.Config) { c.User = "other" }))
	s.SetUsers(usersOf(t, two...))
	if single(t, first, "1") != "1" || single(t, second, "1") != "1" {
		t.Error("the same users are ended")
	}
	two[0].Accounts = []string{"2"}
	s.SetUsers(usersOf(t, two...))
	eventually(t, "the changed user's connection ends", func() bool { return len(s.connections()) == 1 })
	if single(t, second, "1") != "1" {
		t.Error("another user's connection is ended")
	}
}

// TestRightsChangeDuringLogin: who has begun to log in when the users are exchanged does not come in as one of the old.
func TestRightsChangeDuringLogin(t *testing.T) {
	t.Parallel()
	s, addr := serving(t, Config{Backend: &fakeBackend{}, Users: usersOf(t, User{Name: testUser, Password: testPassword})})
	c := dialed(t, addr)
	nonce := c.greeting()
	s.SetUsers(usersOf(t, User{Name: testUser, Password: testPassword, Accounts: []string{"1"}}))
	c.login(nonce, testPassword)
	if got := c.read(); got[0] != 0xff || !strings.Contains(string(got), "rights have changed") {
		t.Errorf("answered %q", got)
	}
	if got := c.readOrEnd(); got != nil {
		t.Errorf("and then %q", got)
	}
}

func TestCommands(t *testing.T) {
	t.Parallel()
	_, addr := serving(t, Config{Backend: &fakeBackend{}})
	c := loggedIn(t, addr)
	for _, step := range []struct {
		name    string
		code    byte
		payload string
		want    string // how the first packet of the answer begins
		packets int
	}{
		{"init db", 2, "aws", "\x00\x00\x00\x02\x02\x00\x00", 1},
		{"init db of nothing", 2, "nowhere", "\xff\x19\x04#3F000database \"nowhere\" does not exist", 1},
		{"statistics", 9, "", "Uptime: ", 1},
		{"field list", 4, "t\x00%", "\x03def\x00\x01t\x01t\x01a\x00", 3},
		{"set option on", 27, "\x00\x00", "\xfe\x00\x00\x02\x02", 1},
		{"set option off", 27, "\x01\x00", "\xfe\x00\x00\x02\x02", 1},
		{"set option of nothing", 27, "\x02\x00", "\xff\x2b\x07", 1},
		{"several statements, switched off", 3, "1; 1", "\xff\x28\x04#42601several statements in one text", 1},
		{"reset connection", 31, "", "\x00\x00\x00\x02\x02\x00\x00", 1},
		{"debug", 13, "", "\xff\x17\x04#08S01Unknown command 13", 1},
		{"shutdown", 8, "", "\xff\x17\x04#08S01Unknown command 8", 1},
		{"fetch", 28, "\x01\x00\x00\x00", "\xff\x17\x04#08S01Unknown command 28", 1},
		{"process kill", 12, "\xff\xff\xff\xff", "\xff\x46\x04#HY000Unknown thread id: 4294967295", 1},
		{"a backslash", 3, `1 '\'`, "\xff\x28\x04#42601a backslash in a string", 1},
		{"prepare of what is wrong", 22, "bad", "\xff\x28\x04#42601bad statement", 1},
		{"prepare", 22, "echo ?", "\x00\x01\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00", 3},
		{"reset of a statement", 26, "\x01\x00\x00\x00", "\x00\x00\x00\x02\x02\x00\x00", 1},
		{"reset of none", 26, "\x02\x00\x00\x00", "\xff\xdb\x04#HY000Unknown prepared statement handler", 1},
	} {
		c.command(step.code, step.payload)
		first := string(c.read())
		if !strings.HasPrefix(first, step.want) {
			t.Errorf("%s: %q, want %q", step.name, first, step.want)
		}
		for range step.packets - 1 {
			c.read()
		}
	}
	c.command(1, "") // quit
	if got := c.readOrEnd(); got != nil {
		t.Errorf("after quit: %q", got)
	}
}

func TestChangeUser(t *testing.T) {
	t.Parallel()
	_, addr := serving(t, Config{Backend: &fakeBackend{}, Users: usersOf(t, User{Name: testUser, Password: testPassword}, User{Name: "other", Password: "p"})})
	c := dialed(t, addr)
	nonce := c.greeting()
	c.login(nonce, testPassword)
	c.read()
	change := func(user, password string) []byte {
		proof := string(gomysql.CalcNativePassword(nonce, []byte(password)))
		c.command(17, user+"\x00"+string(rune(len(proof)))+proof+"db\x00\x2d\x00mysql_native_password\x00")
		return c.read()
	}
	if got := change("other", "p"); got[0] != 0 {
		t.Fatalf("change to another user: %q", got)
	}
	c.command(3, "who")
	c.read()
	c.read()
	c.read()
	if row := c.read(); string(row[1:]) != "other db" {
		t.Errorf("the session is of %q", row)
	}
	c.read()
	if got := change(testUser, "wrong"); got[0] != 0xff {
		t.Errorf("change with a wrong password: %q", got)
	}
	if got := c.readOrEnd(); got != nil {
		t.Errorf("and then: %q", got)
	}
}

// TestIdleMemory: what ten thousand idle connections take.
func TestIdleMemory(t *testing.T) {
	const n = 500
	_, addr := serving(t, Config{Backend: &fakeBackend{}, Limits: Limits{Connections: n}})
	before := inUse()
	for range n {
		c := loggedIn(t, addr)
		c.command(3, "rows 10")
		for range 14 {
			c.read()
		}
	}
	each := (inUse() - before) / n
	t.Logf("%d bytes for each connection and its test client", each)
	if each > 40<<10 {
		t.Errorf("an idle connection takes %d bytes", each)
	}
}

func inUse() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc + m.StackInuse
}

// TestAnswersOfOneBatchEnd: rows that are computed at once and take long to write end at the statement's time limit and at the server's bound
// all the same. The whole answer would be 2.2 GB.
func TestAnswersOfOneBatchEnd(t *testing.T) {
	t.Parallel()
	const query = "SELECT array_agg(x) OVER () FROM generate_series(1, 20000) x"
	for name, c := range map[string]struct {
		limits Limits
		set    string
		number uint16
	}{
		"time":  {Limits{}, "SET max_execution_time = 1500", 3024},
		"bytes": {Limits{Bytes: 4 << 20}, "SET max_execution_time = 0", 1226},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, addr := serving(t, Config{Backend: FromEngine(reports(t)), Limits: c.limits})
			db := opened(t, addr)
			db.SetMaxOpenConns(1)
			if _, err := db.Exec(c.set); err != nil {
				t.Fatal(err)
			}
			rows, err := db.Query(query)
			n := 0
			for err == nil && rows.Next() {
				n++
			}
			if err == nil {
				err = rows.Err()
				defer rows.Close()
			}
			if n == 20_000 || !isNumber(err, c.number) {
				t.Errorf("%d rows, then %v", n, err)
			}
			if c.limits.Bytes > 0 && n > 100 {
				t.Errorf("%d rows of some 100 kB", n)
			}
		})
	}
}
