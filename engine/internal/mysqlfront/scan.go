package mysqlfront

import (
	"strings"

	"github.com/credsql/credsql/engine/sqlerr"
)

// scanner cuts a text into tokens by MySQL's lexical rules.
type scanner struct {
	text string
	opts Options
	pos  int
	// special is set inside /*! … */, whose content counts.
	special bool
	// backslash is where a string first holds a backslash that the two readings of backslashes disagree on; -1: nowhere.
	backslash int
}

func newScanner(text string, opts Options) *scanner {
	return &scanner{text: text, opts: opts, backslash: -1}
}

func (s *scanner) rest() string { return s.text[s.pos:] }

func (s *scanner) peek(n int) byte {
	if s.pos+n < len(s.text) {
		return s.text[s.pos+n]
	}
	return 0
}

// operators are MySQL's, the longest first. PostgreSQL's own that MySQL lacks are not among them.
var operators = []string{
	"<=>", "->>", "||", "&&", "<<", ">>", "<=", ">=", "<>", "!=", ":=", "->",
	"+", "-", "*", "/", "%", "^", "~", "!", "=", "<", ">", "&", "|", ":",
}

// next gives the next token; kindEOF at the end.
func (s *scanner) next() (token, *sqlerr.Error) {
	if err := s.skipSpace(); err != nil {
		return token{}, err
	}
	if s.pos >= len(s.text) {
		return token{kind: kindEOF, pos: len(s.text), end: len(s.text)}, nil
	}
	switch c := s.text[s.pos]; {
	case c == '\'' || c == '"' && !s.opts.AnsiQuotes:
		return s.str(s.pos)
	case c == '`' || c == '"':
		return s.name()
	case c == '@':
		return s.variable()
	case isDigit(c), c == '.' && isDigit(s.peek(1)) && !s.afterName():
		return s.number()
	case isWordByte(c):
		if s.peek(1) == '\'' && strings.IndexByte("xXbBnN", c) >= 0 {
			return s.prefixed()
		}
		return s.word(), nil
	}
	return s.sign()
}

// afterName reports whether a dot right here belongs to a name before it, as in t.1st.
func (s *scanner) afterName() bool {
	return s.pos > 0 && (isWordByte(s.text[s.pos-1]) || s.text[s.pos-1] == '`')
}

func (s *scanner) sign() (token, *sqlerr.Error) {
	start := s.pos
	if c := s.text[start]; strings.IndexByte("(),;.[]{}", c) >= 0 {
		s.pos++
		return token{kind: kindPunct, value: string(c), pos: start, end: s.pos}, nil
	}
	if s.text[start] == '?' {
		s.pos++
		return token{kind: kindParam, value: "?", pos: start, end: s.pos}, nil
	}
	for _, op := range operators {
		if strings.HasPrefix(s.rest(), op) {
			s.pos += len(op)
			return token{kind: kindOp, value: op, pos: start, end: s.pos}, nil
		}
	}
	return token{}, sqlerr.SyntaxNear(s.text, start, start+1)
}

// skipSpace passes white space and comments, and enters and leaves /*! … */.
func (s *scanner) skipSpace() *sqlerr.Error {
	for s.pos < len(s.text) {
		switch rest := s.rest(); {
		case isSpace(rest[0]):
			s.pos++
		case rest[0] == '#':
			if !s.beginsLine() {
				return s.disputed("#")
			}
			s.skipLine()
		case strings.HasPrefix(rest, "--"):
			if len(rest) > 2 && rest[2] > ' ' {
				return s.disputed("--")
			}
			s.skipLine()
		case s.special && strings.HasPrefix(rest, "*/"):
			s.special = false
			s.pos += 2
		case strings.HasPrefix(rest, "/*!"):
			if err := s.enterSpecial(); err != nil {
				return err
			}
		case strings.HasPrefix(rest, "/*"):
			if err := s.skipComment(); err != nil {
				return err
			}
		default:
			return nil
		}
	}
	return nil
}

// disputed refuses what is a comment to one of the two languages and an operator to the other: -- without a blank after it, which
// is two minus signs in MySQL, and # behind something, which is an operator in DDSQL.
func (s *scanner) disputed(sign string) *sqlerr.Error {
	return sqlerr.Syntax(`"%s" is a comment in one of MySQL and DDSQL and an operator in the other`, sign).At(s.pos).
		WithHint(`begin a comment with "-- "; put a blank between minus signs`)
}

// beginsLine reports whether only blanks stand before the position on its line.
func (s *scanner) beginsLine() bool {
	line := s.text[strings.LastIndexByte(s.text[:s.pos], '\n')+1 : s.pos]
	return strings.TrimSpace(line) == ""
}

func (s *scanner) skipLine() {
	if n := strings.IndexByte(s.rest(), '\n'); n >= 0 {
		s.pos += n
		return
	}
	s.pos = len(s.text)
}

// skipComment passes a comment; MySQL's do not nest.
func (s *scanner) skipComment() *sqlerr.Error {
	n := strings.Index(s.text[s.pos+2:], "*/")
	if n < 0 {
		return sqlerr.Unterminated("/* comment", s.text, s.pos)
	}
	s.pos += n + 4
	return nil
}

// enterSpecial begins the content of /*!80000 … */, or passes it when it is for a newer server.
func (s *scanner) enterSpecial() *sqlerr.Error {
	start := s.pos
	end := start + 3
	version := 0
	for end < len(s.text) && isDigit(s.text[end]) && end < start+9 {
		version = version*10 + int(s.text[end]-'0')
		end++
	}
	if !strings.Contains(s.text[end:], "*/") {
		return sqlerr.Unterminated("/* comment", s.text, start)
	}
	if version > serverVersion {
		return s.skipComment()
	}
	if s.special {
		return sqlerr.SyntaxNear(s.text, start, start+3)
	}
	s.special = true
	s.pos = end
	return nil
}

func (s *scanner) word() token {
	start := s.pos
	for s.pos < len(s.text) && isWordByte(s.text[s.pos]) {
		s.pos++
	}
	return token{kind: kindWord, value: s.text[start:s.pos], pos: start, end: s.pos}
}

const hexDigits = "0123456789abcdefABCDEF"

// number takes an integer, a decimal or a hexadecimal; digits that go on as a name are one.
func (s *scanner) number() (token, *sqlerr.Error) {
	start := s.pos
	if strings.HasPrefix(s.rest(), "0x") || strings.HasPrefix(s.rest(), "0X") {
		t := s.word()
		if strings.Trim(t.value[2:], hexDigits) == "" {
			t.kind = kindBits
		}
		return t, nil
	}
	k := kindInt
	s.digits()
	if s.peek(0) == '.' {
		k = kindDecimal
		s.pos++
		s.digits()
	}
	if c := s.peek(0) | 0x20; c == 'e' && (isDigit(s.peek(1)) || strings.IndexByte("+-", s.peek(1)) >= 0 && isDigit(s.peek(2))) {
		k = kindDecimal
		s.pos += 2
		s.digits()
	}
	if s.pos < len(s.text) && isWordByte(s.text[s.pos]) {
		if k == kindDecimal {
			return token{}, sqlerr.SyntaxNear(s.text, start, s.pos+1)
		}
		s.pos = start
		return s.word(), nil
	}
	return token{kind: k, value: s.text[start:s.pos], pos: start, end: s.pos}, nil
}

func (s *scanner) digits() {
	for isDigit(s.peek(0)) {
		s.pos++
	}
}

// variable takes @name, @@name and @@scope.name. A name in quotes is refused: the grammar's own lexer would end it elsewhere.
func (s *scanner) variable() (token, *sqlerr.Error) {
	start := s.pos
	for s.peek(0) == '@' {
		s.pos++
	}
	for s.pos < len(s.text) && (isWordByte(s.text[s.pos]) || s.text[s.pos] == '.') {
		s.pos++
	}
	if c := s.peek(0); c == '`' || c == '\'' || c == '"' { // of 'user'@'host'
		return token{kind: kindOp, value: s.text[start:s.pos], pos: start, end: s.pos}, nil
	}
	return token{kind: kindVariable, value: s.text[start:s.pos], pos: start, end: s.pos}, nil
}

func isSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isWordByte(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || isDigit(c) || c == '_' || c == '$' || c >= 0x80
}
