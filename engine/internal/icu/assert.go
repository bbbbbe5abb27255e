package icu

import "unicode/utf8"

// holds says whether an assertion is true of a place in a text.
func holds(kind assertKind, text string, at int) bool {
	switch kind {
	case assertTextStart:
		return at == 0
	case assertTextEnd:
		return at == len(text)
	case assertLastLineEnd:
		return at == len(text) || at == lastLineEnd(text)
	case assertLineStart:
		if at == 0 {
			return true
		}
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		return at < len(text) && isLineEnd(before)
	case assertFirstLineStart:
		return holds(assertLineStart, text, at) && !(at > 0 && text[at-1] == '\r' && text[at] == '\n')
	case assertLineEnd:
		if at == len(text) {
			return true
		}
		after, _ := utf8.DecodeRuneInString(text[at:])
		return isLineEnd(after) && !(after == '\n' && at > 0 && text[at-1] == '\r')
	case assertNotBeforeLF:
		return at == len(text) || text[at] != '\n'
	default:
		edge, _ := isWordEdge(text, at)
		return edge == (kind == assertWordEdge)
	}
}

// lastLineEnd is where the line end begins that ends the text; -1 when the text ends otherwise.
func lastLineEnd(text string) int {
	r, size := utf8.DecodeLastRuneInString(text)
	if size == 0 || !isLineEnd(r) {
		return -1
	}
	at := len(text) - size
	if r == '\n' && at > 0 && text[at-1] == '\r' {
		return at - 1
	}
	return at
}

// isWordEdge says whether \b holds: of the characters before and after, marks and format characters left out before, one is a
// word character. There is no edge before a mark. It also says how many marks it had to pass.
func isWordEdge(text string, at int) (edge bool, passed int) {
	after := false
	if at < len(text) {
		r, _ := utf8.DecodeRuneInString(text[at:])
		if isTransparent(r) {
			return false, 0
		}
		after = isWordRune(r)
	}
	for at > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
		if !isTransparent(r) {
			return isWordRune(r) != after, passed
		}
		passed++
	}
	return after, passed
}

func isWordRune(r rune) bool {
	if r < 0x80 {
		return isAlnum(r) || r == '_'
	}
	return wordRunes().contains(r)
}

func isTransparent(r rune) bool { return r >= 0x80 && transparent().contains(r) }
