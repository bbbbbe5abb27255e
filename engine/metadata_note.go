package engine

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/bind"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/syntax"
)

// of says which statement the rows answer.
func (r *Rows) of(q request) *Rows {
	if r != nil {
		r.kind = q.kind()
	}
	return r
}

// Kind is what the statement was: "query", "explain", "set", "show", or what a client asked of the server.
func (r *Rows) Kind() string { return r.kind }

func (q request) kind() string {
	switch q.statement.(type) {
	case *syntax.Query:
		return "query"
	case *syntax.Explain:
		return "explain"
	case *syntax.Set:
		return "set"
	case *syntax.Show:
		return "show"
	}
	if q.client == nil {
		return "sleep"
	}
	return q.client.Kind.String()
}

// note keeps of a statement that has ended what the next may ask about: FOUND_ROWS(), SHOW WARNINGS, TABLE_ROWS.
func (s *Session) note(r *Rows) {
	c := &s.client
	c.foundRows = r.rows
	if r.snapshot == nil {
		if r.plan != nil {
			c.notices = nil
		}
		return
	}
	c.notices = r.Notices()
	for _, d := range s.engine.catalog.defs {
		if n, known := r.snapshot.RowCount(d.QualifiedName()); known {
			if c.counts == nil {
				c.counts = map[string]int64{}
			}
			c.counts[d.QualifiedName()] = n
		}
	}
}

// limit applies SQL_SELECT_LIMIT, which clients set instead of changing a statement.
func (c *clientState) limit(stmt *bind.Statement) {
	if c.limited {
		count := &plan.Const{Pos: -1, Typ: column.Int64, Val: c.selectLimit}
		stmt.Root = &plan.Limit{Input: stmt.Root, Count: count}
	}
}
