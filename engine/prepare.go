package engine

import (
	"context"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/bind"
	"github.com/credsql/credsql/engine/internal/syntax"
)

// Prepared is a statement with parameters, parsed once and bound anew each time it runs, because a plan depends on its values.
type Prepared struct {
	session *Session
	request request
	// Params are the types that the parameters take from their places, in order; unknown for one that nothing decides.
	Params []column.Type
	// Columns are the result's, as far as they are known without values.
	Columns []Column
}

// Prepare checks a statement whose parameters are written ? or $1 and says what they and its result are.
func (s *Session) Prepare(text string) (p *Prepared, err error) {
	defer s.recovered(&err)
	r, err := s.read(text, true)
	if err != nil {
		return nil, err
	}
	p, err = s.prepare(r)
	if other, ok := s.reread(text, r, err); ok {
		if again, err := s.prepare(other); err == nil {
			return again, nil
		}
	}
	return p, moved(err, r.start)
}

func (s *Session) prepare(r request) (*Prepared, error) {
	p := &Prepared{session: s, request: r, Params: make([]column.Type, r.params)}
	q, ok := r.statement.(*syntax.Query)
	if !ok {
		return p, nil
	}
	stmt, err := bind.Bind(q, bind.Config{Catalog: s.engine.catalog, Registry: s.engine.registry})
	if err != nil {
		return nil, err
	}
	copy(p.Params, stmt.Params)
	p.Columns = columnsOf(stmt.Columns)
	return p, nil
}

// Query runs the statement with values for its parameters: each is text, for whatever type is needed, or a value that is converted to exactly
// the parameter's type or refused.
func (p *Prepared) Query(ctx context.Context, params ...column.Value) (rows *Rows, err error) {
	defer p.session.recovered(&err)
	rows, err = p.session.run(ctx, p.request, params)
	return rows.of(p.request), moved(err, p.request.start)
}
