package rowexec

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/plan"
)

// quantified compares a row's left values with the rows of an ANY or ALL subquery.
func (r *run) quantified(e *plan.Subquery, a *answer, left []column.Value) (column.Value, error) {
	if a.match != nil {
		found := a.match.contains(left)
		if e.Kind == plan.AllSub { // differs from all: equals none
			return negated(found), nil
		}
		return found, nil
	}
	// ANY is OR over the rows, ALL is AND.
	decides := e.Kind == plan.AnySub
	var out column.Value = !decides
	for _, row := range a.rows {
		v, err := r.eval(e.Cmp, beside(left, row))
		if err == nil {
			err = r.tick()
		}
		if err != nil {
			return nil, err
		}
		switch v {
		case nil:
			out = nil
		case decides:
			return v, nil
		}
	}
	return out, nil
}

// contains says whether a row equals the key: NULL when none certainly does but one may.
func (m *matcher) contains(key []column.Value) column.Value {
	if len(m.certain(key)) > 0 {
		return true
	}
	for range m.possible(key) {
		return nil
	}
	return false
}

// usesMatcher says whether a hash answers the comparison: for = ANY, and for <> ALL, which the binder writes as an inequality or as NOT
// of the equality. What is left, = ALL, is compared row by row.
func usesMatcher(e *plan.Subquery) bool {
	if !e.Equal {
		return false
	}
	if e.Kind == plan.AnySub {
		return true
	}
	if e.Kind != plan.AllSub {
		return false
	}
	switch cmp := e.Cmp.(type) {
	case *plan.Not:
		return true
	case *plan.Call:
		return cmp.Name == "<>"
	}
	return false
}
