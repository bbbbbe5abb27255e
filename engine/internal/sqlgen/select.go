package sqlgen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/credsql/credsql/engine/column"
)

// selectBlock makes SELECT … with columns c1, c2, … of the types wanted.
func (g *generator) selectBlock(want []column.Type, in *env, comparable bool) string {
	from, fields := g.from(in)
	if g.chance(4) {
		from, fields = "", nil
	}
	rows := &env{fields: fields, outer: in.outer, ctes: in.ctes, depth: in.depth - 1}
	if g.chance(22) {
		return g.grouped(want, from, rows, comparable)
	}
	where := g.where(rows)
	list := *rows
	list.total, list.alike = g.total(fields), !keyed(fields)
	if g.chance(6) && comparable && len(fields) > 0 {
		return g.distinctOn(want, from, where, rows)
	}
	distinct := ""
	if comparable && g.chance(12) {
		distinct = "DISTINCT"
		list.total = nil
	}
	return spaced("SELECT", distinct, g.items(want, &list), from, where)
}

func (g *generator) items(want []column.Type, e *env) string {
	var items []string
	for i, t := range want {
		items = append(items, fmt.Sprintf("%s AS c%d", g.exact(t, e, 3), i+1))
	}
	return list(items...)
}

// total is an order in which only equal rows are equal; nil when there is nothing to order by, or too much.
func (g *generator) total(fields []field) []string {
	if len(fields) == 0 || !g.chance(40) {
		return nil
	}
	var out []string
	for _, f := range fields {
		sql := f.sql
		if !isSortable(f.typ) {
			sql = cast(sql, column.Text)
		}
		out = append(out, sql)
	}
	return out
}

// keyed says whether the fields tell every two rows apart: each comes from a table whose rows are numbered.
func keyed(fields []field) bool {
	numbered := map[string]bool{}
	for _, f := range fields {
		table, name, qualified := strings.Cut(f.sql, ".")
		numbered[table] = numbered[table] || qualified && name == "id" && table[0] == 't'
	}
	for _, n := range numbered {
		if !n {
			return false
		}
	}
	return true
}

func (g *generator) distinctOn(want []column.Type, from, where string, rows *env) string {
	key := g.exact(g.comparable(), rows, 1)
	order := append([]string{key + g.direction()}, g.always(rows.fields)...)
	return "SELECT * FROM (" + spaced("SELECT DISTINCT ON ("+key+")", g.items(want, rows), from, where, "ORDER BY", list(order...)) + ") " + g.alias("d")
}

func (g *generator) always(fields []field) []string {
	var out []string
	for _, f := range fields {
		sql := f.sql
		if !isSortable(f.typ) {
			sql = cast(sql, column.Text)
		}
		out = append(out, sql)
	}
	return out
}

// grouped makes a query with GROUP BY, or with aggregates alone.
func (g *generator) grouped(want []column.Type, from string, rows *env, comparable bool) string {
	where := g.where(rows)
	var keys []field
	for range g.n(3) {
		keys = append(keys, g.groupKey(rows))
	}
	groups := &env{input: rows, outer: rows.outer, ctes: rows.ctes, depth: rows.depth, fields: keys}
	if len(keys) == 1 && keys[0].typ == want[0] && g.chance(25) {
		return g.groupedByPlace(want, from, where, groups)
	}
	by := ""
	if len(keys) > 0 {
		by = "GROUP BY " + g.groupBy(keys, groups)
	}
	having := ""
	if g.chance(25) {
		having = "HAVING " + g.condition(groups, 2)
	}
	if len(keys) == 0 && having == "" {
		return spaced("SELECT", g.aggregates(want, groups), from, where)
	}
	distinct := ""
	if comparable && g.chance(8) {
		distinct = "DISTINCT"
	}
	return spaced("SELECT", distinct, g.items(want, groups), from, where, by, having)
}

// groupedByPlace groups by the first column, by its place or its name. A column of the input of that name would come before it.
func (g *generator) groupedByPlace(want []column.Type, from, where string, groups *env) string {
	by := "1"
	if g.n(2) == 1 && !slices.ContainsFunc(groups.input.fields, func(f field) bool { return f.name == "k1" }) {
		by = "k1"
	}
	items := []string{groups.fields[0].sql + " AS k1"}
	for i, t := range want[1:] {
		items = append(items, fmt.Sprintf("%s AS k%d", g.exact(t, groups, 2), i+2))
	}
	sql := spaced("SELECT", list(items...), from, where, "GROUP BY "+by)
	if g.n(2) == 1 {
		sql += " HAVING " + g.condition(groups, 1)
	}
	name := g.alias("g")
	var cols []string
	for i := range want {
		cols = append(cols, fmt.Sprintf("k%d AS c%d", i+1, i+1))
	}
	return "SELECT " + list(cols...) + " FROM (" + sql + ") " + name
}

// aggregates are columns of which at least one is an aggregate, so that the query is a grouped one.
func (g *generator) aggregates(want []column.Type, groups *env) string {
	var items []string
	for i, t := range want {
		sql := g.aggregate(t, groups, 2)
		if i == 0 {
			sql = "CASE WHEN count(*) >= 0 THEN " + sql + " END"
		}
		items = append(items, fmt.Sprintf("%s AS c%d", sql, i+1))
	}
	return list(items...)
}

// groupKey is mostly a column.
func (g *generator) groupKey(rows *env) field {
	var fields []field
	for _, f := range rows.fields {
		if isSortable(f.typ) && f.typ != column.IntervalT {
			fields = append(fields, f)
		}
	}
	if len(fields) > 0 && !g.chance(25) {
		return one(g.choices, fields)
	}
	t := one(g.choices, []column.Type{column.Int64, column.Text, column.Bool})
	in := *rows
	in.depth = 0
	return field{sql: cast(g.expr(t, &in, 2), t), typ: t}
}

func (g *generator) groupBy(keys []field, groups *env) string {
	var sqls []string
	for _, k := range keys {
		sqls = append(sqls, k.sql)
	}
	for _, k := range keys {
		if !k.plain {
			return list(sqls...) // a constant one would be computed by PostgreSQL before it is grouped by
		}
	}
	if !g.chance(35) {
		return list(sqls...)
	}
	groups.grouped = keys
	switch g.n(3) {
	case 0:
		return "ROLLUP (" + list(sqls...) + ")"
	case 1:
		return "CUBE (" + list(sqls...) + ")"
	}
	return "GROUPING SETS ((" + list(sqls...) + "), (), (" + sqls[0] + "))"
}
