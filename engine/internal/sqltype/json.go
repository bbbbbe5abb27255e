package sqltype

import (
	"strings"
	"unicode/utf8"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// maxJSONDepth bounds how deep arrays and objects may nest, as PostgreSQL's stack limit does.
const maxJSONDepth = 6000

// ParseJSON checks that text is a JSON document (RFC 8259) and keeps it as it is, blanks, key order and digits included.
func ParseJSON(text string) (column.JSONText, error) {
	p := jsonChecker{text: text}
	if err := p.document(); err != nil {
		return "", err
	}
	return column.JSONText(text), nil
}

// jsonChecker walks over a document without recursion: open holds the closing bracket of each container around the place.
type jsonChecker struct {
	text string
	at   int
	open []byte
}

// jsonState is what may come next.
type jsonState uint8

const (
	wantValue jsonState = iota
	wantValueOrEnd
	wantKeyOrEnd
	wantKey
	wantCommaOrEnd
)

func (p *jsonChecker) document() error {
	state := wantValue
	for {
		p.skipSpace()
		if state == wantCommaOrEnd && len(p.open) == 0 {
			if p.at < len(p.text) {
				return p.unexpected("end of input")
			}
			return nil
		}
		if p.at == len(p.text) {
			return p.invalid("The input string ended unexpectedly.")
		}
		next, err := p.step(state)
		if err != nil {
			return err
		}
		state = next
	}
}

// step reads one token and says what may follow it.
func (p *jsonChecker) step(state jsonState) (jsonState, error) {
	c := p.text[p.at]
	switch {
	case state == wantCommaOrEnd && c == ',':
		p.at++
		if p.open[len(p.open)-1] == '}' {
			return wantKey, nil
		}
		return wantValue, nil
	case len(p.open) > 0 && c == p.open[len(p.open)-1] && state != wantValue && state != wantKey:
		p.at++
		p.open = p.open[:len(p.open)-1]
		return wantCommaOrEnd, nil
	case state == wantCommaOrEnd:
		return state, p.unexpected("\",\" or \"" + string(p.open[len(p.open)-1]) + "\"")
	case state == wantKey || state == wantKeyOrEnd:
		return wantValue, p.key()
	case c == '{' || c == '[':
		return p.enter(c)
	default:
		return wantCommaOrEnd, p.scalar()
	}
}

func (p *jsonChecker) enter(c byte) (jsonState, error) {
	if len(p.open) == maxJSONDepth {
		return 0, sqlerr.New(sqlerr.CodeTooComplex, "JSON is nested deeper than %d levels", maxJSONDepth)
	}
	p.at++
	if c == '{' {
		p.open = append(p.open, '}')
		return wantKeyOrEnd, nil
	}
	p.open = append(p.open, ']')
	return wantValueOrEnd, nil
}

// key reads a member's name and the colon.
func (p *jsonChecker) key() error {
	if p.text[p.at] != '"' {
		return p.unexpected("string")
	}
	if err := p.str(); err != nil {
		return err
	}
	p.skipSpace()
	if p.at == len(p.text) {
		return p.invalid("The input string ended unexpectedly.")
	}
	if p.text[p.at] != ':' {
		return p.unexpected("\":\"")
	}
	p.at++
	return nil
}

func (p *jsonChecker) scalar() error {
	c := p.text[p.at]
	if c == '"' {
		return p.str()
	}
	if c == '-' || isDigit(c) {
		return p.number()
	}
	for _, word := range [...]string{"true", "false", "null"} {
		if strings.HasPrefix(p.text[p.at:], word) {
			p.at += len(word)
			return p.tokenEnd(p.at - len(word))
		}
	}
	if isLetter(c) {
		return p.badToken(p.at)
	}
	return p.unexpected("JSON value")
}

// number reads a number: no leading zeros, digits on both sides of a point.
func (p *jsonChecker) number() error {
	start := p.at
	s := strings.TrimPrefix(p.text[p.at:], "-")
	n, after := digits(s)
	ok := n == 1 || n > 1 && s[0] != '0'
	if ok && strings.HasPrefix(after, ".") {
		n, after = digits(after[1:])
		ok = n > 0
	}
	if ok && after != "" && after[0]|0x20 == 'e' {
		after = after[1:]
		if after != "" && (after[0] == '+' || after[0] == '-') {
			after = after[1:]
		}
		n, after = digits(after)
		ok = n > 0
	}
	if !ok {
		return p.badToken(start)
	}
	p.at = len(p.text) - len(after)
	return p.tokenEnd(start)
}

// tokenEnd refuses a word or a number that runs on.
func (p *jsonChecker) tokenEnd(start int) error {
	if p.at < len(p.text) && isTokenByte(p.text[p.at]) {
		return p.badToken(start)
	}
	return nil
}

func isTokenByte(c byte) bool { return isLetter(c) || isDigit(c) || c == '_' || c >= 0x80 }

// str reads a string. Escapes are checked for form only; whether a surrogate has its pair is asked when the text is needed.
func (p *jsonChecker) str() error {
	for p.at++; p.at < len(p.text); p.at++ {
		switch c := p.text[p.at]; {
		case c == '"':
			p.at++
			return nil
		case c < ' ':
			return p.invalid("Character with value 0x%02x must be escaped.", c)
		case c == '\\':
			if err := p.escape(); err != nil {
				return err
			}
		}
	}
	return p.badToken(p.at)
}

// escape reads what follows a backslash, up to its last byte.
func (p *jsonChecker) escape() error {
	p.at++
	if p.at == len(p.text) {
		return p.badToken(p.at)
	}
	switch c := p.text[p.at]; c {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return nil
	case 'u':
		if len(p.text)-p.at < 5 || strings.Trim(p.text[p.at+1:p.at+5], "0123456789abcdefABCDEF") != "" {
			return p.invalid("\"\\u\" must be followed by four hexadecimal digits.")
		}
		p.at += 4
		return nil
	}
	r, _ := utf8.DecodeRuneInString(p.text[p.at:])
	return p.invalid("Escape sequence \"\\%c\" is invalid.", r)
}

func (p *jsonChecker) skipSpace() {
	for p.at < len(p.text) && strings.IndexByte(" \t\n\r", p.text[p.at]) >= 0 {
		p.at++
	}
}

func (p *jsonChecker) invalid(detail string, args ...any) error {
	e := sqlerr.New(sqlerr.CodeInvalidText, detail, args...)
	e.Message, e.Detail = "invalid input syntax for type json", e.Message
	return e
}

func (p *jsonChecker) unexpected(expected string) error {
	r, _ := utf8.DecodeRuneInString(p.text[p.at:])
	return p.invalid("Expected %s, but found \"%c\".", expected, r)
}

func (p *jsonChecker) badToken(start int) error {
	end := start
	for end < len(p.text) && (isTokenByte(p.text[end]) || strings.IndexByte("+-.", p.text[end]) >= 0) {
		end++
	}
	if end == start {
		return p.invalid("The input string ended unexpectedly.")
	}
	return p.invalid("Token \"%s\" is invalid.", p.text[start:end])
}
