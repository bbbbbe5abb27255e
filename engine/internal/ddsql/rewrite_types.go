package ddsql

// typePhrases are the types of several words, by their first; the value is the type's name.
var typePhrases = []struct {
	words []string
	name  string
}{
	{[]string{"double", "precision"}, "double precision"},
	{[]string{"national", "character", "varying"}, "character varying"},
	{[]string{"national", "char", "varying"}, "character varying"},
	{[]string{"national", "character"}, "character"},
	{[]string{"national", "char"}, "character"},
	{[]string{"character", "varying"}, "character varying"},
	{[]string{"char", "varying"}, "character varying"},
	{[]string{"nchar", "varying"}, "character varying"},
	{[]string{"bit", "varying"}, "bit varying"},
}

// joinTypeWords makes one token of each type that is several words, so that what is left is a plain name.
func joinTypeWords(toks []token) []token {
	out := toks[:0]
	for i := 0; i < len(toks); {
		if n := phraseAt(toks, i, &out); n > 0 {
			i += n
			continue
		}
		if n := zonedAt(toks, i, &out); n > 0 {
			i += n
			continue
		}
		out = append(out, toks[i])
		i++
	}
	return out
}

// phraseAt appends a type of typePhrases that stands at i and gives how many tokens it took.
func phraseAt(toks []token, i int, out *[]token) int {
	if toks[i].kind != kindWord || i > 0 && toks[i-1].isPunct(".") {
		return 0
	}
	for _, p := range typePhrases {
		if followedBy(toks, i, p.words...) {
			last := i + len(p.words) - 1
			*out = append(*out, token{kind: kindWord, value: p.name, typeWords: true, pos: toks[i].pos, end: toks[last].end})
			return len(p.words)
		}
	}
	return 0
}

// zonedAt appends TIME or TIMESTAMP [(n)] WITH[OUT] TIME ZONE as the type's one name and its precision.
func zonedAt(toks []token, i int, out *[]token) int {
	if !toks[i].isWord("timestamp", "time") || i > 0 && toks[i-1].isPunct(".") {
		return 0
	}
	zone := i + 1
	if zone+2 < len(toks) && toks[zone].isPunct("(") && toks[zone+1].kind == kindInt && toks[zone+2].isPunct(")") {
		zone += 3
	}
	name := toks[i].value
	switch {
	case followedBy(toks, zone, "with", "time", "zone"):
		name += " with time zone"
	case !followedBy(toks, zone, "without", "time", "zone"):
		return 0
	}
	*out = append(*out, token{kind: kindWord, value: name, typeWords: true, pos: toks[i].pos, end: toks[i].end})
	*out = append(*out, toks[i+1:zone]...)
	return zone + 3 - i
}

func followedBy(toks []token, i int, words ...string) bool {
	if i+len(words) > len(toks) {
		return false
	}
	for j, w := range words {
		if !toks[i+j].isWord(w) {
			return false
		}
	}
	return true
}

// literalTypes are the types whose literals DDSQL writes without quotes too: BIGINT 123, BOOLEAN true.
var literalTypes = map[string]bool{
	"bigint": true, "int": true, "integer": true, "smallint": true, "decimal": true, "numeric": true, "double": true,
	"double precision": true, "real": true, "float": true, "boolean": true, "varchar": true, "timestamp": true,
	"interval": true, "inet": true, "json": true, "hstore": true, "date": true,
}

// bareLiterals makes BIGINT 123, DOUBLE 3.14 and BOOLEAN true what they mean, BIGINT '123' and so on, and TIMESTAMP $1 a
// cast. A number or parameter never follows a name otherwise.
func bareLiterals(toks []token) []token {
	out := make([]token, 0, len(toks)+8)
	for i := 0; i < len(toks); i++ {
		t := toks[i]
		if t.kind != kindWord || t.label && !afterAs(toks, i) || !literalTypes[t.value] || i+1 == len(toks) {
			out = append(out, t)
			continue
		}
		v := toks[i+1]
		switch {
		case bareValue(&t, &v):
			v.kind = kindString
			out = append(out, t, v)
			i++
		case v.kind == kindParam:
			out = append(out, madeToken(kindWord, "cast", &t), madeToken(kindPunct, "(", &t), v,
				madeToken(kindWord, "as", &t), t, madeToken(kindPunct, ")", &t))
			i++
		default:
			out = append(out, t)
		}
	}
	return out
}

func afterAs(toks []token, i int) bool { return i > 0 && toks[i-1].isWord("as") }

// bareValue reports whether v, next to the type t, is its literal. INTERVAL 30 minutes is no literal of DDSQL.
func bareValue(t, v *token) bool {
	switch v.kind {
	case kindInt, kindDecimal:
		return t.value != "interval" && t.value != "boolean"
	case kindWord:
		return t.value == "boolean" && v.isWord("true", "false")
	}
	return false
}
