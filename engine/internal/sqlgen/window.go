package sqlgen

import (
	"strings"

	"github.com/credsql/credsql/engine/column"
)

// window makes a window function call. Its order leaves no two different rows equal wherever their order shows.
func (g *generator) window(t column.Type, e *env, depth int) string {
	in := *e
	in.total = nil
	total := e.total
	if e.alike {
		e.total = nil
	}
	partition := ""
	if g.n(2) == 1 {
		partition = "PARTITION BY " + g.expr(g.comparable(), &in, 1)
	}
	if g.chance(30) {
		if sql := g.rangeFrame(t, &in, partition); sql != "" {
			return sql
		}
	}
	call := g.windowCall(t, &in, min(depth, 2)-1)
	var keys []string
	if g.n(2) == 1 {
		keys = append(keys, g.expr(g.comparable(), &in, 1)+g.direction())
	}
	keys = append(keys, total...)
	return settledWindow(call+" OVER ("+spaced(partition, "ORDER BY "+list(keys...), g.frame())+")", t)
}

func settledWindow(sql string, t column.Type) string {
	if t == column.Float64 || t == column.Int64 {
		return cast(sql, t)
	}
	return sql
}

func (g *generator) direction() string {
	return one(g.choices, []string{"", " DESC", " NULLS FIRST", " DESC NULLS LAST"})
}

func (g *generator) windowCall(t column.Type, in *env, depth int) string {
	value := func() string { return g.exact(t, in, depth) }
	switch g.n(8) {
	case 0:
		return "lag(" + value() + ")"
	case 1:
		return "lead(" + list(value(), g.small(), value()) + ")"
	case 2:
		return "first_value(" + value() + ")"
	case 3:
		return "last_value(" + value() + ")"
	case 4:
		return "nth_value(" + value() + ", " + one(g.choices, []string{"1", "2", "3"}) + ")"
	}
	switch t {
	case column.Int64:
		if name := one(g.choices, []string{"row_number()", "rank()", "dense_rank()", "ntile(3)", ""}); name != "" {
			return name
		}
	case column.Float64:
		if name := one(g.choices, []string{"percent_rank()", "cume_dist()", ""}); name != "" {
			return name
		}
	}
	return g.aggregateOver(t, in, depth)
}

func (g *generator) aggregateOver(t column.Type, in *env, depth int) string {
	list := g.calls.aggregates[t]
	if len(list) == 0 {
		return "first_value(" + g.exact(t, in, depth) + ")"
	}
	o := one(g.choices, list)
	if failing[o.Func.Name] && !g.risky || strings.Contains(" approx_percentile percentile_disc percentile_cont mode ", " "+o.Func.Name+" ") {
		return "last_value(" + g.exact(t, in, depth) + ")"
	}
	sql := g.aggregateCall(o, g.element(o, t), in, depth, true)
	if g.chance(20) {
		sql += " FILTER (WHERE " + g.condition(in, 1) + ")"
	}
	return sql
}

// frame is a frame clause of ROWS or GROUPS, or none.
func (g *generator) frame() string {
	if g.n(2) == 0 {
		return ""
	}
	mode := one(g.choices, []string{"ROWS ", "GROUPS ", "RANGE "})
	starts := []string{"UNBOUNDED PRECEDING", "CURRENT ROW", "2 PRECEDING", "1 FOLLOWING", "0 PRECEDING"}
	ends := []string{"CURRENT ROW", "UNBOUNDED FOLLOWING", "1 PRECEDING", "2 FOLLOWING", "1 FOLLOWING"}
	if mode == "RANGE " {
		starts, ends = starts[:2], ends[:2]
	}
	s, f := g.n(len(starts)), g.n(len(ends))
	if starts[s] == "CURRENT ROW" && f == 2 || starts[s] == "1 FOLLOWING" && (f == 0 || f == 2) {
		f = 1
	}
	return mode + "BETWEEN " + starts[s] + " AND " + ends[f] + one(g.choices, []string{"", " EXCLUDE CURRENT ROW", " EXCLUDE GROUP", " EXCLUDE TIES", " EXCLUDE NO OTHERS"})
}

// rangeFrame is an aggregate over RANGE with offsets, whose one key may have equal rows: no order shows. "" when there is none of the type.
func (g *generator) rangeFrame(t column.Type, in *env, partition string) string {
	calls := map[column.Type][]string{
		column.Int64:      {"count(*)", "sum(%)", "min(%)"},
		column.Float64:    {"sum(%)", "max(%)", "avg(%)"},
		column.Text:       {"min(%)", "max(%)"},
		column.TimestampT: {"min(%)", "max(%)"},
	}[t]
	if len(calls) == 0 {
		return ""
	}
	key := one(g.choices, []column.Type{column.Int64, column.Float64, column.TimestampT})
	offsets := map[column.Type][]string{column.Int64: {"1", "0", "10"}, column.Float64: {"DECIMAL '1.5'", "DECIMAL '0'"},
		column.TimestampT: {"INTERVAL '30 days'", "INTERVAL '1 month'", "INTERVAL '00:00:01'"}}[key]
	offset := func() string { return one(g.choices, offsets) }
	bounds := one(g.choices, []string{"BETWEEN ? PRECEDING AND CURRENT ROW", "BETWEEN ? PRECEDING AND ? FOLLOWING", "BETWEEN CURRENT ROW AND ? FOLLOWING",
		"BETWEEN UNBOUNDED PRECEDING AND ? PRECEDING", "BETWEEN ? FOLLOWING AND UNBOUNDED FOLLOWING"})
	for strings.Contains(bounds, "?") {
		bounds = strings.Replace(bounds, "?", offset(), 1)
	}
	call := strings.ReplaceAll(one(g.choices, calls), "%", g.exact(t, in, 1))
	exclude := one(g.choices, []string{"", " EXCLUDE CURRENT ROW", " EXCLUDE GROUP", " EXCLUDE TIES"})
	return cast(call+" OVER ("+spaced(partition, "ORDER BY", g.exact(key, in, 1)+g.direction(), "RANGE", bounds)+exclude+")", t)
}
