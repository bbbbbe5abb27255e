package cli

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/credsql/credsql/tables/awsiam/awssim"
	"github.com/credsql/credsql/tables/awsiam/awssim/trouble"
)

// soakEnv is how long the soak of the server takes with a thousand accounts: 30m. Without it a small one takes some seconds.
const soakEnv = "CREDSQL_SERVE_SOAK"

// TestServeSoak has the command serve keep an organization's reports a few seconds young while AWS and the network fail at random, and
// clients of a real MySQL driver ask all the time. Every answer must be what AWS had at the time of each report that the answer
// is from; memory and goroutines must not grow, and nothing may be left running.
func TestServeSoak(t *testing.T) {
	signIn(t)
	soak := serverSoak{accounts: 20, young: 6 * time.Second, length: 8 * time.Second, clients: 4, sample: 500 * time.Millisecond}
	if given := os.Getenv(soakEnv); given != "" {
		length, err := time.ParseDuration(given)
		if err != nil {
			t.Fatal(err)
		}
		soak = serverSoak{accounts: 1000, young: 16 * time.Second, length: length, clients: 8, sample: 20 * time.Second}
	}
	before := runtime.NumGoroutine()
	t.Run("", soak.run)
	for end := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > before+2; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			stacks := make([]byte, 1<<20)
			t.Fatalf("%d goroutines are left of a soak that began with %d\n%s",
				runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
	}
}

type serverSoak struct {
	accounts, clients int
	// young is how old a report may be. AWS keeps one for half of that here: so a new one is made whenever one is too old. That is longer
	// than an account waits between two calls, as AWS's four hours are by far.
	young  time.Duration
	length time.Duration
	sample time.Duration // between two looks at memory and goroutines
}

func (k serverSoak) run(t *testing.T) {
	org := organizationOf(k.accounts)
	for i := range org.Accounts {
		org.Accounts[i].Report = awssim.Existing{}
	}
	org.Accounts[k.accounts-1].Deny = []string{"iam:GetCredentialReport"} // so that something is always missing
	sim := awssim.New(awssim.Options{
		Organization: org, Clock: time.Now, Keep: k.young / 2, GenerationTime: 200 * time.Millisecond, Latency: 10 * time.Millisecond,
		SessionLifetime: 2 * time.Minute,
	})
	sim.Credentials(org.Management)
	s := serveFrom(t, sim.Transport(), map[string]string{"CREDSQL_PASSWORD": "secret"},
		"--org", "--listen", "127.0.0.1:0", "--max-age", k.young.String(), "--cache-dir", t.TempDir())
	addr := s.wait(`listening on (\S+)`)
	ctx, enough := context.WithCancel(t.Context())
	defer enough()
	counts := soakCounts{sim: sim}
	clients := k.connect(t, sim, addr, &counts)
	if err := clients[0].askWhole(ctx); err != nil { // from here on no statement waits for what is there
		t.Fatal(err)
	}
	go k.trouble(ctx, sim)
	answered := make(chan error, len(clients))
	for _, c := range clients {
		go func() {
			err := c.ask(ctx)
			if err != nil {
				counts.failed.Store(true)
			}
			answered <- err
		}()
	}
	seen := k.watch(t, &counts)
	enough()
	for range clients {
		if err := <-answered; err != nil {
			t.Error(err)
		}
	}
	k.judge(t, seen, &counts)
	s.stop()
	if code := <-s.code; code != exitOK {
		t.Errorf("exit code %d: %s", code, s.err)
	}
	s.code <- exitOK
}

// trouble has things go wrong until ctx ends: each second a fifth of the accounts meet something that passes, and now and then one
// is denied, which the server holds against it for minutes.
func (k serverSoak) trouble(ctx context.Context, sim *awssim.Sim) {
	r := rand.New(rand.NewPCG(1, 2))
	rough := trouble.Rough()
	some := func() string { return accountID(1 + r.IntN(k.accounts-1)) }
	for round := 1; ctx.Err() == nil; round++ {
		sim.Heal()
		for range k.accounts / 5 {
			sim.Script(awssim.Rule{Account: some(), Times: 1 + r.IntN(3), Fault: rough[r.IntN(len(rough))]})
		}
		sim.Script(awssim.Rule{Account: some(), Times: 1, Fault: awssim.ExpiredToken})
		if round%3 == 0 {
			sim.Script(awssim.Rule{Account: some(), Times: 1, Fault: awssim.AccessDenied})
		}
		if round%60 == 0 {
			sim.Expire()
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

// usage is what the process holds.
type usage struct {
	heap       uint64
	goroutines int
}

func (u usage) String() string {
	return fmt.Sprintf("%.1f MiB of heap and %d goroutines", float64(u.heap)/(1<<20), u.goroutines)
}

func least(all []usage) usage {
	low := all[0]
	for _, u := range all {
		low = usage{min(low.heap, u.heap), min(low.goroutines, u.goroutines)}
	}
	return low
}

// watch looks at memory and goroutines until the time is over, and a while longer if the machine is so busy that not everything has
// happened yet.
func (k serverSoak) watch(t *testing.T, counts *soakCounts) []usage {
	const longer = 2 * time.Minute
	var seen []usage
	for start := time.Now(); ; {
		time.Sleep(k.sample)
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		seen = append(seen, usage{m.HeapAlloc, runtime.NumGoroutine()})
		past := time.Since(start)
		t.Logf("after %s: %s; %s", past.Round(time.Second), seen[len(seen)-1], counts)
		if counts.failed.Load() || past > k.length && (counts.all(k.accounts) || past > k.length+longer) {
			return seen
		}
	}
}

// judge sees that usage has not grown, and that the soak was one. What is under way at a moment is chance: the least of each half is
// what is held.
func (k serverSoak) judge(t *testing.T, seen []usage, counts *soakCounts) {
	if counts.failed.Load() {
		return // that is told
	}
	half := len(seen) / 2
	first, last := least(seen[half/2:half]), least(seen[half:]) // the first quarter fills what is kept
	if last.heap > first.heap+first.heap/4+8<<20 || last.goroutines > first.goroutines+first.goroutines/2+20 {
		t.Errorf("usage has grown: at least %s in the second quarter, %s in the second half", first, last)
	}
	if !counts.all(k.accounts) {
		t.Errorf("not every question was answered, nothing went wrong, or reports were not kept young: %s", counts)
	}
	t.Logf("at least %s in the second quarter, %s in the second half; %s", first, last, counts)
}

// soakCounts are answers that were compared with the truth, by question.
type soakCounts struct {
	sim                     *awssim.Sim
	whole, one, raw, strict atomic.Int64
	// lacking are answers that lacked accounts or tags and told so; refused are those that were errors for that.
	lacking, refused atomic.Int64
	rows             atomic.Int64
	failed           atomic.Bool  // an answer was wrong
	stand            atomic.Value // how the accounts stood in the last answer over all
}

// all says whether everything has happened that the soak is for.
func (c *soakCounts) all(accounts int) bool {
	for _, n := range []*atomic.Int64{&c.whole, &c.one, &c.raw, &c.strict, &c.lacking, &c.refused} {
		if n.Load() == 0 {
			return false
		}
	}
	return c.fetched() >= 2*accounts
}

func (c *soakCounts) fetched() int { return c.sim.Calls("", trouble.Get) }

func (c *soakCounts) String() string {
	return fmt.Sprintf("%d reports asked for; accounts: %v; right answers: %d over all accounts, %d over one, %d raw, %d strict, in all %d rows; %d answers told of what they lack, %d were refused",
		c.fetched(), c.stand.Load(), c.whole.Load(), c.one.Load(), c.raw.Load(), c.strict.Load(), c.rows.Load(), c.lacking.Load(), c.refused.Load())
}
