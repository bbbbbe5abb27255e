package budget_test

import (
	"context"
	"errors"
	"net/netip"
	"sync"
	"testing"
	"time"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/sqlerr"
)

func TestAccountStopsAtTheLimit(t *testing.T) {
	t.Parallel()
	b := budget.New(100_000)
	a, other := b.Account(), b.Account()
	if err := a.Grow(60_000); err != nil {
		t.Fatal(err)
	}
	if err := other.Grow(34_000); err != nil {
		t.Fatalf("what is left must be given although a whole reserve is not there: %v", err)
	}
	err := other.Grow(1_000)
	e, ok := sqlerr.As(err)
	if !ok || e.Code != sqlerr.CodeOutOfMemory || e.Hint == "" || e.Detail != "The statement needs more than its limit of 100000 bytes." {
		t.Fatalf("got %#v", err)
	}
	if other.Used() != 34_000 {
		t.Errorf("a refused Grow took bytes: %d", other.Used())
	}
	a.Close()
	if err := other.Grow(1_000); err != nil {
		t.Errorf("after a Close: %v", err)
	}
	other.Close()
	if b.Used() != 0 || b.Peak() < 94_000 {
		t.Errorf("used %d, peak %d", b.Used(), b.Peak())
	}
}

func TestNoLimit(t *testing.T) {
	t.Parallel()
	var none *budget.Budget
	for _, a := range []*budget.Account{none.Account(), budget.New(0).Account(), new(budget.Account)} {
		if err := a.Grow(1 << 50); err != nil {
			t.Error(err)
		}
		a.Close()
	}
	if none.Used() != 0 || none.Peak() != 0 {
		t.Error("a nil budget counts nothing")
	}
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	b := budget.New(1 << 30)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			a := b.Account()
			defer a.Close()
			for range 1000 {
				if err := a.Grow(100); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if b.Used() != 0 {
		t.Errorf("%d bytes are left", b.Used())
	}
}

func TestSizes(t *testing.T) {
	t.Parallel()
	values := []column.Value{nil, true, int64(1), 1.5, "text", column.JSONText("{}"), column.Timestamp(1), column.Interval{},
		netip.MustParsePrefix("10.0.0.0/8"), column.NewHStore([]column.Pair{{Key: "k", Value: "v"}}),
		&column.List{Elem: column.Text, Items: []column.Value{"a", nil}}}
	want := []int64{0, 0, 8, 8, 20, 18, 8, 32, 32, 66, 81}
	var sum int64
	for i, v := range values {
		if got := budget.SizeOf(v); got != want[i] {
			t.Errorf("%T: %d bytes, want %d", v, got, want[i])
		}
		sum += want[i]
	}
	if got := budget.SizeOfRow(values); got != sum+48+16*int64(len(values)) {
		t.Errorf("row: %d", got)
	}
}

func TestCanceled(t *testing.T) {
	t.Parallel()
	if err := budget.Canceled(context.Background()); err != nil {
		t.Fatal(err)
	}
	late, cancel := context.WithDeadline(context.Background(), time.Unix(0, 0))
	defer cancel()
	stopped, stop := context.WithCancel(context.Background())
	stop()
	own, end := context.WithCancelCause(context.Background())
	end(sqlerr.New(sqlerr.CodeConfigurationLimit, "too many rows"))
	for _, c := range []struct {
		ctx  context.Context
		want string
	}{{late, "canceling statement due to statement timeout"}, {stopped, "canceling statement due to user request"}, {own, "too many rows"}} {
		if err := budget.Canceled(c.ctx); err == nil || err.Error() != c.want {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
	if !errors.Is(budget.Canceled(late), context.DeadlineExceeded) {
		t.Error("the cause is lost")
	}
}

// TestNothingForTheCanceled: an account that grows again and again ends with its statement.
func TestNothingForTheCanceled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	b := budget.New(1 << 30).For(ctx)
	a := b.Account()
	if err := a.Grow(100_000); err != nil {
		t.Fatal(err)
	}
	cancel()
	var err error
	for n := 0; err == nil && n < 1000; n++ {
		err = a.Grow(100)
	}
	if e, ok := sqlerr.As(err); !ok || e.Code != sqlerr.CodeQueryCanceled {
		t.Errorf("got %v", err)
	}
	if a.Close(); b.Used() != 0 {
		t.Errorf("%d bytes are not given back", b.Used())
	}
}

func TestPool(t *testing.T) {
	t.Parallel()
	pool := budget.New(100)
	a, b := budget.New(80).Within(pool), budget.New(80).Within(pool)
	if err := a.Grow(70); err != nil {
		t.Fatal(err)
	}
	if err := b.Grow(40); err == nil || b.Used() != 0 {
		t.Errorf("over the pool: %v, %d held", err, b.Used())
	}
	a.Close()
	if pool.Used() != 0 || a.Used() != 0 {
		t.Errorf("after Close the pool holds %d", pool.Used())
	}
	if err := b.Grow(75); err != nil || pool.Used() != 75 {
		t.Errorf("%v, the pool holds %d", err, pool.Used())
	}
	b.Release(75)
	if err := b.Grow(81); err == nil || pool.Used() != 0 {
		t.Errorf("over its own limit: %v, the pool holds %d", err, pool.Used())
	}
}
