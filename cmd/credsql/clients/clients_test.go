// Package clients runs real MySQL clients against the built command: each connects, browses, asks, prepares, cancels and is turned
// away, and what it gets is compared with what credsql query says. The clients are installed by ./install; README.md says how they
// are spoken to.
package clients

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the goldens of testdata")

// installed names the directory into which ./install has put the clients.
const installed = "CREDSQL_CLIENTS"

// library is a client that a program under drivers speaks through.
type library struct {
	name    string
	command func(dir string) []string
	// lacks are the requests that the library has no way to make, with the reason.
	lacks map[string]string
	// plugins are the ways in which it can prove a password: native, sha2 (over TLS), rsa (without TLS).
	plugins []string
	// uncommented says that its calls for schemas leave the columns' comments out.
	uncommented bool
}

const (
	noPrepare   = "it writes values into the text itself"
	noMetadata  = "it has no calls for it; the statements that programs send are asked as text"
	noTimeout   = "it has no call for it"
	noCancel    = "it has no call for it; kill is what programs do"
	noPool      = "it has none of its own"
	noDrop      = "it cannot give up a connection while a statement runs"
	noMulti     = "it does not ask for several results"
	lowerLayer  = "the library below it is run itself"
	driversRoot = "drivers"
)

var everyPlugin = []string{"native", "sha2", "rsa"}

func python(program string) func(string) []string {
	return func(dir string) []string {
		return []string{filepath.Join(dir, "python", "bin", "python"), filepath.Join(driversRoot, "python", program)}
	}
}

func node(program string) func(string) []string {
	return func(dir string) []string {
		return []string{"env", "NODE_PATH=" + filepath.Join(dir, "node", "node_modules"), "node", filepath.Join(driversRoot, "node", program)}
	}
}

func jdbc(scheme string, jars ...string) func(string) []string {
	return func(dir string) []string {
		path := filepath.Join(dir, "java", "classes")
		for _, jar := range jars {
			path += string(os.PathListSeparator) + strings.ReplaceAll(jar, "DIR", filepath.Join(dir, "java", "lib"))
		}
		return []string{"java", "-XX:TieredStopAtLevel=1", "-cp", path, "Jdbc", scheme}
	}
}

func perl(driver string) func(string) []string {
	return func(string) []string {
		return []string{"/usr/bin/perl", filepath.Join(driversRoot, "perl", "dbi.pl"), driver}
	}
}

var libraries = []library{
	{name: "pymysql", command: python("use_pymysql.py"), plugins: everyPlugin,
		lacks: map[string]string{"prepared": noPrepare, "browse": noMetadata, "cancel": noCancel, "pool": noPool, "drop": noDrop}},
	{name: "mysqlclient", command: python("use_mysqlclient.py"), plugins: everyPlugin,
		lacks: map[string]string{"prepared": noPrepare, "browse": noMetadata, "cancel": noCancel, "pool": noPool, "drop": noDrop}},
	{name: "mysql-connector-python", command: python("use_connector.py"), plugins: []string{"native", "sha2"}, // it has no way to encrypt a password without TLS
		lacks: map[string]string{"browse": noMetadata, "cancel": noCancel, "drop": noDrop}},
	{name: "sqlalchemy", command: python("use_sqlalchemy.py"), plugins: everyPlugin,
		lacks: map[string]string{"prepared": noPrepare, "multi": noMulti, "kill": lowerLayer, "cancel": noCancel, "timeout": lowerLayer, "drop": noDrop, "session": lowerLayer}},
	{name: "mysql2", command: node("use_mysql2.js"), plugins: everyPlugin,
		lacks: map[string]string{"browse": noMetadata, "cancel": noCancel}},
	{name: "mysqljs", command: node("use_mysql.js"), plugins: []string{"native"},
		lacks: map[string]string{"prepared": noPrepare, "browse": noMetadata, "cancel": noCancel}},
	{name: "mariadb-node", command: node("use_mariadb.js"), plugins: everyPlugin,
		lacks: map[string]string{"browse": noMetadata, "cancel": noCancel, "timeout": "it lets the server keep the time, and only MariaDB's"}},
	{name: "mysql-connector-j", command: jdbc("mysql", "DIR/*"), plugins: everyPlugin},
	{name: "mariadb-java", command: jdbc("mariadb", "DIR/*"), plugins: everyPlugin},
	{name: "mariadb-java-2", command: jdbc("mariadb", "/usr/share/java/mariadb-java-client.jar", "DIR/../old/*"), plugins: everyPlugin},
	{name: "dbd-mysql", command: perl("mysql"), plugins: everyPlugin, uncommented: true,
		lacks: map[string]string{"cancel": noCancel, "timeout": noTimeout, "pool": noPool, "drop": noDrop}},
	{name: "dbd-mariadb", command: perl("MariaDB"), plugins: everyPlugin,
		lacks: map[string]string{"browse": "its column_info gives up at the type JSON", "cancel": noCancel, "timeout": noTimeout, "pool": noPool, "drop": noDrop}},
}

// checks are what is checked of a library, by the request that it makes; table shows them in this order.
var checks = []struct {
	name string
	ops  []string
	run  func(*run)
}{
	{"connect", nil, checkConnect},
	{"refused", nil, checkRefused},
	{"types", nil, checkTypes},
	{"ask", nil, checkQuestions},
	{"errors", nil, checkErrors},
	{"prepared", []string{"prepared"}, checkPrepared},
	{"escaped", []string{"escaped"}, checkEscaped},
	{"injection", nil, checkInjection},
	{"browse", []string{"browse"}, checkBrowse},
	{"multi", []string{"multi"}, checkMulti},
	{"stream", []string{"stream"}, checkStream},
	{"kill", []string{"kill"}, checkKill},
	{"cancel", []string{"cancel"}, checkCancel},
	{"timeout", []string{"timeout"}, checkTimeout},
	{"drop", []string{"drop"}, checkDrop},
	{"session", []string{"session"}, checkSession},
	{"pool", []string{"pool"}, checkPool},
}

// run is one library's run through the checks.
type run struct {
	*testing.T
	library
	servers *servers
	client  *program
	golden  strings.Builder
	passed  int
}

// TestClients runs every client, and shows how many checks each has passed.
func TestClients(t *testing.T) {
	dir := os.Getenv(installed)
	if dir == "" {
		t.Skip(installed + " does not say where ./install has put the clients")
	}
	s := startServers(t)
	report := &report{}
	t.Run("each", func(t *testing.T) {
		for _, l := range libraries {
			t.Run(l.name, func(t *testing.T) {
				t.Parallel()
				runLibrary(t, l, dir, s, report)
			})
		}
		for _, c := range commands {
			t.Run(c.name, func(t *testing.T) {
				t.Parallel()
				runCommand(t, c, dir, s, report)
			})
		}
	})
	s.checkAudit(t)
	report.print(t, len(libraries)+len(commands))
}

func runLibrary(t *testing.T, l library, dir string, s *servers, all *report) {
	r := &run{T: t, library: l, servers: s, client: start(t, l.command(dir))}
	version := r.ask(request{Op: "version"}).Value
	if version == "" {
		t.Fatal("it does not say its version")
	}
	counts := map[string]string{}
	for _, c := range checks {
		if reason := r.lacking(c.ops); reason != "" {
			counts[c.name] = "-"
			if answer := r.ask(request{Op: c.ops[0]}); answer.Error == nil {
				t.Errorf("%s is said to be lacking, and is there", c.name)
			}
			continue
		}
		r.passed = 0
		c.run(r)
		if r.passed == 0 {
			t.Errorf("%s has checked nothing", c.name)
		}
		counts[c.name] = fmt.Sprint(r.passed)
	}
	r.compareGolden()
	all.add(l.name+" "+version, counts)
}

// lacking is why the library has no such request; empty if it has.
func (r *run) lacking(ops []string) string {
	for _, op := range ops {
		if reason := r.lacks[op]; reason != "" {
			return reason
		}
	}
	return ""
}

// check counts what holds and tells what does not.
func (r *run) check(ok bool, format string, args ...any) {
	r.Helper()
	if !ok {
		r.Errorf(format, args...)
		return
	}
	r.passed++
}

// note adds to the library's golden: what it makes of what the server says.
func (r *run) note(format string, args ...any) { fmt.Fprintf(&r.golden, format+"\n", args...) }

func (r *run) compareGolden() {
	compareGolden(r.T, r.name, connectionNumber.ReplaceAllString(r.golden.String(), "${1}N"))
}

// connectionNumber is what MariaDB's libraries put into messages, and differs from run to run.
var connectionNumber = regexp.MustCompile(`(conn[=:] ?|port=)-?\d+`)

func compareGolden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name+".txt")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil || string(want) != got {
		t.Errorf("%s (%v):\ngot\n%s\nwant\n%s", path, err, got, want)
	}
}

// report is the table of clients and checks.
type report struct {
	mu   sync.Mutex
	rows []reportRow
}

type reportRow struct {
	client string
	counts map[string]string
}

func (r *report) add(client string, counts map[string]string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rows = append(r.rows, reportRow{client, counts})
}

// print shows the table on lines that begin with "clients:". A client that has not come to its end is missed.
func (r *report) print(t *testing.T, want int) {
	slices.SortFunc(r.rows, func(a, b reportRow) int { return strings.Compare(a.client, b.client) })
	var head strings.Builder
	for _, c := range checks {
		fmt.Fprintf(&head, " %9s", c.name)
	}
	fmt.Printf("clients: %-32s%s\n", "", head.String())
	for _, row := range r.rows {
		var line strings.Builder
		for _, c := range checks {
			count := row.counts[c.name]
			if count == "" {
				count = "-"
			}
			fmt.Fprintf(&line, " %9s", count)
		}
		fmt.Printf("clients: %-32s%s\n", row.client, line.String())
	}
	fmt.Printf("clients: %d of %d have come to their end\n", len(r.rows), want)
	if len(r.rows) != want {
		t.Errorf("%d clients of %d have come to their end", len(r.rows), want)
	}
}
