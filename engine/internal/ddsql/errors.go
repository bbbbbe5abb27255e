package ddsql

import (
	"unicode/utf8"

	"github.com/credsql/credsql/engine/sqlerr"
)

// codeInvalidEncoding is character_not_in_repertoire.
const codeInvalidEncoding = "22021"

// nearBytes bounds how much of the text an error repeats.
const nearBytes = 60

// near is the text of an error's "at or near", cut at a character's end when it is long.
func near(text string, from, to int) string {
	to = min(max(to, from), len(text))
	if to-from <= nearBytes {
		return grow(text, from, to)
	}
	to = from + nearBytes
	for to > from && !utf8.RuneStart(text[to]) {
		to--
	}
	return text[from:to] + "…"
}

// grow widens a cut to the end of the character that it would split.
func grow(text string, from, to int) string {
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to++
	}
	return text[from:to]
}

// quoted puts a text in double quotes as PostgreSQL's messages do, without escapes.
func quoted(s string) string { return `"` + s + `"` }

// syntaxNear is PostgreSQL's syntax error for the token between two offsets; at the end of the text it says so.
func syntaxNear(text string, from, to int) *sqlerr.Error {
	if from >= len(text) {
		return sqlerr.Syntax("syntax error at end of input").At(len(text))
	}
	return sqlerr.Syntax("syntax error at or near %s", quoted(near(text, from, to))).At(from)
}

// unterminated is PostgreSQL's error for a quote or comment without an end.
func unterminated(what, text string, start int) *sqlerr.Error {
	return sqlerr.Syntax("unterminated %s at or near %s", what, quoted(near(text, start, len(text)))).At(start)
}

// tooComplex refuses a statement that passes a limit.
func tooComplex(pos int, format string, args ...any) *sqlerr.Error {
	return sqlerr.New(sqlerr.CodeTooComplex, "statement is too complex: "+format, args...).At(pos).
		WithHint("split the query, or load the values as a table and join it")
}
