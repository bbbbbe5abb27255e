package icu

import "strings"

// Flags are the modes that a pattern starts in; it can change them by (?ismx-ismx).
type Flags uint8

// The modes.
const (
	CaseInsensitive Flags = 1 << iota // i
	Comments                          // x: blanks and # comments in the pattern do not count
	DotAll                            // s: the dot matches line ends
	Multiline                         // m: ^ and $ match at each line
	Literal                           // the whole pattern stands for itself
)

// maxDepth bounds how deep groups nest, as ICU does.
const maxDepth = 100

// parser reads a pattern into a tree by ICU's grammar (regexcst.txt).
type parser struct {
	scanner
	flags Flags
	depth int
	names map[string]int
	count int // of capture groups
	// highest is the highest group that is referred to, and where.
	highest, highestAt int
}

// terms collects the parts of one branch. Characters wait in lits until something else follows: they are compared as one text.
type terms struct {
	parts []node
	lits  []rune
}

// parse reads a whole pattern.
func parse(pattern string, flags Flags) (node, *parser, error) {
	p := &parser{scanner: scanner{src: pattern, extended: flags&Comments != 0}, flags: flags, names: map[string]int{}}
	if flags&Literal != 0 {
		return literal{runes: []rune(pattern), fold: flags&CaseInsensitive != 0}, p, nil
	}
	p.next()
	n := p.branches()
	if p.err == nil && p.cur == ')' {
		p.fail("unmatched )")
	}
	if p.err == nil && p.highest > p.count {
		p.err = syntaxError(pattern, p.highestAt, "there is no group %d", p.highest)
	}
	if p.err != nil {
		return nil, nil, p.err
	}
	return n, p, nil
}

// is says whether the character is c with its special meaning.
func (p *parser) is(c rune) bool { return p.cur == c && !p.quoted }

// branches reads alternatives up to an unmatched ) or the end.
func (p *parser) branches() node {
	var list []node
	for {
		list = append(list, p.branch())
		if !p.is('|') {
			break
		}
		p.next()
	}
	if len(list) == 1 {
		return list[0]
	}
	return alternate{list}
}

// branch reads terms with their quantifiers.
func (p *parser) branch() node {
	var t terms
	for p.cur != eof && !p.is('|') && !p.is(')') {
		if p.term(&t) {
			p.quantifier(&t)
		}
	}
	p.flush(&t)
	if len(t.parts) == 1 {
		return t.parts[0]
	}
	return concat{t.parts}
}

// flush makes the waiting characters a part.
func (p *parser) flush(t *terms) {
	if len(t.lits) > 0 {
		t.parts = append(t.parts, literal{runes: t.lits, fold: p.flags&CaseInsensitive != 0})
		t.lits = nil
	}
}

func (p *parser) add(t *terms, n node) {
	p.flush(t)
	t.parts = append(t.parts, n)
}

// term reads one term; quantifiable says that a quantifier may follow.
func (p *parser) term(t *terms) (quantifiable bool) {
	if p.quoted {
		t.lits = append(t.lits, p.cur)
		p.next()
		return true
	}
	switch p.cur {
	case '\\':
		return p.escaped(t)
	case '(':
		return p.paren(t)
	case '[':
		p.add(t, charSet{p.set()})
	case '.':
		p.add(t, p.dot())
		p.next()
	case '^':
		p.add(t, p.modal(Multiline, assertLineStart, assertTextStart))
		p.next()
	case '$':
		p.add(t, p.modal(Multiline, assertLineEnd, assertLastLineEnd))
		p.next()
	case '*', '+', '?':
		p.fail("%c has nothing to repeat", p.cur)
	case '{', '}':
		p.fail("%c stands for itself only as \\%c", p.cur, p.cur)
	default:
		t.lits = append(t.lits, p.cur)
		p.next()
	}
	return true
}

func (p *parser) dot() node {
	if p.flags&DotAll != 0 {
		return anyChar{}
	}
	return charSet{lineEnds.complement()}
}

// modal chooses between two assertions by a mode.
func (p *parser) modal(mode Flags, with, without assertKind) node {
	if p.flags&mode != 0 {
		return assertion{with}
	}
	return assertion{without}
}

// quantifier reads * + ? {n,m} with ? or + after, and applies it to the last term.
func (p *parser) quantifier(t *terms) {
	for p.is('(') && strings.HasPrefix(p.rest(), "?#") {
		p.comment()
	}
	if p.quoted {
		return
	}
	low, high := 0, -1
	switch p.cur {
	case '*':
	case '+':
		low = 1
	case '?':
		high = 1
	case '{':
		low, high = p.interval()
	default:
		return
	}
	p.next()
	body := p.last(t)
	q := repeat{body: body, min: low, max: high}
	switch {
	case p.is('?'):
		q.lazy = true
		p.next()
		t.parts = append(t.parts, q)
	case p.is('+'):
		p.next()
		t.parts = append(t.parts, atomic{q})
	default:
		t.parts = append(t.parts, q)
	}
	switch p.cur {
	case '*', '+', '?', '{':
		if !p.quoted {
			p.fail("%c cannot follow a quantifier", p.cur)
		}
	}
}

// last takes the term that a quantifier applies to: of waiting characters, only the last.
func (p *parser) last(t *terms) node {
	if n := len(t.lits); n > 1 {
		one := t.lits[n-1]
		t.lits = t.lits[:n-1]
		p.flush(t)
		t.lits = []rune{one}
	}
	p.flush(t)
	if len(t.parts) == 0 {
		return concat{}
	}
	n := t.parts[len(t.parts)-1]
	t.parts = t.parts[:len(t.parts)-1]
	return n
}

// interval reads {n}, {n,} and {n,m}; cur is left at the closing brace.
func (p *parser) interval() (low, high int) {
	p.next()
	low, ok := p.number()
	high = low
	if ok && p.is(',') {
		p.next()
		if high, ok = p.number(); !ok {
			high, ok = -1, true
		}
	}
	switch {
	case !ok || !p.is('}'):
		p.fail("a repetition is written {n}, {n,} or {n,m}; a brace stands for itself as \\{")
	case high >= 0 && high < low:
		p.fail("the repetition {%d,%d} has its bounds the wrong way round", low, high)
	}
	return low, high
}

// number reads decimal digits.
func (p *parser) number() (n int, ok bool) {
	for p.cur >= '0' && p.cur <= '9' && !p.quoted {
		if n > maxRepeat {
			p.fail("the repetition's count is too large")
			return 0, false
		}
		n, ok = n*10+int(p.cur-'0'), true
		p.next()
	}
	return n, ok
}
