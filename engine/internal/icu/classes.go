package icu

import (
	"sync"
	"unicode"
)

// The classes behind ICU's escapes. They are built when first used, since most patterns need none or one.
var (
	digits = sync.OnceValue(func() runeSet { return tables(unicode.Nd) })

	alphabetic = sync.OnceValue(func() runeSet { return tables(unicode.L, unicode.Nl, unicode.Other_Alphabetic) })

	// wordRunes is \w: [\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\u200c\u200d].
	wordRunes = sync.OnceValue(func() runeSet {
		return alphabetic().union(tables(unicode.M, unicode.Nd, unicode.Pc)).union(spansOf(span{0x200C, 0x200D}))
	})

	spaces = sync.OnceValue(func() runeSet { return tables(unicode.White_Space) })

	// horizontalSpaces is \h.
	horizontalSpaces = sync.OnceValue(func() runeSet { return tables(unicode.Zs).union(runesOf('\t')) })

	// transparent characters do not count at a word boundary: combining marks and format characters.
	transparent = sync.OnceValue(func() runeSet {
		return tables(unicode.Mn, unicode.Me, unicode.Other_Grapheme_Extend, unicode.Cf)
	})

	assigned = sync.OnceValue(func() runeSet { return tables(unicode.Cn).complement() })
)

// lineEnds are what ICU ends a line at; \v is the same set.
var lineEnds = spansOf(span{'\n', '\r'}, span{0x85, 0x85}, span{0x2028, 0x2029})

func isLineEnd(r rune) bool {
	return r >= '\n' && (r <= '\r' || r == 0x85 || r == 0x2028 || r == 0x2029)
}

func allRunes() runeSet { return runeSet{{0, maxRune}} }
