package sqlgen

import (
	"strings"

	"github.com/credsql/credsql/engine/column"
)

// condition makes a boolean expression of the forms that SQL has for it.
func (g *generator) condition(e *env, depth int) string {
	g.size++
	if depth <= 0 || g.size > maxSize {
		t := g.comparable()
		return g.leaf(t, e) + g.comparison() + g.leaf(t, e)
	}
	switch g.n(14) {
	case 0, 1, 2:
		t := g.comparable()
		return "(" + g.expr(t, e, depth-1) + g.comparison() + g.expr(t, e, depth-1) + ")"
	case 3:
		return "(" + g.expr(g.anyType(), e, depth-1) + one(g.choices, []string{" IS NULL", " IS NOT NULL"}) + ")"
	case 4:
		return "(" + g.condition(e, depth-1) + one(g.choices, []string{" AND ", " OR "}) + g.condition(e, depth-1) + ")"
	case 5:
		return "(NOT " + g.condition(e, depth-1) + ")"
	case 6:
		return "(" + g.condition(e, depth-1) + one(g.choices, []string{" IS TRUE", " IS NOT TRUE", " IS FALSE", " IS NOT FALSE", " IS UNKNOWN", " IS NOT UNKNOWN"}) + ")"
	case 7:
		return g.inList(e, depth)
	case 8:
		t := g.comparable()
		return "(" + g.expr(t, e, depth-1) + one(g.choices, []string{" BETWEEN ", " NOT BETWEEN ", " BETWEEN SYMMETRIC "}) +
			g.expr(t, e, depth-1) + " AND " + g.expr(t, e, depth-1) + ")"
	case 9:
		t := g.comparable()
		return "(" + g.expr(t, e, depth-1) + one(g.choices, []string{" IS DISTINCT FROM ", " IS NOT DISTINCT FROM "}) + g.expr(t, e, depth-1) + ")"
	case 10:
		return g.like(e, depth)
	case 11:
		return g.quantified(e, depth)
	case 12:
		return g.rows(e, depth)
	}
	return g.expr(column.Bool, e, depth-1)
}

func (g *generator) comparison() string {
	return one(g.choices, []string{" = ", " <> ", " < ", " <= ", " > ", " >= "})
}

func (g *generator) anyType() column.Type { return one(g.choices, every) }

func (g *generator) inList(e *env, depth int) string {
	t := g.comparable()
	var items []string
	for range 1 + g.n(4) {
		if g.chance(80) {
			items = append(items, g.literal(t))
		} else {
			items = append(items, g.expr(t, e, depth-1))
		}
	}
	return "(" + g.expr(t, e, depth-1) + one(g.choices, []string{" IN (", " NOT IN ("}) + list(items...) + "))"
}

// patterns are for LIKE; a backslash is its escape.
var patterns = []string{"a%", "%b", "_", "%", "", "%_%", "a\\_b", "x\\%y", "A%", "%a%b%", "日_", "ab", "%ä%"}

func (g *generator) like(e *env, depth int) string {
	pattern := "'" + one(g.choices, patterns) + "'"
	if g.chance(15) {
		pattern = g.expr(column.Text, e, depth-1)
		if !g.risky {
			pattern = "REPLACE(" + pattern + `, '\', '')`
		}
	}
	return "(" + g.expr(column.Text, e, depth-1) + one(g.choices, []string{" LIKE ", " NOT LIKE ", " ILIKE ", " NOT ILIKE "}) + pattern + ")"
}

// quantified is IN, ANY and ALL over a query or an array, and EXISTS.
func (g *generator) quantified(e *env, depth int) string {
	if e.depth <= 0 || g.n(3) == 0 {
		t := one(g.choices, []column.Type{column.Int64, column.Text})
		return "(" + g.exact(t, e, depth-1) + g.comparison() + one(g.choices, []string{"ANY(", "ALL("}) + g.expr(column.ListOf(t), e, depth-1) + "))"
	}
	if g.n(3) == 0 {
		sql, _ := g.query(nil, e.inner(), queryLimits{depth: e.depth - 1})
		return "(" + one(g.choices, []string{"EXISTS (", "NOT EXISTS ("}) + sql + "))"
	}
	t := g.comparable()
	sql, _ := g.query([]column.Type{t}, e.inner(), queryLimits{depth: e.depth - 1})
	left := "(" + g.expr(t, e, depth-1)
	switch g.n(3) {
	case 0:
		return left + " IN (" + sql + "))"
	case 1:
		return left + " NOT IN (" + sql + "))"
	}
	return left + g.comparison() + one(g.choices, []string{"ANY (", "ALL ("}) + sql + "))"
}

// rows compares rows with each other, and with those of a query.
func (g *generator) rows(e *env, depth int) string {
	types := []column.Type{g.comparable(), g.comparable()}
	row := func() string {
		return "(" + list(g.expr(types[0], e, depth-1), g.expr(types[1], e, depth-1)) + ")"
	}
	switch g.n(4) {
	case 0:
		return "(" + row() + g.comparison() + row() + ")"
	case 1:
		return "(" + row() + one(g.choices, []string{" IN (", " NOT IN ("}) + list(row(), row()) + "))"
	case 2:
		return "(" + row() + one(g.choices, []string{" IS DISTINCT FROM ", " IS NOT DISTINCT FROM "}) + row() + ")"
	}
	if e.depth <= 0 {
		return "(" + row() + one(g.choices, []string{" IS NULL", " IS NOT NULL"}) + ")"
	}
	sql, _ := g.query(types, e.inner(), queryLimits{depth: e.depth - 1})
	return "(" + row() + one(g.choices, []string{" IN (", " NOT IN (", " = ANY (", " <> ALL ("}) + sql + "))"
}

// subquery is a scalar subquery: of one row, because it groups all or takes the first.
func (g *generator) subquery(t column.Type, e *env) string {
	if e.depth <= 0 {
		return g.leaf(t, e)
	}
	sql, _ := g.query([]column.Type{t}, e.inner(), queryLimits{depth: e.depth - 1, single: true})
	return "(" + sql + ")"
}

func spaced(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " ")
}
