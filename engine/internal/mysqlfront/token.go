package mysqlfront

import "strings"

// kind is the kind of a token.
type kind uint8

const (
	kindEOF      kind = iota
	kindWord          // an unquoted word; value is as written
	kindName          // `name`, or "name" with AnsiQuotes
	kindString        // 'text', decoded; neighbours are one
	kindInt           // 123
	kindDecimal       // 1.5, 1e9
	kindBits          // 0x1F, X'1F', b'01'
	kindVariable      // @name, @@name, @@session.name
	kindParam         // ?
	kindOp            // operators
	kindPunct         // ( ) , ; . [ ] { }
)

// token is one word of a statement; pos and end are byte offsets into its text.
type token struct {
	kind     kind
	value    string
	pos, end int
	// param is a kindParam's number.
	param int
	// double marks a string in double quotes, which is a name in DDSQL.
	double bool
	// byName sends a word to the grammar as a name.
	byName bool
}

func (t *token) isWord(words ...string) bool {
	if t.kind != kindWord {
		return false
	}
	for _, w := range words {
		if strings.EqualFold(t.value, w) {
			return true
		}
	}
	return false
}

func (t *token) isSign(sign string) bool {
	return (t.kind == kindOp || t.kind == kindPunct) && t.value == sign
}

// lower is a word in lower case.
func (t *token) lower() string { return strings.ToLower(t.value) }

// at gives the token at i, an end token when there is none.
func at(toks []token, i int) token {
	if i < 0 || i >= len(toks) {
		return token{}
	}
	return toks[i]
}
