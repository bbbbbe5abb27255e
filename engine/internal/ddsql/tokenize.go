package ddsql

import (
	"github.com/credsql/credsql/engine/sqlerr"
)

// tokenize scans one statement, refusing as early as it can what passes the limits.
func tokenize(text string, limits Limits) ([]token, *sqlerr.Error) {
	s := newScanner(text)
	toks := make([]token, 0, len(text)/5+8)
	g := NewGuard(limits)
	for {
		t, err := s.next()
		if err != nil {
			return nil, err
		}
		if s.mysqlComment >= 0 {
			return nil, sqlerr.Syntax("syntax error at or near %s", quoted("/*!")).At(s.mysqlComment).
				WithHint("/*! … */ is MySQL's conditional comment; choose the MySQL dialect, or remove it")
		}
		if t.kind == kindBacktick {
			return nil, sqlerr.SyntaxNear(text, t.pos, t.end).
				WithHint("backticks quote names in MySQL; choose the MySQL dialect, or use double quotes")
		}
		if t.kind == kindEOF {
			return toks, nil
		}
		if err := g.Admit(costOf(&t)); err != nil {
			return nil, err
		}
		toks = append(toks, t)
	}
}

// costOf is what a token costs.
func costOf(t *token) Cost {
	cost := Cost{Pos: t.pos, Nesting: nesting(t), SetOperation: t.isWord("union", "intersect", "except")}
	switch t.kind {
	case kindWord, kindQuoted, kindOp, kindParam:
		cost.Heavy = true
	}
	return cost
}
