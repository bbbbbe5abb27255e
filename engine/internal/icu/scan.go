package icu

import (
	"strings"
	"unicode/utf8"
)

// eof is what the scanner gives at the end.
const eof rune = -1

// scanner gives a pattern's characters with escapes of single characters, quoting and comments taken care of, one ahead.
type scanner struct {
	src   string
	at    int // of the character after cur
	start int // of cur
	cur   rune
	// quoted says that cur stands for itself: it was escaped or between \Q and \E.
	quoted bool

	inQuote      bool // between \Q and \E
	afterEscape  bool // cur follows a backslash that the parser reads
	extended     bool // the mode x
	keepComments bool // # begins no comment, for one character
	err          *SyntaxError
}

// fail notes the first error; the scanner is at its end from then on.
func (s *scanner) fail(format string, args ...any) {
	if s.err == nil {
		s.err = syntaxError(s.src, s.start, format, args...)
	}
	s.at, s.cur, s.quoted = len(s.src), eof, false
}

// read takes the next character as it is written.
func (s *scanner) read() rune {
	if s.at >= len(s.src) {
		return eof
	}
	r, size := utf8.DecodeRuneInString(s.src[s.at:])
	s.at += size
	return r
}

func (s *scanner) rest() string { return s.src[min(s.at, len(s.src)):] }

// next moves to the next character.
func (s *scanner) next() {
	s.quoted = false
	for {
		s.start = s.at
		s.cur = s.read()
		if s.inQuote {
			if s.cur == '\\' && strings.HasPrefix(s.rest(), "E") {
				s.at++
				s.inQuote = false
				continue
			}
			s.quoted = s.cur != eof
			return
		}
		if s.afterEscape {
			s.afterEscape = false
			return
		}
		if s.extended && s.skipBlank() {
			continue
		}
		s.keepComments = false
		if s.cur == '\\' && s.escape() {
			continue
		}
		return
	}
}

// skipBlank skips a blank or a comment of the mode x.
func (s *scanner) skipBlank() bool {
	if s.cur == '#' && !s.keepComments {
		for s.cur != eof && !isLineEnd(s.cur) {
			s.cur = s.read()
		}
		return s.cur != eof
	}
	return isPatternSpace(s.cur)
}

// isPatternSpace is Unicode's Pattern_White_Space.
func isPatternSpace(r rune) bool {
	switch r {
	case ' ', 0x85, 0x200E, 0x200F, 0x2028, 0x2029:
		return true
	}
	return '\t' <= r && r <= '\r'
}

// escape reads after a backslash what stands for one character. It is true when it read the start of a quotation, so that cur is
// yet to come. Other escapes are the parser's: cur is then the backslash.
func (s *scanner) escape() (again bool) {
	rest := s.rest()
	if rest == "" {
		s.fail("the pattern ends with a backslash")
		return false
	}
	switch c := rest[0]; c {
	case 'Q':
		s.at++
		s.inQuote = true
		return true
	case 'a', 'e', 'f', 'n', 'r', 't':
		s.at++
		s.cur = map[byte]rune{'a': 7, 'e': 0x1B, 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}[c]
	case 'c':
		s.at++
		s.control()
	case 'x':
		s.at++
		s.hex()
	case 'u':
		s.at++
		s.cur = s.hexDigits(4, 4)
		s.surrogate()
	case 'U':
		s.at++
		s.cur = s.hexDigits(8, 8)
	case '0':
		s.at++
		s.octal()
	default:
		s.afterEscape = true
		return false
	}
	if s.err == nil && (s.cur > maxRune || 0xD800 <= s.cur && s.cur <= 0xDFFF) {
		s.fail("the escape is no Unicode character")
	}
	s.quoted = s.err == nil
	return false
}

// control reads \cX.
func (s *scanner) control() {
	c := s.read()
	if c < '?' || c > 'z' {
		s.fail("\\c must be followed by a letter")
		return
	}
	s.cur = c & 0x1F
}

// hex reads \xh, \xhh and \x{h…}.
func (s *scanner) hex() {
	if !strings.HasPrefix(s.rest(), "{") {
		s.cur = s.hexDigits(1, 2)
		return
	}
	s.at++
	s.cur = s.hexDigits(1, 8)
	if s.err == nil && s.read() != '}' {
		s.fail("\\x{ must be closed by }")
	}
}

func (s *scanner) hexDigits(least, most int) rune {
	v, n := int64(0), 0
	for rest := s.rest(); n < most && n < len(rest); n++ {
		d := strings.IndexByte("0123456789abcdef", rest[n]|0x20)
		if d < 0 || rest[n] < '0' {
			break
		}
		v = v<<4 | int64(d)
	}
	if n < least {
		s.fail("the escape needs %d hexadecimal digits", least)
		return eof
	}
	s.at += n
	if v > maxRune {
		return maxRune + 1
	}
	return rune(v)
}

// surrogate joins \ud83d\ude00.
func (s *scanner) surrogate() {
	if s.err != nil || s.cur < 0xD800 || s.cur > 0xDBFF || !strings.HasPrefix(s.rest(), `\u`) {
		return
	}
	high, at := s.cur, s.at
	s.at += 2
	low := s.hexDigits(4, 4)
	if s.err != nil || low < 0xDC00 || low > 0xDFFF {
		s.at = at
		return
	}
	s.cur = 0x10000 + (high-0xD800)<<10 + (low - 0xDC00)
}

// octal reads \0, followed by up to three octal digits that make no more than 255.
func (s *scanner) octal() {
	v, n := rune(0), 0
	for rest := s.rest(); n < 3 && n < len(rest) && rest[n] >= '0' && rest[n] <= '7'; n++ {
		d := v<<3 + rune(rest[n]-'0')
		if d > 255 {
			break
		}
		v = d
	}
	if n == 0 {
		s.fail("\\0 must be followed by octal digits")
		return
	}
	s.at += n
	s.cur = v
}
