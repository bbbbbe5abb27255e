package ddsql

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/multigres/multigres/go/common/parser"
	"github.com/multigres/multigres/go/common/parser/ast"

	"github.com/credsql/credsql/engine/sqlerr"
)

// firstInteger is added to the index of an integer's token, so that our references differ from the small integers that the
// grammar makes up itself.
const firstInteger = 1 << 24

// reference is how a token is sent to the grammar: a token with a value by its index, anything else as it is. A name is a
// quoted identifier of digits, a string a string of digits, and so on; what the grammar gives back points here.
func (t *token) reference(b *strings.Builder, index int) {
	n := strconv.Itoa(index)
	switch {
	case t.kind == kindQuoted, t.kind == kindWord && t.asName:
		b.WriteByte('"')
		b.WriteString(n)
		b.WriteByte('"')
	case t.kind == kindString, t.kind == kindBits:
		b.WriteByte('\'')
		b.WriteString(n)
		b.WriteByte('\'')
	case t.kind == kindInt:
		b.WriteString(strconv.Itoa(firstInteger + index))
	case t.kind == kindDecimal:
		b.WriteString(n)
		b.WriteString(".5")
	case t.kind == kindParam:
		b.WriteByte('$')
		b.WriteString(n)
	default:
		b.WriteString(t.value)
	}
}

// referenced reports whether the token is sent by reference, and so must come back from the grammar.
func (t *token) referenced() bool {
	switch t.kind {
	case kindQuoted, kindString, kindBits, kindInt, kindDecimal, kindParam:
		return true
	}
	return t.kind == kindWord && t.asName
}

// parseGrammar runs PostgreSQL's grammar over the tokens of one statement. Its errors come back in PostgreSQL's words, at
// the place of the token that it did not expect.
func parseGrammar(text string, toks []token) (stmt ast.Stmt, err *sqlerr.Error) {
	var b strings.Builder
	ends := make([]int, len(toks))
	for i := range toks {
		toks[i].reference(&b, i)
		ends[i] = b.Len()
		// The space also keeps the end of input apart from the end of the last token.
		b.WriteByte(' ')
	}
	defer func() {
		if r := recover(); r != nil {
			stmt, err = nil, sqlerr.New(sqlerr.CodeNotSupported, "the statement has a form that is not supported").
				Wrap(fmt.Errorf("grammar: %v", r)).At(0)
		}
	}()
	stmts, parseErr := parser.ParseSQL(b.String())
	if parseErr != nil {
		return nil, grammarError(text, toks, ends, parseErr)
	}
	if len(stmts) != 1 {
		return nil, sqlerr.Internal(fmt.Errorf("grammar: %d statements", len(stmts)))
	}
	return stmts[0], nil
}

// grammarError finds the token that the grammar stopped at: it reports how far its lexer had read.
func grammarError(text string, toks []token, ends []int, cause error) *sqlerr.Error {
	var pos int
	if _, err := fmt.Sscanf(cause.Error(), "parse error at position %d:", &pos); err != nil {
		return sqlerr.Syntax("syntax error").Wrap(cause)
	}
	at := sort.SearchInts(ends, pos)
	_, message, _ := strings.Cut(cause.Error(), ": ")
	switch {
	case strings.HasPrefix(message, "frame "):
		return sqlerr.New(sqlerr.CodeWindowing, "%s", message).At(wordBack(toks, at, "rows", "range", "groups")).Wrap(cause)
	case strings.HasPrefix(message, "LIMIT #,#"):
		return sqlerr.Syntax("LIMIT #,# syntax is not supported").WithHint("Use separate LIMIT and OFFSET clauses.").
			At(wordBack(toks, at, "limit")).Wrap(cause)
	case at == len(toks):
		return sqlerr.SyntaxNear(text, len(text), len(text)).Wrap(cause)
	}
	return unexpected(text, toks, at).Wrap(cause)
}

// wordBack is the offset of the last of some words before a token; -1 when there is none.
func wordBack(toks []token, i int, words ...string) int {
	for i = min(i, len(toks)) - 1; i >= 0; i-- {
		if toks[i].isWord(words...) {
			return toks[i].pos
		}
	}
	return -1
}

// unexpected is the syntax error at a token, with a hint where we know what was meant.
func unexpected(text string, toks []token, i int) *sqlerr.Error {
	t := &toks[i]
	err := sqlerr.SyntaxNear(text, t.pos, max(t.end, t.pos+1))
	prev := at(toks, i-1)
	if prev.isWord("interval") && (t.kind == kindInt || t.kind == kindDecimal) {
		err.WithHint("write the interval in quotes: INTERVAL '" + t.value + " days'")
	}
	return err
}
