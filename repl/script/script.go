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
	return parse(text, lex, firstPiece)
}

// parse is Parse that reads so many bytes at first.
func parse(text string, lex lang.Lexer, piece int) (parts []Part, open string) {
	r := &reader{text: text, lex: lex, piece: piece}
	r.restart(0)
	for !r.end {
		if part := r.next(); part.SQL != "" || part.Command != "" {
			parts = append(parts, part)
		}
	}
	return parts, r.open
}

// reader goes through a text's tokens. It reads them piece by piece, because what stands after a command's name is no language of tokens,
// and what comes after it is read anew: in one piece, a text of many commands would be read as often as it has commands.
type reader struct {
	text   string
	lex    lang.Lexer
	piece  int // how many bytes of tokens are read at first
	base   int // where the tokens' places count from
	limit  int // up to where they were read
	tokens []lang.Token
	from   int // where the next part begins
	open   string
	end    bool
}

// How tokens are read: at first so many bytes, and more when a part is longer. A token that ends so near to the limit might have gone
// on behind it.
const (
	firstPiece = 256
	margin     = 64
)

// restart reads tokens anew from a place.
func (r *reader) restart(at int) {
	r.from = at
	r.read(at, r.piece)
}

// read reads the tokens of so many bytes. Those are kept that the rest of the text cannot change.
func (r *reader) read(at, size int) {
	r.base, r.limit = at, min(len(r.text), at+size)
	r.tokens, r.open = r.lex(r.text[at:r.limit])
	if r.limit == len(r.text) {
		return
	}
	n := max(0, len(r.tokens)-1)
	for n > 0 && r.base+r.tokens[n-1].End > r.limit-margin {
		n--
	}
	r.tokens = r.tokens[:n]
}

// next reads the next part.
func (r *reader) next() Part {
	for {
		part, found := r.scan()
		if found {
			return part
		}
		r.read(r.from, 4*(r.limit-r.from)) // no end is among the tokens that were read
	}
}

// scan looks for the end of the next part among the tokens; false if it may come after them.
func (r *reader) scan() (part Part, found bool) {
	depth, begun := 0, false
	for i, t := range r.tokens {
		start, end := r.base+t.Start, r.base+t.End
		word := r.text[start:end]
		switch {
		case t.Kind == lang.Other && word == `\`:
			p, n := command(r.text[end:])
			p.SQL, p.Start = trimmed(r.text, r.from, start, begun)
			r.restart(end + n)
			return p, true
		case t.Kind == lang.Comment:
			continue
		case t.Kind == lang.Punct && word == ";" && depth == 0:
			part.SQL, part.Start = trimmed(r.text, r.from, start, begun)
			part.Ended = true
			r.tokens, r.from = r.tokens[i+1:], end
			return part, true
		case t.Kind == lang.Punct && (word == "(" || word == "["):
			depth++
		case t.Kind == lang.Punct && (word == ")" || word == "]"):
			depth = max(0, depth-1)
		}
		begun = true
	}
	if r.limit < len(r.text) {
		return part, false
	}
	return r.last(depth, begun), true
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
	if goesOn(text) {
		return false
	}
	parts, open := Parse(text, lex)
	return open == "" && (len(parts) == 0 || parts[len(parts)-1].Ended)
}

// goesOn says without reading all of a long text that its last line can end nothing, so that a long text that comes line by line is not
// read as often as it has lines.
func goesOn(text string) bool {
	const long = 4 << 10
	last := text[strings.LastIndexByte(text, '\n')+1:]
	return len(text) > long && strings.TrimSpace(last) != "" && !strings.ContainsAny(last, `;\`) && !strings.Contains(last, "--") && !strings.Contains(last, "*/")
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
