package ddsql

import (
	"strconv"
	"strings"

	"github.com/credsql/credsql/engine/sqlerr"
)

// quotedString scans '…' whose opening quote stands at the position; start is where the token began (a prefix may precede).
func (s *scanner) quotedString(start int) (token, *sqlerr.Error) {
	var b strings.Builder
	for {
		part, err := s.untilQuote('\'', start)
		if err != nil {
			return token{}, err
		}
		b.WriteString(part)
		if !s.continued() {
			return token{kind: kindString, value: b.String(), pos: start, end: s.pos}, nil
		}
	}
}

// untilQuote reads a quoted text with doubled quotes, from its opening to past its closing quote.
func (s *scanner) untilQuote(quote byte, start int) (string, *sqlerr.Error) {
	s.pos++
	from := s.pos
	var b strings.Builder
	for {
		n := strings.IndexByte(s.rest(), quote)
		if n < 0 {
			s.pos = len(s.text)
			return "", s.unterminatedQuote(quote, start)
		}
		s.pos += n + 1
		if s.peek(0) != quote {
			if b.Len() == 0 {
				return s.text[from : s.pos-1], nil
			}
			b.WriteString(s.text[from : s.pos-1])
			return b.String(), nil
		}
		b.WriteString(s.text[from:s.pos])
		s.pos++
		from = s.pos
	}
}

func (s *scanner) unterminatedQuote(quote byte, start int) *sqlerr.Error {
	if quote == '\'' {
		s.open = OpenString
		return sqlerr.Unterminated("quoted string", s.text, start)
	}
	s.open = OpenName
	return sqlerr.Unterminated("quoted identifier", s.text, start)
}

// continued reports whether a string goes on after white space that holds a line break, and moves to its next quote.
func (s *scanner) continued() bool {
	i, newline := s.pos, false
	for i < len(s.text) {
		switch c := s.text[i]; {
		case c == '\n' || c == '\r':
			newline = true
			i++
		case isSpace(c):
			i++
		case strings.HasPrefix(s.text[i:], "--"):
			n := strings.IndexAny(s.text[i:], "\n\r")
			if n < 0 {
				return false
			}
			i += n
		case c == '\'' && newline:
			s.pos = i
			return true
		default:
			return false
		}
	}
	return false
}

// prefixedString scans E'…', B'…', X'…' and N'…'.
func (s *scanner) prefixedString() (token, *sqlerr.Error) {
	start := s.pos
	prefix := s.text[start] | 0x20
	s.pos++
	if prefix == 'e' {
		return s.escapedString(start)
	}
	t, err := s.quotedString(start)
	if err == nil && prefix != 'n' {
		t.kind = kindBits
		t.value = string(prefix) + t.value
	}
	return t, err
}

func (s *scanner) quotedName(start int) (token, *sqlerr.Error) {
	value, err := s.untilQuote('"', start)
	if err != nil {
		return token{}, err
	}
	if value == "" {
		return token{}, sqlerr.Syntax("zero-length delimited identifier at or near %s", quoted(s.text[start:s.pos])).At(start)
	}
	return token{kind: kindQuoted, value: value, pos: start, end: s.pos}, nil
}

func (s *scanner) backtick() (token, *sqlerr.Error) {
	start := s.pos
	value, err := s.untilQuote('`', start)
	return token{kind: kindBacktick, value: value, pos: start, end: s.pos}, err
}

// dollar scans $1 and $tag$…$tag$.
func (s *scanner) dollar() (token, *sqlerr.Error) {
	start := s.pos
	s.pos++
	if isDigit(s.peek(0)) {
		s.digits()
		n, err := strconv.Atoi(s.text[start+1 : s.pos])
		if err != nil || n < 1 || n > maxParams {
			return token{}, sqlerr.New(sqlerr.CodeUndefinedParameter, "there is no parameter %s", sqlerr.Near(s.text, start, s.pos)).At(start)
		}
		if isIdentStart(s.peek(0)) {
			return token{}, sqlerr.Syntax("trailing junk after parameter at or near %s", quoted(sqlerr.Near(s.text, start, s.pos+1))).At(start)
		}
		return token{kind: kindParam, value: s.text[start:s.pos], param: n, pos: start, end: s.pos}, nil
	}
	for isIdentCont(s.peek(0)) && s.peek(0) != '$' {
		s.pos++
	}
	if s.peek(0) != '$' {
		return token{}, sqlerr.SyntaxNear(s.text, start, start+1)
	}
	s.pos++
	tag := s.text[start:s.pos]
	n := strings.Index(s.rest(), tag)
	if n < 0 {
		s.pos = len(s.text)
		s.open = OpenDollar
		return token{}, sqlerr.Unterminated("dollar-quoted string", s.text, start)
	}
	value := s.text[s.pos : s.pos+n]
	s.pos += n + len(tag)
	return token{kind: kindString, value: value, pos: start, end: s.pos}, nil
}

// maxParams is the highest parameter number, PostgreSQL's protocol limit.
const maxParams = 65535
