package files_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/credreport"
	"github.com/credsql/credsql/tables/credreport/reportgen"
)

// BenchmarkLoad reads 1,000 files of 1,000 rows, which the page cache holds, to a snapshot on all cores.
func BenchmarkLoad(b *testing.B) {
	dir := fleetFolder(b, reportgen.Fleet{Accounts: 1000, Users: 1000, Seed: 1})
	for _, bench := range []struct {
		name string
		need tables.Need
	}{
		{"count", needOf()},
		{"three", needOf("account_id", "password_enabled", "mfa_active")},
		{"all", tables.Need{Tables: []string{credreport.TableReport}}},
		{"all-sha256", everything},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.SetBytes(folderBytes(b, dir))
			for b.Loop() {
				if n := rowCountOf(b, dir, bench.need); n != 1_000_000 {
					b.Fatalf("%d rows", n)
				}
			}
		})
	}
}

func rowCountOf(b *testing.B, dir string, need tables.Need) int64 {
	n, _ := snapshot(b, newSource(b, dir), need).RowCount(credreport.TableReport)
	return n
}

func folderBytes(b *testing.B, dir string) (n int64) {
	b.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range names {
		info, err := os.Stat(name)
		if err != nil {
			b.Fatal(err)
		}
		n += info.Size()
	}
	return n
}
