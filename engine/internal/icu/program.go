package icu

// opcode says what an instruction does. Unless it jumps, the next instruction is the one after it.
type opcode uint8

const (
	opMatch    opcode = iota // the pattern, or the body of an atomic part or a look-ahead, matches here
	opRune                   // one character
	opSet                    // one character of a set
	opSplit                  // to x; if that fails, to y
	opJump                   // to x
	opAssert                 // goes on if kind holds here
	opCapStart               // group n begins
	opCapEnd                 // group n ends
	opMark                   // register n is the place
	opProgress               // to x if the place is still register n: a loop's body matched nothing
	opBackref                // the text of group n
	opAtomic                 // the body up to its opMatch, then on at x with no way back into it
	opLook                   // look-ahead or look-behind over the body up to its end, then on at x at the same place
	opLookEnd                // the body of a look-behind matches if it ends here where it should
)

type inst struct {
	op       opcode
	kind     assertKind // opAssert
	fold     bool       // opBackref
	behind   bool       // opLook
	negative bool       // opLook
	r        rune       // opRune
	x, y     int32
	n        int // group, register, or the number of an opSplit
	min, max int // opLook: lengths of a look-behind
	set      *matchSet
}

// matchSet is a set made fast for ASCII.
type matchSet struct {
	ascii [2]uint64
	spans runeSet
}

func newMatchSet(set runeSet) *matchSet {
	m := &matchSet{spans: set}
	for _, s := range set {
		for r := s.lo; r <= s.hi && r < 0x80; r++ {
			m.ascii[r>>6] |= 1 << (r & 63)
		}
	}
	return m
}

func (m *matchSet) has(r rune) bool {
	if r < 0x80 {
		return m.ascii[r>>6]>>(uint(r)&63)&1 != 0
	}
	return m.spans.contains(r)
}

// program is a compiled pattern.
type program struct {
	insts  []inst
	groups int // capture groups, without the whole match
	marks  int // registers
	splits int
	// regular: without references, look-around and atomic parts, so that an automaton can decide whether it matches.
	regular bool
	// first has the bytes that a match can begin with; nil when that is not known or a match may be empty.
	first *[256]bool
	// anchored: a match can begin only at the start of the text.
	anchored bool
}
