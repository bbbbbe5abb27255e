package plan

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/syntax"
)

// Expr is a typed expression over the columns of one input row.
type Expr interface {
	// Type is the type of the value.
	Type() column.Type
	// Offset is where in the statement's text it was written, for errors at run time; -1 when nowhere.
	Offset() int
}

// Pos is a byte offset into the statement, embedded by every expression.
type Pos int

// Offset is the position.
func (p Pos) Offset() int { return int(p) }

type (
	// ColRef is a column of the input row.
	ColRef struct {
		Pos
		Index int
		Typ   column.Type
		Name  string // for EXPLAIN
	}
	// OuterRef is a value of a row of an enclosing query, set by the Apply or Subquery that runs this plan.
	OuterRef struct {
		Pos
		ID   int
		Typ  column.Type
		Name string
	}
	// Const is a constant; Val nil is NULL.
	Const struct {
		Pos
		Val column.Value
		Typ column.Type
	}
	// Param is a statement parameter, 1-based, whose value of type Typ is given at run time.
	Param struct {
		Pos
		N   int
		Typ column.Type
	}
	// Call is a scalar function, an operator or a cast.
	Call struct {
		Pos
		Fn   *funcs.Overload
		Name string // as EXPLAIN shows it: "lower", "<", "::bigint"
		Args []Expr
		Typ  column.Type
	}
	// Logic is AND or OR of two or more, in three-valued logic. Operands are evaluated left to right, and one that can fail
	// only for rows that those before it left undecided.
	Logic struct {
		Pos
		Or   bool
		Args []Expr
	}
	// Not is NOT.
	Not struct {
		Pos
		Arg Expr
	}
	// Is is IS [NOT] NULL, TRUE or FALSE; UNKNOWN is NULL of a boolean.
	Is struct {
		Pos
		Arg  Expr
		Test IsTest
		Not  bool
	}
	// Case is searched CASE; Else is never nil. A branch is evaluated only for the rows that reach it.
	Case struct {
		Pos
		Whens []When
		Else  Expr
		Typ   column.Type
	}
	// Coalesce is the first operand that is not NULL; a later operand is evaluated only where those before it are NULL.
	Coalesce struct {
		Pos
		Args []Expr
		Typ  column.Type
	}
	// InList is x IN (constants of x's type): Vals holds no NULL, HasNull says that the list did.
	InList struct {
		Pos
		Arg     Expr
		Vals    []column.Value
		HasNull bool
		Not     bool
	}
	// Array builds an array.
	Array struct {
		Pos
		Items []Expr
		Typ   column.Type
	}
	// Subquery runs a plan for the row's Params. Plans without Params run at most once a statement.
	Subquery struct {
		Pos
		Kind   SubqueryKind
		Plan   Node
		Params []ParamBind
		// Left and Cmp belong to Any and All: Cmp is a boolean over Left's values followed by the subquery's columns. Equal says that
		// Cmp is plain equality, column by column, of values of the same types: a hash can answer it.
		Left  []Expr
		Cmp   Expr
		Equal bool
		Typ   column.Type
		// Written is what was written, by which two subqueries can be known as the same; Elements marks ANY and ALL over an array.
		Written  *syntax.Query
		Elements bool
	}
)

// When is one branch of a CASE.
type When struct{ Cond, Then Expr }

// IsTest is what Is asks.
type IsTest uint8

// The tests.
const (
	IsNull IsTest = iota
	IsTrue
	IsFalse
)

// SubqueryKind says what a subquery gives.
type SubqueryKind uint8

// The kinds of subqueries.
const (
	ScalarSub SubqueryKind = iota // its one row's one column; NULL without a row; an error with more
	ExistsSub
	AnySub // true if Cmp is for a row; NULL if not and Cmp is NULL for one; false otherwise
	AllSub
	ArraySub
)

// ParamBind sets an OuterRef's value: Expr is over the outer row. Where an enclosing query's value is only handed through, Expr is
// an OuterRef of the same ID.
type ParamBind struct {
	ID   int
	Expr Expr
}

func (e *ColRef) Type() column.Type   { return e.Typ }
func (e *OuterRef) Type() column.Type { return e.Typ }
func (e *Const) Type() column.Type    { return e.Typ }
func (e *Param) Type() column.Type    { return e.Typ }
func (e *Call) Type() column.Type     { return e.Typ }
func (e *Logic) Type() column.Type    { return column.Bool }
func (e *Not) Type() column.Type      { return column.Bool }
func (e *Is) Type() column.Type       { return column.Bool }
func (e *Case) Type() column.Type     { return e.Typ }
func (e *Coalesce) Type() column.Type { return e.Typ }
func (e *InList) Type() column.Type   { return column.Bool }
func (e *Array) Type() column.Type    { return e.Typ }
func (e *Subquery) Type() column.Type { return e.Typ }
