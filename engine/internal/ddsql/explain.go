package ddsql

import (
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// explain parses EXPLAIN [ANALYZE] [VERBOSE] query and EXPLAIN (option [value], …) query.
func (s *statement) explain() (syntax.Statement, *sqlerr.Error) {
	out := &syntax.Explain{Format: "text"}
	i := 1
	if s.at(1).isPunct("(") && s.at(2).kind == kindWord && !s.at(2).isWord("select", "with", "values", "table") {
		var err *sqlerr.Error
		if i, err = s.explainOptions(out, 2); err != nil {
			return nil, err
		}
	} else {
		for ; s.at(i).isWord("analyze", "analyse", "verbose"); i++ {
			out.Analyze = out.Analyze || s.toks[i].value != "verbose"
		}
	}
	t := s.at(i)
	if what, ok := writing[t.value]; ok && t.kind == kindWord {
		return nil, readOnly("EXPLAIN " + what).At(t.pos)
	}
	if !t.isPunct("(") && !t.isWord("select", "with", "values", "table") {
		return nil, s.unexpected(i)
	}
	q, err := s.query(i)
	if err != nil {
		return nil, err
	}
	out.Query = q
	return out, nil
}

// at gives the token at i, an end token when there is none.
func (s *statement) at(i int) *token {
	if i < 0 || i >= len(s.toks) {
		return &token{pos: len(s.text), end: len(s.text)}
	}
	return &s.toks[i]
}

func (s *statement) unexpected(i int) *sqlerr.Error {
	t := s.at(i)
	return sqlerr.SyntaxNear(s.text, t.pos, t.end)
}

// explainOptions are PostgreSQL's; those that only add detail are accepted and change nothing.
var explainOptions = map[string]bool{
	"analyze": true, "analyse": true, "verbose": true, "costs": true, "settings": true, "buffers": true, "wal": true, "timing": true,
	"summary": true, "format": true,
}

// explainOptions reads the list whose first option stands at i and gives the index after its parenthesis.
func (s *statement) explainOptions(out *syntax.Explain, i int) (int, *sqlerr.Error) {
	for {
		name := s.at(i)
		if name.kind != kindWord {
			return 0, s.unexpected(i)
		}
		i++
		var value *token
		if v := s.at(i); !v.isPunct(",") && !v.isPunct(")") && v.kind != kindEOF {
			value = v
			i++
		}
		if err := explainOption(out, name, value); err != nil {
			return 0, err
		}
		switch t := s.at(i); {
		case t.isPunct(")"):
			return i + 1, nil
		case !t.isPunct(","):
			return 0, s.unexpected(i)
		}
		i++
	}
}

func explainOption(out *syntax.Explain, name, value *token) *sqlerr.Error {
	if !explainOptions[name.value] {
		return sqlerr.Syntax("unrecognized EXPLAIN option %s", quoted(name.value)).At(name.pos)
	}
	if name.value == "format" {
		if value == nil || foldASCII(value.value) != "text" && foldASCII(value.value) != "json" {
			return sqlerr.New(sqlerr.CodeInvalidParameter, "unrecognized value for EXPLAIN option \"format\"").At(name.pos).
				WithHint("FORMAT is TEXT or JSON")
		}
		out.Format = foldASCII(value.value)
		return nil
	}
	on, ok := switchValue(value)
	if !ok {
		return sqlerr.Syntax("%s requires a Boolean value", name.value).At(value.pos)
	}
	if name.isWord("analyze", "analyse") {
		out.Analyze = on
	}
	return nil
}

// switchValue reads ON, TRUE, 1 and their opposites; an option without a value is on.
func switchValue(t *token) (on, ok bool) {
	if t == nil {
		return true, true
	}
	switch foldASCII(t.value) {
	case "on", "true", "1":
		return true, true
	case "off", "false", "0":
		return false, true
	}
	return false, false
}
