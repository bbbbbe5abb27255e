package rowexec

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/sqlerr"
)

// subquery computes a subquery for a row. Its plan runs when a row first needs it, and once for each combination of parameter values:
// what it gave is remembered (see memo).
func (r *run) subquery(e *plan.Subquery, row []column.Value) (column.Value, error) {
	a, err := r.answer(e, row)
	if err != nil {
		return nil, err
	}
	if e.Kind != plan.AnySub && e.Kind != plan.AllSub {
		return a.value, nil
	}
	left, err := r.evalAll(e.Left, row)
	if err != nil {
		return nil, err
	}
	return r.quantified(e, a, left)
}

// answer is what running a subquery's plan gave: a value, or, of ANY and ALL, the rows to compare with.
type answer struct {
	value column.Value
	rows  [][]column.Value
	match *matcher // the rows by their columns, when equality is all that is asked
}

// runSubquery runs the plan of a subquery and charges what it keeps.
func (r *run) runSubquery(e *plan.Subquery, grow func(row []column.Value) error) (*answer, error) {
	a := &answer{}
	if usesMatcher(e) {
		a.match = newMatcher()
	}
	switch e.Kind {
	case plan.ExistsSub:
		a.value = false
	case plan.ArraySub:
		a.value = &column.List{Elem: e.Typ.ElemType()}
	}
	first := true
	for row, err := range r.rows(e.Plan) {
		if err == nil {
			err = r.take(e, a, row, first, grow)
		}
		if err != nil {
			return nil, err
		}
		if e.Kind == plan.ExistsSub {
			break
		}
		first = false
	}
	return a, nil
}

// take adds a row of the subquery to its answer.
func (r *run) take(e *plan.Subquery, a *answer, row []column.Value, first bool, grow func(row []column.Value) error) error {
	switch e.Kind {
	case plan.ExistsSub:
		a.value = true
		return nil
	case plan.ScalarSub:
		if !first {
			return sqlerr.New(sqlerr.CodeCardinality, "more than one row returned by a subquery used as an expression").At(e.Offset())
		}
		a.value = row[0]
	case plan.ArraySub:
		list := a.value.(*column.List)
		list.Items = append(list.Items, row[0])
	default:
		if a.match != nil {
			a.match.add(row, int32(len(a.rows)))
		}
		a.rows = append(a.rows, row)
	}
	return grow(row)
}
