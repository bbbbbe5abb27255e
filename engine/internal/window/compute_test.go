package window

import (
	"context"
	"testing"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/sqlerr"
)

// counted is a count that tells how often it was fed.
type counted struct {
	fold
	fed *int
}

func (c *counted) Add(args []column.Value) error { *c.fed++; return c.fold.Add(args) }
func (c *counted) Merge(o funcs.State) error     { *c.fed++; return c.fold.Merge(&o.(*counted).fold) }

func countSpec(n int, frame plan.Frame) (*plan.WindowCall, *Rows, *int) {
	ids := column.NewBuilder(column.Int64, n)
	for i := range n {
		ids.Append(int64(i))
	}
	keys := []plan.SortKey{{}}
	rows := arranged(n, nil, []*column.Vector{ids.Vector()}, keys)
	fed := new(int)
	fn := overload(funcs.Aggregate, "count")
	fn.State = func(*funcs.Ctx, []column.Type, []column.Value) (funcs.State, error) {
		one := func(acc, _ column.Value) column.Value { return acc.(int64) + 1 }
		return &counted{fold{int64(0), one, add}, fed}, nil
	}
	return &plan.WindowCall{Fn: fn, Name: "count", OrderBy: keys, Frame: frame, Type: column.Int64}, rows, fed
}

func TestNoFrameIsQuadratic(t *testing.T) {
	t.Parallel()
	const n = 50_000
	unbounded := plan.Frame{Mode: plan.FrameRows, Start: plan.Bound{Kind: plan.UnboundedPreceding}, End: plan.Bound{Kind: plan.UnboundedFollowing}}
	growing, shrinking, holed := unbounded, unbounded, unbounded
	growing.End.Kind = plan.CurrentRow
	shrinking.Start.Kind = plan.CurrentRow
	holed.Exclude = plan.ExcludeCurrentRow
	for name, c := range map[string]struct {
		frame plan.Frame
		most  int
		want  func(i int) int64
	}{
		"constant":  {unbounded, n, func(int) int64 { return n }},
		"growing":   {growing, n, func(i int) int64 { return int64(i) + 1 }},
		"shrinking": {shrinking, 100 * n, func(i int) int64 { return int64(n - i) }},
		"holed":     {holed, 200 * n, func(int) int64 { return n - 1 }},
	} {
		call, rows, fed := countSpec(n, c.frame)
		v, err := Compute(testCtx(), call, rows, &Inputs{})
		if err != nil {
			t.Fatal(name, err)
		}
		for i := range n {
			if v.Int(i) != c.want(i) {
				t.Fatalf("%s: row %d is %d, want %d", name, i, v.Int(i), c.want(i))
			}
		}
		if *fed > c.most {
			t.Errorf("%s: fed %d times for %d rows", name, *fed, n)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	frame := plan.Frame{Start: plan.Bound{Kind: plan.UnboundedPreceding}, End: plan.Bound{Kind: plan.CurrentRow}}
	call, rows, _ := countSpec(3, frame)
	call.Distinct = true
	for want, c := range map[string]*plan.WindowCall{
		"DISTINCT for window functions is not supported": call,
		"window function median is not supported":        {Name: "median"},
	} {
		_, err := Compute(testCtx(), c, rows, &Inputs{})
		if e, ok := sqlerr.As(err); !ok || e.Code != sqlerr.CodeNotSupported || e.Message != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestCanceled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	call, rows, _ := countSpec(3, plan.Frame{})
	for _, name := range []string{"count", "row_number", "lag", "ntile", "first_value"} {
		c := *call
		c.Name = name
		if name != "count" {
			c.Fn = nil
		}
		in := &Inputs{Args: []*column.Vector{column.ConstVector(column.Int64, int64(1), 3)}}
		if _, err := Compute(&funcs.Ctx{Context: ctx}, &c, rows, in); err == nil || err.Error() != "canceling statement due to user request" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestResultsAreCharged keeps array_agg over a growing frame, whose results together are quadratic, from taking all memory.
func TestResultsAreCharged(t *testing.T) {
	t.Parallel()
	fn, _ := aggregates("array_agg")
	call, rows, _ := countSpec(2000, plan.Frame{Mode: plan.FrameRows, End: plan.Bound{Kind: plan.CurrentRow}})
	call.Fn, call.Type = fn, column.ListOf(column.Int64)
	limit := budget.New(1 << 20)
	account := limit.Account()
	_, err := Compute(testCtx(), call, rows, &Inputs{Args: rows.Order, Account: account})
	if e, ok := sqlerr.As(err); !ok || e.Code != sqlerr.CodeOutOfMemory {
		t.Errorf("got %v", err)
	}
	account.Close()
	if limit.Used() != 0 {
		t.Errorf("%d bytes are left", limit.Used())
	}
}

// arranged is Arrange, not canceled: it has no other error.
func arranged(n int, parts, order []*column.Vector, keys []plan.SortKey) *Rows {
	rows, _ := Arrange(context.Background(), n, parts, order, keys)
	return rows
}

// TestArrangeIsCanceled: many rows are not sorted for who has gone.
func TestArrangeIsCanceled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	const n = 100_000
	ids := column.NewBuilder(column.Int64, n)
	for i := range n {
		ids.Append(int64(i * 7919 % n))
	}
	v := []*column.Vector{ids.Vector()}
	for _, parts := range [][]*column.Vector{nil, v} {
		_, err := Arrange(ctx, n, parts, v, []plan.SortKey{{}})
		if e, ok := sqlerr.As(err); !ok || e.Code != sqlerr.CodeQueryCanceled {
			t.Errorf("got %v", err)
		}
	}
}

func TestNoRows(t *testing.T) {
	t.Parallel()
	rows := arranged(0, []*column.Vector{vector(column.Text)}, []*column.Vector{vector(column.Int64)}, []plan.SortKey{{}})
	for _, name := range []string{"row_number", "rank", "cume_dist", "ntile", "lag", "last_value"} {
		v, err := Compute(testCtx(), &plan.WindowCall{Name: name}, rows, &Inputs{Args: []*column.Vector{vector(column.Int64)}})
		if err != nil || v.N != 0 {
			t.Errorf("%s: %v, %v", name, v, err)
		}
	}
}
