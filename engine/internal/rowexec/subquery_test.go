package rowexec_test

import (
	"errors"
	"testing"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/rowexec"
	"github.com/credsql/credsql/engine/sqlerr"
)

// counting is a one-row plan that gives f(outer value 1) and counts its runs.
func counting(runs *int, arg plan.Expr) plan.Node {
	f := func(args []column.Value) (column.Value, error) {
		*runs++
		return args[0].(int64) * 100, nil
	}
	return &plan.Project{Input: values(0, nil), Exprs: []plan.Expr{call(-1, f, arg)}, Cols: cols(1)}
}

func TestSubqueriesRunOncePerParameters(t *testing.T) {
	t.Parallel()
	rows := values(2, []any{1, 0}, []any{2, 0}, []any{1, 0}, []any{2, 1}, []any{1, 1})
	alone, correlated, unreached := 0, 0, 0
	n := &plan.Project{Input: rows, Cols: cols(3), Exprs: []plan.Expr{
		&plan.Subquery{Plan: counting(&alone, num(5)), Typ: column.Int64},
		&plan.Subquery{Plan: counting(&correlated, outerRef(1)), Params: []plan.ParamBind{{ID: 1, Expr: col(0)}}, Typ: column.Int64},
		&plan.Case{Whens: []plan.When{{Cond: less(col(0), num(0)), Then: &plan.Subquery{Plan: counting(&unreached, num(1)), Typ: column.Int64}}},
			Else: num(0), Typ: column.Int64},
	}}
	if got := run(t, n, &rowexec.Env{}); got != "500|100|0 500|200|0 500|100|0 500|200|0 500|100|0" {
		t.Error(got)
	}
	if alone != 1 || correlated != 2 || unreached != 0 {
		t.Errorf("ran %d, %d and %d times", alone, correlated, unreached)
	}
}

// TestMemosEndWithTheTablesTheyRead has a subquery without parameters that reads a definition which differs from row to row.
func TestMemosEndWithTheTablesTheyRead(t *testing.T) {
	t.Parallel()
	inner := &plan.Subquery{Plan: &plan.CTERef{ID: 4, Cols: cols(1)}, Typ: column.Int64}
	body := &plan.Project{Input: values(0, nil), Exprs: []plan.Expr{inner}, Cols: cols(1)}
	with := &plan.With{Defs: []*plan.CTE{{ID: 4, Plan: &plan.Project{Input: values(0, nil), Exprs: []plan.Expr{outerRef(1)}, Cols: cols(1)}}}, Body: body}
	n := &plan.Project{Input: values(1, []any{1}, []any{2}), Cols: cols(1), Exprs: []plan.Expr{
		&plan.Subquery{Plan: with, Params: []plan.ParamBind{{ID: 1, Expr: col(0)}}, Typ: column.Int64}}}
	if got := run(t, n, &rowexec.Env{}); got != "1 2" {
		t.Error(got)
	}
}

func TestErrorsArePlaced(t *testing.T) {
	t.Parallel()
	shared := sqlerr.New(sqlerr.CodeDivisionByZero, "division by zero")
	fails := func([]column.Value) (column.Value, error) { return nil, shared }
	inner := call(12, fails)
	outer := call(3, func(args []column.Value) (column.Value, error) { return args[0], nil }, inner)
	bound := call(20, nil, num(1))
	bound.Fn.Bind = func(*funcs.Ctx, []funcs.Constant) (*funcs.Bound, error) { return nil, shared }
	many := &plan.Subquery{Pos: 30, Plan: values(1, []any{1}, []any{2}), Typ: column.Int64}
	for want, e := range map[int]plan.Expr{13: outer, 21: bound, 31: many} {
		n := &plan.Project{Input: values(0, nil), Exprs: []plan.Expr{e}, Cols: cols(1)}
		for _, err := range rowexec.Run(t.Context(), n, &rowexec.Env{}) {
			if got, ok := sqlerr.As(err); !ok || got.Pos != want {
				t.Errorf("got %#v, want position %d", err, want)
			}
		}
	}
	if shared.Pos != 0 {
		t.Error("an error that others hold was changed")
	}
}

func TestBindSeesConstantsOnceAndOnlyWhenNeeded(t *testing.T) {
	t.Parallel()
	binds := 0
	c := call(0, nil, col(0), num(7), &plan.Param{N: 1, Typ: column.Int64})
	c.Fn.Bind = func(_ *funcs.Ctx, args []funcs.Constant) (*funcs.Bound, error) {
		binds++
		if args[0].Known || !args[1].Known || !args[2].Known || args[1].Value != int64(7) || args[2].Value != int64(9) {
			return nil, errors.New("wrong constants")
		}
		return &funcs.Bound{Row: func(_ *funcs.Ctx, args []column.Value) (column.Value, error) {
			return args[0].(int64) + args[1].(int64) + args[2].(int64), nil
		}}, nil
	}
	n := &plan.Project{Input: values(1, []any{nil}, []any{1}, []any{2}), Exprs: []plan.Expr{c}, Cols: cols(1)}
	env := &rowexec.Env{Params: []column.Value{int64(9)}}
	if got := run(t, n, env); got != "NULL 17 18" || binds != 1 {
		t.Errorf("%s after %d binds", got, binds)
	}
	n.Input = values(1, []any{nil})
	if got := run(t, n, env); got != "NULL" || binds != 1 {
		t.Errorf("bound for a row that does not need it: %s", got)
	}
}
