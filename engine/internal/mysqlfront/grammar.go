package mysqlfront

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/dolthub/vitess/go/vt/sqlparser"

	"github.com/credsql/credsql/engine/sqlerr"
)

// firstInteger is added to the index of an integer's token, so that our references differ from the numbers that the grammar
// makes up itself.
const firstInteger = 1 << 24

// concatSign is sent for ||, which joins texts in DDSQL and is OR to the grammar; it binds as PostgreSQL's || does.
const concatSign = "|"

// reference writes a token as the grammar gets it when its tree is to be lowered: a value by its token's index.
func (t *token) reference(b *strings.Builder, index int) {
	n := strconv.Itoa(index)
	switch t.kind {
	case kindName:
		b.WriteString("`" + n + "`")
	case kindWord:
		if t.byName {
			b.WriteString("`" + n + "`")
		} else {
			b.WriteString(t.value)
		}
	case kindString, kindBits:
		b.WriteString("'" + n + "'")
	case kindInt:
		b.WriteString(strconv.Itoa(firstInteger + index))
	case kindDecimal:
		b.WriteString(n + ".5")
	case kindParam:
		b.WriteString(":v" + n)
	case kindOp:
		if t.value == "||" {
			b.WriteString(concatSign)
		} else {
			b.WriteString(t.value)
		}
	default:
		b.WriteString(t.value)
	}
}

// plain writes a token for go-mysql-server's parser: strings so that every sql_mode reads them alike.
func (t *token) plain(b *strings.Builder) {
	switch t.kind {
	case kindName:
		b.WriteString("`" + strings.ReplaceAll(t.value, "`", "``") + "`")
	case kindString:
		b.WriteString("'" + plainString.Replace(t.value) + "'")
	default:
		b.WriteString(t.value)
	}
}

// plainString writes a string's text for a parser that reads backslashes.
var plainString = strings.NewReplacer(`\`, `\\`, `'`, `''`)

// markNames decides which words are sent as names: those that are no keywords, and what follows a dot.
func markNames(toks []token) {
	for i := range toks {
		if t := &toks[i]; t.kind == kindWord {
			prev := at(toks, i-1)
			t.byName = prev.isSign(".") || !isKeyword(t.value)
		}
	}
}

// isKeyword asks the grammar's own lexer.
func isKeyword(word string) bool {
	for i := range len(word) {
		if c := word[i]; c == '$' || c >= 0x80 {
			return false
		}
	}
	kind, _ := sqlparser.NewStringTokenizer(word).Scan()
	return kind != sqlparser.ID
}

// parseReferences runs the grammar over tokens whose values are references.
func parseReferences(text string, toks []token) (sqlparser.Statement, *sqlerr.Error) {
	markNames(toks)
	var b strings.Builder
	ends := make([]int, len(toks))
	for i := range toks {
		toks[i].reference(&b, i)
		ends[i] = b.Len()
		b.WriteByte(' ')
	}
	return runGrammar(text, toks, b.String(), ends)
}

// parsePlain runs the grammar over the tokens as they are and gives its text too.
func parsePlain(text string, toks []token) (sqlparser.Statement, string, *sqlerr.Error) {
	var b strings.Builder
	ends := make([]int, len(toks))
	for i := range toks {
		if i > 0 && !glued(toks, i) {
			b.WriteByte(' ')
		}
		toks[i].plain(&b)
		ends[i] = b.Len()
	}
	stmt, err := runGrammar(text, toks, b.String(), ends)
	return stmt, b.String(), err
}

// glued reports whether a token stands right behind the one before it in go-mysql-server's text: around dots, and an opening
// parenthesis after a function's name.
func glued(toks []token, i int) bool {
	t, prev := &toks[i], &toks[i-1]
	return t.isSign(".") || prev.isSign(".") || t.isSign("(") && t.pos == prev.end || t.isSign(",") || t.isSign(")") || prev.isSign("(")
}

// runGrammar parses with MySQL's grammar. Its panics and errors become errors at the token where it stopped.
func runGrammar(text string, toks []token, sql string, ends []int) (stmt sqlparser.Statement, err *sqlerr.Error) {
	defer func() {
		if r := recover(); r != nil {
			stmt, err = nil, sqlerr.New(sqlerr.CodeNotSupported, "the statement has a form that is not supported").
				Wrap(fmt.Errorf("grammar: %v", r)).At(0)
		}
	}()
	// The blank keeps the end of input apart from the end of the last token.
	stmt, parseErr := sqlparser.Parse(sql + " ")
	if parseErr == nil {
		return stmt, nil
	}
	var pos int
	if _, after, ok := strings.Cut(parseErr.Error(), " at position "); ok {
		_, _ = fmt.Sscanf(after, "%d", &pos)
	}
	// The grammar has read one character past the token that it did not expect.
	for i, end := range ends {
		if pos <= end+1 {
			return nil, sqlerr.SyntaxNear(text, toks[i].pos, toks[i].end).Wrap(parseErr)
		}
	}
	return nil, sqlerr.SyntaxNear(text, len(text), len(text)).Wrap(parseErr)
}
