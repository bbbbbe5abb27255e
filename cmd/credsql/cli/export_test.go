//go:build unix

package cli

import (
	"context"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/credsql/credsql/repl/render"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/credreport"
	"github.com/credsql/credsql/tables/credreport/reportgen"
)

// loaded is a source of reports that have been read.
type loaded struct{ snapshot *credreport.Snapshot }

func (s loaded) Tables() []*tables.Def { return credreport.Tables() }

func (s loaded) Snapshot(context.Context, tables.Need) (tables.Snapshot, error) {
	return s.snapshot, nil
}

// loadFleet makes the reports of so many accounts of a thousand users.
func loadFleet(tb testing.TB, accounts int) loaded {
	tb.Helper()
	fleet := reportgen.Fleet{Accounts: accounts, Users: 1000, Seed: 1}
	const group = 64
	dicts := credreport.NewDictionaries()
	var reports []*credreport.Report
	for from := 0; from < accounts; from += group {
		var files []*credreport.File
		for i := from; i < min(from+group, accounts); i++ {
			id, data := fleet.Account([]byte(reportgen.Header), i)
			f, err := credreport.Inspect(id+".csv", data)
			if err != nil {
				tb.Fatal(err)
			}
			files = append(files, f)
		}
		reports = append(reports, credreport.Convert(files, credreport.ConvertOptions{Dicts: dicts, Columns: credreport.AllColumns})...)
	}
	return loaded{credreport.NewSnapshot(reports, nil, nil, credreport.SnapshotOptions{})}
}

// export runs one statement as query does.
func export(tb testing.TB, source tables.Source, format render.Format, out *watched, sql string) {
	tb.Helper()
	streams, _, _ := testIO()
	streams.Out = out
	a := &app{io: streams, ctx: context.Background()}
	a.output.format.format, a.output.quiet, a.query.dialect = format, true, "auto"
	b, err := a.newBatch(source, a.query.settings())
	if err != nil {
		tb.Fatal(err)
	}
	if err := b.runStatement(context.Background(), sql); err != nil {
		tb.Fatal(err)
	}
}

// watched counts what is written, and looks at the heap every so many bytes if every is set.
type watched struct {
	bytes, every, next int64
	peak               uint64
}

func (w *watched) Write(p []byte) (int, error) {
	w.bytes += int64(len(p))
	if w.every > 0 && w.bytes >= w.next {
		w.next = w.bytes + w.every
		w.peak = max(w.peak, heap())
	}
	return len(p), nil
}

// heap is how many bytes are held, after what is not held has gone.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// TestExportHoldsNoMemory: of a million rows, some hundred megabytes of text, no more than a few batches are held at any time. It runs
// alone, for what other tests hold is in the same heap.
func TestExportHoldsNoMemory(t *testing.T) {
	source := loadFleet(t, 50)
	const part = `SELECT arn, account_id, user, mfa_active, access_key_1_last_rotated, tags FROM aws.iam_credential_report`
	sql := strings.Repeat(part+" UNION ALL ", 19) + part
	for _, format := range []render.Format{render.CSV, render.JSON, render.JSONL} {
		before := heap()
		out := &watched{every: 16 << 20}
		export(t, source, format, out, sql)
		const most = 24 << 20
		if grown := int64(out.peak) - int64(before); grown > most || out.bytes < 100_000_000 {
			t.Errorf("%s: %d bytes were held while %d were written", format, grown, out.bytes)
		}
	}
}

// BenchmarkExport is SELECT * over a million rows, from the statement to the bytes that are written. MB/s counts those bytes by the time
// that passed, MB/cpu-s by what all cores spent, which says more on a busy machine.
func BenchmarkExport(b *testing.B) {
	source := loadFleet(b, 1000)
	for _, format := range []render.Format{render.CSV, render.TSV, render.JSONL, render.JSON} {
		b.Run(string(format), func(b *testing.B) {
			out, from := &watched{}, cpuTime(b)
			for b.Loop() {
				export(b, source, format, out, "SELECT * FROM aws.iam_credential_report")
			}
			b.SetBytes(out.bytes / int64(b.N))
			b.ReportMetric(float64(out.bytes)/1e6/(cpuTime(b)-from).Seconds(), "MB/cpu-s")
		})
	}
}

// cpuTime is what the process has used of all cores.
func cpuTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
