package window

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/funcs"
)

// fan is how many states of one level make a block of the next.
const fan = 16

// blocks answers frames of any form in logarithmic time from the states of blocks of 16, 256, … rows, each made when it is first
// needed. The order of the rows is kept, so aggregates that depend on it stay right.
type blocks struct {
	a      *aggregation
	p      *partition
	levels [][]funcs.State // levels[0] holds blocks of fan rows
}

var _ feeder = (*blocks)(nil)

func newBlocks(a *aggregation, p *partition) *blocks {
	b := &blocks{a: a, p: p}
	for n := p.len() / fan; n > 0; n /= fan {
		b.levels = append(b.levels, make([]funcs.State, n))
	}
	return b
}

func (b *blocks) value(spans []span) (column.Value, error) {
	s, err := b.a.state()
	if err != nil {
		return nil, err
	}
	for _, places := range spans {
		if err := b.feed(s, 0, places); err != nil {
			return nil, err
		}
	}
	return s.Result()
}

// feed adds a span, counted in blocks of the level (level 0: rows): what fills whole blocks of the next level from there.
func (b *blocks) feed(s funcs.State, level int, units span) error {
	inner := span{(units.from + fan - 1) / fan, units.to / fan}
	if level == len(b.levels) || inner.len() <= 0 {
		return b.addUnits(s, level, units)
	}
	if err := b.addUnits(s, level, span{units.from, inner.from * fan}); err != nil {
		return err
	}
	if err := b.feed(s, level+1, inner); err != nil {
		return err
	}
	return b.addUnits(s, level, span{inner.to * fan, units.to})
}

func (b *blocks) addUnits(s funcs.State, level int, units span) error {
	if level == 0 {
		return b.a.add(s, b.p, units)
	}
	for i := units.from; i < units.to; i++ {
		block, err := b.block(level, i)
		if err != nil {
			return err
		}
		if err := s.Merge(block); err != nil {
			return err
		}
	}
	return nil
}

// block is the state of block i of a level from 1.
func (b *blocks) block(level, i int) (funcs.State, error) {
	at := &b.levels[level-1][i]
	if *at != nil {
		return *at, nil
	}
	s, err := b.a.state()
	if err != nil {
		return nil, err
	}
	if err := b.addUnits(s, level-1, span{i * fan, (i + 1) * fan}); err != nil {
		return nil, err
	}
	*at = s
	return s, nil
}
