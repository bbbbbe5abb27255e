package table

import (
	"sort"
	"strings"

	gms "github.com/dolthub/go-mysql-server/sql"

	"github.com/credsql/credsql/tables"
)

// Provider shows each schema of our tables as a database, and gives the functions that go-mysql-server lacks.
type Provider struct {
	databases map[string]*Database
	functions map[string]gms.Function
}

var (
	_ gms.DatabaseProvider = (*Provider)(nil)
	_ gms.FunctionProvider = (*Provider)(nil)
)

// NewProvider makes the databases of a source's tables.
func NewProvider(defs []*tables.Def, count Counter) *Provider {
	p := &Provider{databases: map[string]*Database{}, functions: map[string]gms.Function{}}
	for _, d := range defs {
		p.Add(d.Schema, New(d, count))
	}
	return p
}

// Add shows a table in a database. It must not be called once the provider is in use.
func (p *Provider) Add(database string, t gms.Table) {
	db := p.databases[database]
	if db == nil {
		db = &Database{name: database, tables: map[string]gms.Table{}}
		p.databases[database] = db
	}
	db.tables[t.Name()] = t
}

// AddFunction gives a function, before go-mysql-server's own of that name. It must not be called once the provider is in use.
func (p *Provider) AddFunction(f gms.Function) { p.functions[f.FunctionName()] = f }

// Function finds a function, ignoring case.
func (p *Provider) Function(_ *gms.Context, name string) (gms.Function, bool) {
	f, ok := p.functions[strings.ToLower(name)]
	return f, ok
}

// Database finds a schema, ignoring case.
func (p *Provider) Database(_ *gms.Context, name string) (gms.Database, error) {
	if db := p.databases[strings.ToLower(name)]; db != nil {
		return db, nil
	}
	return nil, gms.ErrDatabaseNotFound.New(name)
}

// HasDatabase says whether there is such a schema.
func (p *Provider) HasDatabase(_ *gms.Context, name string) bool {
	return p.databases[strings.ToLower(name)] != nil
}

// AllDatabases are the schemas by name.
func (p *Provider) AllDatabases(*gms.Context) []gms.Database {
	out := make([]gms.Database, 0, len(p.databases))
	for _, db := range p.databases {
		if db.name != grantDatabase { // go-mysql-server lists it by itself
			out = append(out, db)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name() < out[j].Name() })
	return out
}

// grantDatabase is where MySQL keeps its users.
const grantDatabase = "mysql"

// Database is one schema.
type Database struct {
	name   string
	tables map[string]gms.Table
}

var _ gms.Database = (*Database)(nil)

// Name is the schema's name.
func (d *Database) Name() string { return d.name }

// GetTableInsensitive finds a table, ignoring case.
func (d *Database) GetTableInsensitive(_ *gms.Context, name string) (gms.Table, bool, error) {
	t, ok := d.tables[strings.ToLower(name)]
	if !ok {
		return nil, false, nil
	}
	return t, true, nil
}

// GetTableNames are the tables by name.
func (d *Database) GetTableNames(*gms.Context) ([]string, error) {
	out := make([]string, 0, len(d.tables))
	for name := range d.tables {
		out = append(out, name)
	}
	sort.Strings(out)
	return out, nil
}
