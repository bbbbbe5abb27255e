package rowexec

import (
	"fmt"
	"iter"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/sqlerr"
)

// with runs its body in a scope that has the definitions.
func (r *run) with(n *plan.With) Rows {
	return func(yield func([]column.Value, error) bool) {
		scope := r.scope.child()
		scope.tables = make(map[int]table, len(n.Defs))
		defer scope.close()
		inner := r.within(scope)
		for _, def := range n.Defs {
			rows := inner.rows(def.Plan)
			if def.Step != nil {
				rows = inner.recursive(def)
			}
			scope.tables[def.ID] = &shared{source: rows, held: r.env.Memory.Account()}
		}
		for row, err := range inner.rows(n.Body) {
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// cteRef reads a definition, or the working table of a recursive one.
func (r *run) cteRef(n *plan.CTERef) Rows {
	t, ok := r.scope.table(n.ID)
	if !ok {
		return failed(sqlerr.Internal(fmt.Errorf("definition %d (%s) is not in scope", n.ID, n.Name)))
	}
	return t.rows(r)
}

// shared is the rows of a definition. They are computed when they are first read, as far as they are read, and kept for every reader:
// a LIMIT on a recursive query without an end of its own comes to an end, as in PostgreSQL.
type shared struct {
	source Rows
	held   *budget.Account

	kept [][]column.Value
	err  error
	next func() ([]column.Value, error, bool)
	stop func()
	done bool
}

var _ table = (*shared)(nil)

func (s *shared) batches(cols []plan.Col) Batches { return batched(s.rows(nil), cols) }

func (s *shared) rows(*run) Rows {
	return func(yield func([]column.Value, error) bool) {
		for i := 0; i < len(s.kept) || s.more(); i++ {
			if !yield(s.kept[i], nil) {
				return
			}
		}
		if s.err != nil {
			yield(nil, s.err)
		}
	}
}

// more computes one more row; false at the end.
func (s *shared) more() bool {
	if s.done {
		return false
	}
	if s.next == nil {
		s.next, s.stop = iter.Pull2(s.source)
	}
	row, err, ok := s.next()
	if ok && err == nil {
		err = s.held.GrowRow(row)
	}
	if !ok || err != nil {
		s.done, s.err = true, err
		s.stop()
		return false
	}
	s.kept = append(s.kept, row)
	return true
}

func (s *shared) close() {
	if s.stop != nil {
		s.stop()
	}
	s.held.Close()
}
