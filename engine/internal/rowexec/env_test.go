package rowexec_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/rowexec"
	"github.com/credsql/credsql/engine/sqlerr"
)

// batches is a stream as another executor gives it.
func batches(values ...int64) rowexec.Batches {
	return func(yield func(*column.Batch, error) bool) {
		for _, v := range values {
			if !yield(&column.Batch{N: 1, Cols: []*column.Vector{column.ConstVector(column.Int64, v, 1)}}, nil) {
				return
			}
		}
	}
}

func TestDelegateIsOfferedWhatIsBelow(t *testing.T) {
	t.Parallel()
	input := values(1, []any{1}, []any{2})
	right := &plan.Project{Input: values(0, nil), Exprs: []plan.Expr{outerRef(3)}, Cols: cols(1)}
	top := &plan.Apply{Left: input, Right: right, Params: []plan.ParamBind{{ID: 3, Expr: col(0)}}}
	var seen []any
	env := &rowexec.Env{Delegate: func(_ context.Context, node plan.Node, env *rowexec.Env) (rowexec.Batches, bool) {
		switch node {
		case plan.Node(top):
			t.Error("the node that was declined is offered again")
		case plan.Node(input):
			return batches(5, 6), true
		case plan.Node(right):
			v, ok := env.Scope.Value(3)
			seen = append(seen, v, ok)
			return batches(7), true
		}
		return nil, false
	}}
	if got := run(t, top, env); got != "5|7 6|7" {
		t.Error(got)
	}
	if len(seen) != 4 || seen[0] != int64(5) || seen[1] != true || seen[2] != int64(6) {
		t.Errorf("the delegate saw %v", seen)
	}
}

func TestScopeOfAnotherExecutor(t *testing.T) {
	t.Parallel()
	reads := 0
	table := func() rowexec.Batches { reads++; return batches(1, 2) }
	var outermost *rowexec.Scope
	scope := outermost.WithValues(map[int]column.Value{1: int64(10)}).WithTable(2, table)
	ref := &plan.CTERef{ID: 2, Cols: cols(1)}
	n := &plan.Project{Input: &plan.Join{Left: ref, Right: ref}, Exprs: []plan.Expr{col(0), col(1), outerRef(1)}, Cols: cols(3)}
	if got := run(t, n, &rowexec.Env{Scope: scope}); got != "1|1|10 1|2|10 2|1|10 2|2|10" || reads != 2 {
		t.Errorf("%s after %d reads", got, reads)
	}
}

func TestDelegateReadsDefinitions(t *testing.T) {
	t.Parallel()
	ref := &plan.CTERef{ID: 6, Cols: cols(1)}
	body := &plan.Filter{Input: ref, Cond: less(num(0), col(0))}
	n := &plan.With{Defs: []*plan.CTE{{ID: 6, Plan: values(1, []any{3}, []any{4})}}, Body: &plan.SetOp{All: true, Left: body, Right: ref, Cols: cols(1)}}
	env := &rowexec.Env{Delegate: func(_ context.Context, node plan.Node, env *rowexec.Env) (rowexec.Batches, bool) {
		if node != plan.Node(body) {
			return nil, false
		}
		_, unknown := env.Scope.Table(&plan.CTERef{ID: 7})
		rows, ok := env.Scope.Table(ref)
		return rows, ok && !unknown
	}}
	if got := run(t, n, env); got != "3 4 3 4" {
		t.Error(got)
	}
}

func TestBatches(t *testing.T) {
	t.Parallel()
	asked := 0
	var sizes []int
	for b, err := range rowexec.RunBatches(t.Context(), counter(4096*2+1, &asked), &rowexec.Env{}) {
		if err != nil || b.Cols[0].N != b.N {
			t.Fatal(b, err)
		}
		sizes = append(sizes, b.N)
	}
	if len(sizes) != 3 || sizes[0] != 4096 || sizes[1] != 4096 || sizes[2] != 1 {
		t.Error(sizes)
	}
	for range rowexec.RunBatches(t.Context(), counter(0, &asked), &rowexec.Env{}) {
		t.Error("a batch without rows")
	}
	asked = 0
	for range rowexec.RunBatches(t.Context(), counter(1_000_000, &asked), &rowexec.Env{}) {
		break
	}
	if asked != 4096 {
		t.Errorf("%d rows were computed for one batch", asked)
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	cross := &plan.Join{Left: counter(1<<40, new(int)), Right: values(1, []any{1}, []any{2}), On: less(col(0), num(0))}
	rows := 0
	for _, err := range rowexec.Run(ctx, &plan.SetOp{All: true, Left: values(1, []any{1}), Right: cross, Cols: cols(1)}, &rowexec.Env{}) {
		if rows++; rows == 1 {
			cancel()
			continue
		}
		if e, ok := sqlerr.As(err); !ok || e.Code != sqlerr.CodeQueryCanceled {
			t.Errorf("got %v", err)
		}
	}
	if rows != 2 {
		t.Errorf("%d rows", rows)
	}
}

// TestMemoryIsGivenBack runs every golden with less and less memory, and breaks off after the first row: each run ends with its rows or
// with the error of the budget, and holds nothing afterwards.
func TestMemoryIsGivenBack(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob("testdata/*.golden")
	refused := 0
	for _, path := range files {
		for _, c := range readGolden(t, path) {
			for _, limit := range []int64{0, 3000, 1500, 400, 1} {
				refused += runWithin(t, c.sql, limit)
			}
		}
	}
	if refused < 100 {
		t.Errorf("only %d runs met their limit", refused)
	}
}

func runWithin(t *testing.T, sql string, limit int64) (refused int) {
	t.Helper()
	f, err := readFixture()
	if err != nil {
		t.Fatal(err)
	}
	stmt, c, err := planOf(f, sql)
	if err != nil {
		return 0
	}
	memory := budget.New(limit)
	env := &rowexec.Env{Ctx: c, Snapshot: f, Memory: memory}
	_, err = collect(rowexec.Run(t.Context(), stmt.Root, env))
	if e, ok := sqlerr.As(err); ok && e.Code == sqlerr.CodeOutOfMemory {
		refused++
	}
	if memory.Used() != 0 {
		t.Errorf("%s\nwithin %d bytes: %d are left", sql, limit, memory.Used())
	}
	for range rowexec.Run(t.Context(), stmt.Root, env) {
		break
	}
	if memory.Used() != 0 {
		t.Errorf("%s\nwithin %d bytes, broken off: %d are left", sql, limit, memory.Used())
	}
	return refused
}
