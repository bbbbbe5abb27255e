package bind

import (
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/sqltype"
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// call binds a function call of any class.
func (x *exprBinder) call(c *syntax.Call) (plan.Expr, error) {
	switch c.Name.Name {
	case "coalesce":
		return x.coalesce(c)
	case "nullif":
		return x.nullif(c)
	case "grouping":
		return x.groupingCall(c)
	case "current_timestamp", "localtimestamp":
		if len(c.Args) == 0 {
			return x.hidden("now", c.Offset())
		}
	}
	fn := x.b.Registry.Lookup(c.Name.Name)
	if fn == nil || c.Schema.Name != "" && c.Schema.Name != "pg_catalog" {
		return nil, x.undefinedFunction(c)
	}
	switch {
	case fn.Class == funcs.Table:
		return nil, sqlerr.New(sqlerr.CodeNotSupported, "table function %s is only allowed in FROM", c.Name.Name).At(c.Offset()).
			WithHint("write FROM table_name, " + c.Name.Name + "(…) AS x")
	case c.Over != nil:
		return x.windowCall(c, fn)
	case fn.Class == funcs.WindowOnly:
		return nil, sqlerr.New(sqlerr.CodeWrongObjectType, "window function %s requires an OVER clause", c.Name.Name).At(c.Offset())
	case fn.Class == funcs.Aggregate || fn.Class == funcs.OrderedSet:
		return x.aggregate(c, fn)
	}
	return x.scalar(c)
}

func (x *exprBinder) undefinedFunction(c *syntax.Call) error {
	name := c.Name.Name
	if c.Schema.Name != "" {
		name = c.Schema.Name + "." + name
	}
	args, err := x.args(c)
	if err != nil {
		return err
	}
	if c.Schema.Name == "" {
		// The registry knows what was left out on purpose, and the nearest name.
		_, err = x.b.Registry.Resolve(name, typesOf(args))
		return placed(err, c.Offset())
	}
	return sqlerr.New(sqlerr.CodeUndefinedFunction, "function %s does not exist", name).At(c.Offset()).
		WithHint("credsql's functions have no schema")
}

// maxArguments is PostgreSQL's bound on a call's arguments.
const maxArguments = 100

func (x *exprBinder) args(c *syntax.Call) ([]plan.Expr, error) {
	if len(c.Args) > maxArguments && c.Name.Name != "coalesce" && c.Name.Name != "greatest" && c.Name.Name != "least" {
		return nil, sqlerr.New(sqlerr.CodeTooManyArguments, "cannot pass more than %d arguments to a function", maxArguments).At(c.Offset())
	}
	out := make([]plan.Expr, 0, len(c.Args))
	for _, a := range c.Args {
		if a.Variadic {
			return nil, sqlerr.NotSupported("VARIADIC").At(a.Value.Offset())
		}
		e, err := x.expr(a.Value)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// resolve binds the arguments and picks the overload.
func (x *exprBinder) resolve(c *syntax.Call) (funcs.Match, []plan.Expr, error) {
	args, err := x.args(c)
	if err != nil {
		return funcs.Match{}, nil, err
	}
	if args, err = x.named(c, args); err != nil {
		return funcs.Match{}, nil, err
	}
	return x.match(c, args)
}

func (x *exprBinder) match(c *syntax.Call, args []plan.Expr) (funcs.Match, []plan.Expr, error) {
	m, err := x.b.Registry.Resolve(c.Name.Name, typesOf(args))
	if err != nil {
		return m, nil, placed(err, c.Offset())
	}
	args, err = x.b.coerceAll(args, m.Args)
	return m, args, err
}

// named puts name => value arguments in the places that the function's parameters give them.
func (x *exprBinder) named(c *syntax.Call, args []plan.Expr) ([]plan.Expr, error) {
	first := len(args)
	for i, a := range c.Args {
		if a.Name.Name != "" {
			first = min(first, i)
		} else if i > first {
			return nil, sqlerr.Syntax("positional argument cannot follow named argument").At(a.Value.Offset())
		}
		for _, b := range c.Args[:i] {
			if a.Name.Name != "" && a.Name.Name == b.Name.Name {
				return nil, sqlerr.Syntax("argument name %q used more than once", a.Name.Name).At(a.Name.Pos)
			}
		}
	}
	if first == len(args) {
		return args, nil
	}
	if f := x.b.Registry.Lookup(c.Name.Name); f != nil {
		for _, o := range f.Overloads {
			if out := place(o, c.Args, args, first); out != nil {
				return out, nil
			}
		}
	}
	a := c.Args[first]
	return nil, sqlerr.New(sqlerr.CodeUndefinedFunction, "function %s(%s) does not exist", c.Name.Name, argumentList(c.Args, args)).At(a.Name.Pos).
		WithHint(`\df ` + c.Name.Name + " lists its signatures")
}

// argumentList writes the types of a call's arguments, with the names of those that have one.
func argumentList(named []syntax.Arg, args []plan.Expr) string {
	out := make([]string, len(args))
	for i, a := range args {
		out[i] = a.Type().String()
		if named[i].Name.Name != "" {
			out[i] = named[i].Name.Name + " => " + out[i]
		}
	}
	return strings.Join(out, ", ")
}

// place lays named arguments over an overload's parameters; nil when it has none of a name. Optional parameters before the last one
// that is named take their defaults.
func place(o *funcs.Overload, names []syntax.Arg, args []plan.Expr, first int) []plan.Expr {
	out := make([]plan.Expr, max(len(o.Params), len(args)))
	copy(out, args[:first])
	last := first
	for i := first; i < len(args); i++ {
		found := false
		for p, param := range o.Params {
			if param.Name == names[i].Name.Name && p >= first && out[p] == nil {
				out[p], found = args[i], true
				last = max(last, p)
			}
		}
		if !found {
			return nil
		}
	}
	for p := range out[:last+1] {
		if out[p] != nil {
			continue
		}
		if o.Params[p].Default == nil {
			return nil
		}
		out[p] = &plan.Const{Pos: -1, Val: o.Params[p].Default, Typ: o.Params[p].Type}
	}
	return out[:last+1]
}

func typesOf(args []plan.Expr) []column.Type {
	out := make([]column.Type, len(args))
	for i, a := range args {
		out[i] = a.Type()
	}
	return out
}

func (x *exprBinder) scalar(c *syntax.Call) (plan.Expr, error) {
	if err := plainCall(c); err != nil {
		return nil, err
	}
	m, args, err := x.resolve(c)
	if err != nil {
		if e, ok := sqlerr.As(err); ok && e.Code == sqlerr.CodeUndefinedFunction {
			return x.castCall(c, err)
		}
		return nil, err
	}
	return &plan.Call{Pos: plan.Pos(c.Offset()), Fn: m.Overload, Name: c.Name.Name, Args: args, Typ: m.Ret}, nil
}

// castCall reads text(x) as CAST(x AS text): PostgreSQL takes a type's name for a function of one argument where no function fits. err is what
// is wrong if that does not fit either.
func (x *exprBinder) castCall(c *syntax.Call, err error) (plan.Expr, error) {
	t, typeErr := sqltype.FromName(c.Name.Name, nil, false)
	if typeErr != nil || len(c.Args) != 1 || c.Args[0].Name.Name != "" || c.Schema.Name != "" {
		return nil, err
	}
	arg, argErr := x.expr(c.Args[0].Value)
	if argErr != nil {
		return nil, argErr
	}
	out, castErr := x.b.coerce(arg, t, funcs.Explicit)
	if e, ok := sqlerr.As(castErr); ok && e.Code == sqlerr.CodeCannotCoerce {
		return nil, err
	}
	return out, castErr
}

// plainCall refuses on a scalar function what only aggregates take.
func plainCall(c *syntax.Call) error {
	bad := ""
	switch {
	case c.Distinct:
		bad = "DISTINCT specified, but %s is not an aggregate function"
	case c.Star:
		bad = "%s(*) specified, but %[1]s is not an aggregate function"
	case len(c.OrderBy) > 0:
		bad = "ORDER BY specified, but %s is not an aggregate function"
	case c.Filter != nil:
		bad = "FILTER specified, but %s is not an aggregate function"
	default:
		return nil
	}
	return sqlerr.New(sqlerr.CodeWrongObjectType, bad, c.Name.Name).At(c.Offset())
}

func (x *exprBinder) misplaced(c *syntax.Call, what string) error {
	code := sqlerr.CodeGrouping
	if what == "window" {
		code = sqlerr.CodeWindowing
	}
	if x.within != "" && x.clause != "FILTER" {
		if what == "aggregate" && x.within == "aggregate" {
			return sqlerr.New(code, "aggregate function calls cannot be nested").At(c.Offset())
		}
		if x.within == "window" {
			if x.clause == "window definitions" {
				return sqlerr.New(sqlerr.CodeWindowing, "window functions are not allowed in window definitions").At(c.Offset())
			}
			return sqlerr.New(sqlerr.CodeWindowing, "window function calls cannot be nested").At(c.Offset())
		}
		return sqlerr.New(sqlerr.CodeGrouping, "%s function calls cannot contain %s function calls", x.within, what).At(c.Offset())
	}
	e := sqlerr.New(code, "%s functions are not allowed in %s", what, x.clause).At(c.Offset())
	switch {
	case what == "aggregate" && x.clause == "WHERE":
		e.WithHint("use HAVING for a condition on groups")
	case what == "window":
		e.WithHint("compute it in a subquery: SELECT * FROM (SELECT …, " + c.Name.Name + "(…) OVER (…) AS w FROM …) t WHERE w = 1")
	}
	return e
}

func (x *exprBinder) aggCall(c *syntax.Call, fn *funcs.Function) (*plan.AggCall, error) {
	in := *x
	in.aggs, in.wins, in.within = false, false, "aggregate"
	if fn.Class == funcs.OrderedSet != c.WithinGroup {
		return nil, withinGroup(c, fn)
	}
	if c.WithinGroup && c.Distinct {
		return nil, sqlerr.Syntax("cannot use DISTINCT with WITHIN GROUP").At(c.Offset())
	}
	args, err := in.aggArgs(c)
	if err != nil {
		return nil, err
	}
	a := &plan.AggCall{Name: c.Name.Name, Distinct: c.Distinct}
	direct := 0
	var keys []plan.SortKey
	for _, item := range c.OrderBy {
		e, err := in.settled(item.Expr)
		if err != nil {
			return nil, err
		}
		if err := comparable(e, "ordering"); err != nil {
			return nil, err
		}
		keys = append(keys, sortKey(item, e))
	}
	if c.WithinGroup {
		direct = len(args)
		for _, k := range keys {
			args = append(args, k.Expr)
		}
	}
	m, args, err := in.match(c, args)
	if err != nil {
		return nil, err
	}
	a.Fn, a.Type = m.Overload, m.Ret
	a.Direct, a.Args, a.OrderBy = args[:direct], args[direct:], keys
	if c.WithinGroup {
		for i := range a.OrderBy {
			a.OrderBy[i].Expr = a.Args[i]
		}
	}
	if c.Distinct {
		for _, arg := range a.Args {
			if err := comparable(arg, "equality"); err != nil {
				return nil, err
			}
		}
	}
	if err := in.b.distinctOrder(c, a); err != nil {
		return nil, err
	}
	if c.Filter != nil {
		in.clause = "FILTER"
		if a.Filter, err = in.condition(c.Filter, "FILTER"); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// withinGroup words the two ways in which WITHIN GROUP can be wrong.
func withinGroup(c *syntax.Call, fn *funcs.Function) error {
	if fn.Class == funcs.OrderedSet {
		return sqlerr.New(sqlerr.CodeWrongObjectType, "WITHIN GROUP is required for ordered-set aggregate %s", c.Name.Name).At(c.Offset()).
			WithHint("write " + c.Name.Name + "(0.5) WITHIN GROUP (ORDER BY value)")
	}
	return sqlerr.New(sqlerr.CodeWrongObjectType, "%s is not an ordered-set aggregate, so it cannot have WITHIN GROUP", c.Name.Name).At(c.Offset())
}

func (x *exprBinder) aggArgs(c *syntax.Call) ([]plan.Expr, error) {
	if c.Star {
		if c.Name.Name != "count" {
			return nil, sqlerr.New(sqlerr.CodeUndefinedFunction, "function %s() does not exist", c.Name.Name).At(c.Offset()).
				WithHint("only count(*) takes a star")
		}
		return nil, nil
	}
	if len(c.Args) == 0 && !c.WithinGroup {
		return nil, sqlerr.New(sqlerr.CodeWrongObjectType, "%s(*) must be used to call a parameterless aggregate function", c.Name.Name).At(c.Offset())
	}
	return x.args(c)
}

// distinctOrder checks that ORDER BY inside a DISTINCT aggregate names its arguments, as PostgreSQL asks.
func (b *Binder) distinctOrder(c *syntax.Call, a *plan.AggCall) error {
	if !c.Distinct || c.WithinGroup {
		return nil
	}
	for _, k := range a.OrderBy {
		found := false
		for _, arg := range a.Args {
			found = found || b.prints.Of(arg) == b.prints.Of(k.Expr)
		}
		if !found {
			return sqlerr.New(sqlerr.CodeInvalidColumnRef, "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list").At(k.Expr.Offset())
		}
	}
	return nil
}

func (x *exprBinder) windowCall(c *syntax.Call, fn *funcs.Function) (plan.Expr, error) {
	if !x.wins {
		return nil, x.misplaced(c, "window")
	}
	if fn.Class == funcs.Scalar {
		return nil, sqlerr.New(sqlerr.CodeWrongObjectType, "OVER specified, but %s is not a window function nor an aggregate function", c.Name.Name).At(c.Offset())
	}
	if err := windowLimits(c, fn); err != nil {
		return nil, err
	}
	in := *x
	in.wins, in.within = false, "window"
	args, err := in.windowArgs(c, fn)
	if err != nil {
		return nil, err
	}
	m, args, err := in.match(c, args)
	if err != nil {
		return nil, err
	}
	w := &plan.WindowCall{Fn: m.Overload, Name: c.Name.Name, Args: args, Type: m.Ret}
	if c.Filter != nil {
		filter := in
		filter.aggs, filter.clause = false, "FILTER"
		if w.Filter, err = filter.condition(c.Filter, "FILTER"); err != nil {
			return nil, err
		}
	}
	return &plan.WindowExpr{Pos: plan.Pos(c.Offset()), Call: w}, in.over(w, c.Over)
}

func (x *exprBinder) windowArgs(c *syntax.Call, fn *funcs.Function) ([]plan.Expr, error) {
	if fn.Class == funcs.Aggregate {
		return x.aggArgs(c)
	}
	return x.args(c)
}

func windowLimits(c *syntax.Call, fn *funcs.Function) error {
	refuse := func(what string) error { return sqlerr.NotSupported(what).At(c.Offset()) }
	switch {
	case c.Distinct:
		return sqlerr.New(sqlerr.CodeNotSupported, "DISTINCT is not implemented for window functions").At(c.Offset())
	case len(c.OrderBy) > 0 && !c.WithinGroup:
		return sqlerr.New(sqlerr.CodeNotSupported, "aggregate ORDER BY is not implemented for window functions").At(c.Offset())
	case fn.Class == funcs.OrderedSet:
		return sqlerr.New(sqlerr.CodeNotSupported, "OVER is not supported for ordered-set aggregate %s", c.Name.Name).At(c.Offset())
	case c.IgnoreNulls:
		return refuse("IGNORE NULLS")
	case c.Filter != nil && fn.Class == funcs.WindowOnly:
		return sqlerr.New(sqlerr.CodeNotSupported, "FILTER is not implemented for non-aggregate window functions").At(c.Offset())
	}
	return nil
}

func (x *exprBinder) groupingCall(c *syntax.Call) (plan.Expr, error) {
	args, err := x.args(c)
	if err != nil {
		return nil, err
	}
	if path := x.owner(args); len(path) > 0 {
		if host := path[len(path)-1].host; host != nil && !host.aggs {
			x = host
		} else {
			return nil, sqlerr.NotSupported("GROUPING of an outer query's keys").At(c.Offset())
		}
	}
	if x.within == "aggregate" {
		return nil, sqlerr.New(sqlerr.CodeGrouping, "aggregate function calls cannot be nested").At(c.Offset())
	}
	if !x.aggs {
		return nil, sqlerr.New(sqlerr.CodeGrouping, "grouping operations are not allowed in %s", x.clause).At(c.Offset())
	}
	return &plan.GroupingExpr{Pos: plan.Pos(c.Offset()), Keys: args}, nil
}
