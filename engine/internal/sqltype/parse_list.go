package sqltype

import (
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// ParseList reads an array in PostgreSQL's text form, {a,"b c",NULL}. Arrays have one dimension.
func ParseList(text string, elem column.Type) (*column.List, error) {
	p := listParser{text: text, rest: strings.Trim(text, space)}
	l := &column.List{Elem: elem}
	if !p.take('{') {
		if p.take('[') {
			return nil, sqlerr.NotSupported("an array with explicit bounds")
		}
		return nil, p.malformed("Array value must start with \"{\" or dimension information.")
	}
	p.skipSpace()
	if p.take('}') {
		return l, p.end()
	}
	for {
		item, null, err := p.item()
		if err != nil {
			return nil, err
		}
		var v column.Value
		if !null {
			if v, err = Parse(item, elem); err != nil {
				return nil, err
			}
		}
		l.Items = append(l.Items, v)
		if p.take('}') {
			return l, p.end()
		}
		if !p.take(',') {
			return nil, p.malformed("Unexpected end of input.")
		}
	}
}

// listParser reads the items of one array literal.
type listParser struct {
	text string // the whole, for errors
	rest string
}

func (p *listParser) malformed(detail string) error {
	return sqlerr.New(sqlerr.CodeInvalidText, "malformed array literal: \"%s\"", p.text).WithDetail(detail)
}

func (p *listParser) take(c byte) bool {
	if p.rest != "" && p.rest[0] == c {
		p.rest = p.rest[1:]
		return true
	}
	return false
}

func (p *listParser) skipSpace() { p.rest = strings.TrimLeft(p.rest, space) }

func (p *listParser) end() error {
	if p.rest != "" {
		return p.malformed("Junk after closing right brace.")
	}
	return nil
}

// item reads one item and the blanks after it. An unquoted NULL is a NULL.
func (p *listParser) item() (text string, null bool, err error) {
	p.skipSpace()
	if p.take('"') {
		text, err = p.quoted()
		p.skipSpace()
		return text, false, err
	}
	return p.bare()
}

func (p *listParser) quoted() (string, error) {
	var b strings.Builder
	for i := 0; i < len(p.rest); i++ {
		switch c := p.rest[i]; c {
		case '"':
			p.rest = p.rest[i+1:]
			return b.String(), nil
		case '\\':
			if i++; i < len(p.rest) {
				b.WriteByte(p.rest[i])
			}
		default:
			b.WriteByte(c)
		}
	}
	return "", p.malformed("Unexpected end of input.")
}

func (p *listParser) bare() (text string, null bool, err error) {
	var b strings.Builder
	escaped := false
	keep := 0 // length without trailing blanks
	i := 0
scan:
	for ; i < len(p.rest); i++ {
		switch c := p.rest[i]; c {
		case ',', '}':
			break scan
		case '{':
			if b.Len() == 0 {
				return "", false, sqlerr.NotSupported("an array of arrays")
			}
			return "", false, p.malformed("Unexpected \"{\" character.")
		case '"':
			return "", false, p.malformed("Unexpected array element.")
		case '\\':
			if i++; i == len(p.rest) {
				return "", false, p.malformed("Unexpected end of input.")
			}
			b.WriteByte(p.rest[i])
			escaped, keep = true, b.Len()
		default:
			b.WriteByte(c)
			if !strings.ContainsRune(space, rune(c)) {
				keep = b.Len()
			}
		}
	}
	p.rest = p.rest[i:]
	text = b.String()[:keep]
	if text == "" {
		if p.rest == "" {
			return "", false, p.malformed("Unexpected end of input.")
		}
		return "", false, p.malformed("Unexpected \"" + p.rest[:1] + "\" character.")
	}
	return text, !escaped && strings.EqualFold(text, "null"), nil
}
