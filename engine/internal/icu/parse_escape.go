package icu

// escaped reads an escape that stands for more than one character can say. cur is the backslash.
func (p *parser) escaped(t *terms) (quantifiable bool) {
	p.next()
	if set := p.classEscape(); set != nil {
		p.add(t, charSet{set})
		return true
	}
	if p.err != nil {
		return false
	}
	c := p.cur
	switch c {
	case 'A':
		p.add(t, assertion{assertTextStart})
	case 'Z':
		p.add(t, assertion{assertLastLineEnd})
	case 'z':
		p.add(t, assertion{assertTextEnd})
	case 'b':
		p.add(t, assertion{assertWordEdge})
	case 'B':
		p.add(t, assertion{assertNotWordEdge})
	case 'R':
		p.add(t, newline{})
		p.next()
		return true
	case 'k':
		return p.namedRef(t)
	case 'G', 'X', 'N':
		p.fail("\\%c is not supported", c)
		return false
	default:
		if c >= '1' && c <= '9' {
			p.numberedRef(t)
			return true
		}
		return p.escapedLiteral(t)
	}
	p.next()
	return false
}

// escapedLiteral takes a character that the backslash makes stand for itself.
func (p *parser) escapedLiteral(t *terms) bool {
	if isAlnum(p.cur) {
		p.fail("\\%c has no meaning", p.cur)
		return false
	}
	t.lits = append(t.lits, p.cur)
	p.next()
	return true
}

// classEscape reads \d \w \s \h \v, their opposites, and \p{…}; nil when cur is the letter of something else.
func (p *parser) classEscape() runeSet {
	var set runeSet
	switch p.cur {
	case 'd', 'D':
		set = digits()
	case 'w', 'W':
		set = wordRunes()
	case 's', 'S':
		set = spaces()
	case 'h', 'H':
		set = horizontalSpaces()
	case 'v', 'V':
		set = lineEnds
	case 'p', 'P':
		return p.propertyEscape()
	default:
		return nil
	}
	if p.cur < 'a' {
		set = set.complement()
	}
	p.next()
	return set
}

// propertyEscape reads \p{name}, from the p on.
func (p *parser) propertyEscape() runeSet {
	negative := p.cur == 'P'
	p.next()
	if p.cur != '{' {
		p.fail("a property is written \\p{name}")
		return nil
	}
	p.next()
	name := ""
	for p.cur != '}' {
		if p.cur == eof {
			p.fail("a property is written \\p{name}")
			return nil
		}
		name += string(p.cur)
		p.next()
	}
	set := p.property(name, negative)
	p.next()
	return set
}

// property finds a property's set in the current mode.
func (p *parser) property(name string, negative bool) runeSet {
	set, ok := property(name)
	if !ok {
		p.fail("the Unicode property \"%s\" is not known", name)
		return nil
	}
	if p.flags&CaseInsensitive != 0 {
		set = set.closeOverCase()
	}
	if negative {
		set = set.complement()
	}
	return set
}

// numberedRef reads \n. Further digits belong to it as long as there are more groups before it than those so far say.
func (p *parser) numberedRef(t *terms) {
	n := int(p.cur - '0')
	at := p.start
	p.next()
	for n < p.count && p.cur >= '0' && p.cur <= '9' && !p.quoted {
		n = n*10 + int(p.cur-'0')
		p.next()
	}
	if n > p.highest {
		p.highest, p.highestAt = n, at
	}
	p.add(t, backref{group: n, fold: p.flags&CaseInsensitive != 0})
}

// namedRef reads \k<name>.
func (p *parser) namedRef(t *terms) bool {
	p.next()
	if p.cur != '<' {
		p.fail("a reference to a named group is written \\k<name>")
		return false
	}
	p.next()
	name := p.groupName()
	if p.err != nil {
		return false
	}
	n, ok := p.names[name]
	if !ok {
		p.fail("there is no group named %s before this", name)
		return false
	}
	p.add(t, backref{group: n, fold: p.flags&CaseInsensitive != 0})
	return true
}
