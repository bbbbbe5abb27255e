package assist

import (
	"github.com/credsql/credsql/repl/lang"
	"github.com/credsql/credsql/repl/line"
)

// Paint gives styles to a text, in order. A name that is nothing in its scope is marked as unknown, unless the cursor stands at its end:
// it may not be finished. The bracket at the cursor and its partner are marked.
func (a *Assistant) Paint(text string, pos int) []line.Span {
	n := a.analyse(text)
	all, _ := a.lex(text)
	left, right := n.partner(pos)
	spans := make([]line.Span, 0, len(all))
	i := 0 // of n.tokens
	for _, t := range all {
		style := styles[t.Kind]
		if t.Kind != lang.Comment {
			switch {
			case t.Start == left || t.Start == right:
				style = line.Bracket
			case t.Kind == lang.Word || t.Kind == lang.Name:
				style = n.style(i, pos)
			case t.Kind == lang.Keyword && n.roles[i] == roleLabel:
				style = line.Plain
			}
			i++
		}
		if style != line.Plain {
			spans = append(spans, line.Span{Start: t.Start, End: t.End, Style: style})
		}
	}
	return spans
}

var styles = map[lang.Kind]line.Style{
	lang.Keyword: line.Keyword, lang.String: line.String, lang.Number: line.Number, lang.Param: line.Number, lang.Comment: line.Comment,
}

// style is that of a word.
func (n *analysis) style(i, pos int) line.Style {
	switch n.roles[i] {
	case roleCall:
		if n.a.functions[n.word(i)] == nil && n.tokens[i].End != pos && !n.a.words[n.word(i)] {
			return line.Unknown
		}
		return line.Function
	case roleTable, roleLabel, roleQualifier:
		return line.Plain
	case roleType:
		return line.Function
	}
	if n.tokens[i].End == pos || !n.isUnknown(i) {
		return line.Plain
	}
	return line.Unknown
}

// isUnknown says whether a name in an expression is certainly no column.
func (n *analysis) isUnknown(i int) bool {
	s, name := n.scopes[i], n.word(i)
	if s == nil || !s.reads() || n.tokens[i].Kind == lang.Word && (n.a.words[name] || n.isSign(i-1, ":")) {
		return false
	}
	if n.roles[i] == roleQualified {
		src := s.find(n.word(i - 2))
		return src != nil && src.known && !contains(src.columns, name) && !n.isSign(i-3, ".")
	}
	if n.parts[i] == "from" || n.parts[i] == "window" {
		return false
	}
	return !s.hasColumn(name)
}

func contains(list []string, s string) bool {
	for _, have := range list {
		if have == s {
			return true
		}
	}
	return false
}

// partner finds the bracket that the cursor stands on or behind, and the one that belongs to it; -1 if there is none.
func (n *analysis) partner(pos int) (left, right int) {
	var open []int
	for _, t := range n.tokens {
		if t.Kind != lang.Punct {
			continue
		}
		switch n.text[t.Start] {
		case '(', '[':
			open = append(open, t.Start)
		case ')', ']':
			if len(open) == 0 {
				continue
			}
			left = open[len(open)-1]
			open = open[:len(open)-1]
			if t.End == pos || t.Start == pos || left == pos || left+1 == pos && t.Start == pos {
				return left, t.Start
			}
		}
	}
	return -1, -1
}

// Open says for each line but the first what is open where it begins: ' " $ /* or (.
func (a *Assistant) Open(text string) []string {
	tokens, _ := a.lex(text)
	var out []string
	depth, next := 0, 0
	for at := 0; at < len(text); at++ {
		if text[at] != '\n' {
			continue
		}
		for next < len(tokens) && tokens[next].End <= at {
			depth = max(0, depth+nesting(text, tokens[next]))
			next++
		}
		switch {
		case next < len(tokens) && tokens[next].Start < at:
			out = append(out, opening(text[tokens[next].Start:]))
		case depth > 0:
			out = append(out, "(")
		default:
			out = append(out, "")
		}
	}
	return out
}

func nesting(text string, t lang.Token) int {
	if t.Kind == lang.Punct {
		switch text[t.Start] {
		case '(', '[':
			return 1
		case ')', ']':
			return -1
		}
	}
	return 0
}

// opening is the sign that a token began with.
func opening(token string) string {
	for _, sign := range []string{"/*", "'", `"`, "`", "$"} {
		if len(token) >= len(sign) && token[:len(sign)] == sign {
			return sign
		}
	}
	return "'" // E'…' and the like
}
