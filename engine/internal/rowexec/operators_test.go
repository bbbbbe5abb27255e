package rowexec_test

import (
	"context"
	"strings"
	"testing"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/rowexec"
)

func run(t *testing.T, node plan.Node, env *rowexec.Env) string {
	t.Helper()
	rows, err := collect(rowexec.Run(context.Background(), node, env))
	if err != nil {
		return "ERROR: " + err.Error()
	}
	lines := make([]string, len(rows))
	for i, row := range rows {
		if len(row) != len(node.Columns()) {
			t.Errorf("row %d has %d columns, the node says %d", i, len(row), len(node.Columns()))
		}
		lines[i] = line(row)
	}
	return strings.Join(lines, " ")
}

func TestJoinKinds(t *testing.T) {
	t.Parallel()
	left := values(2, []any{1, 10}, []any{2, 20}, []any{nil, 30}, []any{2, 40}, []any{3, 50})
	right := values(2, []any{2, 25}, []any{2, 99}, []any{nil, 0}, []any{1, 5}, []any{4, 1})
	key := []plan.Expr{col(0)}
	on := less(col(1), col(3)) // of the left row, of the right row
	for kind, want := range map[plan.JoinKind][2]string{
		plan.Inner: {"1|10|1|5 2|20|2|25 2|20|2|99 2|40|2|25 2|40|2|99", "2|20|2|25 2|20|2|99 2|40|2|99"},
		plan.Left: {"1|10|1|5 2|20|2|25 2|20|2|99 NULL|30|NULL|NULL 2|40|2|25 2|40|2|99 3|50|NULL|NULL",
			"1|10|NULL|NULL 2|20|2|25 2|20|2|99 NULL|30|NULL|NULL 2|40|2|99 3|50|NULL|NULL"},
		plan.Right: {"1|10|1|5 2|20|2|25 2|20|2|99 2|40|2|25 2|40|2|99 NULL|NULL|NULL|0 NULL|NULL|4|1",
			"2|20|2|25 2|20|2|99 2|40|2|99 NULL|NULL|NULL|0 NULL|NULL|1|5 NULL|NULL|4|1"},
		plan.Full: {"1|10|1|5 2|20|2|25 2|20|2|99 NULL|30|NULL|NULL 2|40|2|25 2|40|2|99 3|50|NULL|NULL NULL|NULL|NULL|0 NULL|NULL|4|1",
			"1|10|NULL|NULL 2|20|2|25 2|20|2|99 NULL|30|NULL|NULL 2|40|2|99 3|50|NULL|NULL NULL|NULL|NULL|0 NULL|NULL|1|5 NULL|NULL|4|1"},
		plan.Semi: {"1|10 2|20 2|40", "2|20 2|40"},
		plan.Anti: {"NULL|30 3|50", "1|10 NULL|30 3|50"},
		// The right side holds a NULL key: without On nothing is certain to be absent; its row (NULL, 0) never satisfies On.
		plan.NullAnti: {"", "1|10 3|50"},
	} {
		for i, on := range []plan.Expr{nil, on} {
			n := &plan.Join{Kind: kind, Left: left, Right: right, LeftKeys: key, RightKeys: key, On: on}
			if got := run(t, n, &rowexec.Env{}); got != want[i] {
				t.Errorf("%s, on %v:\n got %s\nwant %s", kind, on != nil, got, want[i])
			}
		}
	}
}

func TestNullAntiOfAnEmptySidePassesNulls(t *testing.T) {
	t.Parallel()
	n := &plan.Join{Kind: plan.NullAnti, Left: values(1, []any{1}, []any{nil}), Right: values(1),
		LeftKeys: []plan.Expr{col(0)}, RightKeys: []plan.Expr{col(0)}}
	if got := run(t, n, &rowexec.Env{}); got != "1 NULL" {
		t.Error(got)
	}
}

func TestApplyChecksOn(t *testing.T) {
	t.Parallel()
	right := &plan.Project{Input: values(1, []any{1}, []any{2}, []any{3}), Exprs: []plan.Expr{col(0), outerRef(7)}, Cols: cols(2)}
	n := &plan.Apply{Kind: plan.Left, Left: values(1, []any{2}, []any{3}, []any{nil}), Right: right,
		Params: []plan.ParamBind{{ID: 7, Expr: col(0)}}, On: less(col(0), col(1))}
	if got := run(t, n, &rowexec.Env{}); got != "2|3|2 3|NULL|NULL NULL|NULL|NULL" {
		t.Error(got)
	}
}

func TestFuncScan(t *testing.T) {
	t.Parallel()
	asked := 0
	zipped := counter(2, &asked)
	zipped.Calls = append(zipped.Calls, counter(3, &asked).Calls...)
	zipped.Cols, zipped.Ordinality = cols(3), true
	if got := run(t, zipped, &rowexec.Env{}); got != "1|1|1 2|2|2 NULL|3|3" {
		t.Error(got)
	}
	none := counter(2, &asked)
	none.Calls[0].Args = []plan.Expr{null()}
	if got := run(t, none, &rowexec.Env{}); got != "" {
		t.Errorf("rows for NULL: %s", got)
	}
}

func TestStreamsStopEarly(t *testing.T) {
	t.Parallel()
	asked := 0
	n := &plan.Limit{Count: num(3), Input: &plan.Filter{Cond: less(num(1), col(0)), Input: counter(1_000_000, &asked)}}
	if got := run(t, n, &rowexec.Env{}); got != "2 3 4" || asked != 4 {
		t.Errorf("%s, after %d rows", got, asked)
	}
	asked = 0
	exists := &plan.Project{Input: values(1, []any{1}), Exprs: []plan.Expr{&plan.Subquery{Kind: plan.ExistsSub, Plan: counter(9, &asked), Typ: column.Bool}}, Cols: cols(1)}
	if got := run(t, exists, &rowexec.Env{}); got != "t" || asked != 1 {
		t.Errorf("%s, after %d rows", got, asked)
	}
}

func TestRecursionLimits(t *testing.T) {
	t.Parallel()
	self := &plan.CTERef{ID: 2, Cols: cols(1)}
	def := &plan.CTE{ID: 1, Name: "r", Work: 2, Plan: values(1, []any{1}), Step: self}
	n := &plan.With{Defs: []*plan.CTE{def}, Body: &plan.CTERef{ID: 1, Cols: cols(1)}}
	if got := run(t, n, &rowexec.Env{Limits: rowexec.Limits{RecursionRounds: 5}}); got != `ERROR: recursive query "r" exceeds the limit of 5 rounds` {
		t.Error(got)
	}
	if got := run(t, n, &rowexec.Env{Limits: rowexec.Limits{RecursionRows: 5}}); got != `ERROR: recursive query "r" exceeds the limit of 5 rows` {
		t.Error(got)
	}
	def.Union = true
	if got := run(t, n, &rowexec.Env{Limits: rowexec.Limits{RecursionRounds: 5}}); got != "1" {
		t.Error(got)
	}
}

func TestParams(t *testing.T) {
	t.Parallel()
	n := &plan.Project{Input: values(0, nil), Exprs: []plan.Expr{&plan.Param{Pos: 4, N: 2, Typ: column.Int64}}, Cols: cols(1)}
	if got := run(t, n, &rowexec.Env{Params: []column.Value{nil, int64(8)}}); got != "8" {
		t.Error(got)
	}
	if got := run(t, n, &rowexec.Env{}); got != "ERROR: there is no parameter $2" {
		t.Error(got)
	}
}
