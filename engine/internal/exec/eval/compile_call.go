package eval

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
)

// call compiles a function: to a value if all its arguments are known, to one of our own kernels where there is a faster one, or
// to the registry's code, specialised to its constant arguments.
func (e *Env) call(x *plan.Call) (node, error) {
	args, err := e.list(x.Args)
	if err != nil {
		return nil, err
	}
	c := &call{ctx: e.Ctx, args: args, row: x.Fn.Row, vec: x.Fn.Vec, nullCalled: x.Fn.NullCalled, offset: x.Offset()}
	known := true
	for _, a := range args {
		_, ok := a.(*constant)
		known = known && ok
	}
	c.room.scratch = e.Scratch
	c.traitsOf = together(x.Typ, costKernel, args)
	c.fails = c.fails || x.Fn.CanFail
	if known {
		return c.folded(), nil
	}
	if n := e.ownKernel(x, args); n != nil {
		return n, nil
	}
	if x.Fn.Bind != nil {
		c.bind(x.Fn)
	}
	if x.Fn.Func != nil && growing[x.Fn.Func.Name] {
		c.vec = nil
	}
	if c.vec == nil {
		c.cost = max(c.cost, costRow)
	}
	return c, nil
}

// growing are the functions whose results may be far longer than their arguments. They are called row by row, so that what they make is
// paid for before there is much of it; what others make of a block is bounded by their arguments: see made.isLong.
var growing = map[string]bool{
	"repeat": true, "lpad": true, "rpad": true, "replace": true, "regexp_replace": true, "format": true, "array_to_string": true,
}

// folded computes a call of constants now. If it fails it stays a call: the error is the statement's only if a row gets there.
func (c *call) folded() node {
	row := make([]column.Value, len(c.args))
	for i, a := range c.args {
		row[i] = a.(*constant).val
	}
	x, err := c.value(row)
	if err != nil {
		return c
	}
	return newConstant(c.typ, x)
}

// bind specialises the call to its constant arguments. If Bind fails (a bad pattern), the code that is not bound gives the same
// error to the rows that reach it.
func (c *call) bind(fn *funcs.Overload) {
	known := make([]funcs.Constant, len(c.args))
	for i, a := range c.args {
		known[i].Type = a.traits().typ
		if k, ok := a.(*constant); ok {
			known[i].Known, known[i].Value = true, k.val
		}
	}
	b, err := fn.Bind(c.ctx, known)
	if err != nil || b == nil {
		return
	}
	c.row, c.vec = b.Row, b.Vec
	c.cost = max(c.cost, costPattern)
}

// ownKernel finds what is computed here: comparisons of two values of one type, and LIKE with a plain pattern.
func (e *Env) ownKernel(x *plan.Call, args []node) node {
	if x.Fn.Func == nil || len(args) != 2 {
		return nil
	}
	l, r := args[0].traits().typ, args[1].traits().typ
	if l != r {
		return nil
	}
	switch name := x.Fn.Func.Name; x.Fn.Func.Class {
	case funcs.Operator:
		if op, ok := comparisons[name]; ok && comparableKind(l.Kind) {
			return newCompare(op, args[0], args[1], e.Ranks)
		}
	case funcs.Scalar:
		if pattern, ok := args[1].(*constant); ok && name == "like" && l == column.Text {
			return newLike(args[0], pattern.val)
		}
	}
	return nil
}

// subquery compiles the expressions around a subquery and lets the executor answer it.
func (e *Env) subquery(x *plan.Subquery) (node, error) {
	left, err := e.CompileAll(x.Left)
	if err != nil {
		return nil, err
	}
	params := make([]*Expr, len(x.Params))
	for i, p := range x.Params {
		if params[i], err = e.Compile(p.Expr); err != nil {
			return nil, err
		}
	}
	answer, err := e.Subquery(x, left, params)
	if err != nil {
		return nil, err
	}
	return &subquery{traitsOf: traits{typ: x.Typ, fails: true, cost: costQuery}, answer: answer}, nil
}

type subquery struct {
	traitsOf
	answer SubqueryFunc
}

func (s *subquery) eval(f *Frame) (*column.Vector, error) {
	if f.N == 0 {
		return column.NewBuilder(s.typ, 0).Vector(), nil
	}
	return s.answer(f)
}
