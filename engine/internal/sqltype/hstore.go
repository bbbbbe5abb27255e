package sqltype

import (
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// ParseHStore reads PostgreSQL's text form: a=>1, "b c"=>"x\"y", d=>NULL. Blanks around keys and values do not count; of two
// pairs with one key the first is kept.
func ParseHStore(text string) (*column.HStore, error) {
	p := hstoreParser{text: text}
	var pairs []column.Pair
	for {
		key, _, ok, err := p.item('=')
		if err != nil {
			return nil, err
		}
		if !ok {
			return column.NewHStore(pairs), nil
		}
		p.skipSpace()
		if err := p.expect('='); err != nil {
			return nil, err
		}
		if err := p.expect('>'); err != nil {
			return nil, err
		}
		value, quoted, ok, err := p.item(',')
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, p.ended()
		}
		pair := column.Pair{Key: key, Value: value}
		if !quoted && strings.EqualFold(value, "null") {
			pair = column.Pair{Key: key, Null: true}
		}
		pairs = append(pairs, pair)
		p.skipSpace()
		if p.at == len(text) {
			return column.NewHStore(pairs), nil
		}
		if err := p.expect(','); err != nil {
			return nil, err
		}
	}
}

// hstoreParser walks over one hstore literal.
type hstoreParser struct {
	text string
	at   int
}

func (p *hstoreParser) skipSpace() {
	for p.at < len(p.text) && strings.IndexByte(space, p.text[p.at]) >= 0 {
		p.at++
	}
}

func (p *hstoreParser) ended() error {
	return sqlerr.New(sqlerr.CodeInvalidText, "invalid input syntax for type hstore: \"%s\"", p.text).
		WithDetail("Unexpected end of string.")
}

func (p *hstoreParser) unexpected() error {
	return sqlerr.New(sqlerr.CodeInvalidText, "invalid input syntax for type hstore: \"%s\"", p.text).
		WithDetail("Syntax error near \"" + p.text[p.at:p.at+1] + "\".").
		WithHint("Write pairs as key=>value, separated by commas.")
}

func (p *hstoreParser) expect(c byte) error {
	if p.at == len(p.text) {
		return p.ended()
	}
	if p.text[p.at] != c {
		return p.unexpected()
	}
	p.at++
	return nil
}

// item reads a key, which ends at = or a blank, or a value, which ends at a comma or a blank. ok is false at the end of the text.
func (p *hstoreParser) item(end byte) (item string, quoted, ok bool, err error) {
	p.skipSpace()
	if p.at == len(p.text) {
		return "", false, false, nil
	}
	switch p.text[p.at] {
	case '"':
		p.at++
		item, err = p.quoted()
		return item, true, err == nil, err
	case end:
		return "", false, false, p.unexpected()
	}
	var b strings.Builder
	for ; p.at < len(p.text); p.at++ {
		c := p.text[p.at]
		if c == end || strings.IndexByte(space, c) >= 0 {
			break
		}
		if c == '\\' {
			if p.at++; p.at == len(p.text) {
				return "", false, false, p.ended()
			}
			c = p.text[p.at]
		}
		b.WriteByte(c)
	}
	return b.String(), false, true, nil
}

func (p *hstoreParser) quoted() (string, error) {
	var b strings.Builder
	for ; p.at < len(p.text); p.at++ {
		switch c := p.text[p.at]; c {
		case '"':
			p.at++
			return b.String(), nil
		case '\\':
			if p.at++; p.at == len(p.text) {
				return "", p.ended()
			}
			b.WriteByte(p.text[p.at])
		default:
			b.WriteByte(c)
		}
	}
	return "", p.ended()
}
