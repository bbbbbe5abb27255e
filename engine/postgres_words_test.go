package engine

import (
	"errors"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/credsql/credsql/engine/sqlerr"
)

// worded are the codes of the errors that must be worded as PostgreSQL words them: names, scopes, grouping, windows and the resolution of
// types.
var worded = map[string]bool{
	sqlerr.CodeAmbiguousColumn: true, sqlerr.CodeAmbiguousAlias: true, sqlerr.CodeDuplicateAlias: true, sqlerr.CodeUndefinedColumn: true,
	sqlerr.CodeUndefinedTable: true, sqlerr.CodeGrouping: true, sqlerr.CodeWindowing: true, sqlerr.CodeInvalidColumnRef: true,
	sqlerr.CodeUndefinedFunction: true, sqlerr.CodeAmbiguousFunction: true, sqlerr.CodeDatatypeMismatch: true, sqlerr.CodeInvalidRecursion: true,
}

// otherWords are where the words differ, by what ours begin with, and why.
var otherWords = []struct{ ours, reason string }{
	{"operator = compares a row with a row only", "there is no type record to name"},
	{"unequal number of entries in row", "there is no type record to name"},
	{"missing FROM-clause entry for table", "what stands elsewhere in FROM is not looked up for the error"},
	{"function make_interval(bigint, bigint", "named arguments are told by their places once they have been placed"},
	{"sum is not an ordered-set aggregate", "says what is wrong, not that there is no such function"},
	{"operator does not exist: json = json", "a text has become the other side's type"},
	{"function trim(", "PostgreSQL's grammar calls btrim"},
}

// postgresTypes are PostgreSQL's names of types that have another one here.
var postgresTypes = regexp.MustCompile(`\b(integer|smallint|numeric|double precision|real|text|character varying|timestamp without time zone|timestamp with time zone|cidr)\b`)

// ourTypes writes PostgreSQL's names of types as ours.
func ourTypes(message string) string {
	return postgresTypes.ReplaceAllStringFunc(strings.ReplaceAll(message, "pg_catalog.", ""), func(name string) string {
		switch name {
		case "integer", "smallint":
			return "bigint"
		case "numeric", "double precision", "real":
			return "decimal"
		case "text", "character varying":
			return "varchar"
		case "cidr":
			return "inet"
		}
		return "timestamp"
	})
}

// sameWords compares the messages of two errors of one code; it gives "" when they agree, or need not.
func sameWords(ours, theirs error) string {
	e, ok := sqlerr.As(ours)
	var p *pgconn.PgError
	if !ok || !errors.As(theirs, &p) || e.Code != p.Code || !worded[e.Code] || e.Message == ourTypes(p.Message) {
		return ""
	}
	for _, x := range otherWords {
		if strings.HasPrefix(e.Message, x.ours) {
			return ""
		}
	}
	return "credsql says: " + e.Message + "; PostgreSQL: " + p.Message
}

// words asks both sides for a statement's error.
func (pg *postgres) words(s *Session, stmt string) string {
	_, ours := typedRows(s, stmt)
	if ours == nil {
		return ""
	}
	_, theirs := pg.answer(stmt)
	return sameWords(ours, theirs)
}
