package bind

import (
	"strconv"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

func itoa(n int) string { return strconv.Itoa(n) }

// with binds a WITH clause: its definitions and the names that the query may use.
func (b *Binder) with(w *syntax.With, outer *scope, ctes *cteEnv) ([]*plan.CTE, *cteEnv, error) {
	var defs []*plan.CTE
	seen := map[string]bool{}
	for _, c := range w.CTEs {
		if seen[c.Name.Name] {
			return nil, nil, sqlerr.New(sqlerr.CodeDuplicateAlias, "WITH query name %q specified more than once", c.Name.Name).At(c.Name.Pos)
		}
		seen[c.Name.Name] = true
		def, err := b.cte(w, c, outer, ctes)
		if err != nil {
			return nil, nil, err
		}
		defs = append(defs, def)
		body := def.Plan.Columns()
		ctes = &cteEnv{name: c.Name.Name, id: def.ID, cols: body, outer: ctes}
	}
	return defs, ctes, nil
}

func (b *Binder) cte(w *syntax.With, c *syntax.CTE, outer *scope, ctes *cteEnv) (*plan.CTE, error) {
	b.cteIDs++
	def := &plan.CTE{ID: b.cteIDs, Name: c.Name.Name}
	inner := &scope{parent: outer.parent, border: outer.border}
	node, err := b.cteBody(w.Recursive, def, c, inner, ctes)
	if err != nil || node == nil {
		return def, err
	}
	if node, err = b.settle(node); err != nil {
		return nil, err
	}
	def.Plan, err = renamed(node, c.Columns, c.Name.Name)
	return def, err
}

// cteBody binds a definition's query; nil when it was recursive and def has it already.
func (b *Binder) cteBody(recursive bool, def *plan.CTE, c *syntax.CTE, outer *scope, ctes *cteEnv) (plan.Node, error) {
	if !recursive {
		return b.query(c.Query, outer, ctes)
	}
	union, ok := c.Query.Body.(*syntax.SetOp)
	if ok && union.Kind == syntax.Union && c.Query.With == nil {
		return b.recursive(def, c, union, outer, ctes)
	}
	return b.query(c.Query, outer, &cteEnv{name: c.Name.Name, outer: ctes,
		forbidden: "recursive query %q does not have the form non-recursive-term UNION [ALL] recursive-term"})
}

// recursive binds a definition of the shape that PostgreSQL asks for, non-recursive term UNION [ALL] recursive term; when the second
// term does not refer to the definition it is a plain UNION, which it gives.
func (b *Binder) recursive(def *plan.CTE, c *syntax.CTE, union *syntax.SetOp, outer *scope, ctes *cteEnv) (plan.Node, error) {
	left, err := b.body(union.Left, outer, &cteEnv{name: c.Name.Name, outer: ctes,
		forbidden: "recursive reference to query %q must not appear within its non-recursive term"})
	if err != nil {
		return nil, err
	}
	first, err := b.settle(left)
	if err != nil {
		return nil, err
	}
	if first, err = renamed(first, c.Columns, c.Name.Name); err != nil {
		return nil, err
	}
	b.cteIDs++
	uses := 0
	work := &cteEnv{name: c.Name.Name, id: b.cteIDs, cols: first.Columns(), outer: ctes, used: &uses}
	right, err := b.body(union.Right, outer, work)
	if err != nil {
		return nil, err
	}
	if uses > 0 {
		return nil, b.recursiveStep(def, c, first, right, work.id, union)
	}
	node, err := b.combine(plan.Union, union.All, left, right, union.Pos)
	if err != nil {
		return nil, err
	}
	keys, err := b.outputOrder(c.Query.OrderBy, node, union)
	if err != nil {
		return nil, err
	}
	if len(keys) > 0 {
		node = &plan.Sort{Input: node, Keys: keys}
	}
	return b.limit(c.Query, node, keys, &scope{parent: outer.parent, border: outer.border}, ctes)
}

func (b *Binder) recursiveStep(def *plan.CTE, c *syntax.CTE, left, right plan.Node, work int, union *syntax.SetOp) error {
	if len(c.Query.OrderBy) > 0 || c.Query.Limit != nil || c.Query.Offset != nil {
		return sqlerr.NotSupported("ORDER BY, LIMIT or OFFSET in a recursive query").At(c.Name.Pos).
			WithHint("put it on the query that reads " + c.Name.Name)
	}
	lc, rc := left.Columns(), right.Columns()
	if len(lc) != len(rc) {
		return sqlerr.New(sqlerr.CodeSyntax, "each UNION query must have the same number of columns").At(union.Pos)
	}
	types := make([]column.Type, len(lc))
	for i := range lc {
		t, ok := b.Registry.CommonType([]column.Type{lc[i].Type, rc[i].Type})
		if !ok || t != lc[i].Type {
			return sqlerr.New(sqlerr.CodeDatatypeMismatch, "recursive query %q column %d has type %s in non-recursive term but type %s overall",
				c.Name.Name, i+1, lc[i].Type, rc[i].Type).At(union.Pos).WithHint("cast the output of the non-recursive term to the correct type")
		}
		types[i] = t
	}
	right, err := b.coerceColumns(right, types)
	if err != nil {
		return err
	}
	def.Plan, def.Step, def.Work, def.Union = left, right, work, !union.All
	if union.All {
		return nil
	}
	return comparableColumns(left, union.Pos)
}

// renamed gives a node's columns the names of an alias's column list.
func renamed(node plan.Node, names []syntax.Ident, alias string) (plan.Node, error) {
	if len(names) == 0 {
		return node, nil
	}
	cols := node.Columns()
	if len(names) > len(cols) {
		return nil, sqlerr.New(sqlerr.CodeInvalidColumnRef, "WITH query %q has %d columns available but %d columns specified", alias, len(cols), len(names)).At(names[0].Pos)
	}
	p := &plan.Project{Input: node, Cols: append([]plan.Col(nil), cols...)}
	for i, c := range cols {
		p.Exprs = append(p.Exprs, &plan.ColRef{Pos: -1, Index: i, Typ: c.Type, Name: c.Name})
		if i < len(names) {
			p.Cols[i].Name = names[i].Name
		}
	}
	return p, nil
}
