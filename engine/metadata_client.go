package engine

import (
	"time"

	"github.com/credsql/credsql/engine/internal/mysqlfront"
	"github.com/credsql/credsql/tables"
)

// Client is who a session is for, and what it may ask of the server around it. The zero value is a user at a shell.
type Client struct {
	// ID is the connection's number: CONNECTION_ID(), and what KILL takes.
	ID uint32
	// User and Host are USER()'s.
	User, Host string
	// Accounts are the AWS accounts whose rows the user may see; nil for all. No statement reaches any other.
	Accounts []string
	// Control, if set, answers SHOW PROCESSLIST, SHOW STATUS and KILL.
	Control Control
	// MySQL says that the client speaks MySQL: double quotes mean what its sql_mode says.
	MySQL bool
}

// Control is what statements about the server ask for. It shows and touches only what the asking user may.
type Control interface {
	// Processes are the user's own connections.
	Processes() []Process
	// Kill ends the statement of a connection of the same user, or the connection.
	Kill(id uint64, queryOnly bool) error
	// Status is SHOW STATUS, by name.
	Status() map[string]string
}

// Process is one connection.
type Process struct {
	ID                   uint32
	User, Host, Database string
	// Command is "Query" or "Sleep", Since when that began.
	Command string
	Since   time.Time
	// Statement is what runs; empty for nothing.
	Statement string
}

// clientState is what a session keeps for its client: what SET, USE and the last statement have left behind.
type clientState struct {
	Client
	database      string
	transaction   bool
	ansiQuotes    bool
	noAutocommit  bool
	limited       bool          // by SQL_SELECT_LIMIT
	selectLimit   int64         // if limited
	maxExecution  time.Duration // of max_execution_time; 0 for none
	variables     map[string]any
	userVariables map[string]userVariable
	// of the last statement
	foundRows int64
	notices   []tables.Notice
	counts    map[string]int64
}

// NewClientSession starts a session for a client of a server.
func (e *Engine) NewClientSession(c Client) *Session {
	s := e.NewSession()
	s.client.Client = c
	if c.Accounts != nil {
		s.source = restrict(e.config.Source, c.Accounts)
	}
	return s
}

// ResetClient forgets what SET and USE have changed, as a connection that is handed to its next user must.
func (s *Session) ResetClient() {
	fresh := s.engine.NewClientSession(s.client.Client)
	s.settings, s.client = fresh.settings, fresh.client
}

// UseDatabase makes a schema the current one.
func (s *Session) UseDatabase(name string) error {
	found, ok := s.engine.metadata().database(name)
	if !ok {
		return undefinedDatabase(name)
	}
	s.client.database = found
	return nil
}

// Database is the current schema.
func (s *Session) Database() string {
	if s.client.database == "" {
		return defaultSchema
	}
	return s.client.database
}

// Autocommit and InTransaction are what BEGIN, COMMIT and SET autocommit have left: nothing is ever changed, but clients ask.
func (s *Session) Autocommit() bool { return !s.client.noAutocommit }

// InTransaction says whether BEGIN has come and COMMIT has not.
func (s *Session) InTransaction() bool { return s.client.transaction }

// TableColumns are the columns of a table in the current schema, or of a qualified name; nil if there is no such table.
func (s *Session) TableColumns(name string) []Column {
	def := s.engine.catalog.Table(s.Database(), name)
	if def == nil {
		return nil
	}
	out := make([]Column, len(def.Columns))
	for i, c := range def.Columns {
		out[i] = Column{Name: c.Name, Type: c.Type, Table: def, Origin: i}
	}
	return out
}

// DisputedBackslash finds a string of a statement that means one thing to a reader who takes a backslash for an escape and another to
// one who does not, and gives the place of its backslash. A server refuses such text, because the client that made it may be either.
func DisputedBackslash(text string) (offset int, found bool) {
	return mysqlfront.DisputedBackslash(text)
}
