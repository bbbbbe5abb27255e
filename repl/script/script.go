// Package script reads texts of statements and of the shell's own commands: where each ends, and what variables in them stand for. It
// knows no engine and runs nothing.
package script

import (
	"strings"

	"github.com/credsql/credsql/repl/lang"
)

// Part is a statement, a command, or a statement that a command ends (SELECT 1 \gx).
type Part struct {
	// SQL is the statement's text without its semicolon; empty: there is none. Start is its place in the whole text.
	SQL   string
	Start int
	// Command is the command's name without its backslash, Args the rest of its line; an empty Command: a semicolon or the end.
	Command, Args string
	// Ended is set unless the text ended first.
	Ended bool
}

// Parse cuts a text into its parts. A text of several commands has one on a line. open is what the text lacks at its end: "" nothing
// but perhaps a semicolon, else such as ' or (.
func Parse(text string, lex lang.Lexer) (parts []Part, open string) {
	if name, args, ok := bare(text); ok {
		return []Part{{Command: name, Args: args, Ended: true}}, ""
	}
	r := &reader{text: text, lex: lex}
	r.restart(0)
	for !r.end {
		if part := r.next(); part.SQL != "" || part.Command != "" {
			parts = append(parts, part)
		}
	}
	return parts, r.open
}

// reader goes through a text's tokens.
type reader struct {
	text   string
	lex    lang.Lexer
	base   int // where the tokens' places count from
	tokens []lang.Token
	from   int // where the next part begins
	open   string
	end    bool
}

// restart reads tokens anew from a place: what stands after a command's name is no language of tokens.
func (r *reader) restart(at int) {
	r.base, r.from = at, at
	r.tokens, r.open = r.lex(r.text[at:])
}

// next reads the next part.
func (r *reader) next() (part Part) {
	depth, begun := 0, false
	for i, t := range r.tokens {
		start, end := r.base+t.Start, r.base+t.End
		word := r.text[start:end]
		switch {
		case t.Kind == lang.Other && word == `\`:
			p, n := command(r.text[end:])
			p.SQL, p.Start = trimmed(r.text, r.from, start, begun)
			r.restart(end + n)
			return p
		case t.Kind == lang.Comment:
			continue
		case t.Kind == lang.Punct && word == ";" && depth == 0:
			part.SQL, part.Start = trimmed(r.text, r.from, start, begun)
			part.Ended = true
			r.tokens, r.from = r.tokens[i+1:], end
			return part
		case t.Kind == lang.Punct && (word == "(" || word == "["):
			depth++
		case t.Kind == lang.Punct && (word == ")" || word == "]"):
			depth = max(0, depth-1)
		}
		begun = true
	}
	return r.last(depth, begun)
}

// last is what stands before the end of the text.
func (r *reader) last(depth int, begun bool) (part Part) {
	r.end = true
	part.SQL, part.Start = trimmed(r.text, r.from, len(r.text), begun)
	if begun && r.open != "" {
		part.SQL = r.text[part.Start:] // the space belongs to what is open
	}
	if r.open == "" && depth > 0 {
		r.open = "("
	}
	return part
}

// trimmed is a statement without the white space around it; nothing if it has no token but comments.
func trimmed(text string, from, to int, begun bool) (sql string, start int) {
	if !begun {
		return "", from
	}
	left := strings.TrimLeft(text[from:to], space)
	return strings.TrimRight(left, space), to - len(left)
}

const space = " \t\r\n\f\v"

// command reads a command after its backslash, to the end of its line, and gives its length.
func command(s string) (p Part, n int) {
	n = strings.IndexByte(s, '\n')
	if n < 0 {
		n = len(s)
	}
	name := nameLength(s[:n])
	return Part{Command: s[:name], Args: strings.TrimSpace(s[name:n]), Ended: true}, n
}

// nameLength is the length of a command's name: letters with an optional sign after them, or one other character.
func nameLength(s string) int {
	i := 0
	for i < len(s) && (s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z' || s[i] == '_') {
		i++
	}
	switch {
	case i == 0:
		return min(1, len(s))
	case i < len(s) && s[i] == '+':
		return i + 1
	}
	return i
}

// bareWords are the commands that need no backslash, when nothing stands beside them.
var bareWords = map[string]bool{"help": true, "exit": true, "quit": true, "clear": true}

// bare reads a text that is a command without a backslash: help, exit, or .tables in the manner of sqlite.
func bare(text string) (name, args string, ok bool) {
	line := strings.TrimSpace(text)
	if word := strings.ToLower(strings.TrimRight(line, "; ")); bareWords[word] {
		return word, "", true
	}
	if strings.ContainsRune(line, '\n') || len(line) < 2 || line[0] != '.' || line[1]|0x20 < 'a' || line[1]|0x20 > 'z' {
		return "", "", false
	}
	n := 1 + nameLength(line[1:])
	return line[:n], strings.TrimSpace(line[n:]), true
}

// Done says whether a text is whole, so that Enter runs it: every statement has its semicolon or a command that ends it.
func Done(text string, lex lang.Lexer) bool {
	parts, open := Parse(text, lex)
	return open == "" && (len(parts) == 0 || parts[len(parts)-1].Ended)
}

// Words cuts a command's arguments at white space. A quoted word may hold spaces; a doubled quote in it stands for one.
func Words(args string) []string {
	var words []string
	for args = strings.TrimSpace(args); args != ""; args = strings.TrimSpace(args) {
		if q := args[0]; q == '\'' || q == '"' {
			word, rest := quoted(args[1:], q)
			words, args = append(words, word), rest
			continue
		}
		n := strings.IndexAny(args, " \t")
		if n < 0 {
			n = len(args)
		}
		words, args = append(words, args[:n]), args[n:]
	}
	return words
}

// quoted reads to the closing quote.
func quoted(s string, q byte) (word, rest string) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == q {
			if i+1 == len(s) || s[i+1] != q {
				return b.String(), s[i+1:]
			}
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String(), ""
}
