package ddsql

import (
	"strings"

	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// set parses SET [SESSION | LOCAL] name = value, SET TIME ZONE value, and RESET name.
func (s *statement) set() (syntax.Statement, *sqlerr.Error) {
	out := &syntax.Set{Pos: s.toks[0].pos}
	i := 1
	if s.toks[0].value == "set" && s.at(i).isWord("session", "local") && s.at(i+1).isName() {
		i++
	}
	zone := s.at(i).isWord("time") && s.at(i+1).isWord("zone")
	out.Pos = s.at(i).pos
	name, i, err := s.settingName(i)
	if err != nil {
		return nil, err
	}
	out.Name = name
	if s.toks[0].value == "reset" {
		out.Default = true
		return s.done(out, i)
	}
	if !zone {
		if t := s.at(i); !t.isWord("to") && !(t.kind == kindOp && t.value == "=") {
			return nil, s.unexpected(i)
		}
		i++
	}
	return s.settingValue(out, i)
}

// settingName reads name and name.name …; TIME ZONE is the setting timezone.
func (s *statement) settingName(i int) (string, int, *sqlerr.Error) {
	if s.at(i).isWord("time") && s.at(i+1).isWord("zone") {
		return "timezone", i + 2, nil
	}
	var parts []string
	for {
		t := s.at(i)
		if !t.isName() || len(parts) == 0 && t.kind == kindWord && categoryOf(t.value) == reserved && t.value != "all" {
			return "", i, s.unexpected(i)
		}
		parts = append(parts, foldASCII(t.value))
		i++
		if !s.at(i).isPunct(".") {
			return strings.Join(parts, "."), i, nil
		}
		i++
	}
}

// settingValue reads one value: a string, a number with its sign, a word, or DEFAULT.
func (s *statement) settingValue(out *syntax.Set, i int) (syntax.Statement, *sqlerr.Error) {
	sign := ""
	if t := s.at(i); t.kind == kindOp && (t.value == "-" || t.value == "+") {
		if n := s.at(i + 1).kind; n != kindInt && n != kindDecimal {
			return nil, s.unexpected(i + 1)
		}
		sign = strings.TrimPrefix(t.value, "+")
		i++
	}
	switch t := s.at(i); t.kind {
	case kindString, kindInt, kindDecimal, kindQuoted:
		out.Value = sign + t.value
	case kindWord:
		out.Default = t.value == "default"
		if !out.Default {
			out.Value = t.value
		}
	default:
		return nil, s.unexpected(i)
	}
	if t := s.at(i + 1); t.isPunct(",") {
		return nil, sqlerr.NotSupported("SET with several values").At(t.pos)
	}
	return s.done(out, i+1)
}

// show parses SHOW name.
func (s *statement) show() (syntax.Statement, *sqlerr.Error) {
	name, i, err := s.settingName(1)
	if err != nil {
		return nil, err
	}
	return s.done(&syntax.Show{Name: name, Pos: s.at(1).pos}, i)
}

// done gives the statement if it is over at token i.
func (s *statement) done(out syntax.Statement, i int) (syntax.Statement, *sqlerr.Error) {
	if s.at(i).kind != kindEOF {
		return nil, s.unexpected(i)
	}
	return out, nil
}
