package mysqlfront

import (
	"strings"

	"github.com/credsql/credsql/engine/internal/ddsql"
	"github.com/credsql/credsql/engine/sqlerr"
)

// tokenize scans one statement. A semicolon may end it, nothing may follow.
func tokenize(text string, opts Options) (toks []token, params int, err *sqlerr.Error) {
	g := ddsql.NewGuard(opts.Limits)
	if err := g.Text(text); err != nil {
		return nil, 0, err
	}
	s := newScanner(text, opts)
	ended := false
	for {
		t, err := s.next()
		switch {
		case err != nil:
			return nil, 0, err
		case t.kind == kindEOF:
			return toks, params, nil
		case t.isSign(";"):
			ended = true
			continue
		case ended:
			return nil, 0, sqlerr.SyntaxNear(text, t.pos, t.end)
		case t.kind == kindParam:
			params++
			t.param = params
		}
		if err := g.Admit(costOf(&t)); err != nil {
			return nil, 0, err
		}
		toks = append(toks, t)
	}
}

func costOf(t *token) ddsql.Cost {
	cost := ddsql.Cost{Pos: t.pos, SetOperation: t.isWord("union", "intersect", "except")}
	switch t.kind {
	case kindWord, kindName, kindOp, kindParam, kindVariable:
		cost.Heavy = true
	case kindPunct:
		cost.Nesting = strings.Count("([{", t.value) - strings.Count(")]}", t.value)
	}
	return cost
}

// Split cuts a text at its semicolons by MySQL's lexical rules. Pieces of white space and comments are left out. What cannot
// be scanned is one piece to its end: parsing it gives the error.
func Split(text string, opts Options) []ddsql.Piece {
	s := newScanner(text, opts)
	var pieces []ddsql.Piece
	start, begun := 0, false
	add := func(end int, terminated bool) {
		if begun {
			from := start + len(text[start:end]) - len(strings.TrimLeft(text[start:end], " \t\n\v\f\r"))
			to := from + len(strings.TrimRight(text[from:end], " \t\n\v\f\r"))
			pieces = append(pieces, ddsql.Piece{Start: from, End: to, Terminated: terminated})
		}
		begun = false
	}
	for {
		t, err := s.next()
		switch {
		case err != nil:
			begun = true
			add(len(text), false)
			return pieces
		case t.kind == kindEOF:
			add(len(text), false)
			return pieces
		case t.isSign(";"):
			add(t.pos, true)
			start = t.end
		default:
			begun = true
		}
	}
}
