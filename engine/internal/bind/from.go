package bind

import (
	"slices"
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// fromBinder binds one FROM list.
type fromBinder struct {
	b     *Binder
	outer *scope // beyond this query
	ctes  *cteEnv
	// recursive is set when an element is the recursive definition that this query is a term of.
	recursive *bool
}

// within binds elements of a part of the FROM list that recursion may not cross.
func (f *fromBinder) within(what string) *fromBinder {
	in := *f
	in.ctes = f.ctes.within(what)
	return &in
}

// list binds the comma-separated elements as a chain of cross joins, each seeing those before it when it is lateral.
func (f *fromBinder) list(items []syntax.TableExpr) (*fromItem, error) {
	if len(items) == 0 {
		return &fromItem{node: &plan.Values{Rows: [][]plan.Expr{{}}}}, nil
	}
	left, err := f.item(items[0], f.outer)
	if err != nil {
		return nil, err
	}
	for _, item := range items[1:] {
		left, err = f.join(left, item, &syntax.Join{Kind: syntax.CrossJoin, Pos: -1}, f.outer)
		if err != nil {
			return nil, err
		}
	}
	return left, nil
}

// item binds one element. lateral is what a lateral element may refer to.
func (f *fromBinder) item(t syntax.TableExpr, lateral *scope) (*fromItem, error) {
	if err := f.b.enter(); err != nil {
		return nil, err
	}
	defer func() { f.b.depth-- }()
	switch t := t.(type) {
	case *syntax.Table:
		return f.table(t)
	case *syntax.Derived:
		return f.derived(t, lateral)
	case *syntax.TableFunc:
		return f.function(t, lateral)
	case *syntax.Join:
		side := f
		if t.Kind == syntax.RightJoin || t.Kind == syntax.FullJoin {
			side = f.within("an outer join")
		}
		left, err := side.item(t.Left, lateral)
		if err != nil {
			return nil, err
		}
		joined, err := f.join(left, t.Right, t, lateral)
		if err != nil || t.Alias.Name.Name == "" {
			return joined, err
		}
		return f.aliasJoin(joined, t.Alias)
	}
	return nil, sqlerr.NotSupported("this element of FROM")
}

func (f *fromBinder) table(t *syntax.Table) (*fromItem, error) {
	if t.Schema.Name == "" {
		if e, barrier := f.ctes.find(t.Name); e != nil {
			return f.cteRef(t, e, barrier)
		}
	}
	def := f.b.Catalog.Table(folded(t.Schema), folded(t.Name))
	if def == nil {
		return nil, f.undefinedTable(t)
	}
	scan := &plan.Scan{Table: def}
	for i := range def.Columns {
		scan.Fields = append(scan.Fields, i)
	}
	if t.Alias.Name.Name == "" {
		return newFrom(scan, def.Schema, def.Name), nil
	}
	item, err := aliased(scan, t.Alias)
	if err == nil {
		item.rels[0].behind = def.Name
	}
	return item, err
}

// folded is a table's name as the catalogue has it, whose names are in lower case.
func folded(id syntax.Ident) string {
	if id.AnyCase {
		return strings.ToLower(id.Name)
	}
	return id.Name
}

func (f *fromBinder) cteRef(t *syntax.Table, e *cteEnv, barrier string) (*fromItem, error) {
	if err := e.refer(barrier, t.Name.Pos); err != nil {
		return nil, err
	}
	if e.used != nil {
		*f.recursive = true
	}
	ref := &plan.CTERef{ID: e.id, Name: e.name, Cols: e.cols}
	if t.Alias.Name.Name == "" {
		return newFrom(ref, "", e.name), nil
	}
	item, err := aliased(ref, t.Alias)
	if err == nil {
		item.rels[0].behind = e.name
	}
	return item, err
}

func (f *fromBinder) undefinedTable(t *syntax.Table) error {
	name, pos := t.Name.Name, t.Name.Pos
	if t.Schema.Name != "" {
		name, pos = t.Schema.Name+"."+name, t.Schema.Pos
	}
	err := sqlerr.New(sqlerr.CodeUndefinedTable, "relation %q does not exist", name).At(pos)
	names := f.b.Catalog.Names()
	for e := f.ctes; e != nil; e = e.outer {
		if e.barrier == "" {
			names = append(names, e.name)
		}
	}
	if near := sqlerr.Nearest(name, names); near != "" {
		return err.WithHint("did you mean " + near + "?")
	}
	if len(names) == 0 || len(names) > 8 {
		return err
	}
	return err.WithHint("the tables are " + strings.Join(names, ", "))
}

// aliased names a node as its alias says, renaming its first columns if the alias has a list.
func aliased(node plan.Node, a syntax.Alias) (*fromItem, error) {
	item := newFrom(node, "", a.Name.Name)
	if len(a.Columns) > len(item.cols) {
		return nil, sqlerr.New(sqlerr.CodeInvalidColumnRef, "table %q has %d columns available but %d columns specified",
			a.Name.Name, len(item.cols), len(a.Columns)).At(a.Name.Pos)
	}
	for i, c := range a.Columns {
		item.cols[i].name = c.Name
	}
	return item, nil
}

func (f *fromBinder) aliasJoin(j *fromItem, a syntax.Alias) (*fromItem, error) {
	if len(a.Columns) > len(j.cols) {
		return nil, sqlerr.New(sqlerr.CodeInvalidColumnRef, "table %q has %d columns available but %d columns specified",
			a.Name.Name, len(j.cols), len(a.Columns)).At(a.Name.Pos)
	}
	for i, c := range a.Columns {
		j.cols[i].name = c.Name
	}
	j.rels = []*relation{{name: a.Name.Name, cols: j.cols}}
	return j, nil
}

func (f *fromBinder) derived(t *syntax.Derived, lateral *scope) (*fromItem, error) {
	outer := &scope{parent: f.outer.parent, border: f.outer.border}
	if t.Lateral {
		outer = &scope{parent: lateral.parent, border: lateral.border}
	} else {
		outer.unreachable = siblings(lateral)
	}
	node, err := f.b.query(t.Query, outer, f.ctes)
	if err != nil {
		return nil, err
	}
	if node, err = f.b.settle(node); err != nil {
		return nil, err
	}
	return aliased(node, t.Alias)
}

// siblings are the FROM elements to the left, which a subquery may not see without LATERAL.
func siblings(lateral *scope) *fromItem {
	if lateral.parent != nil && lateral.border != nil {
		return lateral.parent.from
	}
	return nil
}

// join binds the right side of a join, lateral references to the left included, and joins.
func (f *fromBinder) join(left *fromItem, rightExpr syntax.TableExpr, j *syntax.Join, lateral *scope) (*fromItem, error) {
	border := f.b.newBorder()
	// The right side's outer rows are the left side's, and beyond them what was lateral here.
	seen := &scope{from: left, parent: lateral.parent, border: lateral.border}
	side := f
	if j.Kind == syntax.LeftJoin || j.Kind == syntax.FullJoin {
		side = f.within("an outer join")
	}
	right, err := side.item(rightExpr, &scope{parent: seen, border: border})
	if err != nil {
		return nil, err
	}
	params := fromLeft(border.params)
	if len(params) > 0 && (j.Kind == syntax.RightJoin || j.Kind == syntax.FullJoin) {
		return nil, sqlerr.New(sqlerr.CodeInvalidColumnRef, "invalid reference to FROM-clause entry for table %q", left.tableOf(params[0].Expr)).At(j.Pos).
			WithDetail("The combining JOIN type must be INNER or LEFT for a LATERAL reference.")
	}
	if err := distinctNames(left, right); err != nil {
		return nil, err
	}
	width := len(left.node.Columns())
	right.shift(width)
	joined := &fromItem{rels: append(append([]*relation(nil), left.rels...), right.rels...)}
	on, err := f.condition(joined, left, right, j)
	if err != nil {
		return nil, err
	}
	joined.node = joinNode(left.node, right.node, j.Kind, params, on)
	return joined, nil
}

// fromLeft are the parameters that a lateral element takes from the rows to its left. What it takes from a query further out it reads itself.
func fromLeft(params []plan.ParamBind) []plan.ParamBind {
	for _, p := range params {
		if _, handed := p.Expr.(*plan.OuterRef); !handed {
			return params
		}
	}
	return nil
}

func distinctNames(left, right *fromItem) error {
	for _, r := range right.rels {
		for _, l := range left.rels {
			if l.name == r.name && l.schema == r.schema {
				return sqlerr.New(sqlerr.CodeDuplicateAlias, "table name %q specified more than once", r.name).
					WithHint("give one of them an alias: " + r.name + " AS other")
			}
		}
	}
	return nil
}

func joinNode(left, right plan.Node, kind syntax.JoinKind, params []plan.ParamBind, on plan.Expr) plan.Node {
	if len(params) > 0 {
		k := plan.Inner
		if kind == syntax.LeftJoin {
			k = plan.Left
		}
		return &plan.Apply{Kind: k, Left: left, Right: right, Params: params, On: on}
	}
	kinds := map[syntax.JoinKind]plan.JoinKind{syntax.InnerJoin: plan.Inner, syntax.CrossJoin: plan.Inner, syntax.LeftJoin: plan.Left, syntax.RightJoin: plan.Right, syntax.FullJoin: plan.Full}
	return &plan.Join{Kind: kinds[kind], Left: left, Right: right, On: on}
}

// condition binds ON or USING and decides the columns that the join shows: the common ones of USING first, once.
func (f *fromBinder) condition(joined, left, right *fromItem, j *syntax.Join) (plan.Expr, error) {
	using := j.Using
	if j.Natural {
		using = commonNames(left, right)
	}
	if len(using) == 0 {
		joined.cols = append(append([]*nsCol(nil), left.cols...), right.cols...)
		if j.On == nil {
			return nil, nil
		}
		x := &exprBinder{b: f.b, scope: &scope{from: joined, parent: f.outer.parent, border: f.outer.border}, ctes: f.ctes, clause: "JOIN conditions"}
		return x.condition(j.On, "JOIN/ON")
	}
	return f.using(joined, left, right, using, j)
}

func commonNames(left, right *fromItem) []syntax.Ident {
	var out []syntax.Ident
	for _, l := range left.cols {
		for _, r := range right.cols {
			if l.name == r.name {
				out = append(out, syntax.Ident{Name: l.name, Pos: -1})
				break
			}
		}
	}
	return out
}

func (f *fromBinder) using(joined, left, right *fromItem, names []syntax.Ident, j *syntax.Join) (plan.Expr, error) {
	var conds []plan.Expr
	merged := map[*nsCol]bool{}
	for i, name := range names {
		if slices.ContainsFunc(names[:i], func(n syntax.Ident) bool { return n.Name == name.Name }) {
			return nil, sqlerr.New(sqlerr.CodeDuplicateColumn, "column name %q appears more than once in USING clause", name.Name).At(name.Pos)
		}
		l, err := f.usingColumn(left, name, "left")
		if err != nil {
			return nil, err
		}
		r, err := f.usingColumn(right, name, "right")
		if err != nil {
			return nil, err
		}
		eq, err := f.b.operator("=", l.at(name.Pos), r.at(name.Pos), name.Pos)
		if err != nil {
			return nil, err
		}
		conds = append(conds, eq)
		col, err := f.merge(l, r, name, j.Kind)
		if err != nil {
			return nil, err
		}
		joined.cols = append(joined.cols, col)
		merged[l], merged[r] = true, true
	}
	if j.UsingAlias.Name != "" {
		joined.rels = append(joined.rels, &relation{name: j.UsingAlias.Name, cols: append([]*nsCol(nil), joined.cols...)})
	}
	for _, c := range append(append([]*nsCol(nil), left.cols...), right.cols...) {
		if !merged[c] {
			joined.cols = append(joined.cols, c)
		}
	}
	return plan.And(conds), nil
}

func (f *fromBinder) usingColumn(side *fromItem, name syntax.Ident, which string) (*nsCol, error) {
	c, err := pick(side.cols, &syntax.Column{Pos: syntax.Pos(name.Pos), Parts: []syntax.Ident{name}})
	if err != nil {
		return nil, sqlerr.New(sqlerr.CodeAmbiguousColumn, "common column name %q appears more than once in %s table", name.Name, which).At(name.Pos)
	}
	if c == nil {
		e := sqlerr.New(sqlerr.CodeUndefinedColumn, "column %q specified in USING clause does not exist in %s table", name.Name, which).At(name.Pos)
		if near := sqlerr.Nearest(name.Name, colNames(side.cols)); near != "" {
			e.WithHint("did you mean " + plan.QuoteName(near) + "?")
		}
		return nil, e
	}
	return c, nil
}

// merge is the column that USING shows: the side that is never padded with NULL, or whichever is not NULL in a full join.
func (f *fromBinder) merge(l, r *nsCol, name syntax.Ident, kind syntax.JoinKind) (*nsCol, error) {
	t, ok := f.b.Registry.CommonType([]column.Type{l.expr.Type(), r.expr.Type()})
	if !ok {
		return nil, sqlerr.New(sqlerr.CodeDatatypeMismatch, "JOIN/USING types %s and %s cannot be matched", l.expr.Type(), r.expr.Type()).At(name.Pos)
	}
	le, err := f.b.coerce(l.expr, t, funcs.Implicit)
	if err != nil {
		return nil, err
	}
	re, err := f.b.coerce(r.expr, t, funcs.Implicit)
	if err != nil {
		return nil, err
	}
	switch kind {
	case syntax.RightJoin:
		return &nsCol{name: name.Name, expr: re, table: r.table, field: r.field}, nil
	case syntax.FullJoin:
		return &nsCol{name: name.Name, expr: &plan.Coalesce{Pos: plan.Pos(name.Pos), Args: []plan.Expr{le, re}, Typ: t}}, nil
	}
	return &nsCol{name: name.Name, expr: le, table: l.table, field: l.field}, nil
}

// function binds a table function, which may refer to the elements before it without saying LATERAL.
func (f *fromBinder) function(t *syntax.TableFunc, lateral *scope) (*fromItem, error) {
	x := &exprBinder{b: f.b, scope: &scope{parent: lateral.parent, border: lateral.border}, ctes: f.ctes, clause: "functions in FROM"}
	if len(t.Alias.Defs) > 0 {
		return nil, sqlerr.NotSupported("a column definition list").At(t.Alias.Defs[0].Name.Pos).
			WithHint("it belongs to Datadog's event functions, such as dd.logs, which read data that credsql does not have")
	}
	node := &plan.FuncScan{Ordinality: t.Ordinality}
	for _, call := range unzipped(t.Call) {
		tc, cols, err := x.tableCall(call)
		if err != nil {
			return nil, err
		}
		node.Calls = append(node.Calls, tc)
		node.Cols = append(node.Cols, cols...)
	}
	name := t.Alias.Name.Name
	if len(node.Calls) == 1 && len(node.Cols) == 1 && name != "" {
		node.Cols[0].Name = name
	}
	if t.Ordinality {
		node.Cols = append(node.Cols, plan.Col{Name: "ordinality", Type: column.Int64})
	}
	if name == "" {
		return newFrom(node, "", t.Call.Name.Name), nil
	}
	return aliased(node, t.Alias)
}

// unzipped is UNNEST(a, b) as UNNEST(a) and UNNEST(b), whose rows are then zipped.
func unzipped(c *syntax.Call) []*syntax.Call {
	if c.Name.Name != "unnest" || len(c.Args) < 2 {
		return []*syntax.Call{c}
	}
	var out []*syntax.Call
	for _, a := range c.Args {
		one := *c
		one.Args = []syntax.Arg{a}
		out = append(out, &one)
	}
	return out
}

// tableCall binds the call of a table function and gives the columns it makes.
func (x *exprBinder) tableCall(c *syntax.Call) (*plan.TableCall, []plan.Col, error) {
	fn := x.b.Registry.Lookup(c.Name.Name)
	if fn == nil && c.Schema.Name != "" {
		return nil, nil, sqlerr.New(sqlerr.CodeUndefinedFunction, "table function %s.%s does not exist", c.Schema.Name, c.Name.Name).At(c.Offset()).
			WithHint("credsql answers over credential reports; Datadog's dd.… functions read data that it does not have")
	}
	match, args, err := x.resolve(c)
	if err != nil {
		return nil, nil, err
	}
	if match.Overload.Func.Class != funcs.Table {
		return nil, nil, sqlerr.New(sqlerr.CodeNotSupported, "function %s in FROM is not supported", c.Name.Name).At(c.Offset()).
			WithHint("write it in a subquery: FROM (SELECT " + c.Name.Name + "(…)) AS t")
	}
	tc := &plan.TableCall{Fn: match.Overload, Args: args, Types: match.Args}
	var cols []plan.Col
	for _, oc := range match.Overload.Columns(match.Args) {
		cols = append(cols, plan.Col{Name: oc.Name, Type: oc.Type})
	}
	tc.Width = len(cols)
	return tc, cols, nil
}
