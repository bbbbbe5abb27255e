package ddsql

import (
	"strings"
	"unicode/utf8"

	"github.com/credsql/credsql/engine/sqlerr"
)

// Guard counts what one statement costs, first its tokens and then its tree, so that nothing expensive ever sees an enormous
// statement. MySQL's grammar goes through the same one.
type Guard struct {
	limits                     Limits
	tokens, weight, arms, open int
	depth, nodes               int
}

// NewGuard makes the guard of one statement.
func NewGuard(limits Limits) *Guard { return &Guard{limits: limits.withDefaults()} }

// Cost is what one token costs.
type Cost struct {
	Pos int
	// Heavy is set for words, names, operators and parameters: what may become a node of the tree.
	Heavy bool
	// Nesting is 1 for an opening bracket and -1 for a closing one.
	Nesting int
	// SetOperation is set for UNION, INTERSECT and EXCEPT.
	SetOperation bool
}

// weightPerNode is how many words and operators a node is taken for, generously: the tree is counted exactly.
const weightPerNode = 4

// Text refuses a text that is too long, and what PostgreSQL's input layer refuses: bytes that are not UTF-8, and NUL.
func (g *Guard) Text(text string) *sqlerr.Error {
	if len(text) > g.limits.Bytes {
		return tooComplex(-1, "%d bytes, where %d are allowed", len(text), g.limits.Bytes)
	}
	return checkText(text)
}

// Admit counts a token and refuses it when a limit is passed.
func (g *Guard) Admit(c Cost) *sqlerr.Error {
	if g.tokens++; g.tokens > g.limits.Tokens {
		return tooComplex(c.Pos, "more than %d words and signs", g.limits.Tokens)
	}
	if c.Heavy {
		g.weight++
	}
	if g.weight > weightPerNode*g.limits.Nodes {
		return tooComplex(c.Pos, "more than %d operators, names and calls", g.limits.Nodes)
	}
	if c.SetOperation {
		if g.arms++; g.arms >= g.limits.Arms {
			return tooComplex(c.Pos, "more than %d queries joined by UNION, INTERSECT and EXCEPT", g.limits.Arms)
		}
	}
	if g.open = max(0, g.open+c.Nesting); g.open > g.limits.Depth {
		return tooComplex(c.Pos, "parentheses nest deeper than %d", g.limits.Depth)
	}
	return nil
}

// Enter goes one level deeper into the tree and counts a node; Leave goes back. The place is for the error.
func (g *Guard) Enter(pos int) *sqlerr.Error {
	g.depth++
	g.nodes++
	switch {
	case g.depth > g.limits.Depth:
		return tooComplex(pos, "expressions nest deeper than %d", g.limits.Depth)
	case g.nodes > g.limits.Nodes:
		return tooComplex(pos, "more than %d operators, names and calls", g.limits.Nodes)
	}
	return nil
}

// Leave goes one level up.
func (g *Guard) Leave() { g.depth-- }

// tooComplex refuses a statement that passes a limit.
func tooComplex(pos int, format string, args ...any) *sqlerr.Error {
	return sqlerr.New(sqlerr.CodeTooComplex, "statement is too complex: "+format, args...).At(pos).
		WithHint("split the query, or shorten its lists and chains of operators")
}

// checkText refuses what PostgreSQL's input layer refuses: bytes that are not UTF-8, and NUL.
func checkText(text string) *sqlerr.Error {
	if !utf8.ValidString(text) {
		for i, r := range text {
			if r == utf8.RuneError {
				if _, n := utf8.DecodeRuneInString(text[i:]); n == 1 {
					return sqlerr.New(sqlerr.CodeInvalidEncoding, "invalid byte sequence for encoding \"UTF8\": 0x%02x", text[i]).At(i)
				}
			}
		}
	}
	if i := strings.IndexByte(text, 0); i >= 0 {
		return sqlerr.New(sqlerr.CodeInvalidEncoding, "invalid byte sequence for encoding \"UTF8\": 0x00").At(i)
	}
	return nil
}
