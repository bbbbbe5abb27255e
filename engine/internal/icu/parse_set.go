package icu

// setOp is an operator of a set expression, with its binding strength in the upper bits, as ICU orders them: the juxtaposition
// of sets and the one-character operators bind tighter than && and --.
type setOp uint8

const (
	opStart        setOp = 0<<4 | 1
	opEnd          setOp = 1<<4 | 2
	opNegate       setOp = 2<<4 | 3
	opCloseCase    setOp = 2<<4 | 4
	opDifference   setOp = 3<<4 | 5 // --
	opIntersection setOp = 3<<4 | 6 // &&
	opUnion        setOp = 4<<4 | 7
	opDifference1  setOp = 4<<4 | 8 // - between [sets]
	opIntersect1   setOp = 4<<4 | 9 // & between [sets]
)

func (o setOp) strength() setOp { return o >> 4 }

// setState is what the character before was.
type setState uint8

const (
	setAtStart setState = iota
	afterLiteral
	afterRange
	afterSet
	afterOperator
)

// setParser reads one set expression, nested sets included, with a stack of operands and one of operators.
type setParser struct {
	*parser
	operands []runeSet
	ops      []setOp
	state    setState
	last     rune // the literal that a range may begin with
	depth    int
}

// set reads a set from its opening bracket on.
func (p *parser) set() runeSet {
	s := setParser{parser: p}
	s.operands = []runeSet{{}}
	s.open()
	for s.depth > 0 {
		s.step()
		if p.err != nil {
			return nil
		}
	}
	return s.operands[0]
}

func (s *setParser) top() *runeSet { return &s.operands[len(s.operands)-1] }

func (s *setParser) add(set runeSet) { *s.top() = s.top().union(set) }

func (s *setParser) insert(x span) { *s.top() = s.top().insert(x) }

// step reads one element.
func (s *setParser) step() {
	switch {
	case s.cur == eof:
		s.fail("a set has no closing bracket")
	case s.quoted:
		s.literal()
	case s.cur == ']':
		s.close()
	case s.cur == '[':
		s.push(opUnion)
		s.open()
	case s.cur == '-' && s.state != afterOperator:
		s.dash()
	case s.cur == '&' && s.state != afterOperator:
		s.ampersand()
	case s.cur == '\\':
		s.escape()
	default:
		s.literal()
	}
}

// open reads an opening bracket and what may only follow there: ^, a literal ], and [:name:].
func (s *setParser) open() {
	if s.depth++; s.depth > maxDepth {
		s.fail("sets nest deeper than %d levels", maxDepth)
		return
	}
	s.ops = append(s.ops, opStart)
	s.state = setAtStart
	s.next()
	if s.is(':') && s.posix() {
		return
	}
	if s.is('^') {
		s.ops = append(s.ops, opNegate)
		s.next()
	}
	if s.flags&CaseInsensitive != 0 {
		s.ops = append(s.ops, opCloseCase) // done before negation
	}
	if s.is(']') {
		s.literal()
	}
}

// posix reads [:name:] from the colon on, up to the closing bracket; false when it is an ordinary set.
func (s *setParser) posix() bool {
	saved := s.scanner
	s.next()
	negative := s.is('^')
	if negative {
		s.next()
	}
	name := ""
	for s.cur != eof && !s.quoted && s.cur != ':' {
		name += string(s.cur)
		s.next()
	}
	if s.is(':') {
		s.next()
		if s.is(']') && name != "" {
			if set := s.property(name, negative); set != nil {
				s.add(set)
			}
			return true
		}
	}
	s.scanner = saved
	return false
}

// close ends the innermost set.
func (s *setParser) close() {
	if s.state == afterOperator {
		s.fail("a set operator has nothing after it")
		return
	}
	s.eval(opEnd)
	s.ops = s.ops[:len(s.ops)-1]
	s.depth--
	s.state = afterSet
	s.next()
}

// push begins a new operand after an operator.
func (s *setParser) push(op setOp) {
	s.eval(op)
	s.ops = append(s.ops, op)
	s.operands = append(s.operands, runeSet{})
}

// eval does the pending operators that bind at least as tightly as the next one.
func (s *setParser) eval(next setOp) {
	for {
		op := s.ops[len(s.ops)-1]
		if op.strength() < next.strength() {
			return
		}
		s.ops = s.ops[:len(s.ops)-1]
		right := *s.top()
		switch op {
		case opNegate:
			*s.top() = right.complement()
			continue
		case opCloseCase:
			*s.top() = right.closeOverCase()
			continue
		}
		s.operands = s.operands[:len(s.operands)-1]
		left := s.top()
		switch op {
		case opDifference, opDifference1:
			*left = left.minus(right)
		case opIntersection, opIntersect1:
			*left = left.intersect(right)
		case opUnion:
			*left = left.union(right)
		}
	}
}

// literal adds the current character.
func (s *setParser) literal() {
	s.eval(opUnion)
	s.insert(span{s.cur, s.cur})
	s.last = s.cur
	s.state = afterLiteral
	s.next()
}

// dash reads - as a range, an operator or itself.
func (s *setParser) dash() {
	state := s.state
	s.next()
	switch {
	case s.is('-') && state == setAtStart:
		s.fail("a set operator has nothing before it")
	case s.is('-'):
		s.operator(opDifference)
	case s.is('[') && state == afterSet:
		s.push(opDifference1)
		s.open()
	case state != afterLiteral || s.is('[') || s.is(']') || s.cur == eof:
		s.mark('-')
	default:
		s.rangeEnd()
	}
}

// ampersand reads & as an operator or itself.
func (s *setParser) ampersand() {
	state := s.state
	s.next()
	switch {
	case s.is('&') && state == setAtStart:
		s.fail("a set operator has nothing before it")
	case s.is('&'):
		s.operator(opIntersection)
	case s.is('[') && state == afterSet:
		s.push(opIntersect1)
		s.open()
	default:
		s.mark('&')
	}
}

// mark adds an operator's sign that stands for itself. A range cannot begin with it.
func (s *setParser) mark(sign rune) {
	s.insert(span{sign, sign})
	s.state, s.last = afterLiteral, eof
}

func (s *setParser) operator(op setOp) {
	s.push(op)
	s.state = afterOperator
	s.next()
}

// rangeEnd reads the upper end of a range.
func (s *setParser) rangeEnd() {
	if s.is('\\') {
		s.next()
		if isAlnum(s.cur) {
			s.fail("a range cannot end with a class")
			return
		}
	}
	if s.last == eof {
		s.fail("a range begins with a character: write \\- or \\& for the sign itself")
		return
	}
	if s.cur < s.last {
		s.fail("the range %c-%c has its ends the wrong way round", s.last, s.cur)
		return
	}
	s.insert(span{s.last, s.cur})
	s.state = afterRange
	s.next()
}

// escape reads a class, or a character that stands for itself.
func (s *setParser) escape() {
	s.next()
	isProperty := s.cur == 'p' || s.cur == 'P'
	if set := s.classEscape(); set != nil {
		s.add(set)
		s.state = afterRange
		if isProperty {
			s.state = afterSet
		}
		return
	}
	if s.err != nil {
		return
	}
	if isAlnum(s.cur) {
		s.fail("\\%c has no meaning in a set", s.cur)
		return
	}
	s.literal()
}
