package files_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/credreport"
	"github.com/credsql/credsql/tables/credreport/reportgen"
	"github.com/credsql/credsql/tables/files"
)

// first is the need of a statement that is content with the first rows.
func first(rows int64, columns ...string) tables.Need {
	return tables.Need{Tables: []string{credreport.TableReport}, Columns: map[string][]string{credreport.TableReport: columns}, Rows: rows}
}

// TestFirstRows: where the first rows are enough no others are converted, whoever reads faster; all files are checked, and who needs more has
// everything.
func TestFirstRows(t *testing.T) {
	t.Parallel()
	const accounts, users = 40, 500
	dir := fleetFolder(t, reportgen.Fleet{Accounts: accounts, Users: users, Seed: 4})
	if err := os.WriteFile(filepath.Join(dir, "zzz.csv"), []byte("no report\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	columns := []string{"arn", "mfa_active"}
	want := read(t, snapshot(t, newSource(t, dir), needOf(columns...)), credreport.TableReport, columns)
	for _, c := range []struct {
		rows    int64
		workers int
	}{{1, 1}, {1, 2}, {1, 7}, {6000, 2}, {accounts * users, 3}, {1 << 40, 3}} {
		source, err := files.New(files.Config{Paths: []string{dir}, Workers: c.workers})
		if err != nil {
			t.Fatal(err)
		}
		s := snapshot(t, source, first(c.rows, columns...))
		got := read(t, s, credreport.TableReport, columns)
		if int64(len(got)) < min(c.rows, accounts*users) || len(got) > len(want) || !slices.Equal(got, want[:len(got)]) {
			t.Errorf("%+v: %d rows, or not the first", c, len(got))
		}
		if c.rows < 10000 && len(got) > 12000 {
			t.Errorf("%+v: %d rows were converted", c, len(got))
		}
		if n, _ := s.RowCount(credreport.TableReport); n != accounts*users {
			t.Errorf("%+v: RowCount %d", c, n)
		}
		if text := fmt.Sprint(s.Notices()); !strings.Contains(text, "zzz.csv") || len(s.Coverage().Accounts) != accounts+1 {
			t.Errorf("%+v: the last file was not looked at: %s", c, text)
		}
		standing := tables.Need{Tables: []string{credreport.TableAccounts}, Columns: map[string][]string{credreport.TableAccounts: {"checked"}}}
		checked := read(t, snapshot(t, source, standing), credreport.TableAccounts, []string{"checked"})
		if last := checked[accounts-1]; checked[0] != "_key,arn,mfa_active,user" || (last == "none") != (len(got) < len(want)) {
			t.Errorf("%+v: checked is %s at first and %s at last", c, checked[0], last)
		}
		if all := read(t, snapshot(t, source, needOf(columns...)), credreport.TableReport, columns); !slices.Equal(all, want) {
			t.Errorf("%+v: %d rows after that", c, len(all))
		}
	}
}

// TestFirstRowsOfNewerReports has reports that come first and are left out, because there are newer ones of their accounts.
func TestFirstRowsOfNewerReports(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	fleet := reportgen.Fleet{Accounts: 2, Users: 6000, Seed: 5}
	for name, account := range map[string]struct {
		at    int
		users int
		time  string
	}{"a.json": {0, 6000, "2026-01-01T00:00:00Z"}, "m.json": {1, 6000, "2026-01-01T00:00:00Z"}, "z.json": {0, 5990, "2026-01-02T00:00:00Z"}} {
		fleet.Users = account.users
		_, data := fleet.Account([]byte(reportgen.Header), account.at)
		text, err := json.Marshal(map[string]any{"Content": data, "ReportFormat": "text/csv", "GeneratedTime": account.time})
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	columns := []string{"arn", "mfa_active"}
	want := read(t, snapshot(t, newSource(t, dir), needOf(columns...)), credreport.TableReport, columns)
	got := read(t, snapshot(t, newSource(t, dir), first(3, columns...)), credreport.TableReport, columns)
	if len(want) != 11990 || !slices.Equal(got, want) {
		t.Errorf("(-want +got):\n%s", cmp.Diff(want[:3], got[:min(3, len(got))]))
	}
}
