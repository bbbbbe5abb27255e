package icu

import "strings"

// paren reads what begins with an opening parenthesis; quantifiable says that a quantifier may follow.
func (p *parser) paren(t *terms) (quantifiable bool) {
	if !strings.HasPrefix(p.rest(), "?") {
		p.flush(t)
		p.next()
		p.add(t, p.capture())
		return true
	}
	outer := p.flags
	p.keepComments = true
	p.next() // ?
	p.keepComments = true
	p.next()
	switch p.cur {
	case '#':
		p.skipComment()
		return false
	case ':':
		p.flush(t)
		p.next()
		p.add(t, p.body(outer))
		return true
	case '>':
		p.flush(t)
		p.next()
		p.add(t, atomic{p.body(outer)})
		return true
	case '=', '!':
		p.flush(t)
		negative := p.cur == '!'
		p.next()
		p.add(t, look{negative: negative, body: p.body(outer)})
		return false
	case '<':
		p.flush(t)
		return p.angle(t)
	}
	return p.modes(t)
}

// capture reads the rest of a capture group.
func (p *parser) capture() node {
	p.count++
	index := p.count
	return group{index, p.body(p.flags)}
}

// body reads up to the closing parenthesis, where the modes become what they were outside.
func (p *parser) body(outer Flags) node {
	if p.depth++; p.depth > maxDepth {
		p.fail("groups nest deeper than %d levels", maxDepth)
		return concat{}
	}
	n := p.branches()
	p.depth--
	p.setFlags(outer)
	if p.err == nil && !p.is(')') {
		p.fail("a group has no closing parenthesis")
	}
	p.next()
	return n
}

func (p *parser) setFlags(flags Flags) {
	p.flags = flags
	p.extended = flags&Comments != 0
}

// angle reads (?<=, (?<! and (?<name>.
func (p *parser) angle(t *terms) (quantifiable bool) {
	p.next()
	if p.cur == '=' || p.cur == '!' {
		negative := p.cur == '!'
		at := p.start
		p.next()
		body := p.body(p.flags)
		low, high := length(body)
		if high < 0 && p.err == nil {
			p.err = syntaxError(p.src, at, "a look-behind must have a bounded length")
		}
		p.add(t, look{behind: true, negative: negative, body: body, min: low, max: high})
		return false
	}
	name := p.groupName()
	if p.err != nil {
		return false
	}
	if _, taken := p.names[name]; taken {
		p.fail("there are two groups named %s", name)
		return false
	}
	p.names[name] = p.count + 1
	p.add(t, p.capture())
	return true
}

// groupName reads letters and digits up to >.
func (p *parser) groupName() string {
	from := p.start
	for isAlnum(p.cur) {
		p.next()
	}
	name := p.src[from:min(p.start, len(p.src))]
	if !p.is('>') || name == "" || name[0] <= '9' || strings.IndexFunc(name, func(r rune) bool { return !isAlnum(r) }) >= 0 {
		p.fail("a group's name is a letter, followed by letters and digits and closed by >")
		return ""
	}
	p.next()
	return name
}

func isAlnum(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// modes reads (?imsx-imsx) and (?imsx-imsx:…).
func (p *parser) modes(t *terms) (quantifiable bool) {
	flags, on, any := p.flags, true, false
	for ; ; p.next() {
		bit := Flags(0)
		switch p.cur {
		case 'i':
			bit = CaseInsensitive
		case 'm':
			bit = Multiline
		case 's':
			bit = DotAll
		case 'x':
			bit = Comments
		case 'u': // Unicode case folding, which is always on
		case '-':
			on = false
		case ')', ':':
			if !any {
				break
			}
			return p.applyModes(t, flags)
		case 'd', 'w':
			p.fail("the mode %c is not supported", p.cur)
			return false
		}
		if !strings.ContainsRune("imsxu-", p.cur) || p.cur == eof {
			p.fail("unknown kind of group after (?")
			return false
		}
		any = true
		if on {
			flags |= bit
		} else {
			flags &^= bit
		}
	}
}

func (p *parser) applyModes(t *terms, flags Flags) (quantifiable bool) {
	p.flush(t)
	if p.cur == ')' {
		p.setFlags(flags)
		p.next()
		return false
	}
	outer := p.flags
	p.setFlags(flags)
	p.next()
	p.add(t, p.body(outer))
	return true
}

// comment skips (?#…) where a quantifier may follow.
func (p *parser) comment() {
	p.keepComments = true
	p.next()
	p.keepComments = true
	p.next()
	p.skipComment()
}

// skipComment skips from # to after the closing parenthesis.
func (p *parser) skipComment() {
	for p.cur != ')' {
		if p.cur == eof {
			p.fail("a comment has no closing parenthesis")
			return
		}
		p.next()
	}
	p.next()
}
