package ddsql

import (
	"strings"

	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// statement is one statement on its way from tokens to a tree.
type statement struct {
	text         string
	toks         []token
	placeholders bool
	mysql        bool
	limits       Limits
	params       int
}

// writing are the first words of the statements that would change something.
var writing = map[string]string{
	"insert": "INSERT", "update": "UPDATE", "delete": "DELETE", "merge": "MERGE", "truncate": "TRUNCATE", "create": "CREATE",
	"drop": "DROP", "alter": "ALTER", "grant": "GRANT", "revoke": "REVOKE", "comment": "COMMENT", "copy": "COPY",
	"reindex": "REINDEX", "vacuum": "VACUUM", "cluster": "CLUSTER", "refresh": "REFRESH", "replace": "REPLACE",
	"import": "IMPORT", "security": "SECURITY LABEL", "reassign": "REASSIGN", "load": "LOAD",
}

// parse dispatches on the statement's first word: an allow-list.
func (s *statement) parse() (syntax.Statement, *sqlerr.Error) {
	first := &s.toks[0]
	if first.isPunct("(") {
		return s.queryStatement()
	}
	if first.kind != kindWord {
		return nil, sqlerr.SyntaxNear(s.text, first.pos, first.end)
	}
	switch first.value {
	case "select", "with", "values", "table":
		return s.queryStatement()
	case "explain":
		return s.explain()
	case "set", "reset":
		return s.set()
	case "show":
		return s.show()
	}
	if what, ok := writing[first.value]; ok {
		return nil, readOnly(what).At(first.pos)
	}
	if categoryOf(first.value) == notKeyword {
		return nil, sqlerr.SyntaxNear(s.text, first.pos, first.end)
	}
	return nil, sqlerr.NotSupported(strings.ToUpper(first.value)).At(first.pos)
}

func (s *statement) queryStatement() (syntax.Statement, *sqlerr.Error) {
	q, err := s.query(0)
	if err != nil {
		return nil, err
	}
	return q, nil
}

// query parses the query that begins at a token.
func (s *statement) query(from int) (*syntax.Query, *sqlerr.Error) {
	if err := refuse(s.toks[from:]); err != nil {
		return nil, err
	}
	toks, params, err := rewrite(s.text, s.toks[from:], s.placeholders)
	if err != nil {
		return nil, err
	}
	s.params = params
	tree, err := parseGrammar(s.text, toks)
	if err != nil {
		return nil, err
	}
	return convert(s.text, toks, tree, s.mysql, s.limits)
}

// refuse finds, by their words, the forms of a query that are never answered. Each is told by keywords that no other
// form has in that order; names after a dot or AS are passed over.
func refuse(toks []token) *sqlerr.Error {
	for i := range toks {
		t, prev := &toks[i], at(toks, i-1)
		if t.kind != kindWord || prev.isPunct(".") || prev.isWord("as") {
			continue
		}
		next := at(toks, i+1)
		switch {
		case t.isWord("into"):
			return readOnly("SELECT INTO").At(t.pos)
		case t.isWord("for") && locks[next.value] != "" && next.kind == kindWord:
			return readOnly("SELECT FOR " + locks[next.value]).At(t.pos)
		case t.isWord("insert", "update", "delete", "merge") && prev.isPunct("(") && isCTE(toks, i-2):
			return readOnly(strings.ToUpper(t.value)).At(t.pos)
		case t.isWord("search") && next.isWord("depth", "breadth") && prev.isPunct(")"):
			return sqlerr.NotSupported("SEARCH").At(t.pos)
		case t.isWord("cycle") && prev.isPunct(")") && followsColumn(toks, i+2):
			return sqlerr.NotSupported("CYCLE").At(t.pos)
		case strings.HasPrefix(t.value, "xml") && next.isPunct("(") && categoryOf(t.value) == columnName:
			return sqlerr.NotSupported("XML").At(t.pos)
		}
	}
	return nil
}

// locks are the row locks, by the word after FOR.
var locks = map[string]string{"update": "UPDATE", "share": "SHARE", "no": "NO KEY UPDATE", "key": "KEY SHARE"}

// isCTE reports whether the word at i stands before a WITH query's parenthesis.
func isCTE(toks []token, i int) bool {
	t := at(toks, i)
	return t.isWord("as", "materialized")
}

// followsColumn reports whether a column of CYCLE's list ends before i.
func followsColumn(toks []token, i int) bool {
	t := at(toks, i)
	return t.isWord("set") || t.isPunct(",")
}
