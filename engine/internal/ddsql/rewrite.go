package ddsql

import "github.com/credsql/credsql/engine/sqlerr"

// rewrite turns the tokens of one statement into tokens that PostgreSQL's grammar takes. It never looks at raw text, so
// nothing inside a string or comment can be taken for SQL. It gives the number of parameters too.
func rewrite(text string, toks []token, placeholders bool) ([]token, int, *sqlerr.Error) {
	markLabels(toks)
	toks, params, err := readPlaceholders(text, toks, placeholders)
	if err != nil {
		return nil, 0, err
	}
	toks = joinTypeWords(toks)
	toks = bareLiterals(toks)
	calls := callForms{text: text, toks: toks, match: matchBrackets(toks)}
	toks = calls.emit(make([]token, 0, len(toks)+8), 0, len(toks))
	if calls.err != nil {
		return nil, 0, calls.err
	}
	toks, err = dropQueryParens(toks)
	if err != nil {
		return nil, 0, err
	}
	toks = wrapSubscripted(toks)
	markNames(toks)
	return toks, params, nil
}

// markLabels notes the words after a dot or AS: any keyword is a name there.
func markLabels(toks []token) {
	for i := 1; i < len(toks); i++ {
		prev := &toks[i-1]
		toks[i].label = toks[i].kind == kindWord &&
			(prev.isPunct(".") || prev.isWord("as") && !prev.label && !startsMaterialized(toks, i))
	}
}

// startsMaterialized reports whether AS is followed by [NOT] MATERIALIZED (.
func startsMaterialized(toks []token, i int) bool {
	if toks[i].isWord("not") {
		i++
	}
	return i+1 < len(toks) && toks[i].isWord("materialized") && toks[i+1].isPunct("(")
}

// matchBrackets gives, for every bracket, the index of its partner; -1 for what has none.
func matchBrackets(toks []token) []int {
	match := make([]int, len(toks))
	var open []int
	for i := range toks {
		match[i] = -1
		switch nesting(&toks[i]) {
		case 1:
			open = append(open, i)
		case -1:
			if len(open) == 0 {
				continue
			}
			o := open[len(open)-1]
			open = open[:len(open)-1]
			if (toks[o].value == "(") == (toks[i].value == ")") {
				match[o], match[i] = i, o
			}
		}
	}
	return match
}

// madeToken is a token that nobody wrote, standing beside one that somebody did.
func madeToken(k kind, value string, beside *token) token {
	return token{kind: k, value: value, pos: beside.pos, end: beside.pos, made: true}
}
