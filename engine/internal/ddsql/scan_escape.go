package ddsql

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/credsql/credsql/engine/sqlerr"
)

// escapedString scans E'…' with its backslash escapes.
func (s *scanner) escapedString(start int) (token, *sqlerr.Error) {
	var b strings.Builder
	s.pos++
	for s.pos < len(s.text) {
		c := s.text[s.pos]
		switch {
		case c == '\'' && s.peek(1) == '\'':
			b.WriteByte('\'')
			s.pos += 2
		case c == '\'':
			s.pos++
			if s.continued() {
				s.pos++
				continue
			}
			if !utf8.ValidString(b.String()) || strings.IndexByte(b.String(), 0) >= 0 {
				return token{}, sqlerr.New(sqlerr.CodeInvalidEncoding, "invalid byte sequence for encoding \"UTF8\"").At(start)
			}
			return token{kind: kindString, value: b.String(), pos: start, end: s.pos}, nil
		case c == '\\' && s.pos+1 < len(s.text):
			if err := s.escape(&b); err != nil {
				return token{}, err
			}
		default:
			b.WriteByte(c)
			s.pos++
		}
	}
	s.open = OpenString
	return token{}, sqlerr.Unterminated("quoted string", s.text, start)
}

// escape decodes one backslash escape of an E'…' string.
func (s *scanner) escape(b *strings.Builder) *sqlerr.Error {
	at := s.pos
	c := s.text[s.pos+1]
	s.pos += 2
	switch {
	case c == 'b':
		b.WriteByte('\b')
	case c == 'f':
		b.WriteByte('\f')
	case c == 'n':
		b.WriteByte('\n')
	case c == 'r':
		b.WriteByte('\r')
	case c == 't':
		b.WriteByte('\t')
	case '0' <= c && c <= '7':
		s.pos--
		b.WriteByte(byte(s.base(8, 3)))
	case c == 'x' && isHex(s.peek(0)):
		b.WriteByte(byte(s.base(16, 2)))
	case c == 'u' || c == 'U':
		return s.unicodeEscape(b, c, at)
	default:
		b.WriteByte(c)
	}
	return nil
}

// base reads up to n digits of a base.
func (s *scanner) base(base, n int) uint64 {
	start := s.pos
	for s.pos-start < n && isHex(s.peek(0)) && (base == 16 || '0' <= s.peek(0) && s.peek(0) <= '7') {
		s.pos++
	}
	v, _ := strconv.ParseUint(s.text[start:s.pos], base, 32)
	return v
}

// unicodeEscape decodes \uXXXX, with its second half when it is a surrogate, and \UXXXXXXXX.
func (s *scanner) unicodeEscape(b *strings.Builder, letter byte, at int) *sqlerr.Error {
	n := 4
	if letter == 'U' {
		n = 8
	}
	start := s.pos
	r := rune(s.base(16, n))
	if s.pos-start != n {
		return sqlerr.New(sqlerr.CodeInvalidEscape, "invalid Unicode escape").At(at).
			WithHint(`Unicode escapes must be \uXXXX or \UXXXXXXXX`)
	}
	if 0xD800 <= r && r < 0xDC00 && s.peek(0) == '\\' && s.peek(1)|0x20 == 'u' {
		s.pos += 2
		r = joinSurrogates(r, rune(s.base(16, 4)))
	}
	return writeRune(b, r, at)
}

func joinSurrogates(high, low rune) rune {
	if low < 0xDC00 || low > 0xDFFF {
		return -1
	}
	return (high-0xD800)<<10 + (low - 0xDC00) + 0x10000
}

func writeRune(b *strings.Builder, r rune, at int) *sqlerr.Error {
	if r == 0 || !utf8.ValidRune(r) {
		return sqlerr.Syntax("invalid Unicode escape value").At(at)
	}
	b.WriteRune(r)
	return nil
}

// unicodeEscaped scans U&'…' and U&"…", and UESCAPE 'c' when it follows.
func (s *scanner) unicodeEscaped() (token, *sqlerr.Error) {
	start := s.pos
	s.pos += 2
	var t token
	var err *sqlerr.Error
	if s.text[s.pos] == '"' {
		t, err = s.quotedName(start)
	} else {
		t, err = s.quotedString(start)
	}
	if err != nil {
		return t, err
	}
	mark, err := s.uescape()
	if err != nil {
		return t, err
	}
	t.end = s.pos
	t.value, err = decodeUnicode(t.value, mark, start)
	return t, err
}

// uescape reads UESCAPE 'c' if it is next and gives the escape character.
func (s *scanner) uescape() (byte, *sqlerr.Error) {
	ahead := *s
	if t, err := ahead.next(); err != nil || !t.isWord("uescape") {
		return '\\', nil
	}
	t, err := ahead.next()
	if err != nil {
		return 0, err
	}
	if t.kind != kindString || len(t.value) != 1 || isHex(t.value[0]) || isSpace(t.value[0]) ||
		strings.Contains(`+'"`, t.value) {
		return 0, sqlerr.Syntax("invalid Unicode escape character").At(t.pos)
	}
	s.pos = ahead.pos
	return t.value[0], nil
}

// decodeUnicode replaces \XXXX and \+XXXXXX, with mark in the backslash's place.
func decodeUnicode(text string, mark byte, at int) (string, *sqlerr.Error) {
	s := &scanner{text: text}
	var b strings.Builder
	for s.pos < len(text) {
		c := text[s.pos]
		s.pos++
		switch {
		case c != mark:
			b.WriteByte(c)
		case s.peek(0) == mark:
			b.WriteByte(mark)
			s.pos++
		default:
			r, ok := s.codePoint()
			if ok && 0xD800 <= r && r < 0xDC00 && s.peek(0) == mark {
				s.pos++
				var low rune
				low, ok = s.codePoint()
				r = joinSurrogates(r, low)
			}
			if !ok {
				return "", sqlerr.Syntax("invalid Unicode escape").At(at).
					WithHint(`Unicode escapes must be \XXXX or \+XXXXXX`)
			}
			if err := writeRune(&b, r, at); err != nil {
				return "", err
			}
		}
	}
	return b.String(), nil
}

func (s *scanner) codePoint() (rune, bool) {
	n := 4
	if s.peek(0) == '+' {
		s.pos++
		n = 6
	}
	start := s.pos
	r := rune(s.base(16, n))
	return r, s.pos-start == n
}

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }
