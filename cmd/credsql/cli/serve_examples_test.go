package cli

import (
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/credsql/credsql/engine/mysqlwire"
)

const serveDocs = "../../../examples/serve"

func readDoc(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(serveDocs, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// dashboard is what of a Grafana dashboard asks a server.
type dashboard struct {
	Templating struct {
		List []struct{ Name, Query string }
	}
	Panels []struct {
		ID      int
		Title   string
		Targets []struct {
			RawSQL string `json:"rawSql"`
		}
	}
}

var (
	fencedSQL = regexp.MustCompile("(?s)```sql\n(.*?)\n```")
	quotedSQL = regexp.MustCompile(`"(SELECT [^"]+)"`)
)

// documented are the statements of the documents, by where they stand. A parameter is an account id, unless something else is compared with it.
func documented(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	readme := readDoc(t, "README.md")
	for _, pattern := range []*regexp.Regexp{fencedSQL, quotedSQL} {
		for _, m := range pattern.FindAllStringSubmatch(readme, -1) {
			out["README: "+m[1]] = strings.ReplaceAll(m[1], "%s", "?")
		}
	}
	var d dashboard
	if err := json.Unmarshal([]byte(readDoc(t, "grafana/dashboard.json")), &d); err != nil {
		t.Fatal(err)
	}
	for _, v := range d.Templating.List {
		out["variable "+v.Name] = v.Query
	}
	seen := map[int]bool{}
	for _, p := range d.Panels {
		if seen[p.ID] || len(p.Targets) != 1 {
			t.Errorf("panel %q: number %d, %d targets", p.Title, p.ID, len(p.Targets))
		}
		seen[p.ID] = true
		// What Grafana makes of the variable when some accounts are chosen.
		out["panel "+p.Title] = strings.ReplaceAll(p.Targets[0].RawSQL, "${account:sqlstring}", "'100000000017','577215664095'")
	}
	if len(out) < 15 {
		t.Fatalf("only %d statements", len(out))
	}
	return out
}

// TestServeDocuments: every statement of the documents is answered, with rows.
func TestServeDocuments(t *testing.T) {
	t.Parallel()
	s := serve(t, map[string]string{"CREDSQL_PASSWORD": "secret"}, "--listen", "127.0.0.1:0", "--at", "2026-11-23")
	db := connect(t, "tcp", s.wait(`listening on (\S+)`), "credsql", "secret", "")
	for where, statement := range documented(t) {
		var args []any
		switch {
		case strings.Contains(statement, "rotated < ?"):
			args = append(args, "2026-01-01")
		case strings.Contains(statement, "?"):
			args = append(args, "100000000017")
		}
		rows, err := db.Query(statement, args...)
		if err != nil {
			t.Errorf("%s: %v", where, err)
			continue
		}
		if n, err := countRows(rows); err != nil || n == 0 {
			t.Errorf("%s: %d rows, %v", where, n, err)
		}
	}
}

func countRows(rows *sql.Rows) (n int, err error) {
	defer rows.Close()
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

// TestServeCommandsOfDocuments: the commands of units, the compose file and the text have only flags that there are.
func TestServeCommandsOfDocuments(t *testing.T) {
	t.Parallel()
	command := regexp.MustCompile(`(?m)^(?:ExecStart=/usr/local/bin/credsql|    command:|    (?:CREDSQL_PASSWORD=… )?credsql) (serve [^#\n]*)`)
	n := 0
	for _, name := range []string{"README.md", "compose.yaml", "systemd/credsql.service"} {
		found := command.FindAllStringSubmatch(readDoc(t, name), -1)
		if len(found) == 0 {
			t.Errorf("%s: no command", name)
		}
		for _, m := range found {
			n++
			root := newRoot(&app{})
			cmd, args, err := root.Find(strings.Fields(m[1]))
			if err != nil || cmd.Name() != "serve" {
				t.Errorf("%s: %s: %v", name, m[1], err)
				continue
			}
			if err := cmd.ParseFlags(args); err != nil {
				t.Errorf("%s: %s: %v", name, m[1], err)
			}
		}
	}
	if n < 6 {
		t.Errorf("%d commands", n)
	}
}

// TestServeUsersOfDocuments: the file of users is one, and its users come in.
func TestServeUsersOfDocuments(t *testing.T) {
	t.Parallel()
	list, err := mysqlwire.ParseUsers(strings.NewReader(readDoc(t, "users.toml")))
	if err != nil || len(list) != 2 {
		t.Fatalf("%d users, %v", len(list), err)
	}
	s := serve(t, nil, "--listen", "127.0.0.1:0", "--tls-self-signed", "--users", filepath.Join(serveDocs, "users.toml"))
	addr := s.wait(`listening on (\S+)`)
	for user, want := range map[string]string{"audit": "12", "payments": "2"} {
		if got := accountsSeen(connect(t, "tcp", addr, user, "change me", "skip-verify")); got != want {
			t.Errorf("%s sees %s accounts", user, got)
		}
	}
}

// TestServeDocumentsAreComplete: what the text points at is there, and nothing lies about that it does not name.
func TestServeDocumentsAreComplete(t *testing.T) {
	t.Parallel()
	readme := readDoc(t, "README.md")
	err := filepath.WalkDir(serveDocs, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() || e.Name() == "README.md" {
			return err
		}
		rel, err := filepath.Rel(serveDocs, path)
		if name := filepath.ToSlash(rel); !strings.Contains(readme, name) && !strings.Contains(readDoc(t, "compose.yaml"), name) {
			t.Errorf("nobody names %s", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`\]\(([a-z/.]+)\)`).FindAllStringSubmatch(readme, -1) {
		if _, err := os.Stat(filepath.Join(serveDocs, m[1])); err != nil {
			t.Errorf("the text points at %s: %v", m[1], err)
		}
	}
}
