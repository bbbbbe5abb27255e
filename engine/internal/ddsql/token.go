package ddsql

import "strings"

// kind is the kind of a token.
type kind uint8

const (
	kindEOF      kind = iota
	kindWord          // an unquoted word; value is folded to lower case
	kindQuoted        // "name"
	kindBacktick      // `name`: MySQL's, never DDSQL's
	kindString        // 'text' in any of its spellings; value is decoded
	kindBits          // B'01' and X'1F'
	kindInt           // 123
	kindDecimal       // 1.5, 1e9
	kindParam         // $1, or a ? that was found to stand for an operand
	kindOp            // + - <= -> …: PostgreSQL's operator characters
	kindPunct         // ( ) [ ] , ; . : :: := =>
)

// token is one word of a statement. pos and end are byte offsets into the scanned text; a token that rewriting made up has
// the offsets of the token it stands beside.
type token struct {
	kind     kind
	value    string
	pos, end int
	// param is a kindParam's number.
	param int
	// label is set when the token stands after a dot or AS, where any keyword is a name.
	label bool
	// made is set on a token that rewriting added: nothing was written there.
	made bool
	// asName marks a keyword that is used as a name here; it is sent to the grammar as a name.
	asName bool
	// typeWords is set when the token stands for several words that name a type: DOUBLE PRECISION.
	typeWords bool
}

func (t *token) isWord(words ...string) bool {
	if t.kind != kindWord {
		return false
	}
	for _, w := range words {
		if t.value == w {
			return true
		}
	}
	return false
}

func (t *token) isPunct(sign string) bool { return t.kind == kindPunct && t.value == sign }

func (t *token) isName() bool { return t.kind == kindWord || t.kind == kindQuoted }

// foldASCII lowers A to Z only, as PostgreSQL folds unquoted names in a UTF-8 database.
func foldASCII(s string) string {
	for i := 0; i < len(s); i++ {
		if 'A' <= s[i] && s[i] <= 'Z' {
			return strings.Map(func(r rune) rune {
				if 'A' <= r && r <= 'Z' {
					return r + 'a' - 'A'
				}
				return r
			}, s)
		}
	}
	return s
}
