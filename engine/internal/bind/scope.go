package bind

import (
	"strings"

	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/tables"
)

// scope is what names mean at one place of a query: the columns of its FROM list, and through parent those of the queries around it.
type scope struct {
	from   *fromItem
	parent *scope
	// border collects what this scope's query takes from parent; nil at the top.
	border *border
	// hint about names that exist but may not be used here, for a better error.
	unreachable *fromItem
}

// border stands between a subquery, or a lateral FROM item, and the rows around it.
type border struct {
	b *Binder
	// host binds the expression that a subquery stands in; nil around an element of FROM.
	host   *exprBinder
	params []plan.ParamBind
	prints map[int]int
}

// take makes an outer row's expression readable inside, as a parameter.
func (d *border) take(e plan.Expr) plan.Expr {
	print := d.b.prints.Of(e)
	if id, ok := d.prints[print]; ok {
		return &plan.OuterRef{Pos: posOf(e), ID: id, Typ: e.Type(), Name: exprName(e)}
	}
	id := 0
	if o, ok := e.(*plan.OuterRef); ok {
		id = o.ID
	} else {
		d.b.outerIDs++
		id = d.b.outerIDs
	}
	d.params = append(d.params, plan.ParamBind{ID: id, Expr: e})
	d.prints[print] = id
	return &plan.OuterRef{Pos: posOf(e), ID: id, Typ: e.Type(), Name: exprName(e)}
}

func (b *Binder) newBorder() *border { return &border{b: b, prints: map[int]int{}} }

func posOf(e plan.Expr) plan.Pos { return plan.Pos(e.Offset()) }

func exprName(e plan.Expr) string {
	switch e := e.(type) {
	case *plan.ColRef:
		return e.Name
	case *plan.OuterRef:
		return e.Name
	}
	return ""
}

// fromItem is a bound element of FROM: its plan, its relations for qualified names, and its columns for unqualified ones and for *.
type fromItem struct {
	node plan.Node
	rels []*relation
	cols []*nsCol
}

// relation is a name that can qualify a column.
type relation struct {
	schema string // "" for aliases
	name   string
	behind string // the table that an alias hides, for a better error
	cols   []*nsCol
}

// nsCol is a column that a name can mean: an expression over the FROM row.
type nsCol struct {
	name  string
	expr  plan.Expr
	table *tables.Def // where it comes from, for a client's metadata
	field int
}

func (c *nsCol) at(pos int) plan.Expr {
	switch e := c.expr.(type) {
	case *plan.ColRef:
		d := *e
		d.Pos = plan.Pos(pos)
		return &d
	default:
		return e
	}
}

func (f *fromItem) shift(by int) {
	seen := map[*nsCol]bool{}
	move := func(cols []*nsCol) {
		for _, c := range cols {
			if !seen[c] {
				seen[c] = true
				c.expr = plan.Shift(c.expr, by)
			}
		}
	}
	move(f.cols)
	for _, r := range f.rels {
		move(r.cols)
	}
}

// column resolves a column reference.
func (s *scope) column(b *Binder, ref *syntax.Column) (plan.Expr, error) {
	e, err := s.find(ref)
	if err != nil {
		return nil, err
	}
	if e == nil {
		return nil, s.undefined(b, ref)
	}
	return e, nil
}

// find looks here and then outwards; it gives nil, nil when there is no such column.
func (s *scope) find(ref *syntax.Column) (plan.Expr, error) {
	if s == nil {
		return nil, nil
	}
	if s.from != nil {
		c, err := s.from.find(ref)
		if err != nil || c != nil {
			if c == nil {
				return nil, err
			}
			return c.at(ref.Offset()), err
		}
	}
	e, err := s.parent.find(ref)
	if err != nil || e == nil {
		return nil, err
	}
	if s.border == nil {
		return e, nil
	}
	return s.border.take(e), nil
}

func (f *fromItem) find(ref *syntax.Column) (*nsCol, error) {
	if len(ref.Parts) == 1 {
		return pick(f.cols, ref)
	}
	rels := f.relations(ref.Parts[:len(ref.Parts)-1])
	if len(rels) > 1 {
		return nil, sqlerr.New(sqlerr.CodeAmbiguousAlias, "table reference %q is ambiguous", ref.Parts[len(ref.Parts)-2].Name).At(ref.Offset())
	}
	if len(rels) == 0 {
		return nil, nil
	}
	return pick(rels[0].cols, ref)
}

// means says whether an identifier stands for a name. MySQL's quoted names do in any case.
func means(id syntax.Ident, name string) bool {
	return id.Name == name || id.AnyCase && strings.EqualFold(id.Name, name)
}

func pick(cols []*nsCol, ref *syntax.Column) (*nsCol, error) {
	var found *nsCol
	id := ref.Parts[len(ref.Parts)-1]
	for _, c := range cols {
		if !means(id, c.name) {
			continue
		}
		if found != nil {
			return nil, sqlerr.New(sqlerr.CodeAmbiguousColumn, "column reference %q is ambiguous", id.Name).At(ref.Offset()).
				WithHint("name the table too: table." + plan.QuoteName(id.Name))
		}
		found = c
	}
	return found, nil
}

// relations are those that a qualifier means: table, or schema.table.
func (f *fromItem) relations(parts []syntax.Ident) []*relation {
	var out []*relation
	for _, r := range f.rels {
		if means(parts[len(parts)-1], r.name) && (len(parts) == 1 || means(parts[0], r.schema)) {
			out = append(out, r)
		}
	}
	return out
}

// undefined words the error for a name that means nothing, with the nearest name that does.
func (s *scope) undefined(b *Binder, ref *syntax.Column) error {
	parts := make([]string, len(ref.Parts))
	for i, p := range ref.Parts {
		parts[i] = p.Name
	}
	name := parts[len(parts)-1]
	if len(parts) > 1 {
		return s.undefinedQualified(ref, parts, name)
	}
	if s.relation(ref.Parts) {
		return sqlerr.NotSupported("a whole row as a value").At(ref.Offset()).
			WithHint("name the columns, such as " + plan.QuoteName(name) + ".id; count(*) counts rows")
	}
	err := sqlerr.New(sqlerr.CodeUndefinedColumn, "column %q does not exist", name).At(ref.Offset())
	names := s.columnNames()
	if near := sqlerr.Nearest(name, names); near != "" {
		return err.WithHint("did you mean " + plan.QuoteName(near) + "?")
	}
	if ref.Parts[0].Quoted {
		return err.WithHint("text is written in single quotes: '" + strings.ReplaceAll(name, "'", "''") + "'")
	}
	if len(names) == 0 {
		return err.WithHint("there is no FROM clause here, hence no columns")
	}
	return err
}

// relation says whether a table of that name is in reach.
func (s *scope) relation(parts []syntax.Ident) bool {
	for ; s != nil; s = s.parent {
		if s.from != nil && len(s.from.relations(parts)) > 0 {
			return true
		}
	}
	return false
}

func (s *scope) undefinedQualified(ref *syntax.Column, parts []string, name string) error {
	for t := s; t != nil; t = t.parent {
		if t.from == nil {
			continue
		}
		for _, r := range t.from.relations(ref.Parts[:len(ref.Parts)-1]) {
			err := sqlerr.New(sqlerr.CodeUndefinedColumn, "column %s does not exist", strings.Join(parts, ".")).At(ref.Offset())
			if near := sqlerr.Nearest(name, colNames(r.cols)); near != "" {
				err.WithHint("did you mean " + plan.QuoteName(r.name) + "." + plan.QuoteName(near) + "?")
			}
			return err
		}
	}
	qualifier := strings.Join(parts[:len(parts)-1], ".")
	if s.unreachable != nil && len(s.unreachable.relations(ref.Parts[:len(ref.Parts)-1])) > 0 {
		return sqlerr.New(sqlerr.CodeUndefinedTable, "invalid reference to FROM-clause entry for table %q", qualifier).At(ref.Offset()).
			WithHint("there is an entry for table " + plan.QuoteName(qualifier) + ", but it cannot be referenced from this part of the query; a subquery in FROM needs LATERAL for it")
	}
	if alias := s.aliasOf(parts[len(parts)-2]); alias != "" {
		return hiddenTable(parts[len(parts)-2], alias).At(ref.Offset())
	}
	err := sqlerr.New(sqlerr.CodeUndefinedTable, "missing FROM-clause entry for table %q", qualifier).At(ref.Offset())
	if near := sqlerr.Nearest(parts[len(parts)-2], s.relationNames()); near != "" {
		err.WithHint("did you mean " + plan.QuoteName(near) + "?")
	}
	return err
}

// aliasOf is the alias behind which a table is hidden; "" when there is none.
func (s *scope) aliasOf(table string) string {
	for t := s; t != nil; t = t.parent {
		if t.from == nil {
			continue
		}
		for _, r := range t.from.rels {
			if r.behind == table {
				return r.name
			}
		}
	}
	return ""
}

// hiddenTable is the error of a table's name where only its alias is known.
func hiddenTable(table, alias string) *sqlerr.Error {
	return sqlerr.New(sqlerr.CodeUndefinedTable, "invalid reference to FROM-clause entry for table %q", table).
		WithHint("Perhaps you meant to reference the table alias \"" + alias + "\".")
}

// qualified is a column's name with its table's, as errors have it.
func (f *fromItem) qualified(c *plan.ColRef) string {
	if table := f.tableOf(c); table != "" {
		return table + "." + c.Name
	}
	return c.Name
}

// tableOf is the name of the table that a column is of; "" when it has none.
func (f *fromItem) tableOf(e plan.Expr) string {
	c, ok := e.(*plan.ColRef)
	if !ok {
		return ""
	}
	for _, r := range f.rels {
		for _, x := range r.cols {
			if e, ok := x.expr.(*plan.ColRef); ok && e.Index == c.Index {
				return r.name
			}
		}
	}
	return ""
}

func (s *scope) columnNames() []string {
	var out []string
	for t := s; t != nil; t = t.parent {
		if t.from != nil {
			out = append(out, colNames(t.from.cols)...)
		}
	}
	return out
}

func (s *scope) relationNames() []string {
	var out []string
	for t := s; t != nil; t = t.parent {
		if t.from != nil {
			for _, r := range t.from.rels {
				out = append(out, r.name)
			}
		}
	}
	return out
}

func colNames(cols []*nsCol) []string {
	out := make([]string, len(cols))
	for i, c := range cols {
		out[i] = c.name
	}
	return out
}

// newFrom wraps a node as one relation of a name.
func newFrom(node plan.Node, schema, name string) *fromItem {
	cols := node.Columns()
	ns := make([]*nsCol, len(cols))
	for i, c := range cols {
		ns[i] = &nsCol{name: c.Name, expr: &plan.ColRef{Pos: -1, Index: i, Typ: c.Type, Name: c.Name}, table: c.Table, field: c.Origin}
	}
	f := &fromItem{node: node, cols: ns}
	if name != "" {
		f.rels = []*relation{{schema: schema, name: name, cols: ns}}
	}
	return f
}
