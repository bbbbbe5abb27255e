package awsiam

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/credsql/credsql/tables"
	"github.com/credsql/credsql/tables/awsiam/awssim"
	"github.com/credsql/credsql/tables/credreport"
	"golang.org/x/sync/errgroup"
)

// The benchmarks measure the figures of the network path: a simulation in a process of its own behind a loopback socket, so
// that neither its memory nor its garbage is the client's.

const simulatorEnv = "CREDSQL_TEST_SIMULATOR"

// benchOrganization is a management account without reports to read and n members of a population.
func benchOrganization(n, population int, present bool) awssim.Organization {
	org := organizationOf(n)
	for i := range org.Accounts {
		org.Accounts[i].Population = population
		org.Accounts[i].Report = awssim.Existing{Present: present, Age: time.Hour}
	}
	return org
}

// TestMain is the other process as well: it serves until its standard input ends.
func TestMain(m *testing.M) {
	setup := os.Getenv(simulatorEnv)
	if setup == "" {
		os.Exit(m.Run())
	}
	if err := simulate(setup); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func simulate(setup string) error {
	var accounts, population int
	var latency, takes time.Duration
	var present bool
	if _, err := fmt.Sscan(setup, &accounts, &population, (*int64)(&latency), (*int64)(&takes), &present); err != nil {
		return err
	}
	sim := awssim.New(awssim.Options{
		Organization: benchOrganization(accounts, population, present), Clock: time.Now, Latency: latency, GenerationTime: takes, KeepAnswers: true,
	})
	if present {
		sim.Prepare()
	}
	id, secret := sim.Credentials(accountID(0))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("serving http://%s %s %s\n", listener.Addr(), id, secret)
	server := &http.Server{Handler: sim, ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(listener) }()     // ends with the process
	_, _ = bufio.NewReader(os.Stdin).ReadString(0) // the end is what is waited for
	return nil
}

// startSimulator starts the other process and gives a Config that reads from it.
func startSimulator(b *testing.B, accounts, population int, latency, takes time.Duration, present bool) Config {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d %d %d %d %v", simulatorEnv, accounts, population, latency, takes, present))
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		in.Close()
		_ = cmd.Wait() // its verdict is of no interest
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if f := strings.Fields(lines.Text()); len(f) == 4 && f[0] == "serving" {
			go func() {
				for lines.Scan() { // so that it never blocks on a full pipe
				}
			}()
			return Config{Org: true, Clock: time.Now, Endpoint: f[1], static: &staticCredentials{id: f[2], secret: f[3], region: "us-east-1"}}
		}
	}
	b.Fatal("the simulator did not start")
	return Config{}
}

// readAll fetches everything with a new source and checks the number of rows.
func readAll(b *testing.B, cfg Config, rows int64) *Source {
	s, err := New(context.Background(), cfg)
	if err != nil {
		b.Fatal(err)
	}
	snap, err := s.Snapshot(context.Background(), untagged)
	if err != nil {
		b.Fatal(err)
	}
	if n, _ := snap.RowCount(credreport.TableReport); n != rows || !snap.Coverage().Complete() {
		b.Fatalf("%d rows, expected %d: %s", n, rows, texts(snap))
	}
	return s
}

// peakMemory is the most memory this process has had, in bytes.
func peakMemory(b *testing.B) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Skip("peak memory is read from /proc")
	}
	for _, line := range strings.Split(string(status), "\n") {
		if f := strings.Fields(line); len(f) == 3 && f[0] == "VmHWM:" {
			kb, _ := strconv.ParseFloat(f[1], 64)
			return kb * 1024
		}
	}
	return 0
}

// BenchmarkFetchThousand is 1,000 accounts of 1,000 users whose reports exist, 64-way, 50 ms a call. The list of accounts is
// read before: what is measured is AssumeRole, GetCredentialReport and decoding. The floor of the two calls alone is reported
// beside it.
func BenchmarkFetchThousand(b *testing.B) {
	const accounts, users, latency = 1000, 1000, 50 * time.Millisecond
	cfg := startSimulator(b, accounts, users, latency, 0, true)
	for b.Loop() {
		b.StopTimer()
		s, err := New(context.Background(), cfg)
		if err != nil {
			b.Fatal(err)
		}
		if err := s.list(context.Background()); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		snap, err := s.Snapshot(context.Background(), untagged)
		b.StopTimer()
		if err != nil {
			b.Fatal(err)
		}
		if n, _ := snap.RowCount(credreport.TableReport); n != accounts*(users+1) {
			b.Fatalf("%d rows: %s", n, texts(snap))
		}
		s.Close()
		b.StartTimer()
	}
	floor := 2 * latency.Seconds() * float64((accounts+63)/64)
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/floor, "x-floor")
	b.ReportMetric(peakMemory(b)/(1<<20), "peak-MB")
}

// BenchmarkFetchThousandMissing is the same with every report missing: each takes 3 seconds to generate.
func BenchmarkFetchThousandMissing(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		cfg := startSimulator(b, 1000, 1000, 50*time.Millisecond, 3*time.Second, false)
		s, err := New(context.Background(), cfg)
		if err != nil {
			b.Fatal(err)
		}
		if err := s.list(context.Background()); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		snap, err := s.Snapshot(context.Background(), untagged)
		if err != nil {
			b.Fatal(err)
		}
		if n, _ := snap.RowCount(credreport.TableReport); n != 1000*1001 {
			b.Fatalf("%d rows: %s", n, texts(snap))
		}
		s.Close()
	}
}

// BenchmarkFetchOne is one account of 5,000 users without latency: clients made, fetched, decoded.
func BenchmarkFetchOne(b *testing.B) {
	cfg := startSimulator(b, 1, 5000, 0, 0, true)
	cfg.Org = false
	for b.Loop() {
		readAll(b, cfg, 5001).Close()
	}
}

// BenchmarkFetchThousandCallsOnly is what the two calls of BenchmarkFetchThousand take when nothing is made of the answers:
// the floor on this machine at this moment.
func BenchmarkFetchThousandCallsOnly(b *testing.B) {
	cfg := startSimulator(b, 1000, 1000, 50*time.Millisecond, 0, true)
	for b.Loop() {
		b.StopTimer()
		s, err := New(context.Background(), cfg)
		if err != nil {
			b.Fatal(err)
		}
		if err := s.list(context.Background()); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		var group errgroup.Group
		for _, a := range s.accounts {
			group.Go(func() error {
				calls := s.patience(nil)
				defer calls.release()
				if f := a.target.login.open(context.Background(), calls); f != nil {
					return f
				}
				f := calls.do(context.Background(), "iam:GetCredentialReport", func(ctx context.Context) error {
					_, err := a.target.login.services.iam.GetCredentialReport(lifting(ctx), &iam.GetCredentialReportInput{}, a.target.login.forIAM)
					return err
				})
				if f != nil {
					return f
				}
				return nil
			})
		}
		if err := group.Wait(); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		s.Close()
		b.StartTimer()
	}
}

// lifting asks for the report, so that the SDK does not decode it, and forgets it.
func lifting(ctx context.Context) context.Context {
	ctx, _ = withLift(ctx)
	return ctx
}

// BenchmarkFetchTwoAtATime is 1,000 accounts of 1,000 users without latency, two at a time: the plain SDK, which reads the
// network in small bites while it decodes XML, stalls here.
func BenchmarkFetchTwoAtATime(b *testing.B) {
	cfg := startSimulator(b, 1000, 1000, 0, 0, true)
	cfg.Concurrency = 2
	for b.Loop() {
		readAll(b, cfg, 1000*1001).Close()
	}
}

// BenchmarkSnapshot is what a statement pays when everything has been read: 1,000 accounts, all of them and one.
func BenchmarkSnapshot(b *testing.B) {
	w := worldOf(organizationOf(1000), nil)
	s := readAll(b, w.cfg, 1000*(usersEach+1))
	defer s.Close()
	one := untagged
	one.Accounts = []string{accountID(500)}
	for name, need := range map[string]tables.Need{"all": untagged, "one": one} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := s.Snapshot(context.Background(), need); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
