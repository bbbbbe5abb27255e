package wirebench

import (
	"context"
	"database/sql"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/engine/mysqlwire"
	"github.com/credsql/credsql/tables/credreport/reportgen"
	"github.com/credsql/credsql/tables/files"
)

const user, password = "auditor", "secret"

// usersEach is how many rows an account has.
const usersEach = 1000

// fleetRows is how many rows the reports have: CREDSQL_BENCH_ROWS, or a tenth of a million. go-mysql-server's need a GiB for each million.
func fleetRows() int {
	if n, err := strconv.Atoi(os.Getenv("CREDSQL_BENCH_ROWS")); err == nil {
		return n
	}
	return 100_000
}

// fleet is an engine over that many rows, and the accounts' ids.
func fleet(b *testing.B) (e *engine.Engine, ids []string) {
	b.Helper()
	fleet := reportgen.Fleet{Accounts: fleetRows() / usersEach, Users: usersEach, Seed: 1}
	dir := b.TempDir()
	for i := range fleet.Accounts {
		id, data := fleet.Account([]byte(reportgen.Header), i)
		ids = append(ids, id)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%04d.csv", i)), data, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	source, err := files.New(files.Config{Paths: []string{dir}})
	if err != nil {
		b.Fatal(err)
	}
	if e, err = engine.New(engine.Config{Source: source}); err != nil {
		b.Fatal(err)
	}
	return e, ids
}

// wireServer serves an engine.
func wireServer(b *testing.B, e *engine.Engine) (addr string) {
	b.Helper()
	users, err := mysqlwire.NewUsers([]mysqlwire.User{{Name: user, Password: password}})
	if err != nil {
		b.Fatal(err)
	}
	s, err := mysqlwire.New(mysqlwire.Config{Backend: mysqlwire.FromEngine(e), Users: users})
	if err != nil {
		b.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	go func() { _ = s.Serve(l) }()
	b.Cleanup(func() { _ = s.Shutdown(context.Background()) })
	return l.Addr().String()
}

// servers are both, by name. go-mysql-server's has the rows of a query.
func servers(b *testing.B, query string) (addrs map[string]string, ids []string) {
	b.Helper()
	e, ids := fleet(b)
	return map[string]string{"credsql": wireServer(b, e), "gms": gmsServer(b, e, query)}, ids
}

func dial(b *testing.B, name, addr string, interpolate bool) *sql.DB {
	b.Helper()
	config := mysql.NewConfig()
	config.User, config.Net, config.Addr, config.DBName, config.InterpolateParams = "root", "tcp", addr, "aws", interpolate
	if name == "credsql" {
		config.User, config.Passwd = user, password
	}
	connector, err := mysql.NewConnector(config)
	if err != nil {
		b.Fatal(err)
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(1)
	b.Cleanup(func() { _ = db.Close() })
	return db
}

// BenchmarkSelectAll is the whole table to a Go client on the same machine.
func BenchmarkSelectAll(b *testing.B) {
	addrs, _ := servers(b, "SELECT * FROM aws.iam_credential_report")
	for _, form := range []string{"text", "binary"} {
		for _, name := range []string{"gms", "credsql"} {
			b.Run(form+"/"+name, func(b *testing.B) {
				db := dial(b, name, addrs[name], false)
				n := 0
				for range b.N {
					n += read(b, db, form)
				}
				b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "rows/s")
			})
		}
	}
}

// read reads the table as a Go program does, and gives its number of rows.
func read(b *testing.B, db *sql.DB, form string) (n int) {
	b.Helper()
	const query = "SELECT * FROM iam_credential_report"
	var rows *sql.Rows
	var err error
	if form == "text" {
		rows, err = db.Query(query)
	} else {
		var s *sql.Stmt
		if s, err = db.Prepare(query); err == nil {
			defer s.Close()
			rows, err = s.Query()
		}
	}
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		b.Fatal(err)
	}
	cells := make([]sql.RawBytes, len(names))
	into := make([]any, len(names))
	for i := range cells {
		into[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			b.Fatal(err)
		}
		n++
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
	return n
}

// BenchmarkPointQuery is a query about one account, by several connections at once. go-mysql-server has one row of each account only, which
// it finds at once: an index of its own would cost it more, and what is compared is the way of a statement, not the search.
func BenchmarkPointQuery(b *testing.B) {
	addrs, ids := servers(b, "SELECT DISTINCT ON (account_id) * FROM aws.iam_credential_report")
	for _, connections := range []int{1, 16, 256} {
		for _, name := range []string{"gms", "credsql"} {
			b.Run(fmt.Sprintf("%d/%s", connections, name), func(b *testing.B) {
				clients := make([]*sql.DB, connections)
				for i := range clients {
					clients[i] = dial(b, name, addrs[name], true)
					if err := point(clients[i], ids[0]); err != nil {
						b.Fatal(err)
					}
				}
				b.ResetTimer()
				times := race(b, clients, ids)
				b.StopTimer()
				slices.Sort(times)
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "queries/s")
				b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "p50-ms")
				b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, "p99-ms")
			})
		}
	}
}

func point(db *sql.DB, account string) error {
	var name string
	var mfa sql.NullBool
	return db.QueryRow("SELECT user, mfa_active FROM iam_credential_report WHERE account_id = ? LIMIT 1", account).Scan(&name, &mfa)
}

// race lets all clients ask until b.N questions have been answered, and gives how long each took.
func race(b *testing.B, clients []*sql.DB, ids []string) (times []time.Duration) {
	var work sync.WaitGroup
	var mu sync.Mutex
	share := b.N/len(clients) + 1
	for c, db := range clients {
		work.Go(func() {
			own := make([]time.Duration, 0, share)
			for i := range share {
				start := time.Now()
				if err := point(db, ids[(c+i)%len(ids)]); err != nil {
					b.Error(err)
					return
				}
				own = append(own, time.Since(start))
			}
			mu.Lock()
			times = append(times, own...)
			mu.Unlock()
		})
	}
	work.Wait()
	return times
}
