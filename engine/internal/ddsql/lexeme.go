package ddsql

import "strings"

// LexemeKind is what a piece of text is, for a shell that colours and completes it.
type LexemeKind uint8

// The kinds of lexemes. LexOther is a character that no token begins with, such as a backslash.
const (
	LexWord LexemeKind = iota
	LexKeyword
	LexName // "quoted" or `quoted`
	LexString
	LexNumber
	LexParam
	LexOperator
	LexPunct
	LexComment
	LexOther
)

// Lexeme is a token or a comment by its place. White space is in none.
type Lexeme struct {
	Kind       LexemeKind
	Start, End int
}

// Lex cuts any text into lexemes, finished or not: it never fails, and it is linear in the text's length. open is what the last
// lexeme lacks, if it is a string, a quoted name or a comment without its end.
func Lex(text string) (out []Lexeme, open Open) {
	s := newScanner(text)
	for {
		out = appendComments(out, text, s.pos)
		from := s.pos
		t, err := s.next()
		switch {
		case err != nil && s.open == OpenComment:
			return out, s.open // appendComments has it
		case err != nil && s.open != OpenNothing:
			start := leadingSpace(text, skipComments(text, from))
			return append(out, Lexeme{openKinds[s.open], start, len(text)}), s.open
		case err != nil:
			start := leadingSpace(text, skipComments(text, from))
			if s.pos <= start {
				s.pos = start + 1
			}
			out = append(out, Lexeme{LexOther, start, s.pos})
		case t.kind == kindEOF:
			return out, OpenNothing
		default:
			out = append(out, Lexeme{kindOf(&t, out, text), t.pos, t.end})
		}
	}
}

var openKinds = map[Open]LexemeKind{OpenString: LexString, OpenDollar: LexString, OpenName: LexName}

func kindOf(t *token, before []Lexeme, text string) LexemeKind {
	switch t.kind {
	case kindWord:
		afterDot := len(before) > 0 && text[before[len(before)-1].Start:before[len(before)-1].End] == "."
		if keywordWords[t.value] && !afterDot {
			return LexKeyword
		}
		return LexWord
	case kindQuoted, kindBacktick:
		return LexName
	case kindString, kindBits:
		return LexString
	case kindInt, kindDecimal:
		return LexNumber
	case kindParam:
		return LexParam
	case kindOp:
		return LexOperator
	default:
		return LexPunct
	}
}

// appendComments appends the comments that stand at a position, before the next token.
func appendComments(out []Lexeme, text string, pos int) []Lexeme {
	for {
		pos = leadingSpace(text, pos)
		end := commentEnd(text, pos)
		if end == pos {
			return out
		}
		out = append(out, Lexeme{LexComment, pos, end})
		pos = end
	}
}

// skipComments passes white space and comments.
func skipComments(text string, pos int) int {
	for {
		pos = leadingSpace(text, pos)
		end := commentEnd(text, pos)
		if end == pos {
			return pos
		}
		pos = end
	}
}

// commentEnd is where the comment at a position ends; the position itself if there is none.
func commentEnd(text string, pos int) int {
	s := &scanner{text: text, pos: pos}
	switch rest := text[pos:]; {
	case strings.HasPrefix(rest, "--"):
		s.skipLine()
	case strings.HasPrefix(rest, "/*"):
		_ = s.skipComment() // without its end it goes to the end of the text
	}
	return s.pos
}

// Keywords are the words of queries that a shell colours and offers, in upper case.
func Keywords() []string { return strings.Fields(queryWords) }

// queryWords leaves out what a grammar knows and a query never needs, and the types, which are names.
const queryWords = `ALL ANALYZE AND ANY ARRAY AS ASC AT BETWEEN BOTH BY CASE CAST COLLATE CROSS CURRENT CURRENT_DATE CURRENT_TIMESTAMP
DESC DISTINCT ELSE END ESCAPE EXCEPT EXCLUDE EXISTS EXPLAIN EXTRACT FALSE FETCH FILTER FIRST FOLLOWING FROM FULL GROUP GROUPING GROUPS HAVING
ILIKE IN INNER INTERSECT INTERVAL IS JOIN LAST LATERAL LEADING LEFT LIKE LIMIT NATURAL NEXT NOT NULL NULLS OFFSET ON ONLY OR ORDER OUTER
OVER OVERLAPS PARTITION PRECEDING RANGE RECURSIVE RESET RIGHT ROW ROWS SELECT SET SHOW SIMILAR SOME SYMMETRIC TABLE THEN TIES TO TRAILING
TRUE UNBOUNDED UNION USING VALUES WHEN WHERE WINDOW WITH WITHIN ZONE ORDINALITY MATERIALIZED`

// keywordWords are the same as the scanner folds them.
var keywordWords = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range Keywords() {
		set[foldASCII(w)] = true
	}
	return set
}()
