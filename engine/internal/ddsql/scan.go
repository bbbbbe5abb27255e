package ddsql

import (
	"strings"

	"github.com/credsql/credsql/engine/sqlerr"
)

// Open says what a text still lacks at its end.
type Open uint8

// What may still be open.
const (
	OpenNothing Open = iota
	OpenString       // 'text
	OpenName         // "name, or `name
	OpenDollar       // $tag$ text
	OpenComment      // /* comment
	OpenParen        // ( or [ without its partner
)

// scanner cuts a text into tokens by PostgreSQL 15's lexical rules, with standard_conforming_strings on.
type scanner struct {
	text string
	pos  int
	// open is set when an error means that the text may only lack its end.
	open Open
	// mysqlComment is where the first /*! stands, -1 when there is none.
	mysqlComment int
}

func newScanner(text string) *scanner { return &scanner{text: text, mysqlComment: -1} }

// next gives the next token; kindEOF at the end.
func (s *scanner) next() (token, *sqlerr.Error) {
	if err := s.skipSpace(); err != nil {
		return token{}, err
	}
	if s.pos >= len(s.text) {
		return token{kind: kindEOF, pos: len(s.text), end: len(s.text)}, nil
	}
	c := s.text[s.pos]
	switch {
	case c == '\'':
		return s.quotedString(s.pos)
	case c == '"':
		return s.quotedName(s.pos)
	case c == '`':
		return s.backtick()
	case c == '$':
		return s.dollar()
	case isDigit(c), c == '.' && isDigit(s.peek(1)):
		return s.number()
	case isIdentStart(c):
		if next := s.peek(1); next == '\'' && strings.IndexByte("eEbBxXnN", c) >= 0 {
			return s.prefixedString()
		}
		if (c == 'u' || c == 'U') && s.peek(1) == '&' && (s.peek(2) == '\'' || s.peek(2) == '"') {
			return s.unicodeEscaped()
		}
		return s.word(), nil
	case isOpChar(c):
		return s.operator(), nil
	case strings.IndexByte("()[],;.:", c) >= 0:
		return s.punct(), nil
	}
	// PostgreSQL's lexer passes any other byte on as itself, which no rule of its grammar takes.
	return token{}, sqlerr.SyntaxNear(s.text, s.pos, s.pos+1)
}

func (s *scanner) peek(n int) byte {
	if s.pos+n < len(s.text) {
		return s.text[s.pos+n]
	}
	return 0
}

func (s *scanner) rest() string { return s.text[s.pos:] }

// skipSpace passes white space and comments. Comments nest, as in PostgreSQL.
func (s *scanner) skipSpace() *sqlerr.Error {
	for s.pos < len(s.text) {
		switch rest := s.rest(); {
		case isSpace(rest[0]):
			s.pos++
		case strings.HasPrefix(rest, "--"):
			s.skipLine()
		case strings.HasPrefix(rest, "/*"):
			if s.mysqlComment < 0 && strings.HasPrefix(rest, "/*!") {
				s.mysqlComment = s.pos
			}
			if err := s.skipComment(); err != nil {
				return err
			}
		default:
			return nil
		}
	}
	return nil
}

func (s *scanner) skipLine() {
	if n := strings.IndexAny(s.rest(), "\n\r"); n >= 0 {
		s.pos += n
		return
	}
	s.pos = len(s.text)
}

func (s *scanner) skipComment() *sqlerr.Error {
	start, depth := s.pos, 0
	for s.pos < len(s.text) {
		switch rest := s.rest(); {
		case strings.HasPrefix(rest, "/*"):
			depth++
			s.pos += 2
		case strings.HasPrefix(rest, "*/"):
			depth--
			s.pos += 2
			if depth == 0 {
				return nil
			}
		default:
			s.pos++
		}
	}
	s.open = OpenComment
	return sqlerr.Unterminated("/* comment", s.text, start)
}

func (s *scanner) word() token {
	start := s.pos
	for s.pos < len(s.text) && isIdentCont(s.text[s.pos]) {
		s.pos++
	}
	return token{kind: kindWord, value: foldASCII(s.text[start:s.pos]), pos: start, end: s.pos}
}

func (s *scanner) punct() token {
	start := s.pos
	n := 1
	if s.text[start] == ':' && (s.peek(1) == ':' || s.peek(1) == '=') {
		n = 2
	}
	s.pos += n
	return token{kind: kindPunct, value: s.text[start:s.pos], pos: start, end: s.pos}
}

// operator takes the longest run of operator characters that holds no comment start; a trailing + or - belongs to it only
// when the run has a character that no SQL operator has. So 1=-1 is = and -, and @- is one operator.
func (s *scanner) operator() token {
	start := s.pos
	end := start
	for end < len(s.text) && isOpChar(s.text[end]) && s.text[end] != '`' {
		if rest := s.text[end:]; end > start && (strings.HasPrefix(rest, "--") || strings.HasPrefix(rest, "/*")) {
			break
		}
		end++
	}
	for end-start > 1 && (s.text[end-1] == '+' || s.text[end-1] == '-') &&
		!strings.ContainsAny(s.text[start:end-1], "~!@#^&|?%") {
		end--
	}
	s.pos = end
	t := token{kind: kindOp, value: s.text[start:end], pos: start, end: end}
	if t.value == "=>" {
		t.kind = kindPunct
	}
	return t
}

// number takes an integer or a decimal; a name that follows at once is an error, as in PostgreSQL 15.
func (s *scanner) number() (token, *sqlerr.Error) {
	start, k := s.pos, kindInt
	s.digits()
	if s.peek(0) == '.' && s.peek(1) != '.' {
		k = kindDecimal
		s.pos++
		s.digits()
	}
	if c := s.peek(0); c == 'e' || c == 'E' {
		n := 1
		if c := s.peek(1); c == '+' || c == '-' {
			n = 2
		}
		if isDigit(s.peek(n)) {
			k = kindDecimal
			s.pos += n
			s.digits()
		}
	}
	if isIdentStart(s.peek(0)) {
		for s.pos < len(s.text) && isIdentCont(s.text[s.pos]) {
			s.pos++
		}
		return token{}, sqlerr.Syntax("trailing junk after numeric literal at or near %s", quoted(sqlerr.Near(s.text, start, s.pos))).At(start)
	}
	return token{kind: k, value: s.text[start:s.pos], pos: start, end: s.pos}, nil
}

func (s *scanner) digits() {
	for isDigit(s.peek(0)) {
		s.pos++
	}
}

func isSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isIdentStart(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c >= 0x80
}

func isIdentCont(c byte) bool { return isIdentStart(c) || isDigit(c) || c == '$' }

func isOpChar(c byte) bool { return strings.IndexByte("~!@#^&|`?+-*/%<>=", c) >= 0 }
