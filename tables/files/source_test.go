package files_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/credreport"
	"github.com/credsql/credsql/tables/credreport/reportgen"
	"github.com/credsql/credsql/tables/files"
)

// fleetFolder writes the reports of a small fleet.
func fleetFolder(t testing.TB, fleet reportgen.Fleet) string {
	t.Helper()
	dir := t.TempDir()
	for i := range fleet.Accounts {
		id, data := fleet.Account([]byte(reportgen.Header), i)
		if err := os.WriteFile(filepath.Join(dir, id+".csv"), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func newSource(t testing.TB, paths ...string) *files.Source {
	t.Helper()
	source, err := files.New(files.Config{Paths: paths, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	return source
}

func snapshot(t testing.TB, source tables.Source, need tables.Need) tables.Snapshot {
	t.Helper()
	s, err := source.Snapshot(context.Background(), need)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// needOf is the need of a statement that reads these columns of the report.
func needOf(columns ...string) tables.Need {
	return tables.Need{
		Tables:  []string{credreport.TableReport, credreport.TableAccounts},
		Columns: map[string][]string{credreport.TableReport: columns, credreport.TableAccounts: {"checked"}},
	}
}

// Only what a statement needs is converted; a second statement that needs more has everything.
func TestOnlyNeededColumnsAreConverted(t *testing.T) {
	t.Parallel()
	source := newSource(t, fleetFolder(t, reportgen.Fleet{Accounts: 1, Users: 20, Seed: 3}))
	for _, step := range []struct {
		columns []string
		checked string
	}{
		{[]string{}, "none"},
		{[]string{}, "none"},
		{[]string{"tags"}, "none"},
	} {
		s := snapshot(t, source, needOf(step.columns...))
		if got := read(t, s, credreport.TableAccounts, []string{"checked"}); got[0] != step.checked {
			t.Errorf("after %v: checked is %s, want %s", step.columns, got[0], step.checked)
		}
		if n, known := s.RowCount(credreport.TableReport); n != 20 || !known {
			t.Errorf("RowCount = %d, %v, want 20", n, known)
		}
	}
	first := snapshot(t, newSource(t, fleetFolder(t, reportgen.Fleet{Accounts: 1, Users: 20, Seed: 3})), needOf("arn", "mfa_active"))
	if got := read(t, first, credreport.TableAccounts, []string{"checked"}); got[0] != "_key,arn,mfa_active,user" {
		t.Errorf("checked is %s", got[0])
	}
	_, err := first.Open(context.Background(), credreport.TableReport, tables.Request{Columns: []int{credreport.ColCert1Active}})
	if e, ok := sqlerr.As(err); !ok || e.Code != sqlerr.CodeInternal {
		t.Errorf("a scan of a column that was not asked for: %v, want an internal error", err)
	}
	later := snapshot(t, source, needOf("cert_1_active"))
	if got := read(t, later, credreport.TableAccounts, []string{"checked"}); got[0] != "all" {
		t.Errorf("checked is %s, want all", got[0])
	}
}

// Whatever the number of workers and the way the rows are held, the rows are those of the files in order.
func TestRowsDoNotDependOnWorkers(t *testing.T) {
	t.Parallel()
	fleet := reportgen.Fleet{Accounts: 150, Users: 60, Seed: 9}
	dir := fleetFolder(t, fleet)
	single := filepath.Join(t.TempDir(), "all.csv")
	f, err := os.Create(single)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(fleet.WriteSingle(f), f.Close()); err != nil {
		t.Fatal(err)
	}
	columns := []string{"_key", "account_id", "user", "user_creation_time", "access_key_1_last_used_service", "mfa_active"}
	var want []string
	for _, workers := range []int{1, 2, 7} {
		for _, path := range []string{dir, single} {
			source, err := files.New(files.Config{Paths: []string{path}, Workers: workers})
			if err != nil {
				t.Fatal(err)
			}
			got := sortedByAccount(read(t, snapshot(t, source, needOf(columns...)), credreport.TableReport, columns))
			if want == nil {
				want = got
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%d workers on %s (-want +got):\n%s", workers, filepath.Base(path), diff)
			}
		}
	}
	if len(want) != 150*60 {
		t.Fatalf("%d rows, want %d", len(want), 150*60)
	}
}

// sortedByAccount orders rows by account and keeps the order within one: a folder is read by name.
func sortedByAccount(rows []string) []string {
	byAccount := map[string][]string{}
	var ids []string
	for _, row := range rows {
		id := strings.Split(row, " | ")[1]
		if byAccount[id] == nil {
			ids = append(ids, id)
		}
		byAccount[id] = append(byAccount[id], row)
	}
	slices.Sort(ids)
	var out []string
	for _, id := range ids {
		out = append(out, byAccount[id]...)
	}
	return out
}

func TestAccountsPruneReports(t *testing.T) {
	t.Parallel()
	fleet := reportgen.Fleet{Accounts: 5, Users: 10, Seed: 2}
	s := snapshot(t, newSource(t, fleetFolder(t, fleet)), everything)
	third, _ := fleet.Account(nil, 2)
	first, _ := fleet.Account(nil, 0)
	for table, rows := range map[string]int{credreport.TableReport: 20, credreport.TableAccounts: 2, credreport.TableRawReport: 20} {
		scan, err := s.Open(context.Background(), table, tables.Request{Accounts: []string{third, first, third, "000000000000"}})
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		for i := range scan.Chunks() {
			batch, err := scan.Read(context.Background(), i)
			if err != nil {
				t.Fatal(err)
			}
			got += batch.N
		}
		if got != rows {
			t.Errorf("%s: %d rows, want %d", table, got, rows)
		}
	}
}

func TestChangedFiles(t *testing.T) {
	t.Parallel()
	dir := fleetFolder(t, reportgen.Fleet{Accounts: 1, Users: 10, Seed: 2})
	source := newSource(t, dir)
	before := snapshot(t, source, everything)
	_, data := reportgen.Fleet{Accounts: 1, Users: 4, Seed: 2}.Account([]byte(reportgen.Header), 0)
	path := firstFile(t, dir)
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	scan, err := before.Open(context.Background(), credreport.TableRawReport, tables.Request{Columns: []int{0}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := scan.Read(context.Background(), 0); err == nil || err.Error() != path+" cannot be read again: it has changed since it was read" {
		t.Errorf("raw_report of a changed file: %v", err)
	}
	if got := rowCount(snapshot(t, source, everything)); got != 10 {
		t.Errorf("%d rows, want the 10 that were read", got)
	}
	source.Refresh()
	if got := rowCount(snapshot(t, source, everything)); got != 4 {
		t.Errorf("%d rows after Refresh, want 4", got)
	}
	if got := rowCount(before); got != 10 {
		t.Errorf("%d rows in the snapshot from before, want 10", got)
	}
}

func firstFile(t *testing.T, dir string) string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil || len(names) == 0 {
		t.Fatal("no files", err)
	}
	return names[0]
}

func rowCount(s tables.Snapshot) int64 {
	n, _ := s.RowCount(credreport.TableReport)
	return n
}

// Standard input and pipes are read once, however often their columns and raw fields are needed.
func TestStreamsAreReadOnce(t *testing.T) {
	t.Parallel()
	_, data := reportgen.Fleet{Accounts: 1, Users: 30, Seed: 5}.Account([]byte(reportgen.Header), 0)
	_, piped := reportgen.Fleet{Accounts: 1, Users: 12, Seed: 6}.Account([]byte(reportgen.Header), 0)
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip("no named pipes here:", err)
	}
	written := make(chan error, 1)
	go func() { written <- os.WriteFile(pipe, piped, 0o600) }()
	source, err := files.New(files.Config{Paths: []string{"-", pipe}, Stdin: strings.NewReader(string(data))})
	if err != nil {
		t.Fatal(err)
	}
	if got := rowCount(snapshot(t, source, needOf())); got != 42 {
		t.Fatalf("%d rows, want 42", got)
	}
	if err := <-written; err != nil {
		t.Fatal(err)
	}
	if got := len(read(t, snapshot(t, source, everything), credreport.TableRawReport, []string{"line"})); got != 42 {
		t.Errorf("%d raw rows, want 42", got)
	}
	source.Refresh()
	if got := rowCount(snapshot(t, source, everything)); got != 42 {
		t.Errorf("%d rows after Refresh, want 42", got)
	}
}

func TestSnapshotEndsWithContext(t *testing.T) {
	t.Parallel()
	source := newSource(t, fleetFolder(t, reportgen.Fleet{Accounts: 3, Users: 10, Seed: 2}))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := source.Snapshot(ctx, everything); !errors.Is(err, context.Canceled) {
		t.Errorf("Snapshot with an ended context: %v", err)
	}
	if got := rowCount(snapshot(t, source, everything)); got != 30 {
		t.Errorf("%d rows afterwards, want 30", got)
	}
}

func TestConcurrentSnapshots(t *testing.T) {
	t.Parallel()
	source := newSource(t, fleetFolder(t, reportgen.Fleet{Accounts: 4, Users: 50, Seed: 2}))
	var group sync.WaitGroup
	for _, column := range []string{"user", "arn", "mfa_active", "cert_1_last_rotated", "account_id", "tags"} {
		request := tables.Request{Columns: positions(t, credreport.TableReport, []string{column})}
		group.Go(func() {
			s, err := source.Snapshot(context.Background(), needOf(column))
			if err != nil {
				t.Error(err)
				return
			}
			scan, err := s.Open(context.Background(), credreport.TableReport, request)
			if err != nil {
				t.Error(err)
				return
			}
			for i := range scan.Chunks() {
				if _, err := scan.Read(context.Background(), i); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
}

func TestHashOnlyWhenAsked(t *testing.T) {
	t.Parallel()
	dir := fleetFolder(t, reportgen.Fleet{Accounts: 1, Users: 2, Seed: 2})
	data, err := os.ReadFile(firstFile(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	source := newSource(t, dir)
	if got := read(t, snapshot(t, source, needOf("user")), credreport.TableAccounts, []string{"sha256"}); got[0] != "NULL" {
		t.Errorf("sha256 is %s though nobody asked", got[0])
	}
	if got := read(t, snapshot(t, source, everything), credreport.TableAccounts, []string{"sha256"}); got[0] != credreport.Hash(data) {
		t.Errorf("sha256 is %s, want %s", got[0], credreport.Hash(data))
	}
}

// failingReader breaks off in the middle.
type failingReader struct{ r io.Reader }

func (f failingReader) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if err == io.EOF {
		err = errors.New("the pipe broke")
	}
	return n, err
}

func TestBrokenStdin(t *testing.T) {
	t.Parallel()
	source, err := files.New(files.Config{Paths: []string{"-"}, Stdin: failingReader{strings.NewReader("user,arn\n")}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = source.Snapshot(context.Background(), everything)
	if want := "no report could be read: (standard input): the pipe broke"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// A statement gets warnings about the columns that it reads, whatever was read before it.
func TestNoticesConcernTheStatement(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.csv")
	write(t, path, "user,arn,password_enabled\nbob,arn:aws:iam::111111111111:user/bob,maybe\n")
	source := newSource(t, path)
	enabled := path + `: line 2: password_enabled is "maybe", expected true, false or not_supported: read as NULL`
	mfa := path + ": line 1: there is no column mfa_active: NULL in all rows"
	for range 2 {
		for _, c := range []struct {
			columns []string
			want    []string
		}{
			{[]string{"user"}, nil},
			{[]string{"password_enabled"}, []string{enabled}},
			{[]string{"mfa_active", "arn"}, []string{mfa}},
			{[]string{"mfa_active", "password_enabled"}, []string{mfa, enabled}},
		} {
			var got []string
			for _, n := range snapshot(t, source, needOf(c.columns...)).Notices() {
				got = append(got, n.Message)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("reading %v (-want +got):\n%s", c.columns, diff)
			}
		}
	}
}
