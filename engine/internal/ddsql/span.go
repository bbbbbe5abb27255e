package ddsql

import "github.com/credsql/credsql/engine/internal/syntax"

// span is the run of tokens that an expression was written with, by their indexes; -1 where it is not known.
type span struct{ first, last int }

var nowhere = span{-1, -1}

// to joins two spans.
func (s span) to(o span) span {
	if s.first < 0 || o.first >= 0 && o.first < s.first {
		s.first = o.first
	}
	if o.last > s.last {
		s.last = o.last
	}
	return s
}

// pos is the place of a token; made-up tokens and unknown indexes have none.
func (c *converter) pos(i int) syntax.Pos {
	if i < 0 || i >= len(c.toks) || c.toks[i].kind == kindEOF {
		return -1
	}
	return syntax.Pos(c.toks[i].pos)
}

// before is the index of the token before i, -1 when i is not known.
func before(i int) int {
	if i <= 0 {
		return -1
	}
	return i - 1
}

// after is the index of the token after the span's end.
func (c *converter) after(i int) int {
	if i < 0 || i+1 >= len(c.toks) {
		return -1
	}
	return i + 1
}

// wordBefore finds one of the words at i or up to a few tokens before it, passing opening parentheses and other words of
// the same construct; -1 when it is not there.
func (c *converter) wordBefore(i int, words ...string) int {
	for n := 0; i >= 0 && i < len(c.toks) && n < 6; i, n = i-1, n+1 {
		if c.toks[i].isWord(words...) && !c.toks[i].asName {
			return i
		}
	}
	return -1
}

// operatorBefore is the index of the operator whose right operand begins at i. OPERATOR(schema.+) ends with a parenthesis.
func (c *converter) operatorBefore(i int) int {
	op := before(i)
	if op >= 0 && c.toks[op].isPunct(")") && c.match[op] > 0 {
		return c.match[op] - 1
	}
	return op
}

// close is the index of the bracket that closes the one at i.
func (c *converter) close(i int) int {
	if i < 0 || i >= len(c.match) || c.match[i] < i {
		return -1
	}
	return c.match[i]
}
