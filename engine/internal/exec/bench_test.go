package exec_test

import (
	"context"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/ddsql"
	"github.com/credsql/credsql/engine/internal/exec"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/credreport"
	"github.com/credsql/credsql/tables/credreport/reportgen"
)

// fleet is 1,000 accounts of 1,000 rows, the shape that the goals are stated for.
var fleet = reportgen.Fleet{Accounts: 1000, Users: 1000, Seed: 1}

// loaded is the fleet's reports as columns, made once, and one of its accounts.
var loaded = sync.OnceValues(func() (*credreport.Snapshot, string) {
	const group = 64
	dicts := credreport.NewDictionaries()
	groups := make([][]*credreport.Report, (fleet.Accounts+group-1)/group)
	ids := make([]string, fleet.Accounts)
	var wg sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
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
	wg.Wait()
	var reports []*credreport.Report
	for _, g := range groups {
		reports = append(reports, g...)
	}
	return credreport.NewSnapshot(reports, nil, nil, credreport.SnapshotOptions{Now: time.Unix(1768435200, 0)}), ids[fleet.Accounts/2]
})

// defs are the catalogue of the credential report.
type defs []*tables.Def

func (d defs) Table(schema, name string) *tables.Def {
	for _, t := range d {
		if t.Name == name && (schema == "" || schema == t.Schema) {
			return t
		}
	}
	return nil
}

func (d defs) Names() []string { return nil }

func bindReport(b testing.TB, sql string) (*plan.Statement, *funcs.Ctx) {
	b.Helper()
	parsed, err := ddsql.Parse(sql, ddsql.Options{})
	if err != nil {
		b.Fatal(err)
	}
	c := &funcs.Ctx{Context: context.Background(), Now: column.Timestamp(1768435200e6)}
	stmt, err := plan.Bind(parsed[0].Statement.(*syntax.Query),
		plan.Config{Catalog: defs(credreport.Tables()), Registry: funcs.New(), Ctx: c, HasParams: true})
	if err != nil {
		b.Skip(err)
	}
	return stmt, c
}

// questions are the statements of a file of testdata/bench, each after a line with its name.
func questions(b testing.TB, file, account string) (names, statements []string) {
	b.Helper()
	text, err := os.ReadFile("testdata/bench/" + file)
	if err != nil {
		b.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if name, ok := strings.CutPrefix(line, "-- "); ok {
			names = append(names, strings.Fields(name)[0])
			continue
		}
		statements = append(statements, strings.ReplaceAll(line, "@ACCT@", account))
	}
	return names, statements
}

func drain(b testing.TB, node plan.Node, env *exec.Env) (rows int) {
	b.Helper()
	ctx := context.Background()
	s, err := exec.Open(ctx, node, env)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	for {
		batch, err := s.Next(ctx)
		if err == io.EOF {
			return rows
		}
		if err != nil {
			b.Fatal(err)
		}
		rows += batch.N
	}
}

// BenchmarkAudit runs the audit questions over a million rows, from the bound plan to the last row.
func BenchmarkAudit(b *testing.B) { benchmark(b, "audit.sql") }

// BenchmarkLarge runs what holds many rows or groups.
func BenchmarkLarge(b *testing.B) { benchmark(b, "large.sql") }

func benchmark(b *testing.B, file string) {
	snap, account := loaded()
	names, statements := questions(b, file, account)
	for i, sql := range statements {
		b.Run(names[i], func(b *testing.B) {
			stmt, c := bindReport(b, sql)
			env := &exec.Env{Ctx: c, Snapshot: snap}
			b.ReportAllocs()
			from := cpuTime(b)
			for b.Loop() {
				drain(b, stmt.Root, env)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1e6, "ms/op")
			b.ReportMetric(float64((cpuTime(b)-from).Nanoseconds())/float64(b.N)/1e6, "cpu-ms/op")
		})
	}
}

// cpuTime is what the process has used of all cores: on a busy machine it says more than the time that passed.
func cpuTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
