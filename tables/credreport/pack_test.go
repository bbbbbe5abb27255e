package credreport_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/credreport"
	"github.com/credsql/credsql/tables/credreport/reportgen"
)

// rowsOf reads a whole table as text, a line a row.
func rowsOf(t *testing.T, s tables.Snapshot, table string, req tables.Request) []string {
	t.Helper()
	for _, def := range credreport.Tables() {
		if req.Columns == nil && def.Schema+"."+def.Name == table {
			for i := range def.Columns {
				req.Columns = append(req.Columns, i)
			}
		}
	}
	scan, err := s.Open(context.Background(), table, req)
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
			line := ""
			for _, v := range batch.Cols {
				if v.N != batch.N {
					t.Fatalf("chunk %d: a column of %d rows in a batch of %d", i, v.N, batch.N)
				}
				line += fmt.Sprintf("|%v", v.Value(row))
			}
			rows = append(rows, line)
		}
	}
	return rows
}

// Packing moves rows and must not change one, whatever the alignment of the bitmaps.
func TestPack(t *testing.T) {
	t.Parallel()
	dicts := credreport.NewDictionaries()
	decode := func(users, i int) *credreport.Report {
		_, data := reportgen.Fleet{Accounts: 1, Users: users, Seed: uint64(i)}.Account([]byte(reportgen.Header), 0)
		r, err := credreport.Decode(fmt.Sprintf("%d.csv", i), data, credreport.Options{Dicts: dicts})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	var reports []*credreport.Report
	for i, users := range []int{1, 63, 64, 65, 200, 5000, 5000, 33000, 7} {
		reports = append(reports, decode(users, i))
	}
	want := rowsOf(t, view(reports), credreport.TableReport, tables.Request{})
	packed := credreport.Pack(reports)
	if diff := cmp.Diff(want, rowsOf(t, view(packed), credreport.TableReport, tables.Request{})); diff != "" {
		t.Errorf("packing changed rows (-want +got):\n%s", diff)
	}
	if got := chunkCount(t, view(packed)); got != 3 {
		t.Errorf("packed into %d chunks, want 3: up to the second 5000, 33000 alone, 7", got)
	}
	credentials := rowsOf(t, view(reports), credreport.TableCredentials, tables.Request{})
	if diff := cmp.Diff(credentials, rowsOf(t, view(packed), credreport.TableCredentials, tables.Request{})); diff != "" {
		t.Errorf("packing changed credentials (-want +got):\n%s", diff)
	}
	packed[2] = decode(100, 99)
	again := credreport.Pack(packed)
	want = rowsOf(t, view(packed), credreport.TableReport, tables.Request{})
	if diff := cmp.Diff(want, rowsOf(t, view(again), credreport.TableReport, tables.Request{})); diff != "" {
		t.Errorf("packing again changed rows (-want +got):\n%s", diff)
	}
	one := []string{reports[4].Account()}
	got := rowsOf(t, view(again), credreport.TableReport, tables.Request{Accounts: one})
	if diff := cmp.Diff(rowsOf(t, view(reports), credreport.TableReport, tables.Request{Accounts: one}), got); diff != "" || len(got) != 200 {
		t.Errorf("rows of one account: %d, differences (-want +got):\n%s", len(got), diff)
	}
}

func view(reports []*credreport.Report) *credreport.Snapshot {
	return credreport.NewSnapshot(reports, nil, nil, credreport.SnapshotOptions{})
}

func chunkCount(t *testing.T, s tables.Snapshot) int {
	t.Helper()
	scan, err := s.Open(context.Background(), credreport.TableReport, tables.Request{})
	if err != nil {
		t.Fatal(err)
	}
	return scan.Chunks()
}
