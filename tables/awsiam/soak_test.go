package awsiam

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/credsql/credsql/tables/awsiam/awssim"
	"github.com/credsql/credsql/tables/awsiam/awssim/trouble"
)

// soakEnv is how long the soak takes in real time, with a thousand accounts: 30m. Without it a small one takes three minutes of
// simulated time.
const soakEnv = "CREDSQL_SOAK"

// TestSoak keeps accounts refreshed every few seconds while answers fail at random, and users ask statements all the time. After
// every round each report that can be read must be byte for byte what the simulation had at its time; every answer must be
// what the simulation says; memory and goroutines must not grow, and nothing may be left running.
func TestSoak(t *testing.T) {
	if real := os.Getenv(soakEnv); real != "" {
		length, err := time.ParseDuration(real)
		if err != nil {
			t.Fatal(err)
		}
		before := runtime.NumGoroutine()
		soak(t, 1000, length)
		time.Sleep(time.Second)
		if n := runtime.NumGoroutine(); n > before+5 {
			t.Errorf("%d goroutines are left of a soak that began with %d", n, before)
		}
		return
	}
	synctest.Test(t, func(t *testing.T) { soak(t, 20, 3*time.Minute) })
}

func soak(t *testing.T, accounts int, length time.Duration) {
	// AWS keeps a report for longer than the longest pause between two questions: so must the simulation.
	const every, keep = 4 * time.Second, 12 * time.Second
	w := worldOf(organizationOf(accounts), func(o *awssim.Options) {
		o.Keep, o.GenerationTime, o.Latency = keep, 200*time.Millisecond, 10*time.Millisecond
		o.SessionLifetime = 2 * time.Minute // the simulation remembers sessions for twice as long
	})
	w.cfg.MaxAge, w.cfg.keep, w.cfg.rediscover = every, keep, time.Minute
	w.cfg.CacheDir = t.TempDir()
	s := newSource(t, w.cfg)
	defer s.Close()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go s.Run(ctx)
	mustSnapshot(t, s, everything) // from here on statements wait for nothing that is there
	asking, enough := context.WithCancel(ctx)
	defer enough()
	answered := askAround(asking, newAskers(t, s, w.sim, 3))
	r := rand.New(rand.NewPCG(1, 2))
	rough := append(trouble.Rough(), awssim.ExpiredToken, awssim.AccessDenied)
	var seen []usage
	end := time.Now().Add(length)
	for round := 0; time.Now().Before(end); round++ {
		w.sim.Heal()
		for range accounts / 5 {
			w.sim.Script(awssim.Rule{Account: accountID(1 + r.IntN(accounts-1)), Times: 1 + r.IntN(3), Fault: rough[r.IntN(len(rough))]})
		}
		need := untagged
		if round%3 == 0 {
			need = everything
		}
		snap := mustSnapshot(t, s, need)
		w.checkTruth(t, snap)
		if snap.Coverage().Complete() == hasIncomplete(snap) && round%3 != 0 {
			t.Errorf("complete: %v, but the notices are\n%s", snap.Coverage().Complete(), texts(snap))
		}
		if t.Failed() {
			return
		}
		if round%50 == 20 {
			seen = append(seen, used())
			t.Logf("round %d: %s", round, seen[len(seen)-1])
		}
		time.Sleep(time.Second)
	}
	enough()
	answers, err := answered()
	if err != nil {
		t.Error(err)
	}
	if len(seen) < 2 {
		t.Fatalf("too short: usage was measured %d times", len(seen))
	}
	// What is under way at a moment is chance: the least of each half is what is held.
	first, last := least(seen[:len(seen)/2]), least(seen[len(seen)/2:])
	if last.heap > first.heap+first.heap/3+8<<20 || last.goroutines > 2*first.goroutines+20 {
		t.Errorf("usage has grown: at least %s in the first half, %s in the second", first, last)
	}
	w.sim.Heal()
	s.Refresh()
	if snap := mustSnapshot(t, s, everything); !snap.Coverage().Complete() || hasIncomplete(snap) {
		t.Errorf("still incomplete when all is well:\n%s", texts(snap))
	}
	t.Logf("at least %s in the first half, %s in the second; %d reports fetched, %d answers right", first, last, w.sim.Calls("", get), answers)
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

func used() usage {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return usage{m.HeapAlloc, runtime.NumGoroutine()}
}
