package bind

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/tables"
)

// Catalog is what names can mean.
type Catalog interface {
	// Table finds a table; schema is "" for an unqualified name.
	Table(schema, name string) *tables.Def
	// Names are the qualified names of all tables, for suggestions.
	Names() []string
}

// Config is what binding needs beside the tree.
type Config struct {
	Catalog  Catalog
	Registry *funcs.Registry
	Ctx      *funcs.Ctx
	// Params are the values of the statement's parameters: text for an unknown, or a value of any type, nil for NULL. HasParams says that they
	// are given; without them the statement can be described but not run.
	Params    []column.Value
	HasParams bool
}

// Statement is a query ready to run.
type Statement struct {
	Root    plan.Node
	Columns []plan.Col
	// Params are the types that the parameters take, by number; unknown where none was deduced.
	Params []column.Type
}

// Binder binds one statement. It must not be shared or used twice.
type Binder struct {
	Config
	outerIDs   int
	cteIDs     int
	paramTypes []column.Type
	depth      int
	prints     *plan.Fingerprints
	sizes      plan.Sizes
	growth     int // nodes added so far: see reuse
}

// maxDepth bounds recursion over the tree. The grammar's own cap is lower; this one holds for whoever else builds trees.
const maxDepth = 500

// Bind gives a query its meaning: a plan that says what its answer is, in the order in which it was written.
func Bind(q *syntax.Query, config Config) (*Statement, error) {
	b := &Binder{Config: config, prints: plan.NewFingerprints(), sizes: plan.Sizes{}}
	rel, err := b.query(q, &scope{}, nil)
	if err != nil {
		return nil, err
	}
	node, err := b.settle(rel)
	if err != nil {
		return nil, err
	}
	return &Statement{Root: node, Columns: node.Columns(), Params: b.paramTypes}, nil
}

// settle gives text to the columns whose type nothing decided, as PostgreSQL does at the top of a query.
func (b *Binder) settle(node plan.Node) (plan.Node, error) {
	types := make([]column.Type, len(node.Columns()))
	for i, c := range node.Columns() {
		types[i] = c.Type
		if c.Type == column.Unknown {
			types[i] = column.Text
		}
	}
	return b.coerceColumns(node, types)
}

// coerceColumns makes a node's columns have the types; literals take them, others are cast implicitly.
func (b *Binder) coerceColumns(node plan.Node, types []column.Type) (plan.Node, error) {
	cols := node.Columns()
	same, onlyLiterals := true, true
	for i := range cols {
		same = same && cols[i].Type == types[i]
		onlyLiterals = onlyLiterals && (cols[i].Type == types[i] || cols[i].Type == column.Unknown)
	}
	if same {
		return node, nil
	}
	switch n := node.(type) {
	case *plan.Project:
		return b.coerceProject(n, types)
	case *plan.Values:
		return b.coerceValues(n, types)
	}
	if onlyLiterals {
		return b.coerceBelow(node, types)
	}
	return b.projected(node, types)
}

// coerceBelow reads literals as their types where they are written, below what does not look at them.
func (b *Binder) coerceBelow(node plan.Node, types []column.Type) (plan.Node, error) {
	switch n := node.(type) {
	case *plan.Sort:
		in, err := b.coerceColumns(n.Input, types)
		return &plan.Sort{Input: in, Keys: n.Keys}, err
	case *plan.With:
		body, err := b.coerceColumns(n.Body, types)
		return &plan.With{Defs: n.Defs, Body: body}, err
	case *plan.Limit:
		in, err := b.coerceColumns(n.Input, types)
		return &plan.Limit{Input: in, Count: n.Count, Offset: n.Offset, TiesBy: n.TiesBy}, err
	}
	return b.projected(node, types)
}

func (b *Binder) projected(node plan.Node, types []column.Type) (plan.Node, error) {
	p, cols := &plan.Project{Input: node}, node.Columns()
	for i, c := range cols {
		p.Exprs = append(p.Exprs, &plan.ColRef{Pos: -1, Index: i, Typ: c.Type, Name: c.Name})
	}
	p.Cols = append([]plan.Col(nil), cols...)
	return b.coerceProject(p, types)
}

func (b *Binder) coerceProject(n *plan.Project, types []column.Type) (plan.Node, error) {
	out := &plan.Project{Input: n.Input, Exprs: make([]plan.Expr, len(n.Exprs)), Cols: append([]plan.Col(nil), n.Cols...)}
	for i, e := range n.Exprs {
		c, err := b.coerce(e, types[i], funcs.Implicit)
		if err != nil {
			return nil, err
		}
		out.Exprs[i], out.Cols[i].Type = c, types[i]
	}
	return out, nil
}

func (b *Binder) coerceValues(n *plan.Values, types []column.Type) (plan.Node, error) {
	out := &plan.Values{Cols: append([]plan.Col(nil), n.Cols...)}
	for i := range out.Cols {
		out.Cols[i].Type = types[i]
	}
	for _, row := range n.Rows {
		r := make([]plan.Expr, len(row))
		for i, e := range row {
			c, err := b.coerce(e, types[i], funcs.Implicit)
			if err != nil {
				return nil, err
			}
			r[i] = c
		}
		out.Rows = append(out.Rows, r)
	}
	return out, nil
}

// enter guards recursion; leave with b.depth--.
func (b *Binder) enter() error {
	b.depth++
	if b.depth > maxDepth {
		return sqlerr.New(sqlerr.CodeTooComplex, "the statement is nested too deeply").
			WithHint("split it with WITH, or write long OR chains as IN (…)")
	}
	return nil
}
