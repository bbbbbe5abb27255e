package funcs

import (
	"context"

	"github.com/credsql/credsql/engine/column"
)

// Ctx is what a function may know beyond its arguments: it is fixed for one statement.
type Ctx struct {
	Context context.Context
	// Now is the statement's time, in UTC: NOW() is the same for every row.
	Now column.Timestamp
	// Setting reads a setting such as dd.time_frame_start; ok is false when there is none of that name.
	Setting func(name string) (value string, ok bool)
}

// Class says what a function is called as.
type Class uint8

// The classes of functions.
const (
	Scalar    Class = iota
	Operator        // called by its sign
	Aggregate       // also usable as a window function
	OrderedSet
	WindowOnly
	Table // in FROM only
)

// Function is one entry of the registry: everything that the resolver, \df, the docs, completion and the tests read.
type Function struct {
	Name      string // lower case, or the operator's sign
	Class     Class
	Category  string // heading in the docs: "String", "Date and time"
	Doc       string // one or two sentences: what it gives, units, NULL behaviour where it is not plain NULL in, NULL out
	Source    string // where the rule comes from: "DDSQL", "PostgreSQL", "MySQL" (mysql_… helpers that only mysqlfront emits)
	Since     string // version of credsql
	Examples  []Example
	Overloads []*Overload
	// Hidden functions are reachable only through syntax (LIKE, EXTRACT, subscripts) and are not listed by \df.
	Hidden bool
}

// Example is a statement with the text of its one value, as the docs show it and a test runs it on every path.
type Example struct{ SQL, Want string }

// AnyKind marks a polymorphic parameter, as PostgreSQL's pseudo-types do.
type AnyKind uint8

// The polymorphic parameters. All Elem and List parameters of one call agree on one element type.
const (
	Exact   AnyKind = iota
	Any             // any type, no agreement asked for
	AnyElem         // anyelement: agrees with the others
	AnyList         // anyarray of that element
)

// Param is one parameter of an overload.
type Param struct {
	Name string // as in the docs
	Type column.Type
	Any  AnyKind
	// Optional parameters may be left out from here on; the function then gets fewer arguments.
	Optional bool
	// Default is what an optional parameter is when a later one is given by name; nil when it cannot be left out so.
	Default column.Value
}

// Overload is one signature with its code.
type Overload struct {
	Func     *Function // set by the registry
	Params   []Param
	Variadic bool // the last parameter may be repeated
	// Ret is the result's type; RetAny: the element type, or the list of it, that the polymorphic parameters agreed on. Returns, when set,
	// decides instead from the argument types.
	Ret     column.Type
	RetAny  AnyKind
	Returns func(args []column.Type) column.Type
	// ordered asks of the polymorphic type that its values can be compared, which JSON cannot.
	ordered bool

	// NullCalled functions are called with NULL arguments; all others give NULL without being called.
	NullCalled bool
	// CanFail is false for functions that never give an error, which may then be computed for rows that are not needed.
	CanFail bool
	// Stable functions depend on the statement (now, current_setting), so they are not folded at planning time.
	Stable bool

	// Row computes one value. Arguments are of the resolved parameter types.
	Row func(c *Ctx, args []column.Value) (column.Value, error)
	// Vec computes n rows at once; nil: Row is called for each. It must agree with Row in every case.
	Vec func(c *Ctx, args []*column.Vector, n int) (*column.Vector, error)
	// Bind, when set, is called once a statement with the arguments that are constant (Known[i]), so that a pattern is compiled once;
	// what it returns replaces Row and Vec. It may return nil to decline.
	Bind func(c *Ctx, args []Constant) (*Bound, error)

	// State starts an aggregate (Class Aggregate and OrderedSet) for one group. direct are the direct arguments of an ordered-set aggregate.
	State func(c *Ctx, args []column.Type, direct []column.Value) (State, error)

	// Rows runs a table function: it yields each row until yield says stop. Columns are its output columns.
	Rows    func(c *Ctx, args []column.Value, yield func(row []column.Value) error) error
	Columns func(args []column.Type) []OutCol
}

// OutCol is an output column of a table function.
type OutCol struct {
	Name string
	Type column.Type
}

// Constant is an argument as Bind sees it.
type Constant struct {
	Known bool
	Value column.Value
	Type  column.Type
}

// Bound is a function specialised to its constant arguments; it still gets all arguments.
type Bound struct {
	Row func(c *Ctx, args []column.Value) (column.Value, error)
	Vec func(c *Ctx, args []*column.Vector, n int) (*column.Vector, error)
}

// State accumulates one group of an aggregate. NULL arguments reach Add only where the aggregate counts them (array_agg, count(*) has none);
// strict aggregates are fed by the executor with rows whose arguments are all non-NULL, unless the overload is NullCalled. Ordered-set
// aggregates are fed in their order. The slice args is the caller's and is overwritten after Add. Result may be asked at any time and
// more may be added after (a running window frame does that); what it gave does not change. Merge leaves other as it was and shares
// nothing with it that either changes later.
type State interface {
	Add(args []column.Value) error
	// Merge adds another state of the same aggregate, which covered later rows.
	Merge(other State) error
	Result() (column.Value, error)
}

// Match is a resolved call: arguments must be coerced to Args, the result is Ret.
type Match struct {
	Overload *Overload
	Args     []column.Type
	Ret      column.Type
}

// CastContext says how a cast came about, as in PostgreSQL's pg_cast.
type CastContext uint8

// The cast contexts.
const (
	Implicit CastContext = iota
	Assignment
	Explicit
)
