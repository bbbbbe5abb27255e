package mysqlwire

import (
	"context"
	"database/sql"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/tables/files"
)

// fortress is a server over the example reports with small bounds, a client that is never disturbed, and the attackers' address.
func fortress(t *testing.T) (calm *sql.Conn, addr net.Addr) {
	t.Helper()
	source, err := files.New(files.Config{Paths: []string{"../../examples/reports"}})
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.New(engine.Config{Source: source, Timeout: 500 * time.Millisecond, MaxMemory: 64 << 20})
	if err != nil {
		t.Fatal(err)
	}
	_, addr = serving(t, Config{Backend: FromEngine(e), Limits: Limits{LoginTime: 300 * time.Millisecond, WriteTime: 300 * time.Millisecond},
		Users: usersOf(t, User{Name: testUser, Password: testPassword}, User{Name: "other", Password: testPassword})})
	calm = pinned(t, opened(t, addr, func(c *mysql.Config) { c.User = "other" }))
	unharmed(t, calm)
	return calm, addr
}

// unharmed says that the server answers others, and at once.
func unharmed(t *testing.T, calm *sql.Conn) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	start := time.Now()
	var n int
	if err := calm.QueryRowContext(ctx, "SELECT count(*) FROM aws.iam_credential_report WHERE user = '<root_account>'").Scan(&n); err != nil || n != 12 {
		t.Errorf("another client counts %d, %v", n, err)
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("another client waits %v", took)
	}
}

// TestForbiddenStatements: nothing is changed, read or written outside of the reports, however it is dressed. Each is refused with an error
// that begins as it must, as text and as a prepared statement, and another client does not notice.
func TestForbiddenStatements(t *testing.T) {
	t.Parallel()
	calm, addr := fortress(t)
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("the secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	target := filepath.Join(t.TempDir(), "written")
	const (
		readOnly = "Error 1290 (25006): cannot execute "
		noSuch   = "Error 1305 (42883): function "
		denied   = "Error 1227 (42501): function "
		syntax   = "Error 1064 (42601): "
		notHere  = "Error 1235 (0A000): "
	)
	for _, c := range []struct{ sql, want string }{
		{"SELECT load_file('" + secret + "')", notHere},
		{"SELECT LOAD_FILE('" + secret + "') AS `x`", ""},
		{"SELECT `load_file`('" + secret + "')", ""},
		{"SELECT /*!50000 load_file('" + secret + "') */", ""},
		{"/*!50000 SELECT load_file('" + secret + "') */", ""},
		{"SELECT @@version, load_file('" + secret + "')", denied},
		{"SELECT table_name FROM information_schema.tables WHERE load_file('" + secret + "') IS NOT NULL", denied},
		{"SELECT (SELECT load_file('" + secret + "'))", notHere},
		{"WITH x AS (SELECT load_file('" + secret + "')) SELECT * FROM x", notHere},
		{"SELECT 1 UNION ALL SELECT load_file('" + secret + "')", notHere},
		{"SHOW TABLES WHERE load_file('" + secret + "') IS NOT NULL", denied},
		{"SET @x = load_file('" + secret + "')", denied},
		{"SELECT 1 INTO OUTFILE '" + target + "'", ""},
		{"SELECT 1 INTO DUMPFILE '" + target + "'", ""},
		{"SELECT * FROM aws.iam_credential_report INTO OUTFILE '" + target + "'", ""},
		{"SELECT * INTO OUTFILE '" + target + "' FROM information_schema.tables", ""},
		{"SELECT /*! 1 INTO OUTFILE '" + target + "' */", ""},
		{"TABLE aws.iam_credential_report INTO OUTFILE '" + target + "'", ""},
		{"SELECT 1 INTO @x", ""},
		{"LOAD DATA INFILE '" + secret + "' INTO TABLE aws.iam_credential_report", readOnly},
		{"LOAD DATA LOCAL INFILE '" + secret + "' INTO TABLE aws.iam_credential_report", readOnly},
		{"LOAD XML INFILE '" + secret + "' INTO TABLE t", readOnly},
		{"SET GLOBAL max_connections = 5", readOnly},
		{"SET PERSIST max_connections = 5", readOnly},
		{"SET PERSIST_ONLY max_connections = 5", readOnly},
		{"SET @@GLOBAL.max_connections = 5", readOnly},
		{"SET @@global.sql_mode = '', autocommit = 1", readOnly},
		{"SET autocommit = 1, GLOBAL max_connections = 5", readOnly},
		{"SET @x = (SELECT user FROM aws.iam_credential_report LIMIT 1)", ""},
		{"SET @x = (SELECT count(*) FROM aws.iam_credential_report)", notHere},
		{"SHOW TABLES WHERE (SELECT count(*) FROM aws.iam_credential_report) > 0", notHere},
		{"SHOW VARIABLES WHERE EXISTS (SELECT 1 FROM iam_credential_report)", notHere},
		{"SELECT @`a, load_file('" + secret + "'), `", ""},
		{"SHOW GRANTS FOR 'other'@'%'", "Error 1227 (42501): "},
		{"SET PASSWORD = 'x'", readOnly},
		{"SET ROLE admin", readOnly},
		{"CREATE TABLE t (a int)", readOnly},
		{"CREATE TEMPORARY TABLE t (a int)", readOnly},
		{"CREATE USER u IDENTIFIED BY 'x'", readOnly},
		{"DROP TABLE aws.iam_credential_report", readOnly},
		{"DROP DATABASE aws", readOnly},
		{"ALTER TABLE aws.iam_credential_report ADD x int", readOnly},
		{"INSERT INTO aws.iam_credential_report (user) VALUES ('x')", readOnly},
		{"REPLACE INTO aws.iam_credential_report (user) VALUES ('x')", readOnly},
		{"UPDATE aws.iam_credential_report SET user = 'x'", readOnly},
		{"DELETE FROM aws.iam_credential_report", readOnly},
		{"TRUNCATE TABLE aws.iam_credential_report", readOnly},
		{"GRANT ALL ON *.* TO auditor", readOnly},
		{"REVOKE ALL ON *.* FROM auditor", readOnly},
		{"RENAME TABLE aws.iam_credential_report TO x", notHere},
		{"/*!50000 DROP TABLE aws.iam_credential_report */", readOnly},
		{"/*! DROP */ /*! TABLE aws.iam_credential_report */", readOnly},
		{"WITH x AS (DELETE FROM aws.iam_credential_report RETURNING *) SELECT * FROM x", ""},
		{"EXPLAIN DELETE FROM aws.iam_credential_report", ""},
		{"SELECT * FROM aws.iam_credential_report FOR UPDATE", readOnly},
		{"SELECT * FROM `iam_credential_report` LOCK IN SHARE MODE", ""},
		{"LOCK TABLES aws.iam_credential_report WRITE", readOnly},
		{"LOCK INSTANCE FOR BACKUP", readOnly},
		{"FLUSH PRIVILEGES", readOnly},
		{"FLUSH HOSTS", readOnly},
		{"RESET MASTER", "Error 1193 (42704): unrecognized"},
		{"PURGE BINARY LOGS TO 'x'", readOnly},
		{"SHUTDOWN", readOnly},
		{"RESTART", notHere},
		{"INSTALL PLUGIN x SONAME 'x.so'", readOnly},
		{"START REPLICA", readOnly},
		{"STOP SLAVE", readOnly},
		{"CHANGE MASTER TO MASTER_HOST = 'x'", readOnly},
		{"CALL p()", notHere},
		{"HANDLER t OPEN", notHere},
		{"XA START 'x'", readOnly},
		{"DO SLEEP(1000)", ""},
		{"DO LOAD_FILE('" + secret + "')", ""},
		{"SELECT SLEEP(1000)", "Error 1226 (53400): SLEEP of more than 10 seconds"},
		{"SELECT SLEEP(1) FROM aws.iam_credential_report", noSuch},
		{"SELECT user FROM aws.iam_credential_report WHERE SLEEP(1000) = 0", noSuch},
		{"SELECT @@version, SLEEP(1000)", denied},
		{"SELECT BENCHMARK(1000000000, SHA2('x', 512))", noSuch},
		{"SELECT @@version, BENCHMARK(1000000000, MD5('x'))", denied},
		{"SELECT GET_LOCK('x', 1000)", noSuch},
		{"SELECT @@version, GET_LOCK('x', 1000)", denied},
		{"SELECT RELEASE_ALL_LOCKS()", noSuch},
		{"SELECT pg_sleep(1000)", notHere},
		{"SELECT pg_read_file('" + secret + "')", ""},
		{"COPY aws.iam_credential_report TO '" + target + "'", ""},
		{"PREPARE s FROM 'SELECT load_file(1)'", notHere},
		{"EXECUTE s", notHere},
		{"DEALLOCATE PREPARE s", notHere},
		{"KILL 1", "Error 1094 (HY000): Unknown thread id: 1"},
		{"KILL QUERY 1", "Error 1094 (HY000): Unknown thread id: 1"},
		{"KILL CONNECTION 18446744073709551615", "Error 1094 (HY000): Unknown thread id: "},
		{"SELECT * FROM mysql.innodb_table_stats", ""},
		{"SELECT uuid_short(), @@version", denied},
		{"SELECT 'x' /*! ; DROP TABLE t */", ""},
		{"SELECT 1 /*!99999 + 1", ""},
		{"SELECT '\\' OR 1=1 -- '", syntax + "a backslash in a string"},
		{"SELECT 'O\\'Brien'", syntax + "a backslash in a string"},
		{`SELECT '\d'`, syntax + "a backslash in a string"},
		{`SELECT "\"; DROP TABLE t; --"`, syntax + "a backslash in a string"},
		{"SELECT user FROM aws.iam_credential_report WHERE user = 'a\x00b'", "Error 1105 (22021): invalid byte sequence"},
		{"SELECT '\xff\xfe'", "Error 1105 (22021): invalid byte sequence"},
	} {
		conn := pinned(t, opened(t, addr))
		for _, prepared := range []bool{false, true} {
			got, err := attempt(conn, c.sql, prepared)
			if err == nil {
				t.Errorf("%.200s (prepared %v) is answered: %.200s", c.sql, prepared, got)
				continue
			}
			if strings.Contains(err.Error(), "the secret") {
				t.Errorf("%.200s (prepared %v): %v", c.sql, prepared, err)
			}
			if !prepared && !strings.HasPrefix(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "Error ") || strings.Contains(err.Error(), "XX000") {
				t.Errorf("%.200s (prepared %v)\nerror %v\nwant  %s…", c.sql, prepared, err, c.want)
			}
		}
		if single(t, conn, "SELECT 1") != "1" {
			t.Errorf("after %.200s the connection is out of step", c.sql)
		}
		_ = conn.Close()
	}
	unharmed(t, calm)
	if _, err := os.Stat(target); err == nil {
		t.Error("a file has been written")
	}
}

// attempt gives all that a statement's rows say.
func attempt(c *sql.Conn, text string, prepared bool) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if !prepared {
		return answerOf(c.QueryContext(ctx, text))
	}
	s, err := c.PrepareContext(ctx, text)
	if err != nil {
		return "", err
	}
	defer s.Close()
	return answerOf(s.QueryContext(ctx))
}

// TestExpensiveStatements: what would take the processor, the memory or the stack is refused or ended, in time and alone.
func TestExpensiveStatements(t *testing.T) {
	t.Parallel()
	calm, addr := fortress(t)
	many := func(s, sep string, n int) string { return strings.TrimSuffix(strings.Repeat(s+sep, n), sep) }
	for name, sql := range map[string]string{
		"a sum of 400,000":           "SELECT " + many("1", "+", 400_000),
		"a sum of 10,000":            "SELECT " + many("1", "+", 10_000),
		"100,000 parentheses":        "SELECT " + strings.Repeat("(", 100_000) + "1" + strings.Repeat(")", 100_000),
		"100,000 open parentheses":   "SELECT " + strings.Repeat("(", 100_000),
		"10,000 NOTs":                "SELECT " + strings.Repeat("NOT ", 10_000) + "true",
		"10,000 signs":               "SELECT " + strings.Repeat("- ", 10_000) + "1",
		"1000 subqueries":            "SELECT " + strings.Repeat("(SELECT ", 1000) + "1" + strings.Repeat(")", 1000),
		"1000 CASEs":                 "SELECT " + strings.Repeat("CASE WHEN true THEN ", 1000) + "1" + strings.Repeat(" END", 1000),
		"1000 unions":                many("SELECT 1", " UNION ALL ", 1000),
		"1000 unions of metadata":    many("SELECT @@version", " UNION ALL ", 1000),
		"metadata with 10,000 signs": "SELECT @@version, " + many("1", "+", 10_000),
		"1000 joins":                 "SELECT 1 FROM aws.iam_credential_report " + strings.Repeat("NATURAL JOIN aws.iam_credential_report ", 1000),
		"a million names":            "SELECT " + many("user", ",", 1_000_000) + " FROM aws.iam_credential_report",
		"a list of a million":        "SELECT 1 WHERE 1 IN (" + many("2", ",", 1_000_000) + ")",
		"nested comments":            strings.Repeat("/*", 200_000),
		"nested /*! comments":        "SELECT " + strings.Repeat("/*!50000 ", 50_000) + "1" + strings.Repeat("*/", 50_000),
		"an unfinished string":       "SELECT '" + strings.Repeat("x", 1<<20),
		"arrays in arrays":           "SELECT " + strings.Repeat("ARRAY[", 5000) + "1" + strings.Repeat("]", 5000),
		"a cross join without end": "SELECT count(*) FROM aws.iam_credential_report a, aws.iam_credential_report b, aws.iam_credential_report c, aws.iam_credential_report d, " +
			"aws.iam_credential_report e WHERE a.user || b.user || c.user || d.user = e.user",
		"a sorted cross join":  "SELECT a.arn FROM aws.iam_credential_report a, aws.iam_credential_report b, aws.iam_credential_report c ORDER BY a.arn || b.arn || c.arn",
		"repeat":               "SELECT repeat('a', 1000000000)",
		"repeat of repeat":     "SELECT length(repeat(repeat('a', 10000000), 1000))",
		"lpad":                 "SELECT lpad('a', 1000000000, 'b')",
		"string_agg":           "SELECT length(string_agg(repeat(a.arn, 1000), '')) FROM aws.iam_credential_report a, aws.iam_credential_report b",
		"recursion":            "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r",
		"doubling recursion":   "WITH RECURSIVE r(s) AS (SELECT 'aaaaaaaa' UNION ALL SELECT s || s FROM r) SELECT max(length(s)) FROM r",
		"a long series":        "SELECT count(*) FROM generate_series(1, 100000000000) x",
		"a regular expression": "SELECT regexp_like(repeat('a', 100000) || '!', '^(a+)+$') FROM aws.iam_credential_report",
		"a nested quantifier":  "SELECT regexp_like('a', '" + strings.Repeat("(", 500) + "a" + strings.Repeat("){1,100}", 500) + "')",
		"a large quantifier":   "SELECT regexp_like('a', '((a{1,1000}){1,1000}){1,1000}')",
	} {
		t.Run(name, func(t *testing.T) {
			conn := pinned(t, opened(t, addr))
			for _, prepared := range []bool{false, true} {
				done := make(chan error, 1)
				start := time.Now()
				go func() {
					_, err := attempt(conn, sql, prepared)
					done <- err
				}()
				time.Sleep(10 * time.Millisecond)
				unharmed(t, calm)
				err := <-done
				switch {
				case err == nil && name != "a regular expression":
					t.Errorf("prepared %v: answered", prepared)
				case err != nil && (!strings.HasPrefix(err.Error(), "Error ") || strings.Contains(err.Error(), "XX000")):
					t.Errorf("prepared %v: %v", prepared, err)
				}
				if took := time.Since(start); took > 20*time.Second {
					t.Errorf("prepared %v: ended after %v", prepared, took)
				}
				t.Logf("prepared %v: %v: %.120v", prepared, time.Since(start).Round(time.Millisecond), err)
			}
			if single(t, conn, "SELECT 1") != "1" {
				t.Error("the connection is out of step")
			}
		})
	}
}

// TestHostilePackets: whatever comes before or after login ends at most its own connection.
func TestHostilePackets(t *testing.T) {
	t.Parallel()
	calm, addr := fortress(t)
	good := handshakeResponse(rawCapabilities, testUser, make([]byte, 20), "mysql_native_password")
	before := map[string][]byte{
		"nothing":                     nil,
		"garbage":                     []byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
		"a header of 16 MiB":          {0xff, 0xff, 0xff, 1},
		"a header of 16 MiB and some": append([]byte{0xff, 0xff, 0xff, 1}, make([]byte, 20_000)...),
		"an empty packet":             {0, 0, 0, 1},
		"the wrong number":            framed(7, good),
		"half a header":               {5, 0},
		"a user without end":          framed(1, append(good[:32:32], strings.Repeat("u", 200)...)),
		"a proof without end":         framed(1, append(append(good[:32:32], "u\x00"...), 0xff, 1, 2)),
		"a proof of 2^63 bytes":       framed(1, lenencResponse(0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f)),
		"a NULL proof":                framed(1, lenencResponse(0xfb)),
		"TLS where there is none":     framed(1, sslRequest()),
		"an old client":               framed(1, []byte{1, 2, 0, 0, 0, 'r', 'o', 'o', 't', 0}),
		"attributes without end":      framed(1, attributesResponse(0xfd, 0xff, 0xff, 0xff)),
		"attributes within nothing":   framed(1, attributesResponse(3, 0xfe, 1, 2)),
	}
	for n := range good {
		before[fmt.Sprint("cut after ", n)] = framed(1, good[:n])
	}
	for name, bytes := range before {
		c := dialed(t, addr)
		c.greeting()
		_, _ = c.conn.Write(bytes)
		if name == "nothing" || strings.HasPrefix(name, "half") || strings.HasPrefix(name, "a header of 16 MiB") {
			defer func() { _ = c.conn.Close() }() // it stays, and goes by itself
			continue
		}
		for p := c.readOrEnd(); p != nil; p = c.readOrEnd() {
			if p[0] == 0 {
				t.Errorf("%s: logged in", name)
			}
			if p[0] == 0xfe || len(p) == 2 { // asks for more
				_ = c.conn.Close()
			}
		}
	}
	unharmed(t, calm)

	after := map[string][]byte{
		"an empty packet":               {0, 0, 0, 0},
		"the wrong number":              {1, 0, 0, 5, 14},
		"a header of 16 MiB":            {0xff, 0xff, 0xff, 0, 3},
		"execute of nothing":            framed(0, []byte{23}),
		"execute without a statement":   framed(0, []byte{23, 9, 0, 0, 0, 0, 1, 0, 0, 0}),
		"long data without a statement": framed(0, []byte{24, 9, 0, 0, 0, 0, 0, 'x'}),
		"close of nothing":              framed(0, []byte{25}),
		"change user without end":       framed(0, append([]byte{17}, strings.Repeat("u", 100)...)),
		"field list of nothing":         framed(0, []byte{4}),
		"kill of nothing":               framed(0, []byte{12, 1}),
		"set option of nothing":         framed(0, []byte{27, 1}),
		"an empty query":                framed(0, []byte{3}),
		"an empty prepare":              framed(0, []byte{22}),
	}
	for code := range 256 {
		if code != 1 && code != 3 { // quit, query
			after[fmt.Sprint("command ", code)] = framed(0, []byte{byte(code), 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
		}
	}
	for name, bytes := range after {
		c := loggedIn(t, addr)
		_, _ = c.conn.Write(bytes)
		_ = name
		c.seq = 0
		_ = c.conn.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
		_, _ = c.conn.Read(make([]byte, 4096))
		_ = c.conn.Close()
	}
	unharmed(t, calm)
	s := loggedIn(t, addr)
	s.command(22, "SELECT ?, ?::varchar")
	for range 9 {
		if s.read()[0] == 0xfe && s.seq > 5 {
			break
		}
	}
	execution := append([]byte{23, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 8, 0, 253, 0}, append(make([]byte, 8), 3, 'a', 'b', 'c')...)
	for n := range execution {
		s.seq = 0
		s.write(execution[:n+1])
		if p := s.read(); n+1 < len(execution) && p[0] != 0xff {
			t.Errorf("an execution of %d bytes is answered by %q", n+1, p)
		}
	}
	unharmed(t, calm)
}

func framed(seq byte, payload []byte) []byte {
	n := len(payload)
	return append([]byte{byte(n), byte(n >> 8), byte(n >> 16), seq}, payload...)
}

func lenencResponse(length ...byte) []byte {
	caps := uint32(rawCapabilities) | 1<<21
	p := handshakeResponse(caps, "u", nil, "")[:32+2]
	return append(p, length...)
}

func attributesResponse(length ...byte) []byte {
	caps := uint32(rawCapabilities) | 1<<20
	return append(handshakeResponse(caps, testUser, make([]byte, 20), "mysql_native_password"), length...)
}

func sslRequest() []byte {
	caps := uint32(rawCapabilities) | 1<<11
	return handshakeResponse(caps, "", nil, "")[:32]
}

// TestHalfOpenClients: those who connect and say nothing, or too little, lose their place in time, and do not keep others out for longer.
func TestHalfOpenClients(t *testing.T) {
	t.Parallel()
	s, addr := serving(t, Config{Backend: &fakeBackend{}, Limits: Limits{Connections: 20, LoginTime: 100 * time.Millisecond}})
	for range 20 {
		c := dialed(t, addr)
		_, _ = c.conn.Write([]byte{100})
	}
	eventually(t, "the silent are gone", func() bool { return len(s.connections()) == 0 })
	if err := opened(t, addr).Ping(); err != nil {
		t.Errorf("after them: %v", err)
	}
	drip := dialed(t, addr)
	start := time.Now()
	for i := 0; i < 100 && len(s.connections()) > 1; i++ {
		_, _ = drip.conn.Write([]byte{100})
		time.Sleep(10 * time.Millisecond)
	}
	eventually(t, "who drips is gone", func() bool { return len(s.connections()) <= 1 })
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("who drips stays %v", took)
	}
}
