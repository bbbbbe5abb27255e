package ddsql

import (
	"strings"
	"unicode/utf8"

	"github.com/credsql/credsql/engine/sqlerr"
)

// checkText refuses what PostgreSQL's input layer refuses: bytes that are not UTF-8, and NUL.
func checkText(text string) *sqlerr.Error {
	if !utf8.ValidString(text) {
		for i, r := range text {
			if r == utf8.RuneError {
				if _, n := utf8.DecodeRuneInString(text[i:]); n == 1 {
					return sqlerr.New(codeInvalidEncoding, "invalid byte sequence for encoding \"UTF8\": 0x%02x", text[i]).At(i)
				}
			}
		}
	}
	if i := strings.IndexByte(text, 0); i >= 0 {
		return sqlerr.New(codeInvalidEncoding, "invalid byte sequence for encoding \"UTF8\": 0x00").At(i)
	}
	return nil
}

// tokenize scans one statement, refusing as early as it can what passes the limits.
func tokenize(text string, limits Limits) ([]token, *sqlerr.Error) {
	s := newScanner(text)
	toks := make([]token, 0, len(text)/5+8)
	g := guard{limits: limits}
	for {
		t, err := s.next()
		if err != nil {
			return nil, err
		}
		if s.mysqlComment >= 0 {
			return nil, sqlerr.Syntax("syntax error at or near %s", quoted("/*!")).At(s.mysqlComment).
				WithHint("/*! … */ is MySQL's conditional comment; choose the MySQL dialect, or remove it")
		}
		if t.kind == kindBacktick {
			return nil, syntaxNear(text, t.pos, t.end).
				WithHint("backticks quote names in MySQL; choose the MySQL dialect, or use double quotes")
		}
		if t.kind == kindEOF {
			return toks, nil
		}
		if err := g.admit(&t); err != nil {
			return nil, err
		}
		toks = append(toks, t)
	}
}

// guard counts what one statement's tokens will cost, so that nothing expensive ever sees an enormous statement.
type guard struct {
	limits                     Limits
	tokens, weight, arms, open int
}

// weightPerNode is how many words and operators a node is taken for, generously: the converter counts exactly.
const weightPerNode = 4

func (g *guard) admit(t *token) *sqlerr.Error {
	g.tokens++
	if g.tokens > g.limits.Tokens {
		return tooComplex(t.pos, "more than %d words and signs", g.limits.Tokens)
	}
	switch t.kind {
	case kindWord, kindQuoted, kindOp, kindParam:
		g.weight++
	}
	if g.weight > weightPerNode*g.limits.Nodes {
		return tooComplex(t.pos, "more than %d operators, names and calls", g.limits.Nodes)
	}
	if t.isWord("union", "intersect", "except") {
		if g.arms++; g.arms >= g.limits.Arms {
			return tooComplex(t.pos, "more than %d queries joined by UNION, INTERSECT and EXCEPT", g.limits.Arms)
		}
	}
	if g.open = max(0, g.open+nesting(t)); g.open > g.limits.Depth {
		return tooComplex(t.pos, "parentheses nest deeper than %d", g.limits.Depth)
	}
	return nil
}
