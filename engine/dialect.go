package engine

import (
	"strings"

	"github.com/credsql/credsql/engine/internal/ddsql"
	"github.com/credsql/credsql/engine/internal/mysqlfront"
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// request is one statement as it was read.
type request struct {
	// statement is a query, EXPLAIN, SET or SHOW in either grammar; nil for what only a MySQL client asks.
	statement syntax.Statement
	// client is that: SHOW, DESCRIBE, SET and SELECT of server variables, information_schema.
	client *mysqlfront.Parsed
	sleep  *sleepCall
	// start is where the statement begins in its text, and params how many parameters it has.
	start, params int
	// mysql says that MySQL's grammar read it.
	mysql bool
}

// read parses one statement: by DDSQL's grammar, or by MySQL's when the text has its marks or only it can read it. Both give trees of the same
// meaning. The setting dialect forces one grammar.
func (s *Session) read(text string, placeholders bool) (request, error) {
	if call := s.readSleep(text); call != nil {
		return request{sleep: call}, nil
	}
	switch s.get(settingDialect) {
	case "ddsql":
		return s.readDDSQL(text, placeholders)
	case "mysql":
		return s.readMySQL(text)
	}
	if mysqlfront.Wants(text, s.mysqlOptions()) {
		r, err := s.readMySQL(text)
		if other, otherErr := s.readDDSQL(text, placeholders); otherErr == nil && (isSyntax(err) || err != nil && showsSetting(other)) {
			return other, nil
		}
		return r, err // MySQL's error, since the text has MySQL's marks
	}
	r, err := s.readDDSQL(text, placeholders)
	if !isSyntax(err) {
		return r, err
	}
	other, otherErr := s.readMySQL(text)
	if refusal, ok := sqlerr.As(otherErr); otherErr == nil || ok && refusal.Code == sqlerr.CodeReadOnly {
		return other, otherErr // it is MySQL's, though it be refused
	}
	return r, err
}

// showsSetting says whether a statement is SHOW of one setting, which MySQL does not have.
func showsSetting(r request) bool {
	_, ok := r.statement.(*syntax.Show)
	return ok
}

func isSyntax(err error) bool {
	e, ok := sqlerr.As(err)
	return ok && e.Code == sqlerr.CodeSyntax
}

// reread gives a MySQL client's statement MySQL's reading when DDSQL's grammar took it but does not have a name in it: DATE(x), CAST(x AS SIGNED),
// FROM DUAL. err is what DDSQL said. A statement that has a meaning in DDSQL never comes here.
func (s *Session) reread(text string, r request, err error) (request, bool) {
	if !s.client.MySQL || s.get(settingDialect) != "auto" || r.mysql || !isUnknownName(err) && !isMySQLsWay(text, err) {
		return request{}, false
	}
	other, otherErr := s.readMySQL(text)
	return other, otherErr == nil
}

func isUnknownName(err error) bool {
	e, ok := sqlerr.As(err)
	if !ok {
		return false
	}
	switch e.Code {
	case sqlerr.CodeUndefinedFunction:
		return strings.HasPrefix(e.Message, "function ") // an operator that does not exist is a type mismatch
	case sqlerr.CodeUndefinedTable:
		return strings.Contains(e.Message, `"dual"`)
	case sqlerr.CodeUndefinedObject, sqlerr.CodeNotSupported:
		return strings.HasPrefix(e.Message, "type ")
	}
	return false
}

// isMySQLsWay says whether DDSQL has refused what MySQL's clients write: mfa_active = 0, HAVING an alias, COLLATE utf8mb4_bin. A text with double quotes is not read again: who wrote names in them would get strings.
func isMySQLsWay(text string, err error) bool {
	e, ok := sqlerr.As(err)
	if !ok || strings.Contains(text, `"`) {
		return false
	}
	switch e.Code {
	case sqlerr.CodeUndefinedFunction:
		return strings.HasPrefix(e.Message, "operator does not exist: ") && strings.Contains(e.Message, "boolean") && strings.Contains(e.Message, "bigint")
	case sqlerr.CodeUndefinedColumn:
		return strings.Contains(strings.ToLower(text), "having")
	case sqlerr.CodeUndefinedObject:
		return strings.HasPrefix(e.Message, "collation ")
	}
	return false
}

func (s *Session) readDDSQL(text string, placeholders bool) (request, error) {
	return s.engine.parses.read(text, ddsql.Options{Placeholders: placeholders, MySQL: s.client.MySQL})
}

func (s *Session) readMySQL(text string) (request, error) {
	p, err := mysqlfront.Parse(text, s.mysqlOptions())
	if err != nil {
		return request{}, err
	}
	r := request{statement: p.Statement, params: p.Params, mysql: true}
	if p.Kind != mysqlfront.KindQuery {
		r.client = &p
	}
	return r, nil
}

// mysqlOptions: a double-quoted text is a name in DDSQL and a string in MySQL, so it is refused where nobody said which.
func (s *Session) mysqlOptions() mysqlfront.Options {
	auto := s.get(settingDialect) == "auto"
	return mysqlfront.Options{RefuseDoubleQuotes: auto && !s.client.MySQL, AnsiQuotes: s.client.ansiQuotes, Variables: s.client.MySQL, Database: s.Database()}
}

// defaultSchema is where a table without a schema is looked for by MySQL clients.
const defaultSchema = "aws"
