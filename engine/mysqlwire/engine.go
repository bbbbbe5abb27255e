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

// NewSession implements Backend.
func (b engineBackend) NewSession(client Client) (Session, error) {
	return &engineSession{session: b.engine.NewSession()}, nil
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
func (r *engineRows) Close()                       { r.rows.Close() }

func (r *engineRows) Summary() Summary {
	s := r.rows.Summary()
	out := Summary{Kind: "query", Warnings: len(s.Notices)}
	for _, a := range s.Coverage.Accounts {
		out.Accounts = append(out.Accounts, a.ID)
	}
	return out
}

func columnsOf(columns []engine.Column) []Column {
	out := make([]Column, len(columns))
	for i, c := range columns {
		out[i] = Column{Name: c.Name, Type: c.Type}
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
	return nil, sqlerr.NotSupported("COM_FIELD_LIST")
}

func (s *engineSession) UseDatabase(string) error { return nil }
func (s *engineSession) State() State             { return State{Autocommit: true} }
func (s *engineSession) Reset() error             { return nil }
func (s *engineSession) Close()                   {}

// Disputed implements Backend.
func (b engineBackend) Disputed(text string) (int, bool) { return 0, false }
