package reportgen_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/credreport"
	"github.com/credsql/credsql/tables/credreport/reportgen"
	"github.com/credsql/credsql/tables/files"
)

var update = flag.Bool("update", false, "write the sample reports anew")

const folder = "../../../examples/reports"

// The reports in examples/reports are those that the generator writes, no more and no less.
func TestSamplesAreCurrent(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, f := range reportgen.Files() {
		known[f.Name] = true
		path := filepath.Join(folder, f.Name)
		if *update {
			if err := os.WriteFile(path, f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, f.Data) {
			t.Errorf("%s is not what the generator writes; run go generate ./examples/reports", f.Name)
		}
	}
	for _, pattern := range []string{"*.csv", "*.json"} {
		names, _ := filepath.Glob(filepath.Join(folder, pattern)) // the pattern is right
		for _, name := range names {
			if !known[filepath.Base(name)] {
				t.Errorf("%s is not written by the generator", name)
			}
		}
	}
}

// The samples must load without a warning, but for the one that the form of 2014 gives: the examples are not about broken
// files.
func TestSamplesLoad(t *testing.T) {
	t.Parallel()
	source, err := files.New(files.Config{Paths: []string{folder}})
	if err != nil {
		t.Fatal(err)
	}
	s, err := source.Snapshot(context.Background(), tables.Need{Tables: []string{credreport.TableReport, credreport.TableAccounts}})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range s.Notices() {
		if !strings.Contains(n.Message, "271828182073.csv: line 1: there is no column access_key_1_last_used_date") {
			t.Errorf("notice: %s", n.Message)
		}
	}
	if n := len(s.Coverage().Accounts); n != 12 || !s.Coverage().Complete() {
		t.Errorf("%d accounts, want 12 and all of them readable", n)
	}
	if n, _ := s.RowCount(credreport.TableReport); n != 600 {
		t.Errorf("%d users, want 600", n)
	}
}
