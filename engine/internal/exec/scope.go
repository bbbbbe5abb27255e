package exec

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/rowexec"
)

// scope is what surrounds a plan: values of rows of enclosing queries and the definitions of WITH. Scopes nest; nil is the outermost.
type scope struct {
	parent *scope
	values map[int]column.Value
	tables map[int]*cte
	rows   *rowexec.Scope // of the row executor that asked for this plan; only in the outermost of our scopes
}

// value is the value of an OuterRef.
func (s *scope) value(id int) (column.Value, bool) {
	for ; s != nil; s = s.parent {
		if v, ok := s.values[id]; ok {
			return v, true
		}
		if s.rows != nil {
			return s.rows.Value(id)
		}
	}
	return nil, false
}

// table is a definition of WITH, nil if there is none of that id here.
func (s *scope) table(id int) *cte {
	for ; s != nil; s = s.parent {
		if t, ok := s.tables[id]; ok {
			return t
		}
	}
	return nil
}

// forRows is the same for the row executor.
func (s *scope) forRows(x *run) *rowexec.Scope {
	if s == nil {
		return nil
	}
	out := s.parent.forRows(x)
	if s.rows != nil {
		out = s.rows
	}
	if s.values != nil {
		out = out.WithValues(s.values)
	}
	for id, t := range s.tables {
		out = out.WithTable(id, func() rowexec.Batches { return t.batches(x) })
	}
	return out
}
