package credreport

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/tables"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestDecodeGolden decodes every testdata/decode/*.csv and compares all that came of it, error, notices and rows, with the
// .golden file beside it.
func TestDecodeGolden(t *testing.T) {
	t.Parallel()
	inputs, err := filepath.Glob("testdata/decode/*.csv")
	if err != nil || len(inputs) == 0 {
		t.Fatal("no cases found", err)
	}
	if all, err := os.ReadDir("testdata/decode"); err != nil || !*update && len(all) != 2*len(inputs) {
		t.Errorf("%d files for %d cases (%v)", len(all), len(inputs), err)
	}
	for _, input := range inputs {
		t.Run(filepath.Base(input), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(input)
			if err != nil {
				t.Fatal(err)
			}
			got := describe(filepath.Base(input), data)
			golden := strings.TrimSuffix(input, ".csv") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// describe writes out all that a file decodes to.
func describe(name string, data []byte) string {
	file, err := Inspect(name, data)
	if err != nil {
		return fmt.Sprintf("error: %v\nkind: %v\naccount: %s\n", err, errors.Unwrap(err), accountOf(err))
	}
	var out strings.Builder
	file.Raw = func(context.Context) ([]byte, error) { return data, nil }
	reports := Convert([]*File{file}, ConvertOptions{Columns: AllColumns})
	for _, r := range reports {
		fmt.Fprintf(&out, "account %s in %s: %d rows\n", r.Account(), r.Partition(), r.Rows())
		for _, n := range r.Notices() {
			fmt.Fprintf(&out, "notice: %s\n", n.Message)
		}
		for _, e := range r.extents {
			for row := e.from; row < e.from+e.n; row++ {
				describeRow(&out, e.block, row)
			}
		}
	}
	describeTable(&out, reports, credentialsDef())
	describeTable(&out, reports, rawReportDef())
	return out.String()
}

// describeTable writes a derived table, a line a row.
func describeTable(out *strings.Builder, reports []*Report, def *tables.Def) {
	fmt.Fprintf(out, "%s.%s\n", def.Schema, def.Name)
	request := tables.Request{}
	for i := range def.Columns {
		request.Columns = append(request.Columns, i)
	}
	s := NewSnapshot(reports, nil, nil, SnapshotOptions{})
	scan, err := s.Open(context.Background(), def.Schema+"."+def.Name, request)
	if err != nil {
		fmt.Fprintln(out, "error:", err)
		return
	}
	for i := range scan.Chunks() {
		batch, err := scan.Read(context.Background(), i)
		if err != nil {
			fmt.Fprintln(out, "error:", err)
			return
		}
		for row := range batch.N {
			fmt.Fprintln(out, "-", valuesText(batch, row))
		}
	}
}

func valuesText(batch *column.Batch, row int) string {
	var values []string
	for _, v := range batch.Cols {
		switch value := v.Value(row).(type) {
		case nil:
			values = append(values, "NULL")
		case column.Timestamp:
			values = append(values, timeText(int64(value)))
		default:
			values = append(values, fmt.Sprint(value))
		}
	}
	return strings.Join(values, " | ")
}

func accountOf(err error) string {
	var format *FormatError
	errors.As(err, &format)
	return format.Account
}

// describeRow writes a row: its columns in CSV order of importance, with the reason where a value is NULL.
func describeRow(out *strings.Builder, b *block, row int) {
	fmt.Fprintf(out, "- %s %s (_key %s, account_id %s)\n", b.columns[ColUser].Text(row), b.columns[ColARN].Text(row),
		b.columns[ColKey].Text(row), b.columns[ColAccountID].Text(row))
	for c := range reportColumns {
		if f := reportColumns[c].field; f == noField || f.kind() == kindName {
			continue
		}
		text := ""
		switch v := b.columns[c]; {
		case v.IsNull(row):
			text = "NULL " + b.sentinels[c].At(row).String()
		case v.Type == column.TimestampT:
			text = timeText(v.Int(row))
		default:
			text = fmt.Sprint(v.Value(row))
		}
		fmt.Fprintf(out, "    %s: %s\n", reportColumns[c].Name, text)
	}
}
