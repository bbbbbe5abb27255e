//go:build unix

package engine_test

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/credreport"
	"github.com/credsql/credsql/tables/credreport/reportgen"
)

// fleet is 1,000 accounts of 1,000 rows, the shape that the goals are stated for.
var fleet = reportgen.Fleet{Accounts: 1000, Users: 1000, Seed: 1}

// inMemory is a source of reports that are loaded already.
type inMemory struct{ snapshot *credreport.Snapshot }

func (s inMemory) Tables() []*tables.Def { return credreport.Tables() }

func (s inMemory) Snapshot(context.Context, tables.Need) (tables.Snapshot, error) {
	return s.snapshot, nil
}

// loaded is the fleet's reports as columns, made once, and the id of one account.
var loaded = sync.OnceValues(func() (inMemory, string) { return load(fleet) })

func load(fleet reportgen.Fleet) (inMemory, string) {
	const group = 64
	dicts := credreport.NewDictionaries()
	groups := make([][]*credreport.Report, (fleet.Accounts+group-1)/group)
	ids := make([]string, fleet.Accounts)
	next := make(chan int)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for g := range next {
				var files []*credreport.File
				for i := g * group; i < min((g+1)*group, fleet.Accounts); i++ {
					id, data := fleet.Account([]byte(reportgen.Header), i)
					ids[i] = id
					f, err := credreport.Inspect(id+".csv", data)
					if err != nil {
						panic(err)
					}
					files = append(files, f)
				}
				groups[g] = credreport.Convert(files, credreport.ConvertOptions{Dicts: dicts, Columns: credreport.AllColumns})
			}
		})
	}
	for g := range groups {
		next <- g
	}
	close(next)
	workers.Wait()
	var reports []*credreport.Report
	for _, g := range groups {
		reports = append(reports, g...)
	}
	return inMemory{credreport.NewSnapshot(reports, nil, nil, credreport.SnapshotOptions{})}, ids[fleet.Accounts/2]
}

// BenchmarkAudit asks the 16 audit questions over a million rows: text in, rows read.
func BenchmarkAudit(b *testing.B) { benchmark(b, "audit.sql") }

// BenchmarkLarge asks what holds many rows or groups.
func BenchmarkLarge(b *testing.B) { benchmark(b, "large.sql") }

// benchmark runs the statements of a file of testdata/bench.
func benchmark(b *testing.B, file string) {
	source, account := loaded()
	e, err := engine.New(engine.Config{Source: source})
	if err != nil {
		b.Fatal(err)
	}
	session := e.NewSession()
	for _, q := range questions(b, file, account) {
		b.Run(q.name, func(b *testing.B) {
			b.ReportAllocs()
			from := cpuTime(b)
			for b.Loop() {
				readRows(b, session, q.sql)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1e6, "ms/op")
			b.ReportMetric(float64((cpuTime(b)-from).Nanoseconds())/float64(b.N)/1e6, "cpu-ms/op")
		})
	}
}

// question is a statement of a file of testdata/bench, which stands after a line with its name.
type question struct{ name, sql string }

func questions(t testing.TB, file, account string) (out []question) {
	t.Helper()
	text, err := os.ReadFile("testdata/bench/" + file)
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range strings.Split(strings.TrimPrefix(string(text), "-- "), "\n-- ") {
		name, sql, _ := strings.Cut(block, "\n")
		sql = strings.TrimSuffix(strings.TrimSpace(strings.ReplaceAll(sql, "@ACCT@", account)), ";")
		out = append(out, question{strings.Fields(name)[0], sql})
	}
	return out
}

func readRows(b *testing.B, session *engine.Session, sql string) {
	b.Helper()
	rows, err := session.Query(b.Context(), sql)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	for {
		if _, err := rows.Next(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			b.Fatal(err)
		}
	}
}

// cpuTime is what the process has used of all cores: on a busy machine it says more than the time that passed.
func cpuTime(b testing.TB) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
