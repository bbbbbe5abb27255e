package syntax

// Statement is one statement of a text.
type Statement interface{ statement() }

// Query is SELECT, VALUES or a set operation with what may follow and precede it.
type Query struct {
	With    *With
	Body    Body
	OrderBy []OrderItem
	Limit   Expr // nil: none; a NULL means none too
	Offset  Expr
	// WithTies is FETCH FIRST n ROWS WITH TIES.
	WithTies bool
	Pos      int
}

// Explain is EXPLAIN [ANALYZE] of a query. Format is "text" or "json".
type Explain struct {
	Query   *Query
	Analyze bool
	Format  string
}

// Set is SET name = value and SET name TO value; Value is a literal's text.
type Set struct {
	Name  string // lower case, with its dots: "dd.time_frame_start"
	Value string
	// Default is SET name = DEFAULT and RESET name.
	Default bool
	Pos     int
}

// Show is SHOW name in PostgreSQL's sense, of one of our own settings.
type Show struct {
	Name string
	Pos  int
}

func (*Query) statement()   {}
func (*Explain) statement() {}
func (*Set) statement()     {}
func (*Show) statement()    {}

// With is a WITH clause.
type With struct {
	Recursive bool
	CTEs      []*CTE
}

// CTE is one common table expression.
type CTE struct {
	Name    Ident
	Columns []Ident // renames, may be empty
	Query   *Query
	// Materialized is nil when not said.
	Materialized *bool
}

// Body is a *Select, a *Values, a *SetOp or a parenthesised *Query.
type Body interface{ body() }

// Select is one SELECT … FROM … WHERE … block.
type Select struct {
	Distinct   bool
	DistinctOn []Expr // DISTINCT ON (…)
	Items      []Item
	From       []TableExpr // comma separated
	Where      Expr
	GroupBy    []GroupItem
	// GroupDistinct is GROUP BY DISTINCT.
	GroupDistinct bool
	Having        Expr
	// HavingAliases lets HAVING name the select list's aliases, where there is no such column: MySQL's way.
	HavingAliases bool
	Windows       []NamedWindow
	Pos           int
}

// Values is VALUES (…), (…).
type Values struct {
	Rows [][]Expr
	Pos  int
}

// SetOp is UNION, INTERSECT or EXCEPT.
type SetOp struct {
	Kind        SetKind
	All         bool
	Left, Right Body
	Pos         int
}

// SetKind is the kind of a set operation.
type SetKind uint8

// The set operations.
const (
	Union SetKind = iota
	Intersect
	Except
)

// String is the keyword.
func (k SetKind) String() string { return [...]string{"UNION", "INTERSECT", "EXCEPT"}[k] }

func (*Select) body() {}
func (*Values) body() {}
func (*SetOp) body()  {}
func (*Query) body()  {}

// Item is one element of a select list. Expr may be a *Star.
type Item struct {
	Expr  Expr
	Alias Ident // Name "" when none was written
}

// OrderItem is one ORDER BY key.
type OrderItem struct {
	Expr  Expr
	Desc  bool
	Nulls NullOrder
}

// NullOrder is NULLS FIRST, NULLS LAST or neither.
type NullOrder uint8

// The null orders. NullsDefault is last for ascending and first for descending, as in PostgreSQL.
const (
	NullsDefault NullOrder = iota
	NullsFirst
	NullsLast
)

// GroupItem is one element of GROUP BY: an expression (Kind GroupExpr, one of Exprs), or a grouping set of several.
type GroupItem struct {
	Kind  GroupKind
	Exprs []Expr      // GroupExpr: one; GroupEmpty: none; a parenthesised list inside sets is a Row expression
	Sets  []GroupItem // of GROUPING SETS, ROLLUP and CUBE
	Pos   int
}

// GroupKind is the kind of a GROUP BY element.
type GroupKind uint8

// The kinds of GROUP BY elements.
const (
	GroupExpr GroupKind = iota
	GroupEmpty
	GroupSets
	GroupRollup
	GroupCube
)

// NamedWindow is WINDOW name AS (…).
type NamedWindow struct {
	Name Ident
	Spec *Window
}

// TableExpr is an element of FROM.
type TableExpr interface{ tableExpr() }

// Alias is AS name (columns), and for functions the column definitions AS (name type, …).
type Alias struct {
	Name    Ident // Name "" when there is none
	Columns []Ident
	Defs    []ColumnDef
}

// ColumnDef is one name and type of a column definition list.
type ColumnDef struct {
	Name Ident
	Type TypeName
}

// Table is a table's name.
type Table struct {
	Schema Ident // Name "" when not qualified
	Name   Ident
	Alias  Alias
}

// Derived is a subquery in FROM.
type Derived struct {
	Query   *Query
	Lateral bool
	Alias   Alias
	Pos     int
}

// TableFunc is a function in FROM. Several Calls are ROWS FROM (…) or UNNEST(a, b).
type TableFunc struct {
	Call       *Call
	Lateral    bool
	Ordinality bool
	Alias      Alias
	Pos        int
}

// Join is two table expressions joined.
type Join struct {
	Kind        JoinKind
	Natural     bool
	Left, Right TableExpr
	Using       []Ident
	UsingAlias  Ident
	On          Expr
	Alias       Alias // of a parenthesised join
	Pos         int
}

// JoinKind is the kind of a join.
type JoinKind uint8

// The kinds of joins.
const (
	InnerJoin JoinKind = iota
	LeftJoin
	RightJoin
	FullJoin
	CrossJoin
)

func (*Table) tableExpr()     {}
func (*Derived) tableExpr()   {}
func (*TableFunc) tableExpr() {}
func (*Join) tableExpr()      {}
