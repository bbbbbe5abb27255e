package plan

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/tables"
)

// Col is one column that a node gives.
type Col struct {
	Name string
	Type column.Type
	// Table and Origin name the table column behind it, when there is one: for a client's metadata and comments.
	Table  *tables.Def
	Origin int // index into Table.Columns
}

// Node is one operator of a plan. Expressions inside a node refer to columns of its input by index; of a join, to the left
// input's columns followed by the right input's.
type Node interface {
	// Columns is what the node gives, in order.
	Columns() []Col
	// Inputs are the nodes below, left first.
	Inputs() []Node
}

// Scan reads a table. Fields indexes Table.Columns: exactly the columns that are used.
type Scan struct {
	Table  *tables.Def
	Fields []int
	// Accounts prunes to these account ids (nil: all). A filter above still decides; this only saves work.
	Accounts []string
	cols     []Col
}

// Values gives literal rows. With no columns and one row it is the FROM of a FROM-less SELECT.
type Values struct {
	Rows [][]Expr
	Cols []Col
}

// FuncScan gives the rows of table functions, zipped (ROWS FROM, UNNEST(a, b)) and padded with NULL.
type FuncScan struct {
	Calls []*TableCall
	// Ordinality adds a last BIGINT column that counts from 1.
	Ordinality bool
	Cols       []Col
}

// TableCall is one call of a table function.
type TableCall struct {
	Fn   *funcs.Overload
	Args []Expr
	// Width is the number of columns that this call gives.
	Width int
	// Ret is the element type that polymorphic functions were resolved to.
	Types []column.Type
}

// Filter keeps the rows for which Cond is true.
type Filter struct {
	Input Node
	Cond  Expr
}

// Project computes columns.
type Project struct {
	Input Node
	Exprs []Expr
	Cols  []Col
}

// JoinKind is the kind of a join.
type JoinKind uint8

// The kinds of joins. Semi and Anti give the left columns only: rows with, and without, a match. NullAnti is NOT IN: a NULL on
// either side decides as PostgreSQL says (no row passes while the right side holds a NULL; a NULL on the left passes only an
// empty right side).
const (
	Inner JoinKind = iota
	Left
	Right
	Full
	Semi
	Anti
	NullAnti
)

// String is the kind's name in EXPLAIN.
func (k JoinKind) String() string {
	return [...]string{"inner", "left", "right", "full", "semi", "anti", "null-aware anti"}[k]
}

// Join matches rows of two inputs. LeftKeys[i] (over the left input) = RightKeys[i] (over the right input) is decided by
// equality of values of one type; On is what else must hold, over both. Either may be empty; both empty is a cross join.
type Join struct {
	Kind                JoinKind
	Left, Right         Node
	LeftKeys, RightKeys []Expr
	On                  Expr
}

// Apply runs Right anew for each row of Left, with Params set from it: LATERAL. Kind is Inner or Left.
type Apply struct {
	Kind        JoinKind
	Left, Right Node
	Params      []ParamBind
	On          Expr // over both; nil: always
}

// Aggregate groups by Keys and computes Aggs. It gives the keys, then the aggregates, then, when Sets is not nil, one BIGINT
// column: the index of the row's grouping set. Without keys and Sets it gives exactly one row.
type Aggregate struct {
	Input Node
	Keys  []Expr
	Aggs  []*AggCall
	// Sets lists the key indexes of each grouping set; keys outside the set are NULL in its rows. nil: plain grouping.
	Sets [][]int
	Cols []Col
}

// AggCall is one aggregate.
type AggCall struct {
	Fn       *funcs.Overload
	Name     string
	Args     []Expr // over the input
	Direct   []Expr // direct arguments of an ordered-set aggregate, constant within the group
	Distinct bool
	OrderBy  []SortKey // ORDER BY inside the call, or WITHIN GROUP
	Filter   Expr
	Type     column.Type
}

// Window computes window functions: it gives its input's columns, then one for each call.
type Window struct {
	Input Node
	Calls []*WindowCall
}

// WindowCall is one window function.
type WindowCall struct {
	Fn          *funcs.Overload // an aggregate or a window function
	Name        string          // lower case: "row_number", "lag", "sum"
	Args        []Expr
	Distinct    bool
	Filter      Expr
	PartitionBy []Expr
	OrderBy     []SortKey
	Frame       Frame
	Type        column.Type
}

// Frame is a window frame with its defaults filled in. Offsets are evaluated once, without a row. For RANGE with offsets, Lower
// and Upper are the frame's first and last value of the single ORDER BY key: expressions over the input row, NULL-safe
// (descending order is already accounted for).
type Frame struct {
	Mode       FrameMode
	Start, End Bound
	Exclude    Exclude
	Lower      Expr // RANGE with an offset start
	Upper      Expr // RANGE with an offset end
}

// FrameMode is ROWS, RANGE or GROUPS.
type FrameMode uint8

// The frame modes.
const (
	FrameRange FrameMode = iota
	FrameRows
	FrameGroups
)

// Bound is one end of a frame.
type Bound struct {
	Kind   BoundKind
	Offset Expr // BIGINT for ROWS and GROUPS; for RANGE see Frame.Lower and Upper
}

// BoundKind is the kind of a frame's end.
type BoundKind uint8

// The kinds of frame ends.
const (
	UnboundedPreceding BoundKind = iota
	OffsetPreceding
	CurrentRow
	OffsetFollowing
	UnboundedFollowing
)

// Exclude is EXCLUDE ….
type Exclude uint8

// The exclusions.
const (
	ExcludeNone Exclude = iota
	ExcludeCurrentRow
	ExcludeGroup
	ExcludeTies
)

// SortKey orders rows. NULLs go first or last as NullsFirst says: defaults are filled in.
type SortKey struct {
	Expr       Expr
	Desc       bool
	NullsFirst bool
}

// Sort orders its input, stably.
type Sort struct {
	Input Node
	Keys  []SortKey
}

// Limit passes Count rows after Offset; either may be nil. A NULL Count means no limit. They are evaluated once, without a row.
type Limit struct {
	Input         Node
	Count, Offset Expr
	// TiesBy: WITH TIES, the keys of the Sort below; nil otherwise.
	TiesBy []SortKey
}

// Distinct drops repeated rows: of all columns, or of the keys On (DISTINCT ON), keeping the first in input order.
type Distinct struct {
	Input Node
	On    []Expr // nil: all columns
}

// SetKind is the kind of a set operation.
type SetKind uint8

// The set operations.
const (
	Union SetKind = iota
	Intersect
	Except
)

// String is the kind's name in EXPLAIN.
func (k SetKind) String() string { return [...]string{"union", "intersect", "except"}[k] }

// SetOp combines two inputs of equal column types. Left rows come first.
type SetOp struct {
	Kind        SetKind
	All         bool
	Left, Right Node
	Cols        []Col
}

// With runs each definition at most once, when it is first read, then Body. A definition may read those before it.
type With struct {
	Defs []*CTE
	Body Node
}

// CTE is one definition. Recursive ones have a Step that reads the rows of the round before through a CTERef to Work.
type CTE struct {
	ID    int
	Name  string
	Plan  Node // the non-recursive term when Step is set
	Step  Node
	Work  int  // id of the working table that Step reads
	Union bool // UNION: rows seen before are dropped; otherwise UNION ALL
}

// CTERef reads a definition's rows, or a recursive step's working table.
type CTERef struct {
	ID   int
	Name string
	Cols []Col
}
