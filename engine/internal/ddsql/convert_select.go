package ddsql

import (
	"github.com/multigres/multigres/go/common/parser/ast"

	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

func (c *converter) selectBlock(s *ast.SelectStmt) syntax.Body {
	out := &syntax.Select{Pos: -1}
	if s.IntoClause != nil {
		c.fail(c.firstUnused(), readOnly("SELECT INTO"))
		return out
	}
	var start span = nowhere
	if s.DistinctClause != nil {
		out.Distinct = len(s.DistinctClause.Items) == 0
		out.DistinctOn, start = c.exprs(s.DistinctClause)
	}
	var at span
	out.Items, at = c.items(s.TargetList)
	if start.first < 0 {
		start = at
	}
	out.From = c.from(s.FromClause)
	if s.WhereClause != nil {
		out.Where, _ = c.expr(s.WhereClause)
	}
	out.GroupBy = c.groupBy(s.GroupClause)
	out.GroupDistinct = s.GroupDistinct
	if s.HavingClause != nil {
		out.Having, _ = c.expr(s.HavingClause)
	}
	out.Windows = c.namedWindows(s.WindowClause)
	out.Pos = int(c.pos(c.wordBefore(start.first, "select", "table")))
	return out
}

// items converts the select list.
func (c *converter) items(list *ast.NodeList) ([]syntax.Item, span) {
	var out []syntax.Item
	all := nowhere
	for _, n := range items(list) {
		target, ok := n.(*ast.ResTarget)
		if !ok {
			c.unknown(n, -1)
			break
		}
		e, at := c.expr(target.Val)
		item := syntax.Item{Expr: e, Alias: syntax.Ident{Pos: -1}}
		if target.Name != "" {
			item.Alias, _ = c.ident(target.Name)
		}
		out = append(out, item)
		all = all.to(at)
	}
	return out, all
}

func (c *converter) orderBy(list *ast.NodeList) []syntax.OrderItem {
	var out []syntax.OrderItem
	for _, n := range items(list) {
		s, ok := n.(*ast.SortBy)
		if !ok {
			c.unknown(n, -1)
			break
		}
		e, at := c.expr(s.Node)
		item := syntax.OrderItem{Expr: e, Desc: s.SortbyDir == ast.SORTBY_DESC}
		if s.SortbyDir == ast.SORTBY_USING {
			c.fail(c.after(at.last), sqlerr.NotSupported("ORDER BY … USING"))
		}
		switch s.SortbyNulls {
		case ast.SORTBY_NULLS_FIRST:
			item.Nulls = syntax.NullsFirst
		case ast.SORTBY_NULLS_LAST:
			item.Nulls = syntax.NullsLast
		}
		out = append(out, item)
	}
	return out
}

var groupKinds = map[ast.GroupingSetKind]syntax.GroupKind{
	ast.GROUPING_SET_EMPTY: syntax.GroupEmpty, ast.GROUPING_SET_SETS: syntax.GroupSets,
	ast.GROUPING_SET_ROLLUP: syntax.GroupRollup, ast.GROUPING_SET_CUBE: syntax.GroupCube,
}

func (c *converter) groupBy(list *ast.NodeList) []syntax.GroupItem {
	var out []syntax.GroupItem
	for _, n := range items(list) {
		set, ok := n.(*ast.GroupingSet)
		if !ok {
			e, at := c.expr(n)
			out = append(out, syntax.GroupItem{Kind: syntax.GroupExpr, Exprs: []syntax.Expr{e}, Pos: int(c.pos(at.first))})
			continue
		}
		kind, known := groupKinds[set.Kind]
		if !known || !c.enter(-1) {
			c.unknown(n, -1)
			break
		}
		item := syntax.GroupItem{Kind: kind, Sets: c.groupBy(set.Content), Pos: -1}
		if len(item.Sets) > 0 && item.Sets[0].Pos >= 0 {
			item.Pos = int(c.pos(c.wordBefore(c.tokenAt(item.Sets[0].Pos), "rollup", "cube", "grouping")))
		}
		c.leave()
		out = append(out, item)
	}
	return out
}
