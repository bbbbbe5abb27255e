//go:build unix

package engine_test

import (
	"context"
	"errors"
	"flag"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/tables/credreport/reportgen"
)

var (
	cancels        = flag.Int("cancels", 2, "how often TestCancelAnywhere cancels each statement")
	cancelAccounts = flag.Int("cancel-accounts", 40, "accounts of 1,000 rows that the statements of TestCancelAnywhere read")
)

// TestCancelAnywhere cancels the audit questions, what holds much and what never ends at random moments. A statement must end soon, in
// whatever operator it is, and leave no goroutine behind. With -v it tells how long the end took, and how much processor time, which a
// busy machine does not change: 100 ms is the goal.
func TestCancelAnywhere(t *testing.T) {
	leaked := goleak.IgnoreCurrent()
	source, account := load(reportgen.Fleet{Accounts: *cancelAccounts, Users: 1000, Seed: 1})
	e, err := engine.New(engine.Config{Source: source, MaxMemory: 512 << 20})
	if err != nil {
		t.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(7, 7))
	var all, spent []time.Duration
	for _, file := range []string{"audit.sql", "large.sql", "hungry.sql"} {
		for _, q := range questions(t, file, account) {
			for _, execution := range []string{"vector", "row"} {
				c := canceling{session: e.NewSession(), sql: q.sql, rnd: rnd, within: cancelWithin}
				if err := c.session.Set("credsql.execution", execution); err != nil {
					t.Fatal(err)
				}
				for range *cancels {
					c.once(t)
				}
				t.Logf("%s by %s: %d canceled, at most %v, %v of processor time", q.name, execution, len(c.took), most(c.took), most(c.spent))
				all, spent = append(all, c.took...), append(spent, c.spent...)
			}
		}
	}
	t.Logf("%d canceled: median %v, 99%% %v, most %v; processor time: median %v, 99%% %v, most %v", len(all),
		part(all, 0.5), part(all, 0.99), most(all), part(spent, 0.5), part(spent, 0.99), most(spent))
	if len(all) == 0 {
		t.Error("nothing was canceled: every statement ended before")
	}
	goleak.VerifyNone(t, leaked)
}

// canceling is a statement that is canceled again and again.
type canceling struct {
	session     *engine.Session
	sql         string
	rnd         *rand.Rand
	within      time.Duration // in which it is canceled
	took, spent []time.Duration
}

// cancelWithin is the time in which a statement is canceled that has not ended earlier.
const cancelWithin = 400 * time.Millisecond

// once runs the statement, which may end before.
func (c *canceling) once(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var from, used time.Duration
	begun := time.Now()
	stop := time.AfterFunc(time.Duration(c.rnd.Int64N(int64(c.within))), func() {
		from, used = time.Since(begun), cpuTime(t)
		cancel()
	})
	err := c.run(ctx)
	if stop.Stop() || err == nil { // it ended first
		c.within = min(c.within, time.Since(begun))
		return
	}
	if e, ok := sqlerr.As(err); !ok || e.Code != sqlerr.CodeQueryCanceled {
		if !ok || e.Code != sqlerr.CodeOutOfMemory && e.Code != sqlerr.CodeProgramLimit {
			t.Errorf("%s: got %v", c.sql, err)
		}
		return
	}
	took := time.Since(begun) - from
	c.took, c.spent = append(c.took, took), append(c.spent, cpuTime(t)-used)
	if took > 30*time.Second {
		t.Errorf("%s: it took %v to end", c.sql, took)
	}
}

func (c *canceling) run(ctx context.Context) error {
	rows, err := c.session.Query(ctx, c.sql)
	if err != nil {
		return err
	}
	defer rows.Close()
	for err == nil {
		_, err = rows.Next()
	}
	if e, ok := sqlerr.As(err); ok {
		return e
	}
	return errors.Unwrap(err) // of io.EOF: nil
}

func most(list []time.Duration) time.Duration { return part(list, 1) }

// part is the duration below which a part of them is.
func part(list []time.Duration, p float64) time.Duration {
	if len(list) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(list))
	return sorted[min(int(p*float64(len(sorted))), len(sorted)-1)].Round(time.Microsecond)
}
