package icu

import (
	"slices"
	"sync"
)

// literal emits a run of characters.
func (c *compiler) literal(n literal) {
	if !n.fold {
		for _, r := range n.runes {
			c.emit(inst{op: opRune, r: r})
		}
		return
	}
	folded := foldAll(n.runes)
	starts := make([]int32, len(folded)+1)
	type jump struct{ at, to int }
	var jumps []jump
	for i, r := range folded {
		starts[i] = c.here()
		multi := multiAt(folded[i:])
		for _, m := range multi {
			split := c.emit(inst{op: opSplit})
			c.patchX(split)
			c.set(m.set)
			jumps = append(jumps, jump{c.emit(inst{op: opJump}), i + m.width})
			c.patchY(split)
		}
		c.folded(r)
	}
	starts[len(folded)] = c.here()
	if c.err != nil {
		return
	}
	for _, j := range jumps {
		c.insts[j.at].x = starts[j.to]
	}
}

// folded emits one character of a folded text.
func (c *compiler) folded(r rune) {
	if set := sameFold(r); len(set) > 1 || set[0].lo != set[0].hi {
		c.set(set)
		return
	}
	c.emit(inst{op: opRune, r: r})
}

// multiFolds are the characters that stand for the first width characters of a folded text.
type multiFolds struct {
	width int
	set   runeSet
}

// multiAt finds the characters that fold to the start of a folded text of two or more characters. A text of one is matched
// only by characters that fold to one.
func multiAt(folded []rune) []multiFolds {
	var found []multiFolds
	for width := 2; width <= 3 && width <= len(folded); width++ {
		var runes []rune
		for r, to := range foldedMulti() {
			if slices.Equal(to, folded[:width]) {
				runes = append(runes, r)
			}
		}
		if runes != nil {
			found = append(found, multiFolds{width, runesOf(runes...)})
		}
	}
	return found
}

// foldedMulti is multiFold in the form that appendFold gives.
var foldedMulti = sync.OnceValue(func() map[rune][]rune {
	out := map[rune][]rune{}
	for r := range multiFold {
		out[r] = appendFold(nil, r)
	}
	return out
})
