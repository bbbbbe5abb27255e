package icu

import "encoding/binary"

const (
	// maxRepeat bounds the count in {n,m}, maxProgram the instructions of a pattern: counted parts are written out.
	maxRepeat  = 10_000
	maxProgram = 50_000
)

// compiler writes a tree out as a program.
type compiler struct {
	sets map[string]*matchSet // those made so far, by their members
	program
	err error
}

func compile(n node, groups int) (*program, error) {
	c := compiler{program: program{groups: groups, regular: true}, sets: map[string]*matchSet{}}
	c.node(n)
	c.emit(inst{op: opMatch})
	if c.err != nil {
		return nil, c.err
	}
	p := c.program
	p.analyse()
	return &p, nil
}

// emit appends an instruction and gives its place.
func (c *compiler) emit(in inst) int {
	if len(c.insts) >= maxProgram {
		c.err = ErrTooLarge
		return 0
	}
	if in.op == opSplit {
		in.n = c.splits
		c.splits++
	}
	c.insts = append(c.insts, in)
	return len(c.insts) - 1
}

// set emits one character of a set. Equal sets are shared: a counted repetition has the same one many times.
func (c *compiler) set(set runeSet) {
	key := make([]byte, 0, 8*len(set))
	for _, x := range set {
		key = binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(key, uint32(x.lo)), uint32(x.hi))
	}
	m := c.sets[string(key)]
	if m == nil {
		m = newMatchSet(set)
		c.sets[string(key)] = m
	}
	c.emit(inst{op: opSet, set: m})
}

func (c *compiler) here() int32 { return int32(len(c.insts)) }

func (c *compiler) node(n node) {
	if c.err != nil {
		return
	}
	switch n := n.(type) {
	case literal:
		c.literal(n)
	case charSet:
		c.set(n.set)
	case anyChar:
		c.lineOr(allRunes().minus(runesOf('\r')))
	case newline:
		c.lineOr(lineEnds.minus(runesOf('\r')))
	case assertion:
		c.emit(inst{op: opAssert, kind: n.kind})
	case group:
		c.emit(inst{op: opCapStart, n: n.index})
		c.node(n.body)
		c.emit(inst{op: opCapEnd, n: n.index})
	case concat:
		for _, part := range n.parts {
			c.node(part)
		}
	case alternate:
		c.alternate(n)
	case repeat:
		c.repeat(n)
	case atomic:
		c.enclosed(inst{op: opAtomic}, n.body, opMatch)
	case look:
		c.look(n)
	case backref:
		c.regular = false
		c.emit(inst{op: opBackref, n: n.group, fold: n.fold})
	}
}

// lineOr is a character of others, or a carriage return with the line feed that may follow: not one without the other.
func (c *compiler) lineOr(others runeSet) {
	split := c.emit(inst{op: opSplit})
	c.patchX(split)
	c.set(others)
	jump := c.emit(inst{op: opJump})
	c.patchY(split)
	c.emit(inst{op: opRune, r: '\r'})
	second := c.emit(inst{op: opSplit})
	c.patchX(second)
	c.emit(inst{op: opRune, r: '\n'})
	over := c.emit(inst{op: opJump})
	c.patchY(second)
	c.emit(inst{op: opAssert, kind: assertNotBeforeLF})
	c.patchX(jump)
	c.patchX(over)
}

func (c *compiler) patchX(at int) {
	if c.err == nil {
		c.insts[at].x = c.here()
	}
}

func (c *compiler) patchY(at int) {
	if c.err == nil {
		c.insts[at].y = c.here()
	}
}

func (c *compiler) alternate(n alternate) {
	var jumps []int
	for i, branch := range n.branches {
		if i == len(n.branches)-1 {
			c.node(branch)
			break
		}
		split := c.emit(inst{op: opSplit})
		c.patchX(split)
		c.node(branch)
		jumps = append(jumps, c.emit(inst{op: opJump}))
		c.patchY(split)
	}
	for _, j := range jumps {
		c.patchX(j)
	}
}

func (c *compiler) repeat(n repeat) {
	if n.max < 0 && n.min > 0 {
		for range n.min - 1 {
			c.node(n.body)
		}
		c.plus(n)
		return
	}
	for range n.min {
		c.node(n.body)
	}
	if n.max < 0 {
		c.star(n)
		return
	}
	var splits []int
	for range n.max - n.min {
		if c.err != nil {
			return
		}
		splits = append(splits, c.choice(n.lazy))
		c.node(n.body)
	}
	for _, s := range splits {
		c.leave(s, n.lazy)
	}
}

// choice emits a split that goes on here, or out, whichever the quantifier prefers; leave says where out is.
func (c *compiler) choice(lazy bool) int {
	split := c.emit(inst{op: opSplit})
	if lazy {
		c.patchY(split)
	} else {
		c.patchX(split)
	}
	return split
}

func (c *compiler) leave(split int, lazy bool) {
	if lazy {
		c.patchX(split)
	} else {
		c.patchY(split)
	}
}

// star repeats any number of times. An iteration that matches nothing ends the loop, as in ICU.
func (c *compiler) star(n repeat) {
	loop := c.here()
	split := c.choice(n.lazy)
	progress := c.marked(n.body)
	c.emit(inst{op: opJump, x: loop})
	c.leave(split, n.lazy)
	if progress >= 0 {
		c.patchX(progress)
	}
}

// plus repeats at least once.
func (c *compiler) plus(n repeat) {
	loop := c.here()
	progress := c.marked(n.body)
	split := c.emit(inst{op: opSplit, x: loop, y: loop})
	c.leave(split, n.lazy)
	if progress >= 0 {
		c.patchX(progress)
	}
}

// marked emits a loop's body, and where it can match nothing what notices that; the instruction to patch is given, or -1.
func (c *compiler) marked(body node) int {
	if least, _ := length(body); least > 0 {
		c.node(body)
		return -1
	}
	mark := c.marks
	c.marks++
	c.emit(inst{op: opMark, n: mark})
	c.node(body)
	return c.emit(inst{op: opProgress, n: mark})
}

// enclosed emits a body that is run on its own.
func (c *compiler) enclosed(in inst, body node, end opcode) {
	c.regular = false
	at := c.emit(in)
	c.node(body)
	c.emit(inst{op: end})
	c.patchX(at)
}

func (c *compiler) look(n look) {
	in := inst{op: opLook, behind: n.behind, negative: n.negative, min: n.min, max: n.max}
	end := opMatch
	if n.behind {
		end = opLookEnd
	}
	c.enclosed(in, n.body, end)
}
