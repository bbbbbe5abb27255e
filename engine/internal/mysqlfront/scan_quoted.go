package mysqlfront

import (
	"strings"

	"github.com/credsql/credsql/engine/sqlerr"
)

// str scans a string and those that follow it with white space between: MySQL joins them. DDSQL does so only over a line break, so that
// a forgotten comma is an error; who has not chosen a grammar is told of it here too.
func (s *scanner) str(start int) (token, *sqlerr.Error) {
	var b strings.Builder
	double := false
	for {
		double = double || s.text[s.pos] == '"'
		part, err := s.quoted(s.text[s.pos], start)
		if err != nil {
			return token{}, err
		}
		b.WriteString(part)
		end := s.pos
		if err := s.skipSpace(); err != nil {
			return token{}, err
		}
		if c := s.peek(0); c != '\'' && (c != '"' || s.opts.AnsiQuotes) {
			return token{kind: kindString, value: b.String(), double: double, pos: start, end: end}, nil
		}
		if s.opts.RefuseDoubleQuotes && !strings.Contains(s.text[end:s.pos], "\n") {
			return token{}, sqlerr.SyntaxNear(s.text, s.pos, len(s.text)).WithHint("a comma or an operator is missing between two texts")
		}
	}
}

// quoted reads from an opening quote to past its closing one and decodes what is between.
func (s *scanner) quoted(quote byte, start int) (string, *sqlerr.Error) {
	var b strings.Builder
	s.pos++
	for s.pos < len(s.text) {
		c := s.text[s.pos]
		switch {
		case c == quote && s.peek(1) == quote:
			b.WriteByte(quote)
			s.pos += 2
		case c == quote:
			s.pos++
			return b.String(), nil
		case c == '\\' && quote != '`':
			s.backslashAt(&b)
		default:
			b.WriteByte(c)
			s.pos++
		}
	}
	what := "quoted string"
	if quote == '`' || quote == '"' && s.opts.AnsiQuotes {
		what = "quoted identifier"
	}
	return "", sqlerr.Unterminated(what, s.text, start)
}

// escapes are MySQL's backslash escapes; any other letter stands for itself.
var escapes = map[byte]byte{'0': 0, 'b': '\b', 'n': '\n', 'r': '\r', 't': '\t', 'Z': 0x1A}

// backslashAt reads a backslash in a string. Before % and _ both readings keep it, for LIKE.
func (s *scanner) backslashAt(b *strings.Builder) {
	next := s.peek(1)
	if next == '%' || next == '_' {
		b.WriteString(s.text[s.pos : s.pos+2])
		s.pos += 2
		return
	}
	if s.backslash < 0 {
		s.backslash = s.pos
	}
	if !s.opts.BackslashEscapes || s.pos+1 >= len(s.text) {
		b.WriteByte('\\')
		s.pos++
		return
	}
	if v, ok := escapes[next]; ok {
		next = v
	}
	b.WriteByte(next)
	s.pos += 2
}

// name scans a quoted name.
func (s *scanner) name() (token, *sqlerr.Error) {
	start := s.pos
	value, err := s.quoted(s.text[start], start)
	if err != nil {
		return token{}, err
	}
	if value == "" {
		return token{}, sqlerr.SyntaxNear(s.text, start, s.pos)
	}
	return token{kind: kindName, value: value, pos: start, end: s.pos}, nil
}

// prefixed scans X'1F', B'01' and N'text'.
func (s *scanner) prefixed() (token, *sqlerr.Error) {
	start := s.pos
	s.pos++
	if s.text[start]|0x20 == 'n' {
		return s.str(start)
	}
	digits := "01"
	if s.text[start]|0x20 == 'x' {
		digits = hexDigits
	}
	value, err := s.quoted('\'', start)
	if err == nil && strings.Trim(value, digits) != "" {
		err = sqlerr.SyntaxNear(s.text, start, s.pos)
	}
	return token{kind: kindBits, value: s.text[start:s.pos], pos: start, end: s.pos}, err
}

// DisputedBackslash finds a string of the text that means one thing to a reader who takes a backslash for an escape and
// another to one who does not, and gives the place of its backslash. A client library that escapes quotes with backslashes and
// a server that does not read them so disagree on where the string ends: the way of SQL injection.
func DisputedBackslash(text string) (offset int, found bool) {
	s := newScanner(text, Options{})
	for {
		t, err := s.next()
		if s.backslash >= 0 {
			return s.backslash, true
		}
		if err != nil || t.kind == kindEOF {
			return 0, false
		}
	}
}
