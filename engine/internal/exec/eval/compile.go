package eval

import (
	"fmt"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/vec"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/sqlerr"
)

// Env is what expressions are compiled for: one run of one statement.
type Env struct {
	Ctx    *funcs.Ctx
	Params []column.Value // statement parameters, first at 0
	// Outer holds the values of an enclosing query's row, by OuterRef.ID.
	Outer func(id int) (column.Value, bool)
	// Ranks is shared by all expressions of a statement.
	Ranks *vec.Ranks
	// Scratch pays for what functions make on the way; nil: nobody does.
	Scratch *Scratch
	// Subquery answers a subquery. left are its left operands and params the values it takes from each row, both compiled.
	Subquery func(sub *plan.Subquery, left, params []*Expr) (SubqueryFunc, error)
}

// SubqueryFunc gives a subquery's value for each row of a frame.
type SubqueryFunc func(f *Frame) (*column.Vector, error)

// Expr is a compiled expression. Several goroutines may evaluate it at once, each over its own frames.
type Expr struct {
	root node
	text plan.Expr
}

// Compile makes an expression ready to run.
func (e *Env) Compile(x plan.Expr) (*Expr, error) {
	n, err := e.compile(x)
	if err != nil {
		return nil, err
	}
	return &Expr{root: n, text: x}, nil
}

// CompileAll compiles a list.
func (e *Env) CompileAll(list []plan.Expr) ([]*Expr, error) {
	out := make([]*Expr, len(list))
	for i, x := range list {
		c, err := e.Compile(x)
		if err != nil {
			return nil, err
		}
		out[i] = c
	}
	return out, nil
}

// Type is the type of the value.
func (x *Expr) Type() column.Type { return x.root.traits().typ }

// CanFail says whether evaluation may give an error.
func (x *Expr) CanFail() bool { return x.root.traits().fails }

// Constant is the value, if it is the same for every row and known.
func (x *Expr) Constant() (v column.Value, ok bool) {
	c, ok := x.root.(*constant)
	if !ok {
		return nil, false
	}
	return c.val, true
}

// Column is the index of the input column that the expression is, -1 when it is something else.
func (x *Expr) Column() int {
	if c, ok := x.root.(*columnRef); ok {
		return c.index
	}
	return -1
}

// Eval gives the value for each row of f. The vector must not be changed.
func (x *Expr) Eval(f *Frame) (*column.Vector, error) { return x.root.eval(f) }

// EvalAll evaluates a list of expressions.
func EvalAll(list []*Expr, f *Frame) ([]*column.Vector, error) {
	out := make([]*column.Vector, len(list))
	for i, x := range list {
		v, err := x.Eval(f)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

// True gives the rows for which the condition is true, neither false nor NULL. The bits must not be changed.
func (x *Expr) True(f *Frame) (column.Bitmap, error) {
	m, err := maskOf(x.root, f, true)
	return m.bits, err
}

// Project computes expressions over a frame. Columns are passed on as they are, and what is dear and cannot fail is computed
// only for the rows that are still there when it is read.
func (f *Frame) Project(list []*Expr) (*Frame, error) {
	out := &Frame{N: f.N, cols: make([]lazy, len(list))}
	for i, x := range list {
		t := x.root.traits()
		switch c, isColumn := x.root.(*columnRef); {
		case isColumn && f.passes(c.index, c.typ):
			out.cols[i] = f.cols[c.index]
		case !t.fails && t.cost > costWord:
			out.cols[i] = lazy{expr: x.root, over: f}
		default:
			v, err := x.root.eval(f)
			if err != nil {
				return nil, err
			}
			out.cols[i] = lazy{base: v, own: true}
		}
	}
	return out, nil
}

// passes says whether column i can be handed on as it is, as a column of type t.
func (f *Frame) passes(i int, t column.Type) bool {
	c := &f.cols[i]
	switch {
	case c.expr != nil:
		return c.expr.traits().typ == t
	case c.refs != nil:
		return c.typ == t
	default:
		return c.base.Type == t
	}
}

func (e *Env) compile(x plan.Expr) (node, error) {
	switch x := x.(type) {
	case *plan.ColRef:
		return &columnRef{traitsOf: traits{typ: x.Typ}, index: x.Index}, nil
	case *plan.Const:
		return newConstant(x.Typ, x.Val), nil
	case *plan.Param:
		return e.param(x)
	case *plan.OuterRef:
		return e.outer(x)
	case *plan.Call:
		return e.call(x)
	case *plan.Logic:
		args, err := e.list(x.Args)
		if err != nil {
			return nil, err
		}
		return newLogic(x.Or, args), nil
	case *plan.Not:
		arg, err := e.compile(x.Arg)
		if err != nil {
			return nil, err
		}
		return newNot(arg), nil
	case *plan.Is:
		return e.is(x)
	case *plan.Case:
		return e.caseOf(x)
	case *plan.Coalesce:
		args, err := e.list(x.Args)
		if err != nil {
			return nil, err
		}
		return &coalesce{traitsOf: together(x.Typ, costText, args), args: args}, nil
	case *plan.InList:
		return e.inList(x)
	case *plan.Array:
		items, err := e.list(x.Items)
		if err != nil {
			return nil, err
		}
		return &array{traitsOf: together(x.Typ, costRow, items), items: items}, nil
	case *plan.Subquery:
		return e.subquery(x)
	default:
		return nil, sqlerr.Internal(fmt.Errorf("compile expression %T", x))
	}
}

func (e *Env) list(in []plan.Expr) ([]node, error) {
	out := make([]node, len(in))
	for i, x := range in {
		n, err := e.compile(x)
		if err != nil {
			return nil, err
		}
		out[i] = n
	}
	return out, nil
}

// together are the traits of something that is computed from args at a cost of its own.
func together(t column.Type, own cost, args []node) traits {
	out := traits{typ: t, cost: own}
	for _, a := range args {
		out.fails = out.fails || a.traits().fails
		out.cost = max(out.cost, a.traits().cost)
	}
	return out
}

func (e *Env) param(x *plan.Param) (node, error) {
	if x.N < 1 || x.N > len(e.Params) {
		return nil, sqlerr.New(sqlerr.CodeUndefinedObject, "there is no parameter $%d", x.N).At(x.Offset())
	}
	return newConstant(x.Typ, e.Params[x.N-1]), nil
}

func (e *Env) outer(x *plan.OuterRef) (node, error) {
	var v column.Value
	ok := false
	if e.Outer != nil {
		v, ok = e.Outer(x.ID)
	}
	if !ok {
		return nil, sqlerr.Internal(fmt.Errorf("outer reference %d (%s) has no value", x.ID, x.Name))
	}
	return newConstant(x.Typ, v), nil
}

func (e *Env) is(x *plan.Is) (node, error) {
	arg, err := e.compile(x.Arg)
	if err != nil {
		return nil, err
	}
	t := together(column.Bool, costWord, []node{arg})
	return &is{traitsOf: t, arg: arg, null: x.Test == plan.IsNull, value: x.Test == plan.IsTrue, negate: x.Not}, nil
}

func (e *Env) caseOf(x *plan.Case) (node, error) {
	c := &caseOf{}
	var all []node
	for _, w := range x.Whens {
		cond, err := e.compile(w.Cond)
		if err != nil {
			return nil, err
		}
		then, err := e.compile(w.Then)
		if err != nil {
			return nil, err
		}
		c.whens = append(c.whens, when{cond, then})
		all = append(all, cond, then)
	}
	var err error
	if c.other, err = e.compile(x.Else); err != nil {
		return nil, err
	}
	c.traitsOf = together(x.Typ, costText, append(all, c.other))
	return c, nil
}

func (e *Env) inList(x *plan.InList) (node, error) {
	arg, err := e.compile(x.Arg)
	if err != nil {
		return nil, err
	}
	return newInList(arg, x.Vals, x.HasNull, x.Not), nil
}
