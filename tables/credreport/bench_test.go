//go:build unix

package credreport_test

import (
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/credsql/credsql/tables/credreport"
	"github.com/credsql/credsql/tables/credreport/reportgen"
)

// fleetM is the shape the goals are stated for: 1,000 accounts of 1,000 rows.
var fleetM = reportgen.Fleet{Accounts: 1000, Users: 1000, Seed: 1}

// fleetFiles are the reports of a fleet, made once.
var fleetFiles = sync.OnceValue(func() [][]byte {
	files := make([][]byte, fleetM.Accounts)
	for i := range files {
		_, files[i] = fleetM.Account([]byte(reportgen.Header), i)
	}
	return files
})

func fleetBytes(files [][]byte) (n int64) {
	for _, f := range files {
		n += int64(len(f))
	}
	return n
}

// decodeFleet inspects and converts all files on all cores, in groups as tables/files does.
func decodeFleet(b *testing.B, files [][]byte, columns credreport.ColumnSet) []*credreport.Report {
	const group = 64
	dicts := credreport.NewDictionaries()
	out := make([][]*credreport.Report, (len(files)+group-1)/group)
	next := make(chan int)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for g := range next {
				var inspected []*credreport.File
				for _, data := range files[g*group : min(len(files), (g+1)*group)] {
					f, err := credreport.Inspect("f.csv", data)
					if err != nil {
						b.Error(err)
						return
					}
					inspected = append(inspected, f)
				}
				out[g] = credreport.Convert(inspected, credreport.ConvertOptions{Dicts: dicts, Columns: columns})
			}
		})
	}
	for g := range out {
		next <- g
	}
	close(next)
	workers.Wait()
	var reports []*credreport.Report
	for _, r := range out {
		reports = append(reports, r...)
	}
	return reports
}

// BenchmarkDecode reads perf's M from memory to columns on all cores. heap-bytes/row is what the columns hold afterwards, and
// cpu-ms/op what the process used of all cores together: the time that passes where nothing else runs is that, divided by them.
func BenchmarkDecode(b *testing.B) {
	files := fleetFiles()
	for _, bench := range []struct {
		name    string
		columns credreport.ColumnSet
	}{
		{"all", credreport.AllColumns},
		{"three", credreport.Columns(credreport.ColPasswordEnabled, credreport.ColMFAActive, credreport.ColAccountID)},
		{"structure", 0},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.SetBytes(fleetBytes(files))
			var before, after runtime.MemStats
			var reports []*credreport.Report
			runtime.GC()
			runtime.ReadMemStats(&before)
			from := cpuTime(b)
			for b.Loop() {
				reports = nil
				reports = decodeFleet(b, files, bench.columns)
			}
			used := cpuTime(b) - from
			runtime.GC()
			runtime.ReadMemStats(&after)
			rows := 0
			for _, r := range reports {
				rows += r.Rows()
			}
			b.ReportMetric(float64(int64(after.HeapAlloc)-int64(before.HeapAlloc))/float64(rows), "heap-bytes/row")
			b.ReportMetric(float64(used.Microseconds())/1e3/float64(b.N), "cpu-ms/op")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(rows), "ns/row")
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
