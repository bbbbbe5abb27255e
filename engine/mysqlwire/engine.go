package mysqlwire

import (
	"context"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// FromEngine is the backend of an engine.
func FromEngine(e *engine.Engine) Backend { return engineBackend{e} }

type engineBackend struct{ engine *engine.Engine }

var _ Backend = engineBackend{}

// Split implements Backend.
func (b engineBackend) Split(text string) []Span {
	pieces, _ := engine.Split(text)
	out := make([]Span, len(pieces))
	for i, p := range pieces {
		out[i] = Span(p)
	}
	return out
}

// Disputed implements Backend.
func (b engineBackend) Disputed(text string) (int, bool) { return engine.DisputedBackslash(text) }

// NewSession implements Backend.
func (b engineBackend) NewSession(client Client) (Session, error) {
	return &engineSession{session: b.engine.NewClientSession(client)}, nil
}

type engineSession struct{ session *engine.Session }

var _ Session = (*engineSession)(nil)

func (s *engineSession) Query(ctx context.Context, text string) (Rows, error) {
	rows, err := s.session.Query(ctx, text)
	if err != nil {
		return nil, err
	}
	return newEngineRows(rows), nil
}

func (s *engineSession) Prepare(_ context.Context, text string) (Statement, error) {
	p, err := s.session.Prepare(text)
	if err != nil {
		return nil, err
	}
	return engineStatement{p}, nil
}

type engineStatement struct{ prepared *engine.Prepared }

func (s engineStatement) Params() int       { return len(s.prepared.Params) }
func (s engineStatement) Columns() []Column { return columnsOf(s.prepared.Columns) }

func (s engineStatement) Query(ctx context.Context, params []column.Value) (Rows, error) {
	rows, err := s.prepared.Query(ctx, params...)
	if err != nil {
		return nil, err
	}
	return newEngineRows(rows), nil
}

// engineRows is an answer of the engine.
type engineRows struct {
	rows    *engine.Rows
	columns []Column
}

func newEngineRows(rows *engine.Rows) *engineRows {
	return &engineRows{rows: rows, columns: columnsOf(rows.Columns)}
}

func (r *engineRows) Columns() []Column            { return r.columns }
func (r *engineRows) Next() (*column.Batch, error) { return r.rows.Next() }
func (r *engineRows) Canceled() error              { return r.rows.Canceled() }
func (r *engineRows) Close()                       { r.rows.Close() }

func (r *engineRows) Kind() string       { return r.rows.Kind() }
func (r *engineRows) Warnings() int      { return len(r.rows.Notices()) }
func (r *engineRows) Accounts() []string { return r.rows.Accounts() }

func columnsOf(columns []engine.Column) []Column {
	out := make([]Column, len(columns))
	for i, c := range columns {
		out[i] = Column{Name: c.Name, Type: c.Type, Declared: c.Native}
		if c.Table != nil {
			origin := c.Table.Columns[c.Origin].Name
			out[i].Schema, out[i].Table, out[i].Origin = c.Table.Schema, c.Table.Name, origin
			out[i].Key = origin == "_key"
		}
	}
	return out
}

// Fields implements Session.
func (s *engineSession) Fields(table string) ([]Column, error) {
	columns := s.session.TableColumns(table)
	if columns == nil {
		return nil, sqlerr.New(sqlerr.CodeUndefinedTable, "relation %q does not exist", table)
	}
	return columnsOf(columns), nil
}

func (s *engineSession) UseDatabase(name string) error { return s.session.UseDatabase(name) }
func (s *engineSession) Reset()                        { s.session.ResetClient() }

func (s *engineSession) State() State {
	return State{Autocommit: s.session.Autocommit(), InTransaction: s.session.InTransaction(), Database: s.session.Database()}
}
