package mysqlfront

import (
	"strings"

	"github.com/credsql/credsql/engine/internal/ddsql"
	"github.com/credsql/credsql/engine/sqlerr"
)

// tokenize scans one statement. A semicolon may end it, nothing may follow. ODBC's escapes, {d '2025-01-05'}, {fn f(x)} and {oj a}, are what
// stands in them.
func tokenize(text string, opts Options) (toks []token, params int, err *sqlerr.Error) {
	g := ddsql.NewGuard(opts.Limits)
	if err := g.Text(text); err != nil {
		return nil, 0, err
	}
	s := newScanner(text, opts)
	ended := false
	escapes := 0
	for {
		t, err := s.next()
		if err == nil && t.isSign("{") {
			brace := t
			if t, err = s.next(); err == nil && !t.isWord("d", "t", "ts", "fn", "oj") {
				return nil, 0, sqlerr.SyntaxNear(text, brace.pos, brace.end)
			}
			escapes++
			continue
		}
		switch {
		case err != nil:
			return nil, 0, err
		case t.kind == kindOp && t.value[0] == '@' && !(len(toks) > 2 && t.value == "@" && toks[0].isWord("show") && toks[1].isWord("grants")):
			// go-mysql-server's grammar would read the quotes in a way of its own.
			return nil, 0, sqlerr.NotSupported("a variable's name in quotes").At(t.pos)
		case t.isSign("}") && escapes > 0:
			escapes--
			continue
		case t.kind == kindEOF && escapes > 0:
			return nil, 0, sqlerr.SyntaxNear(text, t.pos, t.pos)
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
