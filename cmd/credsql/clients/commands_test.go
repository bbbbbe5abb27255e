package clients

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// command is a client for people at a terminal. It has its own checks, by the names of the table.
type command struct {
	name   string
	binary string
	checks map[string]func(*shell)
}

var commands = []command{
	{name: "mariadb", binary: "mariadb", checks: map[string]func(*shell){
		"connect": mariadbConnects, "refused": mariadbRefused, "ask": mariadbAsks, "injection": mariadbStrings, "browse": mariadbBrowses,
		"multi": mariadbScript, "stream": mariadbStreams, "kill": mariadbKills, "cancel": mariadbInterrupted,
	}},
	{name: "mariadb-dump", binary: "mariadb-dump", checks: map[string]func(*shell){"refused": dumpRefused, "ask": dumps}},
	{name: "mariadb-admin", binary: "mariadb-admin", checks: map[string]func(*shell){"refused": adminRefused, "session": adminAsks}},
	{name: "mycli", binary: "mycli", checks: map[string]func(*shell){"connect": mycliConnects, "refused": mycliRefused, "ask": mycliAsks, "browse": mycliBrowses}},
}

// shell is a command's run through its checks.
type shell struct {
	*testing.T
	command
	servers *servers
	golden  strings.Builder
	passed  int
}

func runCommand(t *testing.T, c command, _ string, s *servers, all *report) {
	if _, err := exec.LookPath(c.binary); err != nil {
		t.Fatalf("%v; ./install installs what is needed", err)
	}
	version, err := exec.Command(c.binary, "--version").Output()
	if err != nil {
		t.Fatal(err)
	}
	sh := &shell{T: t, command: c, servers: s}
	counts := map[string]string{}
	for _, check := range checks {
		if run := c.checks[check.name]; run != nil {
			sh.passed = 0
			run(sh)
			counts[check.name] = fmt.Sprint(sh.passed)
			if sh.passed == 0 {
				t.Errorf("%s has checked nothing", check.name)
			}
		}
	}
	compareGolden(t, c.name, sh.golden.String())
	all.add(c.name+" "+numberIn(string(version)), counts)
}

// numberIn is the first word of a text that begins with a digit.
func numberIn(text string) string {
	for _, word := range strings.Fields(text) {
		if word[0] >= '0' && word[0] <= '9' {
			return strings.TrimRight(word, ",")
		}
	}
	return "?"
}

func (s *shell) check(ok bool, format string, args ...any) {
	s.Helper()
	if !ok {
		s.Errorf(format, args...)
		return
	}
	s.passed++
}

func (s *shell) user() address { return s.servers.open.as("native-" + s.name) }

// flags are how all of MariaDB's commands take an address. The password comes by the environment, to be in no process list.
func flags(a address) []string {
	list := []string{"--no-defaults", "-h", a.Host, "-P", fmt.Sprint(a.Port), "-u", a.User}
	if a.TLS {
		return append(list, "--ssl-ca="+a.CA, "--ssl-verify-server-cert")
	}
	return append(list, "--skip-ssl")
}

// start makes the command, with its own home.
func (s *shell) start(a address, stdin string, args ...string) (cmd *exec.Cmd, out, said *bytes.Buffer) {
	cmd = exec.CommandContext(s.Context(), s.binary, args...)
	cmd.Env = append(os.Environ(), "MYSQL_PWD="+a.Password, "HOME="+filepath.Dir(s.servers.binary), "LC_ALL=C.UTF-8")
	cmd.Stdin = strings.NewReader(stdin)
	out, said = &bytes.Buffer{}, &bytes.Buffer{}
	cmd.Stdout, cmd.Stderr = out, said
	return cmd, out, said
}

// says runs the command and gives what it wrote, and what went wrong.
func (s *shell) says(a address, stdin string, args ...string) (out, failure string) {
	s.Helper()
	cmd, stdout, said := s.start(a, stdin, args...)
	if err := cmd.Run(); err != nil {
		return stdout.String(), strings.TrimSpace(fmt.Sprintf("%v %s", err, said))
	}
	return stdout.String(), ""
}

func (s *shell) batch(a address, sql string, args ...string) (out, failure string) {
	s.Helper()
	return s.says(a, sql, append(append(flags(a), "--batch", "--raw"), append(args, "aws")...)...)
}

func mariadbConnects(s *shell) {
	for _, a := range []address{
		s.servers.plain.address, s.user(), s.servers.open.as("rsa-" + s.name), s.servers.secured(s.servers.strict.as("native-" + s.name)),
		s.servers.secured(s.servers.strict.as("sha2-" + s.name)), s.servers.secured(s.servers.strict.as("sha2-" + s.name)),
	} {
		out, failure := s.batch(a, "SELECT USER() AS u")
		s.check(failure == "" && strings.HasPrefix(out, "u\n"+a.User+"@"), "%s: %s %s", a.User, out, failure)
	}
}

// refuses checks that a command with the wrong password, and one without TLS where it is required, get the server's error and nothing else.
func (s *shell) refuses(run func(a address) (out, failure string)) {
	s.Helper()
	wrong := s.servers.open.as("wrong-" + s.name)
	wrong.Password = "guess"
	out, failure := run(wrong)
	s.check(!strings.Contains(out, "account") && strings.Contains(failure, "Access denied"), "%s %s", out, failure)
	out, failure = run(s.servers.strict.as("native-" + s.name))
	s.check(!strings.Contains(out, "account") && strings.Contains(failure, "insecure transport"), "%s %s", out, failure)
}

func mariadbRefused(s *shell) {
	s.refuses(func(a address) (string, string) { return s.batch(a, "SELECT account_id FROM iam_credential_report") })
}

func mariadbAsks(s *shell) {
	const sql = "SELECT account_id, user, mfa_active, password_last_changed FROM aws.iam_credential_report ORDER BY arn LIMIT 200"
	out, failure := s.batch(s.user(), sql)
	e := s.servers.expect(false, sql)
	want := strings.Join(e.columns, "\t") + "\n"
	for _, row := range e.rows {
		var cells []string
		for _, v := range row {
			cells = append(cells, normal(v))
		}
		want += strings.Join(cells, "\t") + "\n"
	}
	s.check(failure == "" && e.err == "" && out == want, "%s\n%s\nwant\n%s", failure, out, want)
	_, failure = s.batch(s.user(), "SELECT 1/0")
	s.check(strings.Contains(failure, "1365"), "%s", failure)
	out, failure = s.batch(s.user(), "SELECT nothing; SELECT 7", "--force")
	s.check(strings.Contains(out, "7"), "%s %s", out, failure)
	out, failure = s.batch(s.user(), "PREPARE s FROM 'SELECT ? AS v'; SET @v = 'x'; EXECUTE s USING @v")
	fmt.Fprintf(&s.golden, "PREPARE … FROM: %s%s\n", out, failure)
	s.check((failure == "") != (out == ""), "%s %s", out, failure)
}

func mariadbStrings(s *shell) {
	for sql, want := range map[string]string{`SELECT 'O''Brien' AS v`: "v\nO'Brien\n", `SELECT 'a -- b' AS v`: "v\na -- b\n", `SELECT 'a;b' AS v`: "v\na;b\n"} {
		out, failure := s.batch(s.user(), sql)
		s.check(failure == "" && out == want, "%s: %s %s", sql, out, failure)
	}
	for _, sql := range []string{`SELECT '\d' AS v`, `SELECT count(*) FROM iam_credential_report WHERE user = 'O\'Brien'`, `SELECT count(*) FROM iam_credential_report WHERE user = '\' OR 1=1 -- '`} {
		out, failure := s.batch(s.user(), sql)
		s.check(out == "" && failure != "", "%s: %s %s", sql, out, failure)
	}
}

func mariadbBrowses(s *shell) {
	for sql, want := range map[string]string{
		"SHOW DATABASES": "aws\n", "SHOW TABLES": "iam_credential_report\n", "DESCRIBE iam_credential_report": "mfa_active\ttinyint(1)\tYES", "SHOW COLUMNS FROM iam_credential_report LIKE 'arn'": "arn\tvarchar",
		"SHOW FULL TABLES": "BASE TABLE", "SELECT table_rows FROM information_schema.tables WHERE table_name = 'iam_credential_report'": "TABLE_ROWS", "USE credsql; SHOW TABLES": "credentials\n", "status": "Uptime:", "SHOW WARNINGS": "",
		"SHOW PROCESSLIST": "SHOW PROCESSLIST", "SHOW STATUS LIKE 'Threads%'": "Threads_connected", "SHOW VARIABLES LIKE 'version'": "credsql", "EXPLAIN SELECT 1": "",
	} {
		out, failure := s.batch(s.user(), sql)
		s.check(failure == "" && strings.Contains(out, want), "%s: %s %s", sql, out, failure)
	}
	// With auto-rehash the client asks for the fields of every table, by COM_FIELD_LIST.
	out, failure := s.says(s.user(), "SELECT 1 AS one", append(flags(s.user()), "--auto-rehash", "--table", "aws")...)
	s.check(failure == "" && strings.Contains(out, "| one "), "%s %s", out, failure)
}

func mariadbScript(s *shell) {
	out, failure := s.batch(s.user(), "DELIMITER //\nSELECT 1 AS one; SELECT 2 AS two//\n", "--skip-column-names")
	s.check(failure == "" && out == "1\n2\n", "%s %s", out, failure)
}

func mariadbStreams(s *shell) {
	const n = 300_000
	out, failure := s.batch(s.user(), fmt.Sprintf("SELECT x FROM generate_series(1, %d) g(x)", n), "--quick", "--skip-column-names")
	s.check(failure == "" && strings.Count(out, "\n") == n && strings.HasSuffix(out, fmt.Sprintf("\n%d\n", n)), "%d lines %s", strings.Count(out, "\n"), failure)
}

// mariadbKills ends what one client runs from another, found in the process list.
func mariadbKills(s *shell) {
	mark := "kill-" + s.name
	cmd, out, said := s.start(s.user(), long(mark), append(flags(s.user()), "--comments", "--batch", "aws")...)
	if err := cmd.Start(); err != nil {
		s.Fatal(err)
	}
	killed := false
	for begun := time.Now(); !killed && time.Since(begun) < patience; time.Sleep(50 * time.Millisecond) {
		list, failure := s.batch(s.user(), "SHOW FULL PROCESSLIST", "--skip-column-names")
		for line := range strings.Lines(list) {
			if strings.Contains(line, mark) {
				_, failure = s.batch(s.user(), "KILL QUERY "+strings.Fields(line)[0])
				killed = failure == ""
			}
		}
		if failure != "" {
			s.Error(failure)
		}
	}
	err := cmd.Wait()
	s.check(killed && err != nil && strings.Contains(said.String(), fmt.Sprint(queryInterrupted)), "%v %s %s", err, out, said)
	s.check(s.servers.open.ended(s.T, mark) == "canceled", "it is not canceled")
}

// mariadbInterrupted is Ctrl-C: the client sends KILL QUERY by a connection of its own.
func mariadbInterrupted(s *shell) {
	mark := "interrupt-" + s.name
	cmd, out, said := s.start(s.user(), long(mark)+";\nSELECT 'still here' AS v;\n", append(flags(s.user()), "--comments", "--force", "--batch", "aws")...)
	if err := cmd.Start(); err != nil {
		s.Fatal(err)
	}
	time.Sleep(2 * time.Second) // so that the statement runs: before that the signal ends the client
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		s.Fatal(err)
	}
	err := cmd.Wait()
	outcome := s.servers.open.ended(s.T, mark)
	s.check(outcome == "canceled" || outcome == "gone", "%s %v %s %s", outcome, err, out, said)
	fmt.Fprintf(&s.golden, "interrupted: %v\n", strings.Contains(out.String(), "still here"))
}

func dumpRefused(s *shell) {
	s.refuses(func(a address) (string, string) { return s.says(a, "", append(flags(a), "aws")...) })
}

// dumps checks that a dump comes to its end and holds every row.
func dumps(s *shell) {
	for _, more := range [][]string{nil, {"--single-transaction"}, {"--single-transaction", "--routines", "--events", "--triggers"}, {"--skip-lock-tables", "--skip-extended-insert", "--complete-insert"}, {"--no-data"}, {"--xml"}} {
		out, failure := s.says(s.user(), "", append(append(flags(s.user()), more...), "aws")...)
		s.check(failure == "" && (strings.Contains(out, "-- Dump completed") || strings.HasSuffix(out, "</mysqldump>\n")), "%v: %s", more, failure)
		if len(more) == 4-1 && more[0] == "--skip-lock-tables" {
			s.check(strings.Count(out, "INSERT INTO") == 600, "%d rows", strings.Count(out, "INSERT INTO"))
		}
		if len(more) == 0 {
			s.check(strings.Contains(out, "COMMENT 'The row''s key"), "the comments are no SQL")
		}
	}
	for _, more := range [][]string{{"--databases", "aws", "credsql"}} {
		_, failure := s.says(s.user(), "", append(flags(s.user()), more...)...)
		s.check(failure == "", "%v: %s", more, failure)
	}
}

func adminRefused(s *shell) {
	s.refuses(func(a address) (string, string) { return s.says(a, "", append(flags(a), "status")...) })
}

func adminAsks(s *shell) {
	for order, want := range map[string]string{"ping": "mysqld is alive", "status": "Uptime:", "version": "credsql", "processlist": "native-" + s.name, "variables": "sql_mode", "extended-status": "Threads_connected"} {
		out, failure := s.says(s.user(), "", append(flags(s.user()), order)...)
		s.check(failure == "" && strings.Contains(out, want), "%s: %s %s", order, out, failure)
	}
	out, failure := s.says(s.user(), "", append(flags(s.user()), "shutdown")...)
	s.check(failure != "", "shutdown: %s", out)
}

// mycli is given a statement, or a script on its input.
func (s *shell) mycli(a address, stdin string, args ...string) (out, failure string) {
	s.Helper()
	list := []string{"-h", a.Host, "-P", fmt.Sprint(a.Port), "-u", a.User, "-p" + a.Password, "-D", a.Database, "--myclirc", "/dev/null"}
	if a.TLS {
		list = append(list, "--ssl", "--ssl-ca="+a.CA, "--ssl-verify-server-cert")
	}
	return s.says(a, stdin, append(list, args...)...)
}

func mycliConnects(s *shell) {
	for _, a := range []address{s.servers.plain.address, s.user(), s.servers.secured(s.servers.strict.as("sha2-" + s.name))} {
		out, failure := s.mycli(a, "", "--csv", "-e", "SELECT USER() AS u")
		s.check(failure == "" && strings.Contains(out, a.User+"@"), "%s: %s %s", a.User, out, failure)
	}
}

func mycliRefused(s *shell) {
	const sql = "SELECT account_id FROM iam_credential_report"
	wrong := s.servers.open.as("wrong-" + s.name)
	wrong.Password = "guess"
	out, failure := s.mycli(wrong, "", "--csv", "-e", sql)
	s.check(!strings.Contains(out, "314159265062") && strings.Contains(failure, "Password:"), "%s %s", out, failure) // it asks for another
	out, failure = s.mycli(s.servers.strict.as("native-"+s.name), "", "--csv", "-e", sql)
	s.check(!strings.Contains(out, "314159265062") && strings.Contains(out+failure, "3159"), "%s %s", out, failure)
}

func mycliAsks(s *shell) {
	for sql, want := range map[string]string{
		"SELECT 'O''Brien' AS v": "O'Brien", "SELECT count(*) AS n FROM iam_credential_report WHERE account_id = '314159265062'": "34",
		"SELECT true AS b, NULL AS n": "1",
	} {
		out, failure := s.mycli(s.user(), "", "--csv", "-e", sql)
		s.check(failure == "" && strings.Contains(out, want), "%s: %s %s", sql, out, failure)
	}
	out, failure := s.mycli(s.user(), "", "-e", `SELECT '\d' AS v`)
	s.check(strings.Contains(out+failure, "prepared statements"), "%s %s", out, failure)
}

// mycliBrowses asks what completion asks, by mycli's own code, and its commands that begin with a backslash.
func mycliBrowses(s *shell) {
	out, failure := s.mycli(s.user(), "", "-e", "\\dt")
	s.check(failure == "" && strings.Contains(out, "iam_credential_report"), "%s %s", out, failure)
	out, failure = s.mycli(s.user(), "", "-e", "\\s")
	s.check(failure == "" && strings.Contains(out, "credsql"), "%s %s", out, failure)
	a := s.user()
	cmd := exec.CommandContext(s.Context(), "/usr/bin/python3", filepath.Join(driversRoot, "python", "mycli_completion.py"), a.Host, fmt.Sprint(a.Port), a.User, a.Password)
	text, err := cmd.CombinedOutput()
	s.check(err == nil, "%v", err)
	s.golden.Write(text)
}
