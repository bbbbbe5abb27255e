package mysqlfront

import (
	"strings"

	"github.com/credsql/credsql/engine/internal/ddsql"
)

// clientWords are the first words of statements that MySQL clients send and that DDSQL has no use for, or another one.
var clientWords = map[string]bool{
	"show": true, "set": true, "use": true, "describe": true, "desc": true, "begin": true, "start": true, "commit": true,
	"rollback": true, "savepoint": true, "release": true, "kill": true, "flush": true, "lock": true, "unlock": true, "do": true,
	"help": true, "analyze": true, "check": true, "checksum": true, "optimize": true, "repair": true,
}

// sessionFunctions are the functions that ask about the session or the server.
var sessionFunctions = map[string]bool{
	"database": true, "schema": true, "version": true, "user": true, "current_user": true, "session_user": true, "system_user": true,
	"current_role": true, "connection_id": true, "found_rows": true, "row_count": true, "last_insert_id": true,
}

// Wants reports whether a statement is to be read by MySQL's grammar first: it has MySQL's marks (backticks, @@variables,
// /*! … */), begins as only a client's statement does, or asks about the server rather than the reports. Settings of our own,
// SET dd.… and SHOW credsql.…, are DDSQL's. A text that cannot be scanned is not wanted.
func Wants(text string, opts Options) bool {
	if ddsql.NewGuard(opts.Limits).Text(text) != nil {
		return false // the other grammar says why it is refused
	}
	s := newScanner(text, opts)
	var toks []token
	for {
		special := s.special
		t, err := s.next()
		switch {
		case err != nil:
			return false
		case s.special && !special, t.kind == kindVariable && (strings.HasPrefix(t.value, "@@") || opts.Variables && len(t.value) > 1):
			return true
		case t.kind == kindName && text[t.pos] == '`':
			return true
		case t.kind == kindEOF:
			// A statement of nothing but /*! … */ for another server.
			return len(toks) == 0 && strings.Contains(text, "/*!") || wantsTokens(toks)
		}
		toks = append(toks, t)
	}
}

func wantsTokens(toks []token) bool {
	first, second := at(toks, 0), at(toks, 1)
	if first.kind != kindWord {
		return false
	}
	switch {
	case first.isWord("set", "show"):
		dot := at(toks, 2)
		return !(second.isWord("dd", "credsql") && dot.isSign("."))
	case clientWords[first.lower()]:
		return true
	case first.isWord("explain") && explainsTable(toks):
		return true
	}
	return asksServer(toks)
}

// explainsTable reports whether EXPLAIN is MySQL's other word for DESCRIBE, or has its FORMAT.
func explainsTable(toks []token) bool {
	next := at(toks, 1)
	if next.isWord("format") {
		return true
	}
	return !next.isWord("select", "with", "values", "table", "analyze", "verbose", "insert", "update", "delete") && !next.isSign("(")
}

// asksServer reports whether a query names a system schema or calls a function about the session.
func asksServer(toks []token) bool {
	for i := range toks {
		t, prev, next, after := &toks[i], at(toks, i-1), at(toks, i+1), at(toks, i+2)
		switch {
		case t.kind != kindWord || prev.isSign("."):
		case systemSchemas[t.lower()] && next.isSign(".") && (prev.isWord("from", "join") || prev.isSign(",")):
			return true
		case sessionFunctions[t.lower()] && next.isSign("(") && after.isSign(")"):
			return true
		}
	}
	return false
}

// systemSchemas are the databases about the server itself.
var systemSchemas = map[string]bool{"information_schema": true, "mysql": true, "performance_schema": true, "sys": true}
