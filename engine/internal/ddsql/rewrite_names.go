package ddsql

// markNames decides which keywords are names where they stand. Those are sent to the grammar as references, so that they
// keep their place; the others are syntax. A word is only taken for a name where the grammar would take it for one too.
func markNames(toks []token) {
	for i := range toks {
		if toks[i].kind == kindWord && !toks[i].asName {
			toks[i].asName = isNameAt(toks, i)
		}
	}
}

func isNameAt(toks []token, i int) bool {
	t := &toks[i]
	if t.typeWords || t.value == "user" {
		return true
	}
	if t.isWord("interval") && !t.afterDot(toks, i) {
		return !fieldsFollow(toks, i)
	}
	if t.label {
		return !(intervalFields[t.value] && isField(toks, i))
	}
	if valueWords[t.value] {
		return !testsTruth(toks, i)
	}
	next := at(toks, i+1)
	if laterKeywords[t.value] {
		return true
	}
	switch categoryOf(t.value) {
	case notKeyword:
		return true
	case reserved:
		return false
	case functionName:
		return t.isWord("left", "right") && next.isPunct("(")
	case columnName:
		return isColumnWord(toks, i, &next)
	}
	return !isSyntax(toks, i)
}

func (t *token) afterDot(toks []token, i int) bool { return i > 0 && toks[i-1].isPunct(".") }

// at gives the token at i, an end token when there is none.
func at(toks []token, i int) token {
	if i < 0 || i >= len(toks) {
		return token{}
	}
	return toks[i]
}

// testsTruth reports whether the word belongs to IS [NOT] TRUE and its like.
func testsTruth(toks []token, i int) bool {
	prev := at(toks, i-1)
	if prev.isWord("not") {
		prev = at(toks, i-2)
	}
	return prev.isWord("is") && !prev.label
}

// isColumnWord decides for keywords that may name columns but not functions.
func isColumnWord(toks []token, i int, next *token) bool {
	t, prev := &toks[i], at(toks, i-1)
	switch {
	case typeKeywords[t.value]:
		if t.isWord("json") && testsTruth(toks, i) || t.isWord("time") && (prev.isWord("at") || prev.isWord("with", "without")) {
			return false
		}
		return true
	case callKeywords[t.value]:
		if next.isPunct("(") {
			return t.isWord("coalesce", "greatest", "least", "nullif", "grouping")
		}
		return !next.isWord("sets")
	}
	return false
}

// fieldsFollow reports whether an INTERVAL has a precision or fields, which only the grammar's own rule takes.
func fieldsFollow(toks []token, i int) bool {
	next := at(toks, i+1)
	if next.isPunct("(") {
		return true
	}
	if next.kind == kindString {
		next = at(toks, i+2)
	}
	return next.kind == kindWord && intervalFields[next.value]
}

// isField reports whether a word such as day is an interval's field where it stands.
func isField(toks []token, i int) bool {
	prev := at(toks, i-1)
	switch {
	case prev.isWord("interval") && !prev.asName:
		return true
	case prev.isWord("to"):
		return true
	case prev.kind == kindString:
		before := at(toks, i-2)
		return before.isWord("interval") || before.isPunct(")") && isIntervalPrecision(toks, i-2)
	}
	return false
}

func isIntervalPrecision(toks []token, closing int) bool {
	t := at(toks, closing-3)
	return t.isWord("interval")
}

// syntaxWhere tells for each unreserved keyword that a query's syntax uses whether it is syntax where it stands; a word
// that is not listed never is. prev and next are its neighbours.
var syntaxWhere = map[string]func(prev, next *token) bool{
	"at":           nextIs("time", "local"),
	"breadth":      prevIs("search"),
	"by":           prevIs("group", "order", "partition", "first"),
	"current":      nextIs("row"),
	"cube":         nextOpens,
	"cycle":        prevCloses,
	"depth":        prevIs("search"),
	"document":     prevIs("is", "not"),
	"escape":       func(prev, next *token) bool { return endsOperand(prev) && startsOperand(next) },
	"exclude":      nextIs("current", "group", "ties", "no"),
	"filter":       func(prev, next *token) bool { return prev.isPunct(")") && next.isPunct("(") },
	"first":        prevIs("fetch", "nulls", "depth", "breadth"),
	"following":    func(prev, _ *token) bool { return endsOperand(prev) },
	"groups":       framed,
	"last":         prevIs("nulls"),
	"local":        prevIs("at"),
	"materialized": nextOpens,
	"next":         prevIs("fetch"),
	"nfc":          prevIs("is", "not"),
	"nfd":          prevIs("is", "not"),
	"nfkc":         prevIs("is", "not"),
	"nfkd":         prevIs("is", "not"),
	"no":           prevIs("exclude", "for"),
	"normalized":   prevIs("is", "not", "nfc", "nfd", "nfkc", "nfkd"),
	"nulls":        nextIs("first", "last"),
	"operator":     nextOpens,
	"ordinality":   prevIs("with"),
	"others":       prevIs("no"),
	"over":         func(prev, next *token) bool { return prev.isPunct(")") && (next.isPunct("(") || next.isName()) },
	"partition":    nextIs("by"),
	"preceding":    func(prev, _ *token) bool { return endsOperand(prev) },
	"range":        framed,
	"recursive":    prevIs("with"),
	"repeatable":   func(prev, next *token) bool { return prev.isPunct(")") && next.isPunct("(") },
	"rollup":       nextOpens,
	"rows":         rowsWord,
	"search":       nextIs("depth", "breadth"),
	"sets":         prevIs("grouping"),
	"ties":         prevIs("with", "exclude"),
	"unbounded":    nextIs("preceding", "following"),
	"unknown":      prevIs("is", "not"),
	"within":       nextIs("group"),
	"without":      nextIs("time"),
	"zone":         prevIs("time"),
}

func isSyntax(toks []token, i int) bool {
	if intervalFields[toks[i].value] {
		return isField(toks, i)
	}
	where, ok := syntaxWhere[toks[i].value]
	if !ok {
		return false
	}
	prev, next := at(toks, i-1), at(toks, i+1)
	return where(&prev, &next)
}

func prevIs(words ...string) func(prev, next *token) bool {
	return func(prev, _ *token) bool { return prev.isWord(words...) }
}

func nextIs(words ...string) func(prev, next *token) bool {
	return func(_, next *token) bool { return next.isWord(words...) }
}

func nextOpens(_, next *token) bool { return next.isPunct("(") }

func prevCloses(prev, _ *token) bool { return prev.isPunct(")") }

// framed is for the words that begin a window frame.
func framed(_, next *token) bool {
	return next.isWord("between", "unbounded", "current") || startsOperand(next)
}

func rowsWord(prev, next *token) bool {
	return framed(prev, next) || next.isWord("only", "with", "from") || endsOperand(prev)
}

// startsOperand reports whether an operand may begin with the token; signs do not count, they may be operators.
func startsOperand(t *token) bool {
	switch t.kind {
	case kindQuoted, kindString, kindBits, kindInt, kindDecimal, kindParam:
		return true
	case kindPunct:
		return t.value == "("
	case kindWord:
		return t.value == "interval" || t.value == "case" || t.value == "cast" || t.value == "null" ||
			categoryOf(t.value) == notKeyword
	}
	return false
}
