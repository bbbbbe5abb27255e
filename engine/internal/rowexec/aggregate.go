package rowexec

import (
	"slices"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/plan"
)

// aggregate groups all rows, and then gives the groups: one grouping set after the other, in each the groups as they were first seen.
func (r *run) aggregate(n *plan.Aggregate) Rows {
	return func(yield func([]column.Value, error) bool) {
		g := &grouping{run: r, node: n, held: r.env.Memory.Account()}
		defer g.held.Close()
		if err := g.read(); err != nil {
			yield(nil, err)
			return
		}
		for _, s := range g.sets {
			for _, group := range s.order {
				row, err := g.result(s, group)
				if err == nil {
					err = r.tick()
				}
				if !yield(row, err) || err != nil {
					return
				}
			}
		}
	}
}

// grouping is an Aggregate at work.
type grouping struct {
	*run
	node *plan.Aggregate
	held *budget.Account
	sets []*groupingSet
}

// groupingSet is the groups by some of the keys.
type groupingSet struct {
	number int64
	has    []bool // by key
	byKey  map[string]*group
	order  []*group
}

// group is the rows of equal keys, as far as the aggregates need them.
type group struct {
	keys []column.Value // NULL outside the set
	aggs []*accumulator
}

// perGroup is about what a group costs beside its key, and perState what each of its aggregates does.
const (
	perGroup = 96
	perState = 128
)

func (g *grouping) read() error {
	g.makeSets()
	for row, err := range g.rows(g.node.Input) {
		if err == nil {
			err = g.add(row)
		}
		if err != nil {
			return err
		}
	}
	return g.addEmpty()
}

// makeSets makes the grouping sets; plain grouping is one set of all keys.
func (g *grouping) makeSets() {
	lists := g.node.Sets
	if lists == nil {
		all := make([]int, len(g.node.Keys))
		for i := range all {
			all[i] = i
		}
		lists = [][]int{all}
	}
	for i, list := range lists {
		s := &groupingSet{number: int64(i), has: make([]bool, len(g.node.Keys)), byKey: map[string]*group{}}
		for _, key := range list {
			s.has[key] = true
		}
		g.sets = append(g.sets, s)
	}
}

// add gives a row to its group of each set.
func (g *grouping) add(row []column.Value) error {
	keys, err := g.evalAll(g.node.Keys, row)
	if err != nil {
		return err
	}
	feeds := make([]*feed, len(g.node.Aggs))
	for i, call := range g.node.Aggs {
		if feeds[i], err = g.feed(call, row); err != nil {
			return err
		}
	}
	for _, s := range g.sets {
		group, err := g.group(s, keys, row)
		if err != nil {
			return err
		}
		for i, a := range group.aggs {
			if feeds[i] == nil {
				continue
			}
			if err := a.add(feeds[i], g.held); err != nil {
				return placedAtArg(err, g.node.Aggs[i].Args)
			}
		}
	}
	return nil
}

// addEmpty makes the groups that are there without any row: one for a set without keys.
func (g *grouping) addEmpty() error {
	for _, s := range g.sets {
		if len(s.order) > 0 || slices.Contains(s.has, true) {
			continue
		}
		nulls := make([]column.Value, len(g.node.Input.Columns()))
		if _, err := g.group(s, make([]column.Value, len(g.node.Keys)), nulls); err != nil {
			return err
		}
	}
	return nil
}

// group finds or makes the group of the keys. Direct arguments of aggregates are evaluated over its first row.
func (g *grouping) group(s *groupingSet, keys, row []column.Value) (*group, error) {
	masked := make([]column.Value, len(keys))
	for i, has := range s.has {
		if has {
			masked[i] = keys[i]
		}
	}
	key := appendKeys(nil, masked)
	if found := s.byKey[string(key)]; found != nil {
		return found, nil
	}
	made := &group{keys: masked, aggs: make([]*accumulator, len(g.node.Aggs))}
	for i, call := range g.node.Aggs {
		var err error
		if made.aggs[i], err = g.accumulator(call, row); err != nil {
			return nil, placedAtArg(err, append(append([]plan.Expr(nil), call.Direct...), call.Args...))
		}
	}
	s.byKey[string(key)] = made
	s.order = append(s.order, made)
	return made, g.held.Grow(perGroup + int64(len(key)) + budget.SizeOfRow(masked) + perState*int64(len(made.aggs)))
}

// result is the row of a group.
func (g *grouping) result(s *groupingSet, group *group) ([]column.Value, error) {
	row := append(make([]column.Value, 0, len(g.node.Cols)), group.keys...)
	for i, a := range group.aggs {
		v, err := a.result()
		if err != nil {
			return nil, placedAtArg(err, g.node.Aggs[i].Args)
		}
		row = append(row, v)
	}
	if g.node.Sets != nil {
		row = append(row, s.number)
	}
	return row, nil
}
