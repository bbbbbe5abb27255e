package icu

import (
	"slices"
	"sort"
)

// classes divide the characters into those that a program cannot tell apart. The class count stands for the end of the text.
type classes struct {
	count  int
	ascii  [256]uint16 // of a byte below 0x80
	starts []rune      // where a run of one class begins, in order
	ids    []uint16    // of each run
	sample []rune      // a member of each class
	// mask has what assertions of the program ask of the characters before; lastLineEnd says that one asks for the text's last
	// line end.
	mask        context
	lastLineEnd bool
}

// classesOf cuts the characters at the bounds of every set of the program, and tells pieces apart by the sets that they lie in.
func classesOf(p *program) *classes {
	c := &classes{}
	sets := c.setsOf(p)
	bounds := []rune{0}
	for _, s := range sets {
		for _, x := range s {
			bounds = append(bounds, x.lo)
			if x.hi < maxRune {
				bounds = append(bounds, x.hi+1)
			}
		}
	}
	slices.Sort(bounds)
	c.starts = slices.Compact(bounds)
	c.number(sets)
	for r := range rune(0x80) {
		c.ascii[r] = uint16(c.of(r))
	}
	return c
}

// number gives each piece its class: each set in turn splits the classes that it cuts through.
func (c *classes) number(sets []runeSet) {
	split := make([]int, len(c.starts))
	last := 0
	for _, s := range sets {
		inside := map[int]int{}
		for _, x := range s {
			for i := c.piece(x.lo); i < len(c.starts) && c.starts[i] <= x.hi; i++ {
				id, ok := inside[split[i]]
				if !ok {
					last++
					id = last
					inside[split[i]] = id
				}
				split[i] = id
			}
		}
	}
	ids := map[int]uint16{}
	for i, old := range split {
		id, ok := ids[old]
		if !ok {
			id = uint16(len(ids))
			ids[old] = id
			c.sample = append(c.sample, c.starts[i])
		}
		c.ids = append(c.ids, id)
	}
	c.count = len(ids)
}

// setsOf are the sets of the program's characters, and those that its assertions ask about.
func (c *classes) setsOf(p *program) []runeSet {
	var sets []runeSet
	runes, known := map[rune]bool{}, map[*matchSet]bool{}
	for i := range p.insts {
		switch in := &p.insts[i]; in.op {
		case opRune:
			if !runes[in.r] {
				runes[in.r] = true
				sets = append(sets, runesOf(in.r))
			}
		case opSet:
			if !known[in.set] {
				known[in.set] = true
				sets = append(sets, in.set.spans)
			}
		case opAssert:
			sets = append(sets, c.noteAssert(in.kind)...)
		}
	}
	return sets
}

// noteAssert adds to the mask what an assertion needs, and gives the sets that it tells apart.
func (c *classes) noteAssert(kind assertKind) []runeSet {
	switch kind {
	case assertTextStart:
		c.mask |= atTextStart
	case assertLastLineEnd:
		c.lastLineEnd = true
	case assertLineStart:
		c.mask |= atTextStart | afterLineEnd
		return []runeSet{lineEnds}
	case assertFirstLineStart:
		c.mask |= atTextStart | afterLineEnd | afterCR
		return []runeSet{lineEnds, runesOf('\r'), runesOf('\n')}
	case assertLineEnd:
		c.mask |= afterCR
		return []runeSet{lineEnds, runesOf('\r'), runesOf('\n')}
	case assertNotBeforeLF:
		return []runeSet{runesOf('\n')}
	case assertWordEdge, assertNotWordEdge:
		c.mask |= afterWord
		return []runeSet{wordRunes(), transparent()}
	}
	return nil
}

// piece is the piece that a character lies in.
func (c *classes) piece(r rune) int {
	return sort.Search(len(c.starts), func(i int) bool { return c.starts[i] > r }) - 1
}

// of is a character's class.
func (c *classes) of(r rune) int { return int(c.ids[c.piece(r)]) }

// after is the context behind r.
func (c *classes) after(before context, r rune) context {
	var now context
	if isLineEnd(r) {
		now |= afterLineEnd
	}
	if r == '\r' {
		now |= afterCR
	}
	if c.mask&afterWord != 0 {
		switch {
		case isTransparent(r):
			now |= before & afterWord
		case isWordRune(r):
			now |= afterWord
		}
	}
	return now & c.mask
}

// holds decides an assertion between two characters. final says that the text's last line end, or its end, comes next.
func (c *classes) holds(kind assertKind, before context, class int, final bool) bool {
	end := class == c.count
	next := eof
	if !end {
		next = c.sample[class]
	}
	switch kind {
	case assertTextStart:
		return before&atTextStart != 0
	case assertTextEnd:
		return end
	case assertLastLineEnd:
		return final
	case assertLineStart:
		return before&atTextStart != 0 || before&afterLineEnd != 0 && !end
	case assertFirstLineStart:
		return c.holds(assertLineStart, before, class, final) && !(before&afterCR != 0 && next == '\n')
	case assertLineEnd:
		return end || isLineEnd(next) && !(next == '\n' && before&afterCR != 0)
	case assertNotBeforeLF:
		return next != '\n'
	}
	if end {
		return before&afterWord != 0 == (kind == assertWordEdge)
	}
	edge := !isTransparent(next) && isWordRune(next) != (before&afterWord != 0)
	return edge == (kind == assertWordEdge)
}
