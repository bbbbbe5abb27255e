package icu

import (
	"slices"
	"unicode/utf8"
)

const (
	// maxSteps bounds the instructions of one search to about a tenth of a second.
	maxSteps = 10_000_000
	// maxFrames bounds the ways that are kept to come back to.
	maxFrames = 4_000_000
	// maxMemo bounds the memory of visited places, in words of 64.
	maxMemo = 512 << 10
)

// matcher searches one text by trying the ways in which a pattern can match, in the pattern's order of preference. Programs that
// need nothing but the place to go on (regular, without loops over nothing) remember where a choice has failed, so that the
// search is linear; others give up after maxSteps.
type matcher struct {
	*program
	text  string
	limit int // characters from here on are not matched: a look-behind ends at its place
	// regs are three for each group (start, end, start of one that is not yet ended; -1 for none) and then the marks.
	regs   []int
	frames []frame
	steps  int
	failed []uint64 // splits × places that have failed; nil when not remembered
	err    error
}

// frame is a way to come back to, or, with pc < 0, what register -pc-1 was before.
type frame struct {
	pc int32
	at int
}

func (m *matcher) reset(p *program, text string) {
	m.program, m.text, m.limit, m.steps, m.err = p, text, len(text), maxSteps, nil
	m.regs = slices.Grow(m.regs[:0], 3*p.groups+p.marks)[:3*p.groups+p.marks]
	for i := range m.regs {
		m.regs[i] = -1
	}
	m.frames = m.frames[:0]
	m.failed = m.failed[:0]
	words := (p.splits*(len(text)+1) + 63) / 64
	if p.regular && p.marks == 0 && words <= maxMemo {
		m.failed = slices.Grow(m.failed, words)[:words]
		clear(m.failed)
	}
}

// find searches from a place on. It gives the bounds of the match.
func (m *matcher) find(from int) (start, end int, ok bool) {
	for at := from; ; {
		if m.first != nil {
			for at < len(m.text) && !m.first[m.text[at]] {
				at++
			}
			if at == len(m.text) {
				return 0, 0, false
			}
		}
		if end, ok = m.run(0, at); ok {
			return at, end, true
		}
		if m.err != nil || m.anchored || at >= len(m.text) {
			return 0, 0, false
		}
		_, size := utf8.DecodeRuneInString(m.text[at:])
		at += size
	}
}

// run matches from an instruction and a place up to an end, and gives the place of that. Ways that are left are dropped; what
// they would restore is kept for the ways outside.
func (m *matcher) run(pc int32, at int) (end int, ok bool) {
	base := len(m.frames)
	for {
		if m.steps--; m.steps < 0 || len(m.frames) > maxFrames {
			m.err = ErrTooManySteps
			m.frames = m.frames[:base]
			return 0, false
		}
		next, moved, matched := m.step(pc, at)
		switch {
		case matched && m.insts[pc].op <= opMatch, matched && m.insts[pc].op == opLookEnd:
			m.keepRestores(base)
			return at, true
		case matched:
			pc, at = next, moved
		default:
			if pc, at, ok = m.back(base); !ok {
				return 0, false
			}
		}
	}
}

// back undoes registers up to the latest way that is left.
func (m *matcher) back(base int) (pc int32, at int, ok bool) {
	for len(m.frames) > base {
		f := m.frames[len(m.frames)-1]
		m.frames = m.frames[:len(m.frames)-1]
		if f.pc >= 0 {
			return f.pc, f.at, true
		}
		m.regs[-f.pc-1] = f.at
	}
	return 0, 0, false
}

// keepRestores drops the ways above base and keeps what undoes registers.
func (m *matcher) keepRestores(base int) {
	kept := m.frames[:base]
	for _, f := range m.frames[base:] {
		if f.pc < 0 {
			kept = append(kept, f)
		}
	}
	m.frames = kept
}

func (m *matcher) set(reg, at int) {
	m.frames = append(m.frames, frame{int32(-reg - 1), m.regs[reg]})
	m.regs[reg] = at
}

// step does one instruction; ok is false when it fails.
func (m *matcher) step(pc int32, at int) (next int32, moved int, ok bool) {
	in := &m.insts[pc]
	switch in.op {
	case opRune, opSet:
		return m.consume(in, pc, at)
	case opSplit:
		if !m.enter(in.n, at) {
			return 0, 0, false
		}
		m.frames = append(m.frames, frame{in.y, at})
		return in.x, at, true
	case opJump:
		return in.x, at, true
	case opAssert:
		return pc + 1, at, m.assert(in.kind, at)
	case opCapStart:
		m.set(3*in.n-1, at)
	case opCapEnd:
		m.set(3*in.n-3, m.regs[3*in.n-1])
		m.set(3*in.n-2, at)
	case opMark:
		m.set(3*m.groups+in.n, at)
	case opProgress:
		if m.regs[3*m.groups+in.n] == at {
			return in.x, at, true
		}
	case opBackref:
		end, ok := m.backref(in, at)
		return pc + 1, end, ok
	case opAtomic:
		end, ok := m.run(pc+1, at)
		return in.x, end, ok
	case opLook:
		return in.x, at, m.look(in, pc+1, at)
	case opLookEnd:
		return 0, at, at == m.limit
	case opMatch:
		return 0, at, true
	}
	return pc + 1, at, true
}

// consume matches one character.
func (m *matcher) consume(in *inst, pc int32, at int) (next int32, moved int, ok bool) {
	if at >= m.limit {
		return 0, 0, false
	}
	r, size := rune(m.text[at]), 1
	if r >= 0x80 {
		r, size = utf8.DecodeRuneInString(m.text[at:])
	}
	if in.op == opRune {
		return pc + 1, at + size, r == in.r
	}
	return pc + 1, at + size, in.set.has(r)
}

// enter notes that a choice is being tried here; false when it was before, and so has failed.
func (m *matcher) enter(split, at int) bool {
	if len(m.failed) == 0 {
		return true
	}
	bit := split*(len(m.text)+1) + at
	if m.failed[bit>>6]>>(uint(bit)&63)&1 != 0 {
		return false
	}
	m.failed[bit>>6] |= 1 << (uint(bit) & 63)
	return true
}

func (m *matcher) assert(kind assertKind, at int) bool {
	switch kind {
	case assertWordEdge, assertNotWordEdge:
		edge, passed := isWordEdge(m.text, at)
		m.steps -= passed
		return edge == (kind == assertWordEdge)
	case assertNotBeforeLF:
		if at >= m.limit {
			return true
		}
	}
	return holds(kind, m.text, at)
}

// look tries the body of a look-around. What a negative one captured is undone.
func (m *matcher) look(in *inst, body int32, at int) bool {
	limit, base := m.limit, len(m.frames)
	defer func() { m.limit = limit }()
	found := false
	if in.behind {
		m.limit = at
		found = m.lookBehind(in, body, at)
	} else {
		m.limit = len(m.text)
		_, found = m.run(body, at)
	}
	if in.negative && found {
		m.back(base)
	}
	return found != in.negative && m.err == nil
}

// lookBehind tries the body from each place before, the nearest first.
func (m *matcher) lookBehind(in *inst, body int32, at int) bool {
	start := at
	for back := 0; back <= in.max; back++ {
		m.steps--
		if back >= in.min {
			if _, ok := m.run(body, start); ok {
				return true
			}
		}
		if start == 0 || m.err != nil {
			return false
		}
		_, size := utf8.DecodeLastRuneInString(m.text[:start])
		start -= size
	}
	return false
}

// backref matches a group's text again.
func (m *matcher) backref(in *inst, at int) (end int, ok bool) {
	start, stop := m.regs[3*in.n-3], m.regs[3*in.n-2]
	if start < 0 {
		return 0, false
	}
	group := m.text[start:stop]
	m.steps -= len(group)
	if !in.fold {
		end = at + len(group)
		return end, end <= m.limit && m.text[at:end] == group
	}
	return m.foldedBackref(group, at)
}

// foldedBackref compares foldings; both must end at the end of a character.
func (m *matcher) foldedBackref(group string, at int) (end int, ok bool) {
	var want, have []rune
	for group != "" || len(want) > 0 {
		if len(want) == 0 {
			r, size := utf8.DecodeRuneInString(group)
			group = group[size:]
			want = appendFold(want, r)
		}
		if len(have) == 0 {
			if at >= m.limit {
				return 0, false
			}
			r, size := utf8.DecodeRuneInString(m.text[at:])
			at += size
			have = appendFold(have, r)
		}
		if want[0] != have[0] {
			return 0, false
		}
		want, have = want[1:], have[1:]
	}
	return at, len(have) == 0
}
