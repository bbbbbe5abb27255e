package bind

import (
	"slices"
	"sort"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// grouping is a bound GROUP BY: the distinct key expressions, and which of them each grouping set has.
type grouping struct {
	keys   []plan.Expr
	prints map[int]int // a key's fingerprint -> its index
	sets   [][]int     // nil: one plain set of all keys
}

// maxGroupingSets bounds what CUBE and products of sets may expand to; PostgreSQL's own bound is 4096.
const maxGroupingSets = 4096

func (g *grouping) key(e plan.Expr, print int) int {
	i, known := g.prints[print]
	if !known {
		i = len(g.keys)
		g.keys = append(g.keys, e)
		g.prints[print] = i
	}
	return i
}

func (s *selectBinder) bindGroup([]syntax.OrderItem) error {
	if len(s.sel.GroupBy) == 0 {
		return nil
	}
	g := &grouping{prints: map[int]int{}}
	s.group = g
	sets, plain := [][]int{{}}, true
	for _, item := range s.sel.GroupBy {
		part, err := s.groupItem(g, item)
		if err != nil {
			return err
		}
		plain = plain && item.Kind == syntax.GroupExpr
		if sets, err = product(sets, part, item.Pos); err != nil {
			return err
		}
	}
	if !plain {
		g.sets = sets
		if s.sel.GroupDistinct {
			g.sets = distinctSets(sets)
		}
	}
	return nil
}

// groupItem gives the grouping sets that one element of GROUP BY stands for.
func (s *selectBinder) groupItem(g *grouping, item syntax.GroupItem) ([][]int, error) {
	switch item.Kind {
	case syntax.GroupEmpty:
		return [][]int{{}}, nil
	case syntax.GroupExpr:
		keys, err := s.groupKeys(g, item.Exprs[0])
		return [][]int{keys}, err
	case syntax.GroupSets:
		var out [][]int
		for _, sub := range item.Sets {
			part, err := s.groupItem(g, sub)
			if err != nil {
				return nil, err
			}
			out = append(out, part...)
		}
		return out, nil
	}
	var units [][]int
	for _, sub := range item.Sets {
		part, err := s.groupItem(g, sub)
		if err != nil {
			return nil, err
		}
		units = append(units, part[0])
	}
	if item.Kind == syntax.GroupRollup {
		return rollup(units), nil
	}
	return cube(units, item.Pos)
}

func rollup(units [][]int) [][]int {
	var out [][]int
	for n := len(units); n >= 0; n-- {
		out = append(out, slices.Concat(units[:n]...))
	}
	return out
}

func cube(units [][]int, pos int) ([][]int, error) {
	if len(units) > 12 {
		return nil, sqlerr.New(sqlerr.CodeTooComplex, "CUBE is limited to 12 elements").At(pos)
	}
	var out [][]int
	for mask := 1<<len(units) - 1; mask >= 0; mask-- {
		set := []int{}
		for i, u := range units {
			if mask>>(len(units)-1-i)&1 == 1 {
				set = append(set, u...)
			}
		}
		out = append(out, set)
	}
	return out, nil
}

func product(a, b [][]int, pos int) ([][]int, error) {
	if len(a)*len(b) > maxGroupingSets {
		return nil, sqlerr.New(sqlerr.CodeTooComplex, "too many grouping sets present (maximum %d)", maxGroupingSets).At(pos)
	}
	var out [][]int
	for _, x := range a {
		for _, y := range b {
			out = append(out, slices.Concat(x, y))
		}
	}
	return out, nil
}

func distinctSets(sets [][]int) [][]int {
	var out [][]int
	seen := map[string]bool{}
	for _, set := range sets {
		sorted := slices.Clone(set)
		sort.Ints(sorted)
		sorted = slices.Compact(sorted)
		print := ""
		for _, i := range sorted {
			print += itoa(i) + ","
		}
		if !seen[print] {
			seen[print] = true
			out = append(out, set)
		}
	}
	return out
}

// groupKeys binds one GROUP BY expression: an input column by that name, else an output column's name or position, else an expression.
// A row stands for its elements.
func (s *selectBinder) groupKeys(g *grouping, e syntax.Expr) ([]int, error) {
	if row, ok := e.(*syntax.Row); ok {
		var out []int
		for _, item := range row.Items {
			keys, err := s.groupKeys(g, item)
			if err != nil {
				return nil, err
			}
			out = append(out, keys...)
		}
		return out, nil
	}
	bound, err := s.groupExpr(e)
	if err != nil {
		return nil, err
	}
	if err := s.noAggregates(bound, e); err != nil {
		return nil, err
	}
	if bound, err = s.b.settleExpr(bound); err != nil {
		return nil, err
	}
	if err := comparable(bound, "equality"); err != nil {
		return nil, err
	}
	return []int{g.key(bound, s.b.prints.Of(bound))}, nil
}

func (s *selectBinder) groupExpr(e syntax.Expr) (plan.Expr, error) {
	if ref, ok := e.(*syntax.Column); ok && len(ref.Parts) == 1 {
		c, err := s.from.find(ref)
		if err != nil {
			return nil, err
		}
		if c != nil {
			return c.at(ref.Offset()), nil
		}
		i, err := s.byName(ref, "GROUP BY")
		if err != nil {
			return nil, err
		}
		if i >= 0 {
			return s.targets[i].expr, nil
		}
	}
	if i, ok, err := ordinal(e, s.visible, "GROUP BY"); ok || err != nil {
		if err != nil {
			return nil, err
		}
		return s.targets[i].expr, nil
	}
	return s.binder("GROUP BY").expr(e)
}

// noAggregates refuses a key that is an output column holding an aggregate or a window function.
func (s *selectBinder) noAggregates(bound plan.Expr, e syntax.Expr) (err error) {
	plan.Visit(bound, func(x plan.Expr) bool {
		switch x.(type) {
		case *plan.AggExpr:
			err = sqlerr.New(sqlerr.CodeGrouping, "aggregate functions are not allowed in GROUP BY").At(e.Offset())
		case *plan.WindowExpr:
			err = sqlerr.New(sqlerr.CodeWindowing, "window functions are not allowed in GROUP BY").At(e.Offset())
		}
		return err == nil
	})
	return err
}

// aggregates says whether any clause has an aggregate, which makes the query a grouped one.
func (s *selectBinder) aggregates() bool {
	if s.having != nil {
		return true
	}
	found := false
	exprs := s.unused
	for _, t := range s.targets {
		exprs = append(exprs, t.expr)
	}
	for _, e := range exprs {
		plan.Visit(e, func(x plan.Expr) bool {
			switch x.(type) {
			case *plan.AggExpr, *plan.GroupingExpr:
				found = true
			}
			return !found
		})
	}
	return found
}

// aggregate puts the Aggregate below and makes every expression above read its columns.
func (s *selectBinder) aggregate(node plan.Node) (plan.Node, error) {
	g := s.group
	if g == nil {
		g = &grouping{}
	}
	agg := &plan.Aggregate{Input: node, Keys: g.keys, Sets: g.sets}
	r := &regroup{b: s.b, from: s.from, group: g, agg: agg, prints: map[int]int{}}
	var err error
	for i := range s.targets {
		if s.targets[i].expr, err = r.target(s.targets[i].expr); err != nil {
			return nil, err
		}
	}
	var having plan.Expr
	if s.having != nil {
		if having, err = r.expr(s.having); err != nil {
			return nil, err
		}
	}
	agg.Cols = r.columns()
	r.placeSet()
	if having == nil {
		return agg, nil
	}
	return &plan.Filter{Input: agg, Cond: having}, nil
}

// regroup rewrites expressions over the input into expressions over an Aggregate's columns.
type regroup struct {
	b      *Binder
	from   *fromItem
	group  *grouping
	agg    *plan.Aggregate
	prints map[int]int    // aggregate -> index
	setRef []*plan.ColRef // references to the set-index column, placed last
	err    error
}

func (r *regroup) expr(e plan.Expr) (plan.Expr, error) {
	out := r.rewrite(e)
	return out, r.err
}

// target rewrites a column of the select list. A constant that is grouped by is NULL in the rows of the sets without it; one inside an
// expression stays what it is.
func (r *regroup) target(e plan.Expr) (plan.Expr, error) {
	if c, ok := e.(*plan.Const); ok && r.agg.Sets != nil {
		settled, err := r.b.settleExpr(c)
		if err != nil {
			return nil, err
		}
		if i, ok := r.group.prints[r.b.prints.Of(settled)]; ok {
			return &plan.ColRef{Pos: c.Pos, Index: i, Typ: settled.Type()}, nil
		}
	}
	return r.expr(e)
}

func (r *regroup) rewrite(e plan.Expr) plan.Expr {
	if r.err != nil {
		return e
	}
	if _, isConst := e.(*plan.Const); !isConst {
		if i, ok := r.group.prints[r.b.prints.Of(e)]; ok {
			return &plan.ColRef{Pos: posOf(e), Index: i, Typ: e.Type(), Name: exprName(r.group.keys[i])}
		}
	}
	switch x := e.(type) {
	case *plan.AggExpr:
		return r.aggregate(x)
	case *plan.GroupingExpr:
		return r.grouping(x)
	case *plan.ColRef:
		r.err = sqlerr.New(sqlerr.CodeGrouping, "column %q must appear in the GROUP BY clause or be used in an aggregate function", r.from.qualified(x)).At(x.Offset()).
			WithHint("add it to GROUP BY, or wrap it: min(" + plan.QuoteName(x.Name) + "), max(…), array_agg(…)")
		return e
	case *plan.Subquery:
		for _, p := range x.Params {
			c, ok := p.Expr.(*plan.ColRef)
			if !ok {
				continue
			}
			if _, grouped := r.group.prints[r.b.prints.Of(c)]; !grouped {
				r.err = sqlerr.New(sqlerr.CodeGrouping, "subquery uses ungrouped column %q from outer query", r.from.qualified(c)).At(c.Offset())
				return e
			}
		}
	}
	return plan.Rewrite(e, r.rewrite)
}

func (r *regroup) aggregate(x *plan.AggExpr) plan.Expr {
	for _, d := range x.Call.Direct {
		r.direct(d)
	}
	print := r.b.prints.Of(x)
	i, ok := r.prints[print]
	if !ok {
		i = len(r.agg.Aggs)
		r.prints[print] = i
		r.agg.Aggs = append(r.agg.Aggs, x.Call)
	}
	return &plan.ColRef{Pos: x.Pos, Index: len(r.group.keys) + i, Typ: x.Call.Type, Name: x.Call.Name}
}

// direct checks a direct argument of an ordered-set aggregate, which is one for the group. It is computed over a row of the group.
func (r *regroup) direct(e plan.Expr) {
	if r.err != nil {
		return
	}
	r.rewrite(e)
	if len(plan.ColumnsOf(e)) > 0 && r.agg.Sets != nil && r.err == nil {
		r.err = sqlerr.NotSupported("a column as a direct argument of an ordered-set aggregate beside grouping sets").At(e.Offset())
	}
}

// grouping computes GROUPING(a, b): one bit an argument, set where the row's grouping set lacks it, the last argument lowest.
func (r *regroup) grouping(x *plan.GroupingExpr) plan.Expr {
	var keys []int
	for _, a := range x.Keys {
		i, ok := r.group.prints[r.b.prints.Of(a)]
		if !ok {
			r.err = sqlerr.New(sqlerr.CodeGrouping, "arguments to GROUPING must be grouping expressions of the associated query level").At(a.Offset())
			return x
		}
		keys = append(keys, i)
	}
	zero := &plan.Const{Pos: x.Pos, Val: int64(0), Typ: column.Int64}
	if r.agg.Sets == nil {
		return zero
	}
	out := &plan.Case{Pos: x.Pos, Else: zero, Typ: column.Int64}
	for n, set := range r.agg.Sets {
		bits := int64(0)
		for _, k := range keys {
			bits <<= 1
			if !slices.Contains(set, k) {
				bits |= 1
			}
		}
		ref := &plan.ColRef{Pos: x.Pos, Index: -1, Typ: column.Int64, Name: "grouping set"}
		r.setRef = append(r.setRef, ref)
		eq, err := r.b.operator("=", ref, &plan.Const{Pos: -1, Val: int64(n), Typ: column.Int64}, -1)
		if err != nil {
			r.err = err
			return x
		}
		out.Whens = append(out.Whens, plan.When{Cond: eq, Then: &plan.Const{Pos: -1, Val: bits, Typ: column.Int64}})
	}
	return out
}

// placeSet fills in where the set-index column is, once the number of aggregates is known.
func (r *regroup) placeSet() {
	for _, ref := range r.setRef {
		ref.Index = len(r.group.keys) + len(r.agg.Aggs)
	}
}

func (r *regroup) columns() []plan.Col {
	var cols []plan.Col
	for _, k := range r.group.keys {
		cols = append(cols, plan.Col{Name: exprName(k), Type: k.Type()})
	}
	for _, a := range r.agg.Aggs {
		cols = append(cols, plan.Col{Name: a.Name, Type: a.Type})
	}
	if r.agg.Sets != nil {
		cols = append(cols, plan.Col{Name: "grouping set", Type: column.Int64})
	}
	return cols
}
