package engine

import (
	"sort"
	"sync"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/tables"
)

// Engine answers statements over one source. It is safe for concurrent use; each user takes a Session of it.
type Engine struct {
	config   Config
	registry *funcs.Registry
	catalog  *catalog
	settings *settingTable
	parses   *parses
	pool     *budget.Budget
	// metadata is made when the first statement asks for it.
	metadata func() *metadata
}

// New makes an engine. It reads nothing yet.
func New(config Config) (*Engine, error) {
	if err := config.validate(); err != nil {
		return nil, err
	}
	parses, err := newParses()
	if err != nil {
		return nil, err
	}
	e := &Engine{config: config.withDefaults(), registry: funcs.New(), catalog: newCatalog(config.Source.Tables()), settings: newSettings(), parses: parses}
	e.pool = budget.New(e.config.TotalMemory)
	e.metadata = sync.OnceValue(func() *metadata { return newMetadata(e.catalog) })
	for name, value := range config.Settings {
		if _, err := e.settings.check(name, value); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// Tables are the shapes of all tables, ordered by schema and name.
func (e *Engine) Tables() []*tables.Def { return e.catalog.defs }

// catalog finds tables by name.
type catalog struct {
	defs []*tables.Def
	// byName has each table by its qualified name, and by its bare name where that is unambiguous.
	byName map[string]*tables.Def
}

func newCatalog(defs []*tables.Def) *catalog {
	c := &catalog{defs: append([]*tables.Def(nil), defs...), byName: map[string]*tables.Def{}}
	sort.Slice(c.defs, func(i, j int) bool { return c.defs[i].QualifiedName() < c.defs[j].QualifiedName() })
	seen := map[string]int{}
	for _, d := range c.defs {
		c.byName[d.QualifiedName()] = d
		seen[d.Name]++
		c.byName[d.Name] = d
	}
	for _, d := range c.defs {
		if seen[d.Name] > 1 && d.Schema != "" {
			delete(c.byName, d.Name)
		}
	}
	return c
}

// Table implements bind.Catalog.
func (c *catalog) Table(schema, name string) *tables.Def {
	if schema != "" {
		name = schema + "." + name
	}
	return c.byName[name]
}

// Names implements bind.Catalog.
func (c *catalog) Names() []string {
	out := make([]string, len(c.defs))
	for i, d := range c.defs {
		out[i] = d.QualifiedName()
	}
	return out
}

// Column is a column of a result.
type Column struct {
	Name string
	Type column.Type
	// Table and Origin name the table column behind it, when it is one.
	Table  *tables.Def
	Origin int
	// Native says more of its type, where the answer is about the server.
	Native Native
}
