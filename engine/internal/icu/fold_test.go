package icu

import (
	"testing"
	"unicode"
)

func TestCasedRunes(t *testing.T) {
	t.Parallel()
	cased := casedRunes()
	last := rune(0)
	for r := rune(0); r <= maxRune; r++ {
		if _, multi := multiFold[r]; multi || unicode.SimpleFold(r) != r {
			last = r
		}
	}
	if last != cased[len(cased)-1] {
		t.Errorf("last cased character is %U", last)
	}
}
