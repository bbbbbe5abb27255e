package engine

import (
	"context"
	"strings"
	"time"

	sqle "github.com/dolthub/go-mysql-server"
	gms "github.com/dolthub/go-mysql-server/sql"
	"github.com/dolthub/go-mysql-server/sql/analyzer"
	"github.com/dolthub/go-mysql-server/sql/expression"
	"github.com/dolthub/go-mysql-server/sql/expression/function"
	"github.com/dolthub/go-mysql-server/sql/information_schema"
	"github.com/dolthub/go-mysql-server/sql/mysql_db"
	"github.com/dolthub/go-mysql-server/sql/planbuilder"
	"github.com/dolthub/go-mysql-server/sql/rowexec"
	"github.com/dolthub/go-mysql-server/sql/types"
	"github.com/dolthub/vitess/go/vt/sqlparser"

	"github.com/credsql/credsql/engine/internal/table"
	"github.com/credsql/credsql/engine/sqlerr"
)

// metadata is go-mysql-server over the shapes of our tables. It answers SHOW, DESCRIBE, information_schema, SET and @@variables from trees that
// mysqlfront has admitted; it never sees a text, and never a row of ours.
type metadata struct {
	sqle     *sqle.Engine
	provider *table.Provider
	// privileges are every session's: to select from our schemas, and nothing else.
	privileges mysql_db.PrivilegeSet
}

// newMetadata sets go-mysql-server up.
func newMetadata(c *catalog) *metadata {
	m := &metadata{provider: table.NewProvider(c.defs, rowCount), privileges: mysql_db.NewPrivilegeSet()}
	for _, d := range c.defs {
		m.privileges.AddDatabase(d.Schema, gms.PrivilegeType_Select)
	}
	m.addSystemTables()
	for _, name := range []string{"session_user", "system_user"} {
		m.provider.AddFunction(gms.NewFunction0(name, function.NewUser))
	}
	m.provider.AddFunction(gms.NewFunction0("current_role", func() gms.Expression { return expression.NewLiteral("NONE", types.LongText) }))
	setServerVariables()
	m.sqle = sqle.New(analyzer.NewDefaultWithVersion(m.provider), &sqle.Config{IsReadOnly: true})
	m.sqle.Analyzer.Catalog.InfoSchema = infoSchema{m.sqle.Analyzer.Catalog.InfoSchema}
	return m
}

// infoSchema is go-mysql-server's information_schema, with tables of its own for each statement: binding a statement writes the catalog into
// the tables that it finds, while other statements read theirs.
type infoSchema struct{ gms.Database }

// GetTableInsensitive implements go-mysql-server's Database.
func (infoSchema) GetTableInsensitive(ctx *gms.Context, name string) (gms.Table, bool, error) {
	return information_schema.NewInformationSchemaDatabase().GetTableInsensitive(ctx, name)
}

// database finds a schema, ignoring case, and gives its name.
func (m *metadata) database(name string) (string, bool) {
	db, err := m.sqle.Analyzer.Catalog.Database(gms.NewEmptyContext(), name)
	if err != nil {
		return "", false
	}
	return strings.ToLower(db.Name()), true
}

func undefinedDatabase(name string) error {
	return sqlerr.New(sqlerr.CodeUndefinedDatabase, "database %q does not exist", name).WithHint("the databases are aws, credsql and information_schema")
}

// clientSession is go-mysql-server's session for one statement of ours.
type clientSession struct {
	*gms.BaseSession
	session *Session
}

// rowCount gives TABLE_ROWS, as far as the session's last statement has told: asking would mean to fetch reports.
func rowCount(ctx *gms.Context, name string) (uint64, bool) {
	cs, ok := ctx.Session.(*clientSession)
	if !ok {
		return 0, false
	}
	n, known := cs.session.client.counts[name]
	return uint64(n), known
}

// context makes go-mysql-server's context of one statement, with what the client has set. Sessions there are large, so that
// ours keep only what differs from a new one.
func (m *metadata) context(ctx context.Context, s *Session, text string) (*gms.Context, error) {
	c := &s.client
	user := c.User
	if user == "" {
		user = "credsql"
	}
	host := c.Host
	if host == "" {
		host = "localhost"
	}
	base := gms.NewBaseSessionWithClientServer("localhost", gms.Client{User: user, Address: host}, c.ID)
	session := &clientSession{BaseSession: base, session: s}
	out := gms.NewContext(ctx, gms.WithSession(session), gms.WithQuery(text), gms.WithPid(1), gms.WithProcessList(newProcesses(s)))
	out.SetQueryTime(time.UnixMicro(int64(s.now())).UTC())
	session.SetCurrentDatabase(s.Database())
	session.SetPrivilegeSet(m.privileges, 1)
	for name, value := range c.variables {
		if err := session.SetSessionVariable(out, name, value); err != nil {
			return nil, err
		}
	}
	for name, v := range c.userVariables {
		if err := session.SetUserVariable(out, name, v.value, v.typ); err != nil {
			return nil, err
		}
	}
	session.SetLastQueryInfoInt(gms.FoundRows, c.foundRows)
	session.SetLastQueryInfoInt(gms.RowCount, -1)
	for _, n := range c.notices {
		session.Warn(&gms.Warning{Level: "Warning", Code: warningCode, Message: n.Message})
	}
	return out, nil
}

// warningCode is MySQL's number for a warning that has none.
const warningCode = 1105

// run plans and starts a tree.
func (m *metadata) run(ctx *gms.Context, tree sqlparser.Statement, text string, bindings map[string]sqlparser.Expr) (gms.Schema, gms.RowIter, error) {
	catalog := m.sqle.Analyzer.Catalog
	builder := planbuilder.New(ctx, catalog, nil, m.sqle.Parser)
	if len(bindings) > 0 {
		builder.SetBindings(bindings)
	}
	bound, flags, err := builder.BindOnly(tree, text, nil)
	if err != nil {
		return nil, nil, err
	}
	node, err := m.sqle.Analyzer.Analyze(ctx, bound, nil, flags)
	if err != nil {
		return nil, nil, err
	}
	iter, err := m.sqle.Analyzer.ExecBuilder.Build(ctx, node, nil)
	if err != nil {
		return nil, nil, err
	}
	iter, schema, err := rowexec.FinalizeIters(ctx, node, flags, iter)
	if schema == nil {
		schema = node.Schema()
	}
	return schema, iter, err
}
