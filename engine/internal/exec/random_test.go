package exec_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

var (
	randomStatements = flag.Int("random", 400, "how many random statements TestRandomAgree runs")
	randomLarge      = flag.Int("random-large", 12, "how many random statements TestRandomLargeAgrees runs")
)

// TestRandomAgree runs random statements both ways.
func TestRandomAgree(t *testing.T) {
	t.Parallel()
	fixtures := make([]*fixture, len(forms))
	for i, f := range forms {
		fixtures[i] = newFixture(t, f)
	}
	bound := 0
	for seed := range *randomStatements {
		g := &generator{rnd: rand.New(rand.NewPCG(uint64(seed), 17))}
		sql := g.query(2)
		x := fixtures[seed%len(fixtures)]
		if _, _, err := x.bind(sql); err != nil {
			t.Logf("%s: %v", sql, err)
			continue
		}
		bound++
		agree(t, x, sql, 1+seed%4)
	}
	if bound < *randomStatements*9/10 {
		t.Errorf("only %d of %d statements mean something", bound, *randomStatements)
	}
}

// TestRandomLargeAgrees runs random statements over 70,000 rows: several chunks, some of more than 64k rows, states of workers that are
// merged, many NULLs, texts of few and of many values.
func TestRandomLargeAgrees(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("rows take their time")
	}
	var fixtures []*fixture
	for _, f := range []form{{66_000, "coded"}, {9000, "mixed"}, {30_001, "arena"}} {
		fixtures = append(fixtures, newFixtureOf(t, f, 70_000))
	}
	for seed := range *randomLarge {
		g := &generator{rnd: rand.New(rand.NewPCG(uint64(seed), 29)), large: true}
		agree(t, fixtures[seed%len(fixtures)], g.query(2), 2+seed%3)
	}
}

// FuzzAgree runs the statement of a seed both ways.
func FuzzAgree(f *testing.F) {
	f.Add(uint64(1), uint8(2))
	fixtures := make([]*fixture, len(forms))
	for i, form := range forms {
		fixtures[i] = newFixture(f, form)
	}
	f.Fuzz(func(t *testing.T, seed uint64, form uint8) {
		g := &generator{rnd: rand.New(rand.NewPCG(seed, 23))}
		agree(t, fixtures[int(form)%len(fixtures)], g.query(2), 1+int(form)%4)
	})
}

// generator writes random statements over r, t and u that mean something.
type generator struct {
	rnd   *rand.Rand
	names int
	large bool // r has many rows: what takes time for each pair of them is left out
}

// source is something in FROM: its alias and its columns by type.
type source struct {
	alias string
	cols  map[string][]string
}

var tableColumns = map[string]map[string][]string{
	"r": {"int": {"id", "n", "none"}, "text": {"few", "many", "one"}, "float": {"f"}, "bool": {"b"}, "time": {"at"}},
	"t": {"int": {"id", "n"}, "text": {"g"}, "float": {"f"}, "bool": {"b"}, "time": {"at"}},
	"u": {"int": {"id", "t_id"}, "text": {"g", "w"}},
}

func pickOne[T any](g *generator, list ...T) T { return list[g.rnd.IntN(len(list))] }

func (g *generator) chance(percent int) bool { return g.rnd.IntN(100) < percent }

func (g *generator) alias() string {
	g.names++
	return fmt.Sprintf("a%d", g.names)
}

func (g *generator) table() (string, source) {
	name := pickOne(g, "r", "r", "t", "u")
	s := source{alias: g.alias(), cols: tableColumns[name]}
	return name + " " + s.alias, s
}

// small is a table of few rows.
func (g *generator) small() (string, source) {
	name := pickOne(g, "t", "u")
	s := source{alias: g.alias(), cols: tableColumns[name]}
	return name + " " + s.alias, s
}

// column is a column of one of the sources, of that type; a constant if there is none.
func (g *generator) column(typ string, from []source) string {
	switch typ {
	case "span":
		return "(" + g.column("time", from) + " - " + g.constant("time") + ")"
	case "list":
		return "ARRAY[" + g.column("text", from) + ", " + g.column("text", from) + "]"
	}
	for range 4 {
		s := from[g.rnd.IntN(len(from))]
		if names := s.cols[typ]; len(names) > 0 {
			return s.alias + "." + names[g.rnd.IntN(len(names))]
		}
	}
	return g.constant(typ)
}

func (g *generator) constant(typ string) string {
	switch typ {
	case "int":
		return fmt.Sprint(g.rnd.IntN(12) - 2)
	case "text":
		return pickOne(g, "'red'", "'user-3'", "'a'", "''", "'const'", "'b'")
	case "float":
		return pickOne(g, "2.5", "0.0", "-1.0", "'NaN'::decimal")
	case "bool":
		return pickOne(g, "true", "false", "NULL::boolean")
	case "span":
		return pickOne(g, "INTERVAL '1 day'", "INTERVAL '24 hours'", "INTERVAL '-3 days 01:00:00'")
	case "list":
		return pickOne(g, "ARRAY['red', 'user-3']", "ARRAY['a']")
	default:
		return pickOne(g, "TIMESTAMP '2024-02-29 00:00:00'", "TIMESTAMP '2023-12-01 00:00:00'")
	}
}

func (g *generator) value(typ string, depth int, from []source) string {
	if depth == 0 || g.chance(35) {
		if g.chance(75) {
			return g.column(typ, from)
		}
		return g.constant(typ)
	}
	sub := func(typ string) string { return g.value(typ, depth-1, from) }
	switch g.rnd.IntN(3) {
	case 0:
		return "CASE WHEN " + g.condition(depth-1, from) + " THEN " + sub(typ) + " ELSE " + sub(typ) + " END"
	case 1:
		return "coalesce(" + sub(typ) + ", " + sub(typ) + ")"
	}
	switch typ {
	case "int":
		if g.chance(5) {
			return sub("text") + "::bigint" // mostly an error, where a row gets there
		}
		return pickOne(g, "("+sub("int")+" + "+sub("int")+")", "("+sub("int")+" - "+sub("int")+")", "length("+sub("text")+")",
			"("+sub("int")+" / "+sub("int")+")", "("+sub("int")+" % 7)")
	case "text":
		return pickOne(g, "upper("+sub("text")+")", "("+sub("text")+" || "+sub("text")+")", sub("int")+"::varchar", "left("+sub("text")+", 3)")
	case "float":
		return pickOne(g, "("+sub("float")+" * 2)", sub("int")+"::decimal", "("+sub("float")+" / 3)")
	case "bool":
		return "(" + g.condition(depth-1, from) + ")"
	case "span":
		return "(" + sub("time") + " - " + sub("time") + ")"
	case "list":
		return "ARRAY[" + sub("text") + "]"
	default:
		return pickOne(g, "date_trunc('month', "+sub("time")+")", "("+sub("time")+" + INTERVAL '1 day')")
	}
}

var types = []string{"int", "int", "int", "text", "text", "text", "float", "float", "bool", "bool", "time", "time", "span", "list"}

func (g *generator) condition(depth int, from []source) string {
	if depth > 0 && g.chance(40) {
		a, b := g.condition(depth-1, from), g.condition(depth-1, from)
		return pickOne(g, "("+a+" AND "+b+")", "("+a+" OR "+b+")", "NOT ("+a+")", "("+a+") IS NOT TRUE")
	}
	typ := types[g.rnd.IntN(len(types))]
	v := g.value(typ, depth, from)
	switch g.rnd.IntN(6) {
	case 0:
		return v + pickOne(g, " IS NULL", " IS NOT NULL")
	case 1:
		return v + pickOne(g, " IN (", " NOT IN (") + g.constant(typ) + ", " + g.constant(typ) + ")"
	case 2:
		if typ == "text" {
			return v + pickOne(g, " LIKE '%r%'", " LIKE 'user-1%'", " NOT LIKE '%e'", " ILIKE 'B%'")
		}
	case 3:
		if depth > 0 {
			return g.subquery(typ, v, from)
		}
	}
	return v + pickOne(g, " = ", " <> ", " < ", " <= ", " > ", " >= ") + g.value(typ, 0, from)
}

func (g *generator) subquery(typ, v string, from []source) string {
	table, s := g.table()
	inner := []source{s}
	where := ""
	if !g.large && g.chance(50) {
		where = " WHERE " + g.column("int", inner) + " = " + g.column("int", from)
	}
	switch g.rnd.IntN(3) {
	case 0:
		return pickOne(g, "", "NOT ") + "EXISTS (SELECT 1 FROM " + table + where + ")"
	case 1:
		return v + pickOne(g, " IN", " NOT IN") + " (SELECT " + g.column(typ, inner) + " FROM " + table + where + ")"
	default:
		return v + " = (SELECT " + pickOne(g, "max", "min") + "(" + g.column(typ, inner) + ") FROM " + table + where + ")"
	}
}

// from writes a FROM clause.
func (g *generator) from() (string, []source) {
	text, s := g.table()
	sources := []source{s}
	for g.chance(35) && len(sources) < 3 {
		more, s := g.table()
		if g.large {
			more, s = g.small()
		}
		next := append(append([]source(nil), sources...), s)
		typ := pickOne(g, "int", "text")
		on := g.column(typ, sources) + " = " + g.column(typ, []source{s})
		if g.chance(40) {
			on += " AND " + g.condition(1, next)
		}
		text += pickOne(g, " JOIN ", " JOIN ", " LEFT JOIN ", " RIGHT JOIN ", " FULL JOIN ") + more + " ON " + on
		sources = next
	}
	return text, sources
}

// query writes a statement of one of several shapes.
func (g *generator) query(depth int) string {
	text, sources := g.from()
	where := ""
	if g.chance(60) {
		where = " WHERE " + g.condition(depth, sources)
	}
	switch g.rnd.IntN(6) {
	case 0, 1:
		return g.plain(text, where, depth, sources)
	case 2, 3:
		return g.grouped(text, where, depth, sources)
	case 4:
		return g.windowed(text, where, sources)
	default:
		typ := types[g.rnd.IntN(len(types))]
		other, more := g.from()
		return "SELECT " + g.value(typ, 1, sources) + " FROM " + text + where +
			pickOne(g, " UNION ", " UNION ALL ", " INTERSECT ", " EXCEPT ", " EXCEPT ALL ", " INTERSECT ALL ") +
			"SELECT " + g.value(typ, 1, more) + " FROM " + other
	}
}

func (g *generator) plain(text, where string, depth int, sources []source) string {
	var cols, order []string
	for range 1 + g.rnd.IntN(3) {
		cols = append(cols, g.value(types[g.rnd.IntN(len(types))], depth, sources))
	}
	sql := "SELECT " + pickOne(g, "", "", "DISTINCT ") + strings.Join(cols, ", ") + " FROM " + text + where
	if g.chance(50) {
		for range 1 + g.rnd.IntN(2) {
			order = append(order, fmt.Sprint(1+g.rnd.IntN(len(cols)))+pickOne(g, "", " DESC", " NULLS FIRST", " DESC NULLS LAST"))
		}
		sql += " ORDER BY " + strings.Join(order, ", ")
	}
	if g.chance(40) {
		sql += fmt.Sprintf(" LIMIT %d", g.rnd.IntN(30))
	}
	if g.chance(20) {
		sql += fmt.Sprintf(" OFFSET %d", g.rnd.IntN(20))
	}
	return sql
}

func (g *generator) aggregate(sources []source) string {
	typ := types[g.rnd.IntN(len(types))]
	v := g.value(typ, 1, sources)
	call := ""
	switch g.rnd.IntN(6) {
	case 0:
		call = "count(*)"
	case 1:
		call = "count(" + pickOne(g, "", "DISTINCT ") + v + ")"
	case 2:
		call = pickOne(g, "sum", "avg") + "(" + pickOne(g, "", "DISTINCT ") + g.value(pickOne(g, "int", "float"), 1, sources) + ")"
	case 3:
		if typ == "list" {
			call = "count(" + v + ")"
			break
		}
		if typ == "bool" {
			call = pickOne(g, "bool_and", "bool_or") + "(" + v + ")"
			break
		}
		call = pickOne(g, "min", "max") + "(" + v + ")"
	case 4:
		call = "array_agg(" + pickOne(g, v, "DISTINCT "+v, v+" ORDER BY "+g.column("int", sources)+" DESC") + ")"
	default:
		call = pickOne(g, "percentile_disc(0.5)", "percentile_cont(0.3)", "approx_percentile(0.9)") +
			" WITHIN GROUP (ORDER BY " + g.value(pickOne(g, "int", "float"), 1, sources) + pickOne(g, "", " DESC") + ")"
	}
	if g.chance(25) {
		call += " FILTER (WHERE " + g.condition(1, sources) + ")"
	}
	return call
}

func (g *generator) grouped(text, where string, depth int, sources []source) string {
	var keys, cols []string
	for range g.rnd.IntN(3) {
		keys = append(keys, g.value(types[g.rnd.IntN(len(types))], depth-1, sources))
	}
	for range 1 + g.rnd.IntN(3) {
		cols = append(cols, g.aggregate(sources))
	}
	sql := "SELECT " + strings.Join(append(append([]string(nil), keys...), cols...), ", ") + " FROM " + text + where
	if len(keys) == 0 {
		return sql
	}
	places := make([]string, len(keys))
	for i := range keys {
		places[i] = fmt.Sprint(i + 1)
	}
	list := strings.Join(places, ", ")
	sql += " GROUP BY " + pickOne(g, list, list, "ROLLUP ("+list+")")
	if g.chance(30) {
		sql += " HAVING count(*) > 1"
	}
	if g.chance(30) {
		sql += fmt.Sprintf(" ORDER BY %d, 1 LIMIT 5", len(keys)+1)
	}
	return sql
}

func (g *generator) windowed(text, where string, sources []source) string {
	over := "OVER ("
	if g.chance(70) {
		over += "PARTITION BY " + g.value(pickOne(g, "text", "bool", "int"), 1, sources) + " "
	}
	over += "ORDER BY " + g.value(types[g.rnd.IntN(len(types))], 1, sources) + pickOne(g, "", " DESC") + ", " + g.column("int", sources) + ")"
	call := pickOne(g, "row_number()", "rank()", "row_number()", "count(*)", "sum("+g.column("int", sources)+")", "lag("+g.column("text", sources)+")")
	sql := "SELECT " + g.column("int", sources) + " AS x, " + call + " " + over + " AS w FROM " + text + where
	if strings.HasSuffix(call, "r()") || call == "rank()" {
		return "SELECT * FROM (" + sql + ") s WHERE w " + pickOne(g, "<= 3", "< 2", "= 1", "> 4")
	}
	return sql
}
