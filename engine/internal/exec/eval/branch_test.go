package eval_test

import (
	"testing"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/sqlerr"
)

// positive is a function that fails for numbers below one: it must only see rows that reach it.
func positive(seen *[]int64) *funcs.Overload {
	return &funcs.Overload{CanFail: true, Row: func(_ *funcs.Ctx, args []column.Value) (column.Value, error) {
		n := args[0].(int64)
		if seen != nil {
			*seen = append(*seen, n)
		}
		if n < 1 {
			return nil, sqlerr.New(sqlerr.CodeOutOfRange, "%d is not positive", n)
		}
		return n%2 == 0, nil
	}}
}

func numbers(values ...column.Value) *eval.Frame { return frameOf(build(column.Int64, values)) }

func greater(t *testing.T, than int64) plan.Expr {
	t.Helper()
	m, err := registry.Operator(">", &column.Int64, &column.Int64)
	if err != nil {
		t.Fatal(err)
	}
	return &plan.Call{Pos: -1, Fn: m.Overload, Typ: column.Bool, Args: []plan.Expr{ref(0, column.Int64), constant(column.Int64, than)}}
}

// TestOnlyRowsThatReach evaluates what can fail for no other row than the row executor would.
func TestOnlyRowsThatReach(t *testing.T) {
	t.Parallel()
	f := func() *eval.Frame { return numbers(int64(1), int64(-1), nil, int64(2), int64(0), int64(3)) }
	fails := func(pos int) plan.Expr {
		return &plan.Call{Pos: plan.Pos(pos), Fn: positive(nil), Typ: column.Bool, Args: []plan.Expr{ref(0, column.Int64)}}
	}
	guard := greater(t, 0)
	isNull := &plan.Is{Pos: -1, Arg: ref(0, column.Int64), Test: plan.IsNull}
	for _, c := range []struct {
		name   string
		x      plan.Expr
		wanted []column.Value
	}{
		{"and", &plan.Logic{Args: []plan.Expr{guard, fails(0)}}, []column.Value{false, false, nil, true, false, false}},
		{"or", &plan.Logic{Or: true, Args: []plan.Expr{&plan.Not{Arg: guard}, fails(0)}}, []column.Value{false, true, nil, true, true, false}},
		{"case", &plan.Case{Typ: column.Bool, Whens: []plan.When{{Cond: isNull, Then: constant(column.Bool, true)}, {Cond: guard, Then: fails(0)}},
			Else: constant(column.Bool, nil)}, []column.Value{false, nil, true, true, nil, false}},
		{"coalesce", &plan.Coalesce{Typ: column.Bool, Args: []plan.Expr{&plan.Case{Typ: column.Bool,
			Whens: []plan.When{{Cond: guard, Then: constant(column.Bool, nil)}}, Else: constant(column.Bool, false)}, fails(0)}},
			[]column.Value{false, false, false, true, false, false}},
	} {
		check(t, c.name, c.x, f(), c.wanted)
	}
	e, err := env().Compile(&plan.Logic{Args: []plan.Expr{fails(42), guard}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = e.True(f())
	if got, ok := sqlerr.As(err); !ok || got.Pos != 43 || got.Message != "-1 is not positive" {
		t.Errorf("the operand that fails stands first: got %v", err)
	}
}

// TestOncePerText calls a function without a kernel once for each distinct text of a dictionary.
func TestOncePerText(t *testing.T) {
	t.Parallel()
	calls := 0
	fn := &funcs.Overload{Row: func(_ *funcs.Ctx, args []column.Value) (column.Value, error) {
		calls++
		return args[0].(string) + "!", nil
	}}
	values := []column.Value{"a", "b", nil, "a", "b", "a", nil, "a"}
	x := &plan.Call{Pos: -1, Fn: fn, Typ: column.Text, Args: []plan.Expr{ref(0, column.Text)}}
	e, err := env().Compile(x)
	if err != nil {
		t.Fatal(err)
	}
	v, err := e.Eval(frameOf(coded(build(column.Text, values), column.NewDict())))
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range values {
		var want column.Value
		if s != nil {
			want = s.(string) + "!"
		}
		if v.Value(i) != want {
			t.Errorf("row %d is %v, want %v", i, v.Value(i), want)
		}
	}
	if calls != 2 {
		t.Errorf("%d calls", calls)
	}
}

// TestLazyProjection computes a dear column only for the rows that are left when it is read.
func TestLazyProjection(t *testing.T) {
	t.Parallel()
	var seen []int64
	fn := positive(&seen)
	fn.CanFail = false
	e, err := env().Compile(&plan.Call{Pos: -1, Fn: fn, Typ: column.Bool, Args: []plan.Expr{ref(0, column.Int64)}})
	if err != nil {
		t.Fatal(err)
	}
	p, err := numbers(int64(1), int64(2), int64(3), int64(4)).Project([]*eval.Expr{e})
	if err != nil {
		t.Fatal(err)
	}
	v, err := p.Pick([]int32{3, 1}).Pick([]int32{1}).Col(0)
	if err != nil || v.Value(0) != true || len(seen) != 1 || seen[0] != 2 {
		t.Errorf("got %v, %v, saw %v", v.Value(0), err, seen)
	}
}
