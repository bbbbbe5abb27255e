package icu

import (
	"sync"
	"unicode"
)

// Case-insensitive matching compares full case foldings (Unicode's CaseFolding.txt, status C and F), in which ß is ss. A set
// matches one character, so it takes the characters whose folding is equal. Which of several equal characters stands for all
// does not matter here; it is the one with the lowest code.

// foldRune stands for all the characters that differ from r only by case, one for one.
func foldRune(r rune) rune {
	if r < 0x80 {
		if 'a' <= r && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}
	lowest := r
	for x := unicode.SimpleFold(r); x != r; x = unicode.SimpleFold(x) {
		lowest = min(lowest, x)
	}
	return lowest
}

// appendFold appends the full folding of r.
func appendFold(dst []rune, r rune) []rune {
	if r >= 0x80 {
		if folded, ok := multiFold[r]; ok {
			for _, x := range folded {
				dst = append(dst, foldRune(x))
			}
			return dst
		}
	}
	return append(dst, foldRune(r))
}

// sameFold is every character that foldRune makes r, without those that fold to several characters.
func sameFold(r rune) runeSet {
	runes := []rune{r}
	for x := unicode.SimpleFold(r); x != r; x = unicode.SimpleFold(x) {
		if _, multi := multiFold[x]; !multi {
			runes = append(runes, x)
		}
	}
	return runesOf(runes...)
}

// closeOverCase adds the characters that fold as a member does.
func (s runeSet) closeOverCase() runeSet {
	spans := append([]span(nil), s...)
	for _, r := range casedRunes() {
		if !s.contains(r) {
			continue
		}
		for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
			spans = append(spans, span{other, other})
		}
		if folded, ok := multiFold[r]; ok {
			spans = appendSameMulti(spans, folded)
		}
	}
	return spansOf(spans...)
}

// casedRunes are the characters that another differs from only by case, or that fold to several.
var casedRunes = sync.OnceValue(func() []rune {
	const last = 0x1E943 // a test says so
	var out []rune
	for r := rune(0); r <= last; r++ {
		if _, multi := multiFold[r]; multi || unicode.SimpleFold(r) != r {
			out = append(out, r)
		}
	}
	return out
})

func appendSameMulti(spans []span, folded string) []span {
	for other, text := range multiFold {
		if text == folded {
			spans = append(spans, span{other, other})
		}
	}
	return spans
}
