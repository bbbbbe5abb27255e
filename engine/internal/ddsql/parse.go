package ddsql

import (
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// Parsed is one statement of a text.
type Parsed struct {
	Statement syntax.Statement
	// Text is the statement's own text, with the comments before it and without its semicolon. Every position in
	// Statement is a byte offset into it.
	Text string
	// Start is Text's byte offset in the whole text.
	Start int
	// Params is the number of parameters: of ? marks, or the highest $n.
	Params int
}

// Parse reads all statements of a text; none when there is nothing but white space and comments. The error is always an
// *sqlerr.Error whose position is an offset into the whole text.
func Parse(text string, opts Options) ([]Parsed, error) {
	limits := opts.Limits.withDefaults()
	if err := NewGuard(limits).Text(text); err != nil {
		return nil, err
	}
	pieces, _ := Split(text)
	out := make([]Parsed, 0, len(pieces))
	for _, p := range pieces {
		parsed, err := parseOne(text[p.Start:p.End], opts, limits)
		if err != nil {
			if err.Pos > 0 {
				err.Pos += p.Start
			}
			return nil, err
		}
		parsed.Start = p.Start
		out = append(out, parsed)
	}
	return out, nil
}

// parseOne reads one statement.
func parseOne(text string, opts Options, limits Limits) (Parsed, *sqlerr.Error) {
	toks, err := tokenize(text, limits)
	if err != nil {
		return Parsed{}, err
	}
	if len(toks) == 0 {
		return Parsed{}, sqlerr.SyntaxNear(text, len(text), len(text))
	}
	p := statement{text: text, toks: toks, placeholders: opts.Placeholders, mysql: opts.MySQL, limits: limits}
	stmt, err := p.parse()
	if err != nil {
		return Parsed{}, err
	}
	return Parsed{Statement: stmt, Text: text, Params: p.params}, nil
}
