package sqlgen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/credsql/credsql/engine/column"
)

// from makes a FROM clause with what it shows; outer is what is around the query.
func (g *generator) from(outer *env) (string, []field) {
	sql, fields := g.source(outer, nil)
	used := false
	for n := []int{0, 0, 1, 1, 2}[g.n(5)]; n > 0 && !used; n-- {
		sql, fields, used = g.join(sql, fields, outer)
	}
	return "FROM " + sql, fields
}

// join adds a source; last is true when names may be ambiguous after it.
func (g *generator) join(left string, have []field, outer *env) (sql string, fields []field, last bool) {
	if g.chance(12) {
		return g.lateral(left, have, outer)
	}
	right, more := g.source(outer, nil)
	fields = append(slices.Clone(have), more...)
	in := &env{fields: fields, outer: outer.outer, ctes: outer.ctes, depth: min(outer.depth, 1) - 1}
	switch g.n(9) {
	case 8:
		return left + one(g.choices, []string{" NATURAL JOIN ", " NATURAL LEFT JOIN "}) + right, unnamed(have, more), true
	case 0, 1:
		return left + " JOIN " + right + " ON " + g.joinCondition(have, more, in, false), fields, false
	case 2, 3:
		return left + " LEFT JOIN " + right + " ON " + g.joinCondition(have, more, in, false), fields, false
	case 4:
		return left + " RIGHT JOIN " + right + " ON " + g.joinCondition(have, more, in, false), fields, false
	case 5:
		return left + " FULL JOIN " + right + " ON " + g.joinCondition(have, more, in, true), fields, false
	case 6:
		return left + one(g.choices, []string{", ", " CROSS JOIN "}) + right, fields, strings.Contains(left, ", ")
	}
	return g.using(left, right, have, more)
}

// unnamed are the fields of a natural join by their tables only: a bare name may be of both.
func unnamed(have, more []field) []field {
	out := slices.Concat(have, more)
	for i := range out {
		out[i].name = ""
	}
	return out
}

// joinCondition is mostly an equality between the sides. A full join needs one; PostgreSQL has no way without.
func (g *generator) joinCondition(left, right []field, in *env, equal bool) string {
	var pairs []string
	for _, l := range left {
		for _, r := range right {
			if l.typ == r.typ && isSortable(l.typ) {
				pairs = append(pairs, l.sql+" = "+r.sql)
			}
		}
	}
	if len(pairs) == 0 {
		if equal {
			return "true"
		}
		return g.condition(in, 1)
	}
	if !equal && g.chance(20) {
		return g.condition(in, 2)
	}
	sql := one(g.choices, pairs)
	if g.chance(30) {
		sql += " AND " + g.condition(in, 1)
	}
	return sql
}

// using joins by columns of one name. What is joined further would make them ambiguous, so this is the last join.
func (g *generator) using(left, right string, have, more []field) (string, []field, bool) {
	var common []string
	for _, l := range have {
		count := func(list []field) (n int) {
			for _, f := range list {
				if f.name == l.name {
					n++
				}
			}
			return n
		}
		if l.name != "" && count(have) == 1 && count(more) == 1 && isSortable(l.typ) && slices.ContainsFunc(more, func(f field) bool {
			return f.name == l.name && f.typ == l.typ
		}) {
			common = append(common, l.name)
		}
	}
	all := append(slices.Clone(have), more...)
	if len(common) == 0 {
		return left + " CROSS JOIN " + right, all, false
	}
	names := common[:1+g.n(len(common))]
	var fields []field
	for _, f := range have {
		if slices.Contains(names, f.name) {
			f.sql = f.name
		}
		fields = append(fields, f)
	}
	fields = append(fields, more...)
	kind := one(g.choices, []string{" JOIN ", " LEFT JOIN ", " RIGHT JOIN ", " FULL JOIN "})
	return left + kind + right + " USING (" + list(names...) + ")", fields, true
}

// lateral adds a source that reads what is before it.
func (g *generator) lateral(left string, have []field, outer *env) (string, []field, bool) {
	around := &env{fields: have, outer: outer.outer, ctes: outer.ctes, depth: outer.depth}
	kind := one(g.choices, []string{" JOIN LATERAL ", " LEFT JOIN LATERAL "})
	if outer.depth <= 0 || g.n(2) == 0 {
		sql, more := g.function(around)
		return left + strings.Replace(kind, " LATERAL", "", 1) + sql + " ON true", append(slices.Clone(have), more...), false
	}
	sql, more := g.derived(around.inner())
	return left + kind + sql + " ON " + one(g.choices, []string{"true", g.condition(&env{fields: append(slices.Clone(have), more...)}, 1)}),
		append(slices.Clone(have), more...), false
}

// source is one element of FROM.
func (g *generator) source(outer *env, _ []field) (string, []field) {
	switch g.n(10) {
	case 6:
		if outer.depth > 0 {
			return g.derived(&env{ctes: outer.ctes, depth: outer.depth - 1, outer: outer.outer})
		}
	case 7:
		return g.valuesList()
	case 8:
		return g.function(&env{outer: outer.outer})
	case 9:
		if len(outer.ctes) > 0 {
			c := one(g.choices, outer.ctes)
			name := g.alias("w")
			return c.name + " AS " + name, qualified(name, c.fields)
		}
	}
	t := g.config.Tables[[]int{0, 1, 0, 1, 0, 4, 2, 3, 4, 1}[g.n(10)]%len(g.config.Tables)]
	name := g.alias("t")
	var fields []field
	for _, c := range t.Columns {
		fields = append(fields, field{name: c.Name, typ: c.Type})
	}
	return t.QualifiedName() + " AS " + name, qualified(name, fields)
}

func qualified(table string, fields []field) []field {
	out := make([]field, len(fields))
	for i, f := range fields {
		out[i] = field{sql: table + "." + f.name, name: f.name, typ: f.typ, plain: true}
	}
	return out
}

// derived is a query in FROM; in.outer is what it may refer to.
func (g *generator) derived(in *env) (string, []field) {
	sql, out := g.query(nil, in, queryLimits{depth: in.depth})
	name := g.alias("d")
	return "(" + sql + ") AS " + name, qualified(name, out)
}

func (g *generator) valuesList() (string, []field) {
	types := []column.Type{g.comparable(), g.comparable()}
	var rows []string
	for range 1 + g.n(3) {
		rows = append(rows, "("+list(cast(g.literal(types[0]), types[0]), cast(g.literal(types[1]), types[1]))+")")
	}
	name := g.alias("v")
	return fmt.Sprintf("(VALUES %s) AS %s(c1, c2)", list(rows...), name), qualified(name, []field{{name: "c1", typ: types[0]}, {name: "c2", typ: types[1]}})
}

// function is a table function; e is what its arguments may use.
func (g *generator) function(e *env) (string, []field) {
	name := g.alias("f")
	single := func(call string, t column.Type) (string, []field) {
		return call + " AS " + name + "(c1)", qualified(name, []field{{name: "c1", typ: t}})
	}
	switch g.n(7) {
	case 0:
		t := one(g.choices, []column.Type{column.Text, column.Int64})
		return single("unnest("+cast(g.expr(column.ListOf(t), e, 1), column.ListOf(t))+")", t)
	case 1:
		return single("generate_series("+list("BIGINT '1'", one(g.choices, []string{"3", "0", "5"}), one(g.choices, []string{"1", "2", "-1"}))+")", column.Int64)
	case 2:
		return single("generate_series(TIMESTAMP '2024-01-30 00:00:00', TIMESTAMP '2024-04-01 00:00:00', INTERVAL '1 month')", column.TimestampT)
	case 3:
		return "each(" + g.expr(column.HStoreT, e, 1) + ") AS " + name + "(c1, c2)", qualified(name, []field{{name: "c1", typ: column.Text}, {name: "c2", typ: column.Text}})
	case 4:
		return "unnest(" + list(cast(g.expr(texts, e, 1), texts), cast(g.expr(ints, e, 1), ints)) + ") WITH ORDINALITY AS " + name + "(c1, c2, c3)",
			qualified(name, []field{{name: "c1", typ: column.Text}, {name: "c2", typ: column.Int64}, {name: "c3", typ: column.Int64}})
	case 5:
		return single("string_to_table("+g.exact(column.Text, e, 1)+", ',')", column.Text)
	}
	return single("skeys("+g.expr(column.HStoreT, e, 1)+")", column.Text)
}
