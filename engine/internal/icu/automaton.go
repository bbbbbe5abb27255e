package icu

import (
	"encoding/binary"
	"slices"
	"unicode/utf8"
)

// automaton decides whether a regular program matches anywhere in a text, in one pass. It is a deterministic automaton over
// classes of characters, whose states are built when they are first reached. A state is the instructions that wait for the next
// character, with what assertions need to know of the characters before. Whether an assertion holds is decided with the next
// character at hand, so that no look behind it is needed.
//
// At most maxStates states of maxWaiting instructions together are kept; then all are forgotten and building begins anew. A text
// that needs more than maxSteps instructions to be followed for its states is given up: the pattern is huge.
type automaton struct {
	prog    *program
	classes *classes
	states  []state
	byKey   map[string]int32
	table   []int32 // state × width
	width   int
	start   int32
	marks   []uint32 // of a walk: when an instruction was seen
	walk    uint32
	pending []int32
	reached []int32
	todo    []int32
	waiting int // instructions in all states
	steps   int // left for this text
	key     []byte
}

const (
	maxStates  = 2000
	maxWaiting = 500_000

	stateUnknown int32 = -1
	stateAccept  int32 = -2
	stateDead    int32 = -3
	stateGivenUp int32 = -4
)

// state is where the automaton stands between two characters.
type state struct {
	pcs    []int32 // in order
	before context
}

// context is what the characters before a place tell assertions.
type context uint8

const (
	atTextStart context = 1 << iota
	afterLineEnd
	afterCR
	afterWord
)

func newAutomaton(p *program) *automaton {
	a := &automaton{prog: p, classes: classesOf(p), marks: make([]uint32, len(p.insts))}
	// A second set of classes stands for the line end that ends the text, before which $ holds.
	a.width = 2 * (a.classes.count + 1)
	a.forget()
	return a
}

// forget drops all states but the first.
func (a *automaton) forget() {
	a.states = a.states[:0]
	a.byKey = map[string]int32{}
	a.table = a.table[:0]
	a.waiting = 0
	a.start = a.state([]int32{0}, a.classes.mask&atTextStart)
}

// state finds or adds a state.
func (a *automaton) state(pcs []int32, before context) int32 {
	a.key = append(a.key[:0], byte(before))
	for _, pc := range pcs {
		a.key = binary.AppendUvarint(a.key, uint64(pc))
	}
	if id, ok := a.byKey[string(a.key)]; ok {
		return id
	}
	id := int32(len(a.table))
	a.states = append(a.states, state{slices.Clone(pcs), before})
	a.byKey[string(a.key)] = id
	a.waiting += len(pcs)
	for range a.width {
		a.table = append(a.table, stateUnknown)
	}
	return id
}

// match runs over a text. The error is ErrTooManySteps.
func (a *automaton) match(text string) (bool, error) {
	a.steps = maxSteps
	end := a.follow(text)
	if end == stateGivenUp {
		return false, ErrTooManySteps
	}
	return end == stateAccept, nil
}

// follow gives the state at the end of a text.
func (a *automaton) follow(text string) int32 {
	now := a.start
	if a.classes.lastLineEnd {
		if last := lastLineEnd(text); last >= 0 {
			if now = a.run(now, text[:last], 0); now < 0 {
				return now
			}
			_, size := utf8.DecodeRuneInString(text[last:])
			if now = a.run(now, text[last:last+size], a.width/2); now < 0 {
				return now
			}
			text = text[last+size:]
		}
	}
	if now = a.run(now, text, 0); now < 0 {
		return now
	}
	return a.next(now, a.classes.count+a.width/2)
}

// run goes on from a state over a text, whose characters are of the first set of classes or of the one that begins at shift.
func (a *automaton) run(now int32, text string, shift int) int32 {
	ascii, table := &a.classes.ascii, a.table[shift:]
	for at := 0; at < len(text); {
		class, size := int(ascii[text[at]]), 1
		if text[at] >= 0x80 {
			var r rune
			r, size = utf8.DecodeRuneInString(text[at:])
			class = a.classes.of(r)
		}
		next := table[int(now)+class]
		if next < 0 {
			if next = a.next(now, class+shift); next < 0 {
				return next
			}
			table = a.table[shift:]
		}
		now, at = next, at+size
	}
	return now
}

// next is where a state goes with a class.
func (a *automaton) next(from int32, class int) int32 {
	if to := a.table[int(from)+class]; to != stateUnknown {
		return to
	}
	return a.build(from, class)
}

// build finds where a state goes with a class, and notes it.
func (a *automaton) build(from int32, class int) int32 {
	if len(a.states) >= maxStates || a.waiting > maxWaiting {
		s := a.states[int(from)/a.width]
		a.forget()
		from = a.state(s.pcs, s.before)
	}
	next := a.step(from, class)
	if a.steps < 0 {
		return stateGivenUp
	}
	a.table[int(from)+class] = next
	return next
}

// step takes every instruction that can be reached before the next character, and that character.
func (a *automaton) step(from int32, class int) int32 {
	s := a.states[int(from)/a.width]
	final := class >= a.width/2
	class %= a.width / 2
	if a.reach(s, class, final) {
		return stateAccept
	}
	if class == a.classes.count {
		return stateDead
	}
	r := a.classes.sample[class]
	a.pending = a.pending[:0]
	for _, pc := range a.reached {
		in := &a.prog.insts[pc]
		if in.op == opRune && in.r == r || in.op == opSet && in.set.has(r) {
			a.pending = append(a.pending, pc+1)
		}
	}
	if !a.prog.anchored {
		a.pending = append(a.pending, 0)
	}
	if len(a.pending) == 0 {
		return stateDead
	}
	slices.Sort(a.pending)
	a.pending = slices.Compact(a.pending)
	return a.state(a.pending, a.classes.after(s.before, r))
}

// reach collects the instructions that take a character; true when the pattern has matched. Both ways out of a loop's check
// for progress are taken: which texts match does not depend on it.
func (a *automaton) reach(s state, class int, final bool) bool {
	a.walk++
	a.reached = a.reached[:0]
	todo := append(a.todo[:0], s.pcs...)
	defer func() { a.todo = todo }()
	for len(todo) > 0 {
		pc := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		a.steps--
		if a.marks[pc] == a.walk {
			continue
		}
		a.marks[pc] = a.walk
		switch in := &a.prog.insts[pc]; in.op {
		case opMatch:
			return true
		case opRune, opSet:
			a.reached = append(a.reached, pc)
		case opSplit:
			todo = append(todo, in.x, in.y)
		case opJump:
			todo = append(todo, in.x)
		case opProgress:
			todo = append(todo, in.x, pc+1)
		case opAssert:
			if a.classes.holds(in.kind, s.before, class, final) {
				todo = append(todo, pc+1)
			}
		default:
			todo = append(todo, pc+1)
		}
	}
	return false
}
