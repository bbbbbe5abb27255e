package plan

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
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
	Root    Node
	Columns []Col
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
	prints     *fingerprints
	sizes      sizes
	growth     int // nodes added so far: see reuse
}

// maxDepth bounds recursion over the tree. The grammar's own cap is lower; this one holds for whoever else builds trees.
const maxDepth = 500

// Bind gives a query its meaning, and optimises its plan.
func Bind(q *syntax.Query, config Config) (*Statement, error) {
	b := &Binder{Config: config, prints: newFingerprints(), sizes: sizes{}}
	rel, err := b.query(q, &scope{}, nil)
	if err != nil {
		return nil, err
	}
	node, err := b.settle(rel)
	if err != nil {
		return nil, err
	}
	node = Optimize(node, config.Ctx)
	return &Statement{Root: node, Columns: node.Columns(), Params: b.paramTypes}, nil
}

// settle gives text to the columns whose type nothing decided, as PostgreSQL does at the top of a query.
func (b *Binder) settle(node Node) (Node, error) {
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
func (b *Binder) coerceColumns(node Node, types []column.Type) (Node, error) {
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
	case *Project:
		return b.coerceProject(n, types)
	case *Values:
		return b.coerceValues(n, types)
	}
	if onlyLiterals {
		return b.coerceBelow(node, types)
	}
	return b.projected(node, types)
}

// coerceBelow reads literals as their types where they are written, below what does not look at them.
func (b *Binder) coerceBelow(node Node, types []column.Type) (Node, error) {
	switch n := node.(type) {
	case *Sort:
		in, err := b.coerceColumns(n.Input, types)
		return &Sort{Input: in, Keys: n.Keys}, err
	case *With:
		body, err := b.coerceColumns(n.Body, types)
		return &With{Defs: n.Defs, Body: body}, err
	case *Limit:
		in, err := b.coerceColumns(n.Input, types)
		return &Limit{Input: in, Count: n.Count, Offset: n.Offset, TiesBy: n.TiesBy}, err
	}
	return b.projected(node, types)
}

func (b *Binder) projected(node Node, types []column.Type) (Node, error) {
	p, cols := &Project{Input: node}, node.Columns()
	for i, c := range cols {
		p.Exprs = append(p.Exprs, &ColRef{Pos: -1, Index: i, Typ: c.Type, Name: c.Name})
	}
	p.Cols = append([]Col(nil), cols...)
	return b.coerceProject(p, types)
}

func (b *Binder) coerceProject(n *Project, types []column.Type) (Node, error) {
	out := &Project{Input: n.Input, Exprs: make([]Expr, len(n.Exprs)), Cols: append([]Col(nil), n.Cols...)}
	for i, e := range n.Exprs {
		c, err := b.coerce(e, types[i], funcs.Implicit)
		if err != nil {
			return nil, err
		}
		out.Exprs[i], out.Cols[i].Type = c, types[i]
	}
	return out, nil
}

func (b *Binder) coerceValues(n *Values, types []column.Type) (Node, error) {
	out := &Values{Cols: append([]Col(nil), n.Cols...)}
	for i := range out.Cols {
		out.Cols[i].Type = types[i]
	}
	for _, row := range n.Rows {
		r := make([]Expr, len(row))
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
