package files

import (
	"testing"

	"github.com/credsql/credsql/tables/credreport"
)

// FuzzJSON: nothing panics, whatever bytes are taken for the JSON of a report or for the report in it.
func FuzzJSON(f *testing.F) {
	for _, seed := range []string{
		`{"Content": "dXNlcixhcm4KYm9iLGFybjphd3M6aWFtOjoxMTExMTExMTExMTE6dXNlci9ib2IK", "ReportFormat": "text/csv", "GeneratedTime": "2026-01-15T08:30:00+00:00"}`,
		`{"Content": "", "GeneratedTime": 1768465800.25}`, `{"Content": null}`, `{"Content": "*"}`, `{"GeneratedTime": null}`,
		`{"Content": "AA==", "GeneratedTime": 1e400}`, `{`, ``, "\ufeff {}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if !isJSON(data) {
			return
		}
		csv, generated, err := parseJSON("fuzz.json", data)
		if err != nil {
			return
		}
		if y := generated.Year(); y < 0 || y > 9999 {
			t.Fatalf("generated in the year %d", y)
		}
		if file, err := credreport.Inspect("fuzz.json", csv); err == nil {
			credreport.Convert([]*credreport.File{file}, credreport.ConvertOptions{Columns: credreport.AllColumns})
		}
	})
}
