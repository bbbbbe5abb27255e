package icu

import (
	"cmp"
	"slices"
	"unicode"
)

const maxRune = unicode.MaxRune

// span is a range of code points, both ends included.
type span struct{ lo, hi rune }

// runeSet is a set of code points as ordered spans that neither overlap nor touch. Its methods give new sets.
type runeSet []span

// spansOf makes a set of spans in any order.
func spansOf(spans ...span) runeSet {
	sorted := slices.Clone(spans)
	slices.SortFunc(sorted, func(a, b span) int { return int(a.lo - b.lo) })
	out := runeSet{}
	for _, s := range sorted {
		if n := len(out); n > 0 && s.lo <= out[n-1].hi+1 {
			out[n-1].hi = max(out[n-1].hi, s.hi)
			continue
		}
		out = append(out, s)
	}
	return out
}

func runesOf(runes ...rune) runeSet {
	spans := make([]span, len(runes))
	for i, r := range runes {
		spans[i] = span{r, r}
	}
	return spansOf(spans...)
}

// tables joins range tables of the standard library.
func tables(list ...*unicode.RangeTable) runeSet {
	var spans []span
	for _, t := range list {
		for _, r := range t.R16 {
			spans = appendStrided(spans, rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
		for _, r := range t.R32 {
			spans = appendStrided(spans, rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
	}
	return spansOf(spans...)
}

func appendStrided(spans []span, lo, hi, stride rune) []span {
	if stride == 1 {
		return append(spans, span{lo, hi})
	}
	for r := lo; r <= hi; r += stride {
		spans = append(spans, span{r, r})
	}
	return spans
}

func (s runeSet) contains(r rune) bool {
	_, found := slices.BinarySearchFunc(s, r, func(x span, r rune) int {
		switch {
		case x.hi < r:
			return -1
		case x.lo > r:
			return 1
		}
		return 0
	})
	return found
}

// insert adds a span in place: s must not be used after.
func (s runeSet) insert(x span) runeSet {
	from, _ := slices.BinarySearchFunc(s, x.lo, func(y span, lo rune) int { return cmp.Compare(y.hi+1, lo) })
	to := from
	for to < len(s) && s[to].lo <= x.hi+1 {
		x.lo, x.hi = min(x.lo, s[to].lo), max(x.hi, s[to].hi)
		to++
	}
	return slices.Replace(s, from, to, x)
}

func (s runeSet) union(o runeSet) runeSet { return spansOf(slices.Concat(s, o)...) }

func (s runeSet) complement() runeSet {
	out := runeSet{}
	next := rune(0)
	for _, x := range s {
		if x.lo > next {
			out = append(out, span{next, x.lo - 1})
		}
		next = x.hi + 1
	}
	if next <= maxRune {
		out = append(out, span{next, maxRune})
	}
	return out
}

func (s runeSet) intersect(o runeSet) runeSet {
	out := runeSet{}
	for i, j := 0, 0; i < len(s) && j < len(o); {
		lo, hi := max(s[i].lo, o[j].lo), min(s[i].hi, o[j].hi)
		if lo <= hi {
			out = append(out, span{lo, hi})
		}
		if s[i].hi < o[j].hi {
			i++
		} else {
			j++
		}
	}
	return out
}

func (s runeSet) minus(o runeSet) runeSet { return s.intersect(o.complement()) }
