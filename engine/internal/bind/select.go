package bind

import (
	"slices"
	"strconv"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// target is one column of a select list, or an ORDER BY expression beside it.
type target struct {
	name  string
	expr  plan.Expr
	table *nsCol // the column it is, for metadata
}

// selectBinder binds one SELECT block with the ORDER BY that belongs to it.
type selectBinder struct {
	b     *Binder
	sel   *syntax.Select
	ctes  *cteEnv
	from  *fromItem
	scope *scope

	targets []target
	visible int // how many targets the query shows; the rest are for ORDER BY
	where   plan.Expr
	having  plan.Expr
	group   *grouping
	on      []int // DISTINCT ON: indexes into targets
	order   []orderRef
	windows map[string]*syntax.Window
	// unused holds an aggregate of a named window that no function uses: it makes the query a grouped one all the same.
	unused []plan.Expr
}

// orderRef is an ORDER BY element: an index into targets.
type orderRef struct {
	target int
	item   syntax.OrderItem
}

// selectBlock binds SELECT … with its ORDER BY; the keys it gives are over its output, for WITH TIES, and the scope is for LIMIT.
func (b *Binder) selectBlock(sel *syntax.Select, order []syntax.OrderItem, outer *scope, ctes *cteEnv) (plan.Node, []plan.SortKey, *scope, error) {
	recursive := false
	f := &fromBinder{b: b, outer: outer, ctes: ctes, recursive: &recursive}
	from, err := f.list(sel.From)
	if err != nil {
		return nil, nil, nil, err
	}
	s := &selectBinder{b: b, sel: sel, ctes: ctes, from: from, scope: &scope{from: from, parent: outer.parent, border: outer.border, unreachable: outer.unreachable}}
	for _, step := range []func([]syntax.OrderItem) error{s.bindWindows, s.checkWindows, s.bindItems, s.bindWhere, s.bindGroup, s.bindHaving, s.bindDistinctOn, s.bindOrder} {
		if err := step(order); err != nil {
			return nil, nil, nil, err
		}
	}
	if recursive && s.aggregates() {
		return nil, nil, nil, sqlerr.New(sqlerr.CodeInvalidRecursion, "aggregate functions are not allowed in a recursive query's recursive term").At(sel.Pos)
	}
	node, keys, err := s.plan()
	return node, keys, s.scope, err
}

func (s *selectBinder) binder(clause string) *exprBinder {
	return &exprBinder{b: s.b, scope: s.scope, ctes: s.ctes, clause: clause, windows: s.windows}
}

func (s *selectBinder) bindWindows([]syntax.OrderItem) error {
	s.windows = map[string]*syntax.Window{}
	for _, w := range s.sel.Windows {
		if s.windows[w.Name.Name] != nil {
			return sqlerr.New(sqlerr.CodeWindowing, "window %q is already defined", w.Name.Name).At(w.Name.Pos)
		}
		merged, err := mergeWindow(w.Spec, s.windows)
		if err != nil {
			return err
		}
		s.windows[w.Name.Name] = merged
	}
	return nil
}

// checkWindows binds the named windows, whether they are used or not.
func (s *selectBinder) checkWindows([]syntax.OrderItem) error {
	x := s.binder("window definitions")
	x.aggs = true
	for _, w := range s.sel.Windows {
		call := &plan.WindowCall{}
		if err := x.over(call, s.windows[w.Name.Name]); err != nil {
			return err
		}
		s.unused = append(s.unused, plan.WindowChildren(call)...)
	}
	return nil
}

func (s *selectBinder) bindItems([]syntax.OrderItem) error {
	x := s.binder("SELECT")
	x.aggs, x.wins = true, true
	for _, item := range s.sel.Items {
		if star, ok := item.Expr.(*syntax.Star); ok {
			if err := s.star(star); err != nil {
				return err
			}
			continue
		}
		e, err := x.expr(item.Expr)
		if err != nil {
			return err
		}
		t := target{name: item.Alias.Name, expr: e}
		if t.name == "" {
			t.name = outputName(item.Expr)
		}
		if ref, ok := item.Expr.(*syntax.Column); ok {
			t.table, _ = s.from.find(ref)
		}
		s.targets = append(s.targets, t)
	}
	s.visible = len(s.targets)
	return s.width(s.sel.Pos)
}

func (s *selectBinder) star(star *syntax.Star) error {
	cols := s.from.cols
	if len(star.Table) > 0 {
		rels := s.from.relations(star.Table)
		name := star.Table[len(star.Table)-1].Name
		if len(rels) == 0 {
			if alias := s.scope.aliasOf(name); alias != "" {
				return hiddenTable(name, alias).At(star.Offset())
			}
			err := sqlerr.New(sqlerr.CodeUndefinedTable, "missing FROM-clause entry for table %q", name).At(star.Offset())
			if near := sqlerr.Nearest(name, s.scope.relationNames()); near != "" {
				err.WithHint("did you mean " + plan.QuoteName(near) + "?")
			}
			return err
		}
		cols = rels[0].cols
	} else if len(s.sel.From) == 0 {
		return sqlerr.New(sqlerr.CodeSyntax, "SELECT * with no tables specified is not valid").At(star.Offset())
	}
	for _, c := range cols {
		s.targets = append(s.targets, target{name: c.name, expr: c.at(star.Offset()), table: c})
	}
	return s.width(star.Offset())
}

// maxColumns is PostgreSQL's bound on the columns of a select list.
const maxColumns = 1664

func (s *selectBinder) width(pos int) error {
	if len(s.targets) > maxColumns {
		return sqlerr.New(sqlerr.CodeTooManyColumns, "target lists can have at most %d entries", maxColumns).At(pos)
	}
	return nil
}

func (s *selectBinder) bindWhere([]syntax.OrderItem) (err error) {
	if s.sel.Where != nil {
		s.where, err = s.binder("WHERE").condition(s.sel.Where, "WHERE")
	}
	return err
}

func (s *selectBinder) bindHaving([]syntax.OrderItem) (err error) {
	if s.sel.Having != nil {
		x := s.binder("HAVING")
		x.aggs = true
		if s.sel.HavingAliases {
			x.aliases = s.sel.Items
		}
		s.having, err = x.condition(s.sel.Having, "HAVING")
	}
	return err
}

// aliased is the expression that a name is the only alias of; nil if there is none. Names within it are columns.
func (x *exprBinder) aliased(c *syntax.Column) (meant syntax.Expr) {
	if len(c.Parts) != 1 {
		return nil
	}
	for _, item := range x.aliases {
		if item.Alias.Name != c.Parts[0].Name {
			continue
		}
		if meant != nil {
			return nil
		}
		meant = item.Expr
	}
	if other, ok := meant.(*syntax.Column); ok && len(other.Parts) == 1 && other.Parts[0].Name == c.Parts[0].Name {
		return nil // it is itself, and not known
	}
	return meant
}

func (s *selectBinder) bindDistinctOn([]syntax.OrderItem) error {
	for _, e := range s.sel.DistinctOn {
		i, err := s.targetOf(e, "SELECT DISTINCT ON", true)
		if err == nil {
			err = comparable(s.targets[i].expr, "equality")
		}
		if err != nil {
			return err
		}
		if !slices.Contains(s.on, i) {
			s.on = append(s.on, i)
		}
	}
	return nil
}

func (s *selectBinder) bindOrder(order []syntax.OrderItem) error {
	for _, item := range order {
		i, err := s.targetOf(item.Expr, "ORDER BY", !s.sel.Distinct)
		if err != nil {
			return err
		}
		if i < 0 {
			return sqlerr.New(sqlerr.CodeInvalidColumnRef, "for SELECT DISTINCT, ORDER BY expressions must appear in select list").At(item.Expr.Offset())
		}
		if err := comparable(s.targets[i].expr, "ordering"); err != nil {
			return err
		}
		s.order = append(s.order, orderRef{target: i, item: item})
	}
	return nil
}

// targetOf finds what an ORDER BY or DISTINCT ON element means, as PostgreSQL does: the name of an output column, else a position, else an
// expression over the input, equal to an output column or added beside them (-1 if it would have to be and may not).
func (s *selectBinder) targetOf(e syntax.Expr, clause string, add bool) (int, error) {
	if ref, ok := e.(*syntax.Column); ok && len(ref.Parts) == 1 {
		i, err := s.byName(ref, clause)
		if i >= 0 || err != nil {
			return i, err
		}
	}
	if i, ok, err := ordinal(e, s.visible, clause); ok || err != nil {
		return i, err
	}
	x := s.binder(clause)
	x.aggs, x.wins = true, true
	bound, err := x.expr(e)
	if err != nil {
		return 0, err
	}
	if bound, err = s.b.settleExpr(bound); err != nil {
		return 0, err
	}
	print := s.b.prints.Of(bound)
	for i, t := range s.targets {
		if s.b.prints.Of(t.expr) == print {
			return i, nil
		}
	}
	if !add {
		return -1, nil
	}
	s.targets = append(s.targets, target{name: "?order?", expr: bound})
	return len(s.targets) - 1, nil
}

func (s *selectBinder) byName(ref *syntax.Column, clause string) (int, error) {
	found, print := -1, 0
	for i, t := range s.targets[:s.visible] {
		if !means(ref.Parts[0], t.name) {
			continue
		}
		p := s.b.prints.Of(t.expr)
		if found >= 0 && p != print {
			return -1, sqlerr.New(sqlerr.CodeAmbiguousColumn, "%s %q is ambiguous", clause, t.name).At(ref.Offset())
		}
		if found < 0 {
			found, print = i, p
		}
	}
	return found, nil
}

// ordinal reads an integer constant that counts output columns; ok is false when e is something else.
func ordinal(e syntax.Expr, columns int, clause string) (int, bool, error) {
	sign := ""
	if op, ok := e.(*syntax.Op); ok && op.Left == nil && op.Sign == "-" {
		sign, e = "-", op.Right
	}
	lit, ok := e.(*syntax.Literal)
	if !ok || sign != "" && lit.Kind != syntax.IntLit && lit.Kind != syntax.DecimalLit {
		return 0, false, nil
	}
	n, err := strconv.Atoi(sign + lit.Text)
	if lit.Kind != syntax.IntLit || err != nil {
		return 0, false, sqlerr.New(sqlerr.CodeSyntax, "non-integer constant in %s", clause).At(e.Offset())
	}
	if n < 1 || n > columns {
		return 0, false, sqlerr.New(sqlerr.CodeInvalidColumnRef, "%s position %d is not in select list", clause, n).At(e.Offset())
	}
	return n - 1, true, nil
}

// plan stacks the operators: filter, aggregate, having, window, project, distinct, sort.
func (s *selectBinder) plan() (plan.Node, []plan.SortKey, error) {
	node := s.from.node
	if s.where != nil {
		node = &plan.Filter{Input: node, Cond: s.where}
	}
	var err error
	if s.group != nil || s.aggregates() {
		if node, err = s.aggregate(node); err != nil {
			return nil, nil, err
		}
	}
	if node, err = s.window(node); err != nil {
		return nil, nil, err
	}
	project := &plan.Project{Input: node}
	for i := range s.targets {
		t := &s.targets[i]
		if i >= s.visible {
			if t.expr, err = s.b.settleExpr(t.expr); err != nil {
				return nil, nil, err
			}
		}
		project.Exprs = append(project.Exprs, t.expr)
		c := plan.Col{Name: t.name, Type: t.expr.Type()}
		if t.table != nil {
			c.Table, c.Origin = t.table.table, t.table.field
		}
		project.Cols = append(project.Cols, c)
	}
	return s.finish(project)
}

// finish adds DISTINCT and ORDER BY above the projection, and drops the columns that were only there for them.
func (s *selectBinder) finish(project *plan.Project) (plan.Node, []plan.SortKey, error) {
	var node plan.Node = project
	if s.sel.Distinct || len(s.order) > 0 || len(s.on) > 0 {
		settled, err := s.b.settle(project)
		if err != nil {
			return nil, nil, err
		}
		node = settled
	}
	if s.sel.Distinct {
		if err := comparableColumns(node, s.sel.Pos); err != nil {
			return nil, nil, err
		}
		node = &plan.Distinct{Input: node}
	}
	cols := node.Columns()
	ref := func(i int, pos int) plan.Expr {
		return &plan.ColRef{Pos: plan.Pos(pos), Index: i, Typ: cols[i].Type, Name: cols[i].Name}
	}
	var keys []plan.SortKey
	for _, o := range s.order {
		keys = append(keys, sortKey(o.item, ref(o.target, o.item.Expr.Offset())))
	}
	if len(keys) > 0 {
		node = &plan.Sort{Input: node, Keys: keys}
	}
	if len(s.on) > 0 {
		d, err := s.distinctOn(node, ref)
		if err != nil {
			return nil, nil, err
		}
		node = d
	}
	if len(s.targets) == s.visible {
		return node, keys, nil
	}
	out := &plan.Project{Input: node, Cols: append([]plan.Col(nil), cols[:s.visible]...)}
	for i := range s.visible {
		out.Exprs = append(out.Exprs, ref(i, -1))
	}
	return out, keys, nil
}

// distinctOn checks that the ORDER BY starts with the DISTINCT ON expressions, in any order.
func (s *selectBinder) distinctOn(node plan.Node, ref func(int, int) plan.Expr) (plan.Node, error) {
	d := &plan.Distinct{Input: node}
	for k, i := range s.on {
		d.On = append(d.On, ref(i, s.sel.DistinctOn[k].Offset()))
	}
	matched := map[int]bool{}
	for _, o := range s.order {
		if !slices.Contains(s.on, o.target) {
			if len(matched) < len(s.on) {
				return nil, sqlerr.New(sqlerr.CodeInvalidColumnRef, "SELECT DISTINCT ON expressions must match initial ORDER BY expressions").
					At(s.sel.DistinctOn[0].Offset())
			}
			break
		}
		matched[o.target] = true
	}
	return d, nil
}

// settleExpr gives an expression of undecided type the type text.
func (b *Binder) settleExpr(e plan.Expr) (plan.Expr, error) {
	if e.Type() != column.Unknown {
		return e, nil
	}
	return b.coerce(e, column.Text, 0)
}
