package ddsql

import (
	"slices"

	"github.com/credsql/credsql/engine/sqlerr"
)

// callForms makes plain calls of the functions that SQL writes with keywords between their arguments:
// EXTRACT(f FROM x), SUBSTRING(x FROM a FOR n), POSITION(a IN b), TRIM(LEADING c FROM x), OVERLAY(x PLACING y FROM a FOR n).
type callForms struct {
	text  string
	toks  []token
	match []int
	err   *sqlerr.Error
}

// part is a run of tokens of a call, with the keyword that stands before it.
type part struct {
	word   string
	lo, hi int
}

// emit appends toks[lo:hi] with every call in its plain form. It recurses no deeper than parentheses nest.
func (c *callForms) emit(out []token, lo, hi int) []token {
	for i := lo; i < hi; i++ {
		t := c.toks[i]
		if i+1 < hi && specialCalls[t.value] && t.kind == kindWord && !t.label && c.toks[i+1].isPunct("(") && c.match[i+1] > 0 && c.match[i+1] < hi {
			end := c.match[i+1]
			if next, done := c.form(out, i, c.parts(i+2, end)); done {
				out, i = append(next, c.toks[end]), end
				continue
			}
		}
		out = append(out, t)
	}
	return out
}

// specialCalls are the functions with keywords between their arguments.
var specialCalls = map[string]bool{"extract": true, "substring": true, "position": true, "trim": true, "overlay": true}

// separators are the words that stand between the arguments of the forms.
var separators = map[string]bool{
	"from": true, "for": true, "in": true, "placing": true, "similar": true, "escape": true,
	"both": true, "leading": true, "trailing": true,
}

// parts cuts the inside of a call at the separators that stand directly in it. FROM of IS DISTINCT FROM is none.
func (c *callForms) parts(lo, hi int) []part {
	var ps []part
	cur := part{lo: lo}
	for i := lo; i < hi; i++ {
		if c.match[i] > i {
			i = c.match[i]
			continue
		}
		if t := &c.toks[i]; t.kind == kindWord && !t.label && separators[t.value] && !c.toks[i-1].isWord("distinct") {
			cur.hi = i
			ps = append(ps, cur)
			cur = part{word: t.value, lo: i + 1}
		}
	}
	cur.hi = hi
	return append(ps, cur)
}

// isList says whether a part is several expressions, with commas between them.
func (c *callForms) isList(p part) bool {
	for i := p.lo; i < p.hi; i++ {
		if c.match[i] > i {
			i = c.match[i]
		} else if c.toks[i].isPunct(",") {
			return true
		}
	}
	return false
}

// form rewrites the call whose name is at; it reports false when the call has a form that only the grammar can judge.
func (c *callForms) form(out []token, at int, ps []part) ([]token, bool) {
	name := c.toks[at]
	name.asName = true
	if len(ps) > 1 && name.value != "trim" && slices.ContainsFunc(ps, c.isList) {
		return out, false // keywords and commas mix only in TRIM, as in PostgreSQL
	}
	switch name.value {
	case "extract":
		return c.extract(out, name, ps)
	case "substring":
		return c.substring(out, name, ps)
	case "position":
		if len(ps) != 2 || ps[1].word != "in" {
			return out, false
		}
		return c.call(out, name, ps[1], ps[0]), true
	case "trim":
		return c.trim(out, name, ps)
	case "overlay":
		if len(ps) == 1 || len(ps) > 2 && ps[1].word == "placing" && ps[2].word == "from" &&
			(len(ps) == 3 || len(ps) == 4 && ps[3].word == "for") {
			return c.call(out, name, ps...), true
		}
	}
	return out, false
}

// call appends name(part, part, …) without its closing parenthesis.
func (c *callForms) call(out []token, name token, ps ...part) []token {
	out = append(out, name, madeToken(kindPunct, "(", &name))
	for i, p := range ps {
		if i > 0 {
			out = append(out, madeToken(kindPunct, ",", &c.toks[max(p.lo-1, 0)]))
		}
		out = c.emit(out, p.lo, p.hi)
	}
	return out
}

// extract takes EXTRACT(field FROM x); the field is a word or a string.
func (c *callForms) extract(out []token, name token, ps []part) ([]token, bool) {
	if len(ps) != 2 || ps[1].word != "from" || ps[0].hi-ps[0].lo != 1 {
		return out, false
	}
	field := c.toks[ps[0].lo]
	if !field.isName() && field.kind != kindString {
		return out, false
	}
	field.kind = kindString
	out = append(out, name, madeToken(kindPunct, "(", &name), field, madeToken(kindPunct, ",", &field))
	return c.emit(out, ps[1].lo, ps[1].hi), true
}

// substring takes the FROM and FOR of SUBSTRING in either order, and the plain call.
func (c *callForms) substring(out []token, name token, ps []part) ([]token, bool) {
	words := ""
	for _, p := range ps[1:] {
		words += p.word + " "
	}
	switch words {
	case "", "from ", "from for ":
		return c.call(out, name, ps...), true
	case "for from ":
		return c.call(out, name, ps[0], ps[2], ps[1]), true
	case "for ":
		out = c.call(out, name, ps[0])
		sep := &c.toks[ps[1].lo-1]
		out = append(out, madeToken(kindPunct, ",", sep), madeToken(kindInt, "1", sep), madeToken(kindPunct, ",", sep))
		return c.emit(out, ps[1].lo, ps[1].hi), true
	case "similar escape ":
		if c.err == nil {
			c.err = sqlerr.NotSupported("SUBSTRING with SIMILAR").At(c.toks[ps[1].lo-1].pos).
				WithHint("use REGEXP_MATCH or SUBSTRING(text FROM pattern)")
		}
		return out, true
	}
	return out, false
}

// trimNames are the functions behind TRIM's directions.
var trimNames = map[string]string{"": "trim", "both": "trim", "leading": "ltrim", "trailing": "rtrim"}

// trim takes TRIM([BOTH|LEADING|TRAILING] [[characters] FROM] text) and the plain call.
func (c *callForms) trim(out []token, name token, ps []part) ([]token, bool) {
	var dir string
	if len(ps) > 1 && ps[1].word != "from" {
		if ps[0].lo != ps[0].hi {
			return out, false
		}
		dir = ps[1].word
		ps = ps[1:]
	}
	fn, ok := trimNames[dir]
	if !ok || len(ps) > 2 || len(ps) == 2 && ps[1].word != "from" {
		return out, false
	}
	name.value = fn
	if len(ps) == 1 {
		return c.call(out, name, ps[0]), true
	}
	if ps[0].lo == ps[0].hi {
		return c.call(out, name, ps[1]), true
	}
	return c.call(out, name, ps[1], ps[0]), true
}
