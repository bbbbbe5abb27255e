package credreport

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/tables"
)

// FuzzDecode holds three things about any bytes: nothing panics; a file that is accepted has as many rows, with the same
// users and ARNs, as the standard library's CSV reader finds; and the columns and credsql.raw_report tell the same.
func FuzzDecode(f *testing.F) {
	inputs, err := filepath.Glob("testdata/decode/*.csv")
	if err != nil || len(inputs) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, input := range inputs {
		data, err := os.ReadFile(input)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Inspect("fuzz.csv", data)
		if err != nil {
			return
		}
		file.Raw = func(context.Context) ([]byte, error) { return data, nil }
		reports := Convert([]*File{file}, ConvertOptions{Columns: AllColumns, BlockRows: 3})
		s := NewSnapshot(reports, nil, nil, SnapshotOptions{})
		names := readAll(t, s, TableReport, []int{ColAccountID, ColUser, ColARN})
		raw := readAll(t, s, TableRawReport, []int{rawAccount, rawFields, rawFields + 1})
		if strings.Join(names, "\n") != strings.Join(raw, "\n") {
			t.Fatalf("the columns say\n%q\nand the raw fields\n%q", names, raw)
		}
		if n, _ := s.RowCount(TableReport); int(n) != len(names) {
			t.Fatalf("%d rows were counted and %d read", n, len(names))
		}
		readAll(t, s, TableReport, allPositions())
		readAll(t, s, TableCredentials, []int{0, 3, 5, 7, 10})
		agreesWithStandardLibrary(t, file, names, data)
	})
}

func allPositions() []int {
	positions := make([]int, NumColumns)
	for i := range positions {
		positions[i] = i
	}
	return positions
}

func readAll(t *testing.T, s *Snapshot, table string, columns []int) []string {
	t.Helper()
	scan, err := s.Open(context.Background(), table, tables.Request{Columns: columns})
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
	var b strings.Builder
	for _, v := range batch.Cols {
		if text, ok := v.Value(row).(string); ok {
			b.WriteString(text)
		}
		b.WriteByte('|')
	}
	return b.String()
}

// agreesWithStandardLibrary compares users and ARNs with encoding/csv, where that reader takes the file: it refuses bare
// quotes, and it turns CR LF inside quotes into LF.
func agreesWithStandardLibrary(t *testing.T, file *File, got []string, data []byte) {
	if len(file.sections) != 1 || bytes.Contains(data, []byte("\r")) {
		return
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	records, err := r.ReadAll()
	if err != nil {
		return
	}
	if len(records)-1 != len(got) {
		t.Fatalf("%d rows, encoding/csv reads %d", len(got), len(records)-1)
	}
	for i, record := range records[1:] {
		want := file.sections[0].account + "|" + record[file.layout.at[fieldUser]] + "|" + record[file.layout.at[fieldARN]] + "|"
		if got[i] != want {
			t.Fatalf("row %d is %q, encoding/csv reads %q", i, got[i], want)
		}
	}
}
