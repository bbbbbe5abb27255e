package rowexec

import (
	"encoding/binary"
	"math"
	"slices"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/sqltype"
)

// memoBytes bounds what is remembered of one correlated subquery.
const memoBytes = 16 << 20

// memo remembers what a subquery gave, by the values of its parameters. It lives in the innermost scope that the subquery's plan reads a
// table of, or else as long as the statement: there is no other way for what is around to change its answer.
type memo struct {
	answers map[string]*answer
	held    *budget.Account
}

// answer gives the remembered answer, or runs the subquery.
func (r *run) answer(e *plan.Subquery, row []column.Value) (*answer, error) {
	values, err := r.binds(e.Params, row)
	if err != nil {
		return nil, err
	}
	m := r.home(e).memo(e, r.env.Memory)
	key := identity(e.Params, values)
	if a, ok := m.answers[key]; ok {
		return a, nil
	}
	m.makeRoom()
	inner := r.scope.WithValues(values)
	defer inner.close()
	a, err := r.within(inner).runSubquery(e, m.held.GrowRow)
	if err != nil {
		return nil, err
	}
	m.answers[key] = a
	return a, m.held.Grow(int64(len(key)) + perKey)
}

// makeRoom forgets everything when the memo is full. An answer that is in use stays alive with its user.
func (m *memo) makeRoom() {
	if m.held.Used() > memoBytes {
		clear(m.answers)
		m.held.Close()
	}
}

// home is the scope that a subquery's memo lives in.
func (r *run) home(e *plan.Subquery) *Scope {
	read, ok := r.reads[e]
	if !ok {
		read = tablesRead(e.Plan)
		r.reads[e] = read
	}
	if len(read) == 0 {
		return r.root
	}
	for s := r.scope; s != r.root; s = s.parent {
		for id := range s.tables {
			if slices.Contains(read, id) {
				return s
			}
		}
	}
	return r.root
}

// memo gives the scope's memo of a subquery.
func (s *Scope) memo(e *plan.Subquery, memory *budget.Budget) *memo {
	m := s.memos[e]
	if m == nil {
		m = &memo{answers: map[string]*answer{}, held: memory.Account()}
		if s.memos == nil {
			s.memos = map[*plan.Subquery]*memo{}
		}
		s.memos[e] = m
	}
	return m
}

// identity encodes parameter values so that different bytes stand for values that an expression could tell apart: SQL's equality is not
// enough, because 1 day = 24 hours and 0 = -0.
func identity(params []plan.ParamBind, values map[int]column.Value) string {
	var key []byte
	for _, p := range params {
		key = appendIdentity(key, values[p.ID])
	}
	return string(key)
}

func appendIdentity(dst []byte, v column.Value) []byte {
	switch v := v.(type) {
	case float64:
		return binary.LittleEndian.AppendUint64(append(dst, 'f'), math.Float64bits(v))
	case column.Interval:
		dst = binary.LittleEndian.AppendUint32(append(dst, 'i'), uint32(v.Months))
		dst = binary.LittleEndian.AppendUint32(dst, uint32(v.Days))
		return binary.LittleEndian.AppendUint64(dst, uint64(v.Micros))
	case *column.List:
		dst = binary.AppendUvarint(append(dst, 'l'), uint64(len(v.Items)))
		for _, item := range v.Items {
			dst = appendIdentity(dst, item)
		}
		return dst
	default:
		return sqltype.AppendKey(append(dst, 'v'), v)
	}
}
