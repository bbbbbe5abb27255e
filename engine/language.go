package engine

import "github.com/credsql/credsql/engine/internal/ddsql"

// LexemeKind is what a piece of a statement's text is.
type LexemeKind = ddsql.LexemeKind

// The kinds of lexemes. LexOther is a character that no token begins with, such as a backslash.
const (
	LexWord     = ddsql.LexWord
	LexKeyword  = ddsql.LexKeyword
	LexName     = ddsql.LexName
	LexString   = ddsql.LexString
	LexNumber   = ddsql.LexNumber
	LexParam    = ddsql.LexParam
	LexOperator = ddsql.LexOperator
	LexPunct    = ddsql.LexPunct
	LexComment  = ddsql.LexComment
	LexOther    = ddsql.LexOther
)

// Lexeme is a token or a comment of a text by its place.
type Lexeme = ddsql.Lexeme

// Lex cuts any text into lexemes, finished or not, for colouring and completing it. open is as Split gives it, but for parentheses,
// which it does not count.
func Lex(text string) (lexemes []Lexeme, open string) {
	lexemes, lacking := ddsql.Lex(text)
	return lexemes, lackingText[lacking]
}

// Keywords are the words of queries, in upper case.
func Keywords() []string { return ddsql.Keywords() }

// Settings are the names of what SET can change, sorted.
func (e *Engine) Settings() []string { return e.settings.names() }
