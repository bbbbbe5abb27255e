package sqlgen

import (
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
)

// aggregate makes an aggregate call, whose arguments are over the rows of the group.
func (g *generator) aggregate(t column.Type, e *env, depth int) string {
	list := g.calls.aggregates[t]
	if t == column.Int64 && len(e.grouped) > 0 && g.chance(15) {
		return "GROUPING(" + one(g.choices, e.grouped).sql + ")"
	}
	if len(list) == 0 {
		return g.leaf(t, &env{fields: e.fields, outer: e.outer, depth: e.depth})
	}
	o := one(g.choices, list)
	if failing[o.Func.Name] && !g.risky {
		return "count(*)" + castTo(t)
	}
	in := *e.input
	in.depth = 0
	if !g.chance(15) {
		in.outer = nil // of columns of the query around only, the aggregate would be that query's
	}
	sql := g.aggregateCall(o, g.element(o, t), &in, min(depth, 2)-1, false)
	if g.chance(20) {
		sql += " FILTER (WHERE " + g.condition(&in, 1) + ")"
	}
	return settled(sql, o, t)
}

// castTo makes of a count a value of any type that there is a cast to.
func castTo(t column.Type) string {
	switch t.Kind {
	case column.KindInt64:
		return ""
	case column.KindFloat64, column.KindText:
		return "::" + t.String()
	case column.KindBool:
		return " > 2"
	}
	return "::varchar::" + t.String()
}

// settled casts what PostgreSQL gives another type.
func settled(sql string, o *funcs.Overload, t column.Type) string {
	if o.Func.Name == "sum" || o.Func.Name == "avg" || t == column.Float64 {
		return cast(sql, t)
	}
	return sql
}

// aggregateCall writes the call, in an order that leaves no choice where the order shows.
func (g *generator) aggregateCall(o *funcs.Overload, elem column.Type, in *env, depth int, window bool) string {
	name := o.Func.Name
	if name == "count" && len(o.Params) == 0 {
		return "count(*)"
	}
	c := &caller{generator: g, env: in, depth: depth, o: o, elem: elem}
	if o.Func.Class == funcs.OrderedSet {
		return g.orderedSet(c)
	}
	if (name == "array_agg" || name == "json_agg") && !isSortable(elem) {
		c.elem = column.Text
	}
	args := c.args(o.Params)
	distinct := ""
	if !window && isDistinctable(name) && g.chance(25) {
		distinct = "DISTINCT "
	}
	order := ""
	if !window && (name == "array_agg" || name == "string_agg" || name == "json_agg") {
		args = c.ordered(name, args)
		order = " ORDER BY " + args[0]
		if distinct == "" && name == "string_agg" {
			order += ", " + args[1]
		}
		order += one(g.choices, []string{"", " DESC", " NULLS FIRST"})[:0]
	}
	return name + "(" + distinct + strings.Join(args, ", ") + order + ")"
}

// ordered makes arguments that can be ordered by.
func (c *caller) ordered(name string, args []string) []string {
	switch name {
	case "json_agg":
		return []string{c.exact(c.comparable(), c.env, c.depth)}
	case "string_agg":
		return []string{args[0], "','"}
	}
	return args
}

func isDistinctable(name string) bool {
	switch name {
	case "count", "sum", "avg", "min", "max", "array_agg", "string_agg", "bool_and", "bool_or":
		return true
	}
	return false
}

func (g *generator) orderedSet(c *caller) string {
	o := c.o
	if o.Func.Name == "percentile_cont" && o.Ret == column.Float64 && c.risky {
		return "max(" + cast(c.expr(column.Float64, c.env, c.depth), column.Float64) + ")" // between two infinities PostgreSQL finds no number
	}
	part := "DECIMAL '" + one(g.choices, []string{"0.5", "0", "1", "0.25", "0.9"}) + "'"
	direct := ""
	value := c.elem
	for _, p := range o.Params {
		switch {
		case p.Name == "part":
			direct = part
		case p.Name == "parts":
			direct = "CAST(ARRAY[0.5, 0, 0.9] AS DECIMAL[])"
		case p.Any == funcs.Exact:
			value = p.Type
		}
	}
	if !isSortable(value) {
		value = column.Text
	}
	return o.Func.Name + "(" + direct + ") WITHIN GROUP (ORDER BY " + cast(c.expr(value, c.env, c.depth), value) + one(g.choices, []string{"", " DESC"}) + ")"
}
