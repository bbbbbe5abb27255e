package rowexec

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/plan"
)

// Scope is what surrounds a plan: the values of rows of enclosing queries, by OuterRef id, and the rows of WITH definitions and working
// tables, by CTE id. Scopes nest; the innermost answers first. A nil Scope is the outermost one.
type Scope struct {
	parent *Scope
	values map[int]column.Value
	tables map[int]table

	memos map[*plan.Subquery]*memo
}

// Table gives the rows of a WITH definition: each call reads them from the start.
type Table func() Batches

// table gives the rows of a definition, from the start, and frees what it holds.
type table interface {
	rows(r *run) Rows
	batches(cols []plan.Col) Batches
	close()
}

// WithValues gives a scope in which OuterRefs have these values too.
func (s *Scope) WithValues(values map[int]column.Value) *Scope {
	return &Scope{parent: s, values: values}
}

// WithTable gives a scope in which CTERefs of this id read t: for an executor that runs the With itself.
func (s *Scope) WithTable(id int, t Table) *Scope {
	return &Scope{parent: s, tables: map[int]table{id: external(t)}}
}

// Value is the value of an OuterRef.
func (s *Scope) Value(id int) (column.Value, bool) {
	for ; s != nil; s = s.parent {
		if v, ok := s.values[id]; ok {
			return v, true
		}
	}
	return nil, false
}

// Table gives the rows that a CTERef reads, for a delegate. They must be read in the goroutine that Run is iterated in.
func (s *Scope) Table(ref *plan.CTERef) (Batches, bool) {
	t, ok := s.table(ref.ID)
	if !ok {
		return nil, false
	}
	return t.batches(ref.Cols), true
}

func (s *Scope) table(id int) (table, bool) {
	for ; s != nil; s = s.parent {
		if t, ok := s.tables[id]; ok {
			return t, true
		}
	}
	return nil, false
}

func (s *Scope) child() *Scope { return &Scope{parent: s} }

// close frees what the definitions and memos of this scope hold.
func (s *Scope) close() {
	for _, t := range s.tables {
		t.close()
	}
	for _, m := range s.memos {
		m.held.Close()
	}
}

// external is a table of another executor.
type external Table

var _ table = external(nil)

func (t external) rows(r *run) Rows           { return r.unbatched(t()) }
func (t external) batches([]plan.Col) Batches { return t() }
func (t external) close()                     {}
