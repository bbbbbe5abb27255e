package sqlgen

import (
	"slices"
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
)

// callTable is what may be called for each result type.
type callTable struct {
	scalar     map[column.Type][]*funcs.Overload
	aggregates map[column.Type][]*funcs.Overload
}

func newCallTable(config Config) *callTable {
	c := &callTable{scalar: map[column.Type][]*funcs.Overload{}, aggregates: map[column.Type][]*funcs.Overload{}}
	add := func(list []*funcs.Function) {
		for _, f := range list {
			if skip[f.Name] || config.Postgres && lacking[f.Name] {
				continue
			}
			for _, o := range f.Overloads {
				if !config.Postgres || !lackingOverload(o) {
					c.add(f, o)
				}
			}
		}
	}
	add(config.Registry.Functions())
	add(config.Registry.Operators())
	return c
}

func (c *callTable) add(f *funcs.Function, o *funcs.Overload) {
	into := c.scalar
	switch f.Class {
	case funcs.Aggregate, funcs.OrderedSet:
		into = c.aggregates
	case funcs.WindowOnly, funcs.Table:
		return
	}
	switch o.RetAny {
	case funcs.AnyElem:
		for _, t := range every {
			if f.Class != funcs.OrderedSet || isSortable(t) {
				into[t] = append(into[t], o)
			}
		}
	case funcs.AnyList:
		into[texts] = append(into[texts], o)
		into[ints] = append(into[ints], o)
	default:
		into[o.Ret] = append(into[o.Ret], o)
	}
}

// skip are calls with forms of their own, and what changes from call to call.
var skip = set("coalesce nullif greatest least now transaction_timestamp statement_timestamp age current_setting format " +
	"make_interval quote_literal substring overlay json_object_agg position")

// lacking are calls that PostgreSQL lacks, or answers otherwise for a reason that the documentation names.
var lacking = set("approx_percentile regexp_like json_object_agg regexp_replace ~ ~* !~ !~* to_timestamp trim round trunc text")

// failing are calls that fail for some values, and are only made in risky queries.
var failing = set("/ % mod ^ power pow sqrt ln log log10 exp asin acos chr inet_merge set_masklen make_timestamp json_array_length trim_array " +
	"json_build_object cbrt sin cos tan atan atan2 degrees radians corr regr_slope regr_intercept regr_r2 covar_samp covar_pop stddev stddev_samp " +
	"stddev_pop variance var_samp var_pop << >> gcd repeat regexp_match regexp_count regexp_substr regexp_instr regexp_split_to_array to_hex to_timestamp")

func set(names string) map[string]bool {
	out := map[string]bool{}
	for _, n := range strings.Fields(names) {
		out[n] = true
	}
	return out
}

// lackingOverload says whether PostgreSQL has no such signature.
func lackingOverload(o *funcs.Overload) bool {
	name := o.Func.Name
	param := func(i int) column.Type {
		if i < len(o.Params) && o.Params[i].Any == funcs.Exact {
			return o.Params[i].Type
		}
		return column.Unknown
	}
	switch {
	case strings.HasPrefix(name, "json_") && param(0) == column.Text:
		return true
	case name == "mod" || name == "%" || name == "log":
		return param(0) == column.Float64 && len(o.Params) == 2
	case name == "^":
		return false
	case name == "date_part" || name == "date_trunc" || name == "date_bin":
		return false
	}
	return false
}

// call makes a call of a function or an operator.
func (g *generator) call(t column.Type, e *env, depth int) string {
	list := g.calls.scalar[t]
	if len(list) == 0 {
		return g.leaf(t, e)
	}
	o := one(g.choices, list)
	if !g.risky && (failing[o.Func.Name] || o.Func.Name == "array_position" && len(o.Params) == 3 || o.Func.Name == "hstore" && o.Params[0].Type == texts) {
		return g.leaf(t, e)
	}
	c := &caller{generator: g, env: e, depth: depth - 1, o: o, elem: g.element(o, t)}
	args := c.args(o.Params)
	if o.Func.Class == funcs.Operator {
		if len(args) == 1 {
			return "(" + o.Func.Name + " " + args[0] + ")"
		}
		return "(" + args[0] + " " + o.Func.Name + " " + args[1] + ")"
	}
	sql := o.Func.Name + "(" + strings.Join(args, ", ") + ")"
	if t == column.Float64 || t == column.TimestampT || t == column.InetT || t == ints {
		return cast(sql, t) // PostgreSQL's is a numeric, with time zone, a cidr, or of shorter integers
	}
	return sql
}

// element is what the polymorphic parameters of a call are made of.
func (g *generator) element(o *funcs.Overload, t column.Type) column.Type {
	switch o.RetAny {
	case funcs.AnyElem:
		return t
	case funcs.AnyList:
		return t.ElemType()
	}
	if slices.ContainsFunc(o.Params, func(p funcs.Param) bool { return p.Any == funcs.AnyList }) || g.config.Postgres {
		return one(g.choices, []column.Type{column.Text, column.Int64})
	}
	return one(g.choices, sortable[:5])
}

// caller makes the arguments of one call.
type caller struct {
	*generator
	env   *env
	depth int
	o     *funcs.Overload
	elem  column.Type
}

func (c *caller) args(params []funcs.Param) []string {
	var out []string
	for i, p := range params {
		if p.Optional && c.n(2) == 0 {
			break
		}
		out = append(out, c.arg(i, p))
	}
	if c.o.Variadic {
		for range c.n(3) {
			out = append(out, c.arg(len(params)-1, params[len(params)-1]))
		}
	}
	return out
}

func (c *caller) arg(i int, p funcs.Param) string {
	if texts := c.known(p.Name); texts != nil {
		quoted := "'" + one(c.choices, texts) + "'"
		if p.Type == column.Text && !c.untyped {
			return "VARCHAR " + quoted
		}
		return quoted
	}
	switch p.Any {
	case funcs.Any:
		t := one(c.choices, every)
		if c.config.Postgres && c.o.Func.Category == "JSON" && t == column.HStoreT {
			t = column.Text
		}
		return c.exact(t, c.env, c.depth)
	case funcs.AnyElem:
		return c.exact(c.elem, c.env, c.depth)
	case funcs.AnyList:
		return c.expr(column.ListOf(c.elem), c.env, c.depth)
	}
	if p.Type == column.Int64 {
		return c.integer(i, p)
	}
	return c.exact(p.Type, c.env, c.depth)
}

// integer is a BIGINT argument. PostgreSQL's functions mostly take a shorter integer, which a BIGINT is not converted to.
func (c *caller) integer(i int, p funcs.Param) string {
	name := c.o.Func.Name
	if c.o.Func.Class == funcs.Aggregate {
		return c.exact(p.Type, c.env, c.depth)
	}
	if c.o.Func.Class == funcs.Operator {
		if strings.Contains("* << >>", name) && i == 1 && !c.risky {
			return one(c.choices, []string{"1", "2", "0", "3", "(-2)"})
		}
		if (name == "->" || name == "->>") && i == 1 || name == "<<" || name == ">>" {
			return c.small()
		}
		return c.exact(p.Type, c.env, c.depth)
	}
	switch {
	case name == "to_hex" || name == "abs" || name == "gcd" || name == "mod":
		return c.exact(p.Type, c.env, c.depth)
	case name == "split_part":
		return one(c.choices, []string{"1", "2", "-1", "3"})
	case name == "substr" && i == 2:
		return one(c.choices, []string{"1", "0", "2", "100"})
	case p.Name == "dimension":
		return "1"
	case p.Name == "n" && name == "trim_array" || p.Name == "length" && name == "set_masklen":
		return one(c.choices, []string{"1", "0", "2", "8"})
	case name == "repeat":
		return one(c.choices, []string{"1", "0", "3", "-1"})
	case strings.HasPrefix(name, "regexp_"):
		return one(c.choices, []string{"1", "2", "0", "3"})
	case c.chance(70):
		return c.small()
	}
	return "CAST(" + c.expr(p.Type, c.env, c.depth) + " AS INT)"
}

// known are the texts of parameters that take only certain ones.
func (c *caller) known(param string) []string {
	name := c.o.Func.Name
	switch {
	case param == "field" && c.o.Params[1].Type == column.IntervalT, param == "unit" && c.o.Params[1].Type == column.IntervalT:
		return []string{"day", "hour", "minute", "second", "month", "year"}
	case param == "field":
		return timeUnits
	case param == "unit":
		return []string{"day", "hour", "minute", "second", "week", "month", "quarter", "year", "milliseconds", "decade"}
	case param == "stride":
		return []string{"15 minutes", "1 day", "7 days", "00:00:01.5"}
	case param == "template" && c.o.Params[0].Type == column.TimestampT:
		return []string{"YYYY-MM-DD HH24:MI:SS", "DD.MM.YY HH12:MI am", "MS", "YYYYMMDD", "\"at\" HH24", "Day Mon"}
	case param == "template":
		return []string{"HH24:MI:SS", "DD", "MS"}
	case param == "flags":
		return []string{"", "i", "g"}
	case param == "pattern" && name != "like":
		return []string{"a", "[a-c]+", "^b", "(a)(b)?", "b$", "\\d+", "x*"}
	case param == "characters" || param == "delimiter" || param == "separator" || param == "fill":
		return []string{"a", ",", "", " ", "ab"}
	case param == "path" || param == "key" && c.o.Func.Category != "JSON":
		return []string{"a", "b", "env", "0", "-1", "nope"}
	}
	return nil
}
