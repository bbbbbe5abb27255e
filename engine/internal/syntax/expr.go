package syntax

// Ident is a name as it counts after folding: unquoted names are lower case already.
type Ident struct {
	Name   string
	Quoted bool
	// AnyCase is set on MySQL's quoted names: they match without regard to case, and keep their spelling as a label.
	AnyCase bool
	Pos     int
}

// Expr is an expression.
type Expr interface {
	// Offset is where the expression's own token stands: an operator's sign, a function's name.
	Offset() int
}

// Pos is a byte offset into the statement's text, embedded by every expression node; -1 when the node was not written there.
type Pos int

// Offset is the position.
func (p Pos) Offset() int { return int(p) }

type (
	// Column is a column reference: name, table.name or schema.table.name.
	Column struct {
		Pos
		Parts []Ident
	}
	// Star is * or table.*.
	Star struct {
		Pos
		Table []Ident // empty: all tables
	}
	// Literal is a constant. Kind says how it was written.
	Literal struct {
		Pos
		Kind LiteralKind
		Text string // digits as written; the string's value; "true"/"false"
	}
	// Param is a placeholder, 1-based.
	Param struct {
		Pos
		N int
	}
	// TypedLiteral is TYPE 'text', and INTERVAL '1' DAY with its field.
	TypedLiteral struct {
		Pos
		Type TypeName
		Text string
	}
	// Cast is CAST(x AS type) and x::type.
	Cast struct {
		Pos
		Arg  Expr
		Type TypeName
	}
	// Op is a unary (Left nil) or binary operator by its sign: + - * / % ^ || = <> < <= > >= -> ->> ~ ~* !~ !~* @> <@ ? ?| ?&
	// << <<= >> >>= && # …; <> is always spelt so, != is folded to it.
	Op struct {
		Pos
		Sign        string
		Left, Right Expr
	}
	// Like is [NOT] LIKE, ILIKE and SIMILAR TO.
	Like struct {
		Pos
		Kind         LikeKind
		Not          bool
		Arg, Pattern Expr
		Escape       Expr // nil: the default, a backslash
	}
	// Logic is AND or OR of two or more.
	Logic struct {
		Pos
		Or   bool
		Args []Expr
	}
	// Not is NOT x.
	Not struct {
		Pos
		Arg Expr
	}
	// Is is x IS [NOT] NULL, TRUE, FALSE or UNKNOWN.
	Is struct {
		Pos
		Arg  Expr
		Test IsTest
		Not  bool
	}
	// DistinctFrom is x IS [NOT] DISTINCT FROM y.
	DistinctFrom struct {
		Pos
		Not         bool
		Left, Right Expr
	}
	// Between is x [NOT] BETWEEN [SYMMETRIC] low AND high.
	Between struct {
		Pos
		Not, Symmetric bool
		Arg, Low, High Expr
	}
	// In is x [NOT] IN (a, b, …).
	In struct {
		Pos
		Not  bool
		Arg  Expr
		List []Expr
	}
	// Quantified is x op ANY|ALL (array) when Query is nil, else x op ANY|ALL (subquery). x IN (SELECT …) is = ANY.
	Quantified struct {
		Pos
		Arg   Expr
		Sign  string // an operator, or "LIKE", "NOT LIKE", "ILIKE", "NOT ILIKE"
		All   bool
		Array Expr
		Query *Query
		In    bool // written as [NOT] IN; NOT IN is Sign "<>" with All
	}
	// Exists is EXISTS (subquery).
	Exists struct {
		Pos
		Query *Query
	}
	// Subquery is a scalar subquery, or a row-valued one inside a comparison.
	Subquery struct {
		Pos
		Query *Query
	}
	// ArrayQuery is ARRAY(SELECT …).
	ArrayQuery struct {
		Pos
		Query *Query
	}
	// Case is CASE; Arg is nil in the searched form.
	Case struct {
		Pos
		Arg   Expr
		Whens []When
		Else  Expr
	}
	// Call is a function call, with all that aggregates and windows add.
	Call struct {
		Pos
		Name        Ident
		Schema      Ident // Name "" when not qualified
		Args        []Arg
		Star        bool // f(*)
		Distinct    bool
		All         bool
		OrderBy     []OrderItem
		WithinGroup bool // OrderBy belongs to WITHIN GROUP
		Filter      Expr
		Over        *Window
		IgnoreNulls bool
	}
	// Array is ARRAY[…].
	Array struct {
		Pos
		Items []Expr
	}
	// Subscript is a[i]; Slice is set for a[lo:hi], where either bound may be nil.
	Subscript struct {
		Pos
		Arg    Expr
		Index  Expr
		Slice  bool
		Lo, Hi Expr
	}
	// Row is ROW(…) and (a, b).
	Row struct {
		Pos
		Items []Expr
	}
	// Field is (x).name, which DDSQL has no use for but which must be told from a column to be refused well.
	Field struct {
		Pos
		Arg  Expr
		Name Ident
	}
	// Extract is EXTRACT(field FROM x).
	Extract struct {
		Pos
		Field string // lower case
		Arg   Expr
	}
	// AtTimeZone is x AT TIME ZONE zone.
	AtTimeZone struct {
		Pos
		Arg, Zone Expr
	}
	// Collate is x COLLATE name.
	Collate struct {
		Pos
		Arg  Expr
		Name string
	}
	// MySQLBit is a 0 or 1 that MySQL compares with a boolean as false or true; against anything else it is the number. Only Bit
	// makes it.
	MySQLBit struct {
		Pos
		One bool
	}
	// MySQLTruth is an expression that stands where MySQL takes a truth value: only mysqlfront makes it. A number is true when
	// it is not zero.
	MySQLTruth struct {
		Pos
		Arg Expr
	}
)

// When is WHEN cond THEN result.
type When struct{ Cond, Then Expr }

// Arg is a function's argument, named in name => value.
type Arg struct {
	Name  Ident // Name "" when positional
	Value Expr
	// Variadic marks VARIADIC array.
	Variadic bool
}

// LiteralKind says how a constant was written.
type LiteralKind uint8

// The kinds of literals.
const (
	StringLit LiteralKind = iota
	IntLit
	DecimalLit
	BoolLit
	NullLit
	BitLit // B'…' or X'…', which are refused
)

// LikeKind is the kind of a pattern match.
type LikeKind uint8

// The kinds of pattern matches.
const (
	LikePattern LikeKind = iota
	ILikePattern
	SimilarPattern
)

// IsTest is what IS asks.
type IsTest uint8

// The tests of IS.
const (
	IsNull IsTest = iota
	IsTrue
	IsFalse
	IsUnknown
)

// TypeName is a type as written: lower-case name, modifiers, and whether it is an array.
type TypeName struct {
	Name  string // "bigint", "double precision", "timestamp with time zone", "varchar"
	Mods  []string
	Array bool
	Pos   int
}

// Window is an OVER clause or a named window's definition.
type Window struct {
	Ref         Ident // OVER name, or the first name inside OVER (name …); Name "" when none
	Bare        bool  // OVER name, without parentheses
	PartitionBy []Expr
	OrderBy     []OrderItem
	Frame       *Frame // nil: the default
	Pos         int
}

// Frame is a window frame.
type Frame struct {
	Mode       FrameMode
	Start, End FrameBound
	Exclude    FrameExclude
	Pos        int
}

// FrameMode is ROWS, RANGE or GROUPS.
type FrameMode uint8

// The frame modes.
const (
	FrameRange FrameMode = iota
	FrameRows
	FrameGroups
)

// FrameBound is one end of a frame; Offset is set for PRECEDING and FOLLOWING with a value.
type FrameBound struct {
	Kind   BoundKind
	Offset Expr
}

// BoundKind is the kind of a frame's end.
type BoundKind uint8

// The kinds of frame ends, in the order in which they may follow each other.
const (
	UnboundedPreceding BoundKind = iota
	OffsetPreceding
	CurrentRow
	OffsetFollowing
	UnboundedFollowing
)

// FrameExclude is EXCLUDE ….
type FrameExclude uint8

// The exclusions.
const (
	ExcludeNoOthers FrameExclude = iota
	ExcludeCurrentRow
	ExcludeGroup
	ExcludeTies
)
