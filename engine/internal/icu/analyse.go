package icu

// analyse finds what a match can begin with.
func (p *program) analyse() {
	a := analysis{program: p, seen: make([]bool, len(p.insts))}
	a.walk(0)
	starts := !a.any && !a.empty && !a.unknown
	switch {
	case a.unknown || a.empty:
	case !a.sawStart && len(a.lineStarts) == 0:
		p.first = &a.first
	case starts && len(a.lineStarts) == 0:
		p.anchored = true
	case starts && !a.sawStart:
		for _, pc := range a.lineStarts {
			p.insts[pc].kind = assertFirstLineStart
		}
	}
}

// analysis walks over all that can come before the first character.
type analysis struct {
	*program
	seen     []bool
	first    [256]bool
	any      bool // a character can come first, elsewhere than after the text's start
	sawStart bool // an assertion of the text's start stands in the way
	// lineStarts are the assertions of a line's start that stand in the way.
	lineStarts []int32
	empty      bool // nothing may be matched
	unknown    bool
}

func (a *analysis) walk(start int32) {
	todo := []int32{start}
	for len(todo) > 0 {
		pc := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if a.seen[pc] {
			continue
		}
		a.seen[pc] = true
		switch in := &a.insts[pc]; in.op {
		case opMatch:
			a.empty = true
		case opRune:
			a.any = true
			a.addRune(in.r)
		case opSet:
			a.any = true
			a.addSet(in.set)
		case opSplit:
			todo = append(todo, in.x, in.y)
		case opJump:
			todo = append(todo, in.x)
		case opProgress:
			todo = append(todo, in.x, pc+1)
		case opAssert:
			switch in.kind {
			case assertTextStart:
				a.sawStart = true
			case assertLineStart:
				a.lineStarts = append(a.lineStarts, pc)
			default:
				todo = append(todo, pc+1)
			}
		case opCapStart, opCapEnd, opMark:
			todo = append(todo, pc+1)
		default:
			a.unknown = true
		}
	}
}

func (a *analysis) addRune(r rune) {
	if r < 0x80 {
		a.first[r] = true
		return
	}
	a.addWide()
}

func (a *analysis) addSet(set *matchSet) {
	for r := rune(0); r < 0x80; r++ {
		if set.has(r) {
			a.first[r] = true
		}
	}
	if n := len(set.spans); n > 0 && set.spans[n-1].hi >= 0x80 {
		a.addWide()
	}
}

// addWide adds every byte that can begin a character beyond ASCII, or that is no part of one.
func (a *analysis) addWide() {
	for b := 0x80; b < 0x100; b++ {
		a.first[b] = true
	}
}
