package sqlerr

import "unicode/utf8"

// nearBytes bounds how much of a statement's text an error repeats.
const nearBytes = 60

// SyntaxNear is PostgreSQL's syntax error for what stands between two byte offsets of the text, at that place; at the end
// of the text it says so.
func SyntaxNear(text string, from, to int) *Error {
	if from >= len(text) {
		return Syntax("syntax error at end of input").At(len(text))
	}
	return Syntax(`syntax error at or near "%s"`, Near(text, from, to)).At(from)
}

// Unterminated is PostgreSQL's error for a quote or comment without an end: what is "quoted string", "/* comment" and so on.
func Unterminated(what, text string, start int) *Error {
	return Syntax(`unterminated %s at or near "%s"`, what, Near(text, start, len(text))).At(start)
}

// Near is the text between two byte offsets as an error repeats it: whole characters, and not too many.
func Near(text string, from, to int) string {
	to = min(max(to, from), len(text))
	if to-from <= nearBytes {
		for to < len(text) && !utf8.RuneStart(text[to]) {
			to++
		}
		return text[from:to]
	}
	to = from + nearBytes
	for to > from && !utf8.RuneStart(text[to]) {
		to--
	}
	return text[from:to] + "…"
}
