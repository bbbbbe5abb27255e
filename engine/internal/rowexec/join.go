package rowexec

import (
	"iter"
	"slices"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/plan"
)

// join holds the right input and lets the left one stream past it: left rows stay in order, and the matches of one in the order of
// the right rows. Unmatched right rows come last.
func (r *run) join(n *plan.Join) Rows {
	if n.Kind == plan.NullAnti {
		return r.nullAntiJoin(n)
	}
	return func(yield func([]column.Value, error) bool) {
		held := r.env.Memory.Account()
		defer held.Close()
		right, err := r.joinSide(n, held)
		if err != nil {
			yield(nil, err)
			return
		}
		for left, err := range r.rows(n.Left) {
			if err != nil {
				yield(nil, err)
				return
			}
			if !r.joinRow(n, left, right, yield) {
				return
			}
		}
		if n.Kind == plan.Right || n.Kind == plan.Full {
			right.yieldUnmatched(len(n.Left.Columns()), yield)
		}
	}
}

// joinSide is the right input of a join.
type joinSide struct {
	rows    [][]column.Value
	index   index // by key; nil when the join has none
	all     []int32
	matched []bool
	width   int
}

// joinSide reads the right input. Rows with a NULL in their key are in no index: they match nothing.
func (r *run) joinSide(n *plan.Join, held *budget.Account) (*joinSide, error) {
	rows, err := r.collect(r.rows(n.Right), held)
	if err != nil {
		return nil, err
	}
	s := &joinSide{rows: rows, matched: make([]bool, len(rows)), width: len(n.Right.Columns())}
	if len(n.RightKeys) == 0 {
		for i := range rows {
			s.all = append(s.all, int32(i))
		}
		return s, nil
	}
	s.index = index{}
	for i, row := range rows {
		key, err := r.evalAll(n.RightKeys, row)
		if err == nil {
			err = held.GrowRow(key)
		}
		if err != nil {
			return nil, err
		}
		if !slices.Contains(key, nil) {
			s.index.add(key, int32(i))
		}
	}
	return s, nil
}

// candidates are the right rows whose key equals the left row's.
func (r *run) candidates(n *plan.Join, left []column.Value, right *joinSide) ([]int32, error) {
	if right.index == nil {
		return right.all, nil
	}
	key, err := r.evalAll(n.LeftKeys, left)
	if err != nil || slices.Contains(key, nil) {
		return nil, err
	}
	return right.index.find(key), nil
}

// joinRow yields what a join gives for one left row; false ends the join.
func (r *run) joinRow(n *plan.Join, left []column.Value, right *joinSide, yield func([]column.Value, error) bool) bool {
	matched := false
	for pair, err := range r.matches(n, left, right) {
		if err != nil {
			yield(nil, err)
			return false
		}
		matched = true
		if n.Kind == plan.Semi || n.Kind == plan.Anti {
			break
		}
		if !yield(pair, nil) {
			return false
		}
	}
	switch {
	case n.Kind == plan.Semi && matched, n.Kind == plan.Anti && !matched:
		return yield(left, nil)
	case (n.Kind == plan.Left || n.Kind == plan.Full) && !matched:
		return yield(beside(left, make([]column.Value, right.width)), nil)
	}
	return true
}

// matches gives the pairs of a left row with the right rows that it matches.
func (r *run) matches(n *plan.Join, left []column.Value, right *joinSide) Rows {
	return func(yield func([]column.Value, error) bool) {
		candidates, err := r.candidates(n, left, right)
		if err != nil {
			yield(nil, err)
			return
		}
		for _, i := range candidates {
			pair := beside(left, right.rows[i])
			hit, err := r.isTrue(n.On, pair)
			if err == nil {
				err = r.tick()
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if !hit {
				continue
			}
			right.matched[i] = true
			if !yield(pair, nil) {
				return
			}
		}
	}
}

func (s *joinSide) yieldUnmatched(leftWidth int, yield func([]column.Value, error) bool) {
	for i, row := range s.rows {
		if !s.matched[i] && !yield(beside(make([]column.Value, leftWidth), row), nil) {
			return
		}
	}
}

// beside is a left row followed by a right one.
func beside(left, right []column.Value) []column.Value {
	return append(append(make([]column.Value, 0, len(left)+len(right)), left...), right...)
}

// nullAntiJoin passes the left rows of which it is certain that no right row for which On holds has an equal key: what NOT IN means.
func (r *run) nullAntiJoin(n *plan.Join) Rows {
	return func(yield func([]column.Value, error) bool) {
		held := r.env.Memory.Account()
		defer held.Close()
		rows, err := r.collect(r.rows(n.Right), held)
		m := newMatcher()
		for i, row := range rows {
			var key []column.Value
			if key, err = r.evalAll(n.RightKeys, row); err == nil {
				err = held.GrowRow(key)
			}
			if err != nil {
				break
			}
			m.add(key, int32(i))
		}
		if err != nil {
			yield(nil, err)
			return
		}
		for left, err := range r.rows(n.Left) {
			excluded := false
			if err == nil {
				excluded, err = r.excluded(n, left, rows, m)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if !excluded && !yield(left, nil) {
				return
			}
		}
	}
}

// excluded says whether a right row for which On holds has a key that equals the left row's, or may.
func (r *run) excluded(n *plan.Join, left []column.Value, rows [][]column.Value, m *matcher) (bool, error) {
	key, err := r.evalAll(n.LeftKeys, left)
	if err != nil {
		return false, err
	}
	for i := range chain(slices.Values(m.certain(key)), m.possible(key)) {
		hit, err := r.isTrue(n.On, beside(left, rows[i]))
		if err == nil {
			err = r.tick()
		}
		if hit || err != nil {
			return hit, err
		}
	}
	return false, nil
}

func chain(seqs ...iter.Seq[int32]) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		for _, seq := range seqs {
			for i := range seq {
				if !yield(i) {
					return
				}
			}
		}
	}
}
