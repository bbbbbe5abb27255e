package files_test

import (
	"context"
	"encoding/base64"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/credreport"
	"github.com/credsql/credsql/tables/files"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// now is the clock of the goldens.
var now = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)

// TestGolden loads the files of every testdata/*.txtar and compares accounts, notices and users with its section "want".
// The first line of the comment is the paths to load. In a file, BASE64(name) stands for the content of another section;
// sections whose name begins with an underscore are not written. A section "(stdin)" is standard input.
func TestGolden(t *testing.T) {
	t.Parallel()
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases found", err)
	}
	for _, path := range cases {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			last := len(archive.Files) - 1
			if archive.Files[last].Name != "want" {
				t.Fatal("the last section must be want")
			}
			got := load(t, archive)
			if *update {
				archive.Files[last].Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(archive.Files[last].Data), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

var base64Of = regexp.MustCompile(`BASE64\(([^)]+)\)`)

// load writes the archive's files to a folder, reads them and describes what came of it.
func load(t *testing.T, archive *txtar.Archive) string {
	dir := t.TempDir()
	config := files.Config{Now: func() time.Time { return now }}
	content := map[string][]byte{}
	for _, f := range archive.Files {
		content[f.Name] = f.Data
	}
	for _, f := range archive.Files[:len(archive.Files)-1] {
		data := base64Of.ReplaceAllStringFunc(string(f.Data), func(m string) string {
			return base64.StdEncoding.EncodeToString(content[base64Of.FindStringSubmatch(m)[1]])
		})
		switch {
		case f.Name == "(stdin)":
			config.Stdin = strings.NewReader(data)
		case !strings.HasPrefix(f.Name, "_"):
			write(t, filepath.Join(dir, f.Name), data)
		}
	}
	paths, _, _ := strings.Cut(string(archive.Comment), "\n")
	for _, path := range strings.Fields(paths) {
		if path != "-" {
			path = filepath.Join(dir, path)
		}
		config.Paths = append(config.Paths, path)
	}
	return strings.ReplaceAll(describe(t, config), dir+string(filepath.Separator), "")
}

func write(t *testing.T, path, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

func describe(t *testing.T, config files.Config) string {
	source, err := files.New(config)
	if err != nil {
		return "new: " + errorText(err)
	}
	s, err := source.Snapshot(context.Background(), shownNeed)
	if err != nil {
		return "snapshot: " + errorText(err)
	}
	var out strings.Builder
	for _, n := range s.Notices() {
		kind := "notice"
		if n.Incomplete {
			kind = "incomplete"
		}
		fmt.Fprintf(&out, "%s: %s\n", kind, n.Message)
	}
	fmt.Fprintf(&out, "complete: %v\n", s.Coverage().Complete())
	for _, table := range []string{credreport.TableAccounts, credreport.TableReport, credreport.TableRawReport} {
		fmt.Fprintf(&out, "\n%s\n", table)
		for _, row := range read(t, s, table, shown[table]) {
			fmt.Fprintln(&out, row)
		}
	}
	return out.String()
}

func errorText(err error) string {
	text := err.Error() + "\n"
	if e, ok := sqlerr.As(err); ok {
		text = e.Code + " " + text
		if e.Detail != "" {
			text += e.Detail + "\n"
		}
	}
	return text
}

// shownNeed is the need of a statement that reads what a golden shows.
var shownNeed = tables.Need{
	Tables:  []string{credreport.TableReport, credreport.TableAccounts, credreport.TableRawReport},
	Columns: shown,
}

// everything is the need of a statement that reads all tables.
var everything = tables.Need{Tables: []string{
	credreport.TableReport, credreport.TableAccounts, credreport.TableRawReport, credreport.TableCredentials,
}}

// shown are the columns that a golden shows.
var shown = map[string][]string{
	credreport.TableAccounts:  {"account_id", "partition", "source", "state", "generated_time", "age", "rows", "error", "checked"},
	credreport.TableReport:    {"account_id", "user", "tags"},
	credreport.TableRawReport: {"account_id", "file", "line", "user"},
}

// read gives the rows of a table as text.
func read(t *testing.T, s tables.Snapshot, table string, names []string) []string {
	t.Helper()
	scan, err := s.Open(context.Background(), table, tables.Request{Columns: positions(t, table, names)})
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for i := range scan.Chunks() {
		batch, err := scan.Read(context.Background(), i)
		if err != nil {
			t.Fatal(err)
		}
		for row := range batch.N {
			rows = append(rows, rowText(batch, row))
		}
	}
	return rows
}

func rowText(batch *column.Batch, row int) string {
	var values []string
	for _, v := range batch.Cols {
		text := "NULL"
		switch value := v.Value(row).(type) {
		case nil:
		case column.Timestamp:
			text = time.UnixMicro(int64(value)).UTC().Format(time.RFC3339Nano)
		case column.Interval:
			text = fmt.Sprintf("%d days %v", value.Days, time.Duration(value.Micros)*time.Microsecond)
		default:
			text = fmt.Sprint(value)
		}
		values = append(values, text)
	}
	return strings.Join(values, " | ")
}

func positions(t *testing.T, table string, names []string) []int {
	t.Helper()
	var out []int
	for _, def := range credreport.Tables() {
		for _, name := range names {
			for i, c := range def.Columns {
				if def.Schema+"."+def.Name == table && c.Name == name {
					out = append(out, i)
				}
			}
		}
	}
	if len(out) != len(names) {
		t.Fatalf("%s has not all of %v", table, names)
	}
	return out
}
