package rowexec_test

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
)

// Plans built by hand, for what no statement leads to.

func num(n int64) plan.Expr { return &plan.Const{Pos: -1, Val: n, Typ: column.Int64} }

func null() plan.Expr { return &plan.Const{Pos: -1, Typ: column.Int64} }

func col(i int) plan.Expr { return &plan.ColRef{Pos: plan.Pos(i), Index: i, Typ: column.Int64} }

func outerRef(id int) plan.Expr { return &plan.OuterRef{Pos: -1, ID: id, Typ: column.Int64} }

func cols(n int) []plan.Col {
	out := make([]plan.Col, n)
	for i := range out {
		out[i] = plan.Col{Name: "c", Type: column.Int64}
	}
	return out
}

// values is literal rows of BIGINTs, nil being NULL.
func values(width int, rows ...[]any) *plan.Values {
	n := &plan.Values{Cols: cols(width)}
	for _, row := range rows {
		exprs := make([]plan.Expr, width)
		for i, x := range row {
			if exprs[i] = null(); x != nil {
				exprs[i] = num(int64(x.(int)))
			}
		}
		n.Rows = append(n.Rows, exprs)
	}
	return n
}

// call is a scalar function of BIGINTs made up for a test.
func call(pos int, f func(args []column.Value) (column.Value, error), args ...plan.Expr) *plan.Call {
	fn := &funcs.Overload{Row: func(_ *funcs.Ctx, args []column.Value) (column.Value, error) { return f(args) }}
	return &plan.Call{Pos: plan.Pos(pos), Fn: fn, Name: "f", Args: args, Typ: column.Int64}
}

func less(a, b plan.Expr) *plan.Call {
	c := call(-1, func(args []column.Value) (column.Value, error) { return args[0].(int64) < args[1].(int64), nil }, a, b)
	c.Typ = column.Bool
	return c
}

// counter yields 1, 2, 3, … n as a table function, and counts the rows that were asked for.
func counter(n int64, asked *int) *plan.FuncScan {
	fn := &funcs.Overload{Rows: func(_ *funcs.Ctx, args []column.Value, yield func([]column.Value) error) error {
		row := make([]column.Value, 1) // one buffer for all rows, as a function may
		for i := int64(1); i <= args[0].(int64); i++ {
			*asked++
			row[0] = i
			if err := yield(row); err != nil {
				return err
			}
		}
		return nil
	}}
	return &plan.FuncScan{Calls: []*plan.TableCall{{Fn: fn, Args: []plan.Expr{num(n)}, Width: 1}}, Cols: cols(1)}
}
