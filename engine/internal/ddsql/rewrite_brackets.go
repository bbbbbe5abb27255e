package ddsql

import (
	"strings"

	"github.com/credsql/credsql/engine/sqlerr"
)

// wrapSubscripted puts parentheses around calls and ARRAY[…] that are subscripted: DDSQL documents ARRAY[…][n] and takes
// f(x)[n], PostgreSQL's grammar wants (ARRAY[…])[n].
func wrapSubscripted(toks []token) []token {
	match := matchBrackets(toks)
	var before map[int]int // how many ( go before a token, and ) before a [
	closing := map[int]bool{}
	for i := 1; i < len(toks); i++ {
		if !toks[i].isPunct("[") || match[i] < 0 || match[i] == i+1 {
			continue
		}
		if start, ok := subscriptedFrom(toks, match, i); ok {
			if before == nil {
				before = map[int]int{}
			}
			before[start]++
			closing[i] = true
		}
	}
	if before == nil {
		return toks
	}
	out := make([]token, 0, len(toks)+2*len(closing))
	for i := range toks {
		if closing[i] {
			out = append(out, madeToken(kindPunct, ")", &toks[i]))
		}
		for range before[i] {
			out = append(out, madeToken(kindPunct, "(", &toks[i]))
		}
		out = append(out, toks[i])
	}
	return out
}

// subscriptedFrom gives the first token of the call or ARRAY[…] that ends right before the bracket at i.
func subscriptedFrom(toks []token, match []int, i int) (int, bool) {
	open := match[i-1]
	if open < 1 || !toks[i-1].isPunct(")") && !toks[i-1].isPunct("]") {
		return 0, false
	}
	name := open - 1
	if toks[open].value == "[" {
		return name, toks[name].isWord("array") && !toks[name].label
	}
	// f(x) FILTER (…) OVER (…) and WITHIN GROUP (…) belong to their call.
	for toks[name].isWord("filter", "over", "group") && name > 0 {
		end := name - 1
		if toks[end].isWord("within") {
			end--
		}
		if end < 0 || !toks[end].isPunct(")") || match[end] < 1 {
			return 0, false
		}
		name = match[end] - 1
	}
	if !namesCall(&toks[name]) || endsClauseWords(toks, name) {
		return 0, false
	}
	for name >= 2 && toks[name-1].isPunct(".") && toks[name-2].isName() {
		name -= 2
	}
	return name, true
}

// namesCall reports whether a parenthesis after the token opens a call's arguments.
func namesCall(t *token) bool {
	switch {
	case t.kind == kindQuoted:
		return true
	case t.kind != kindWord || t.typeWords:
		return false
	case t.label || t.asName || callKeywords[t.value] || t.isWord("cast", "left", "right"):
		return true
	}
	c := categoryOf(t.value)
	return (c == notKeyword || c == unreserved) && !t.isWord("filter", "over")
}

// endsClauseWords reports whether the word at i is the last of a clause's own words, after which parentheses only group: as a name it
// could be called too.
func endsClauseWords(toks []token, i int) bool {
	switch t := &toks[i]; {
	case t.kind != kindWord || t.label:
		return false
	case t.isWord("by"):
		return i > 0 && toks[i-1].isWord("group", "order", "partition")
	case t.isWord("zone"):
		return i > 0 && toks[i-1].isWord("time")
	default:
		return t.isWord("escape", "rows", "range", "groups")
	}
}

// dropQueryParens takes the parentheses off a query that ORDER BY, LIMIT, OFFSET or FETCH follows. They then apply to that
// very query, as PostgreSQL has it; the grammar library would let them replace the query's own instead, silently.
func dropQueryParens(toks []token) ([]token, *sqlerr.Error) {
	match := matchBrackets(toks)
	drop := map[int]bool{}
	for i := 0; i < len(toks); i++ {
		end := match[i]
		if end < i || end+1 >= len(toks) || !toks[end+1].isWord("order", "limit", "offset", "fetch") ||
			!opensQuery(toks, i+1) || !queryMayStart(toks, match, i) {
			continue
		}
		if err := clashes(toks, match, i, end); err != nil {
			return nil, err
		}
		for ; toks[i].isPunct("(") && match[i] == end; i, end = i+1, end-1 {
			drop[i], drop[end] = true, true
		}
	}
	if len(drop) == 0 {
		return toks, nil
	}
	out := make([]token, 0, len(toks))
	for i := range toks {
		if !drop[i] {
			out = append(out, toks[i])
		}
	}
	return out, nil
}

// clashes refuses what follows a parenthesised query that has the same clause already, and ORDER BY after its LIMIT:
// PostgreSQL would sort before it cuts, which nobody who writes it means.
func clashes(toks []token, match []int, open, end int) *sqlerr.Error {
	for open+1 < end && match[open+1] == end-1 {
		open, end = open+1, end-1
	}
	outer := end
	for toks[outer].isPunct(")") {
		outer++
	}
	for i := open + 1; i < end; i++ {
		if match[i] > i {
			i = match[i]
			continue
		}
		inner, after := &toks[i], &toks[outer]
		switch {
		case inner.label || !inner.isWord("order", "limit", "offset", "fetch"):
		case inner.value == "order" && after.value == "order":
			return sqlerr.Syntax("multiple ORDER BY clauses not allowed").At(after.pos)
		case after.value == "order":
			return sqlerr.NotSupported("ORDER BY after a parenthesised query with LIMIT").At(after.pos).
				WithHint("put the inner query into FROM (…)")
		case inner.value == after.value && inner.value != "order":
			return sqlerr.Syntax("multiple %s clauses not allowed", strings.ToUpper(inner.value)).At(after.pos)
		}
	}
	return nil
}

func opensQuery(toks []token, i int) bool {
	for i < len(toks) && toks[i].isPunct("(") {
		i++
	}
	return i < len(toks) && toks[i].isWord("select", "with", "values", "table")
}

// queryMayStart reports whether the parenthesis at i is the first of a whole query: of the statement, of a parenthesised
// query, or after a WITH list. In f((SELECT …) ORDER BY x) it is an argument.
func queryMayStart(toks []token, match []int, i int) bool {
	if i == 0 {
		return true
	}
	switch prev := &toks[i-1]; {
	case prev.isPunct("("):
		return i < 2 || !endsOperand(&toks[i-2]) && !namesCall(&toks[i-2])
	case prev.isPunct(")"):
		o := match[i-1]
		return o > 0 && toks[o-1].isWord("as", "materialized")
	}
	return false
}
