package mysqlfront

import (
	"strings"

	"github.com/dolthub/vitess/go/vt/sqlparser"

	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// Parsed is one statement. Kind says which of the fields are set.
type Parsed struct {
	Kind Kind
	// Text is the statement as it was given.
	Text string
	// Params is the number of ? marks.
	Params int
	// Statement is the query of KindQuery, as a *syntax.Query or *syntax.Explain.
	Statement syntax.Statement
	// Tree is for go-mysql-server to run: of KindShow, KindMetadata, KindSet and KindUse.
	Tree sqlparser.Statement
	// SQL is the text of Tree, with comments gone, strings written so that every sql_mode reads them alike.
	SQL string
	// Settings are what KindSet sets.
	Settings []Setting
	// Database is KindUse's, or the one that KindShow asks about ("" for the current one).
	Database string
	// Grantee is the user that SHOW GRANTS asks about; "" for the current one.
	Grantee string
	// Kill is KindKill's.
	Kill Kill
	// Answer is KindAnswer's.
	Answer Answer
}

// Kind is what a statement asks for, and so who answers it.
type Kind uint8

// The kinds of statements.
const (
	// KindQuery is a query over our tables.
	KindQuery Kind = iota
	// KindMetadata is a SELECT over information_schema and the like, variables or session functions, and nothing of ours.
	KindMetadata
	// KindShow is SHOW and DESCRIBE.
	KindShow
	// KindSet is SET of session and user variables.
	KindSet
	// KindUse is USE database.
	KindUse
	// KindNothing is what a read-only server may accept and forget: transactions, savepoints, locks, FLUSH, DO, and a
	// statement that is all comment.
	KindNothing
	// KindKill is KILL [QUERY | CONNECTION] id.
	KindKill
	// KindAnswer is a statement whose answer is always the same, such as CHECK TABLE and SHOW PROFILES.
	KindAnswer
)

// String names the kind for logs.
func (k Kind) String() string {
	return [...]string{"query", "metadata", "show", "set", "use", "nothing", "kill", "answer"}[k]
}

// Setting is one assignment of SET.
type Setting struct {
	// User marks @name, a user variable; otherwise it is a session variable.
	User bool
	// Name is in lower case, without @ or scope: "sql_mode", "names", "transaction".
	Name string
	// Value is a literal's text, when Literal is set; otherwise the expression has to be computed from Tree.
	Value   string
	Literal bool
	// Default is SET name = DEFAULT.
	Default bool
}

// Kill is KILL's target.
type Kill struct {
	Connection uint64
	// Query ends only the running statement.
	Query bool
}

// Answer is a result that is known without asking anybody.
type Answer struct {
	Columns []string
	Rows    [][]string
	// Null marks the columns whose values are NULL in every row.
	Null []bool
}

// Parse reads one statement. Its error is always an *sqlerr.Error with a place in the text.
func Parse(text string, opts Options) (Parsed, error) {
	toks, params, err := tokenize(text, opts)
	if err != nil {
		return Parsed{}, err
	}
	p := parser{text: text, toks: toks, opts: opts, out: Parsed{Text: text, Params: params}}
	if err := p.parse(); err != nil {
		return Parsed{}, err
	}
	return p.out, nil
}

// parser is one statement on its way.
type parser struct {
	text string
	toks []token
	opts Options
	out  Parsed
}

func (p *parser) at(i int) *token {
	if i < 0 || i >= len(p.toks) {
		return &token{pos: len(p.text), end: len(p.text)}
	}
	return &p.toks[i]
}

func (p *parser) unexpected(i int) *sqlerr.Error {
	t := p.at(i)
	return sqlerr.SyntaxNear(p.text, t.pos, max(t.end, t.pos+1))
}

// statements gives for each first word who reads the statement: the allow-list.
var statements = map[string]func(p *parser) *sqlerr.Error{
	"select": (*parser).query, "with": (*parser).query, "values": (*parser).query, "table": (*parser).query, "(": (*parser).query,
	"explain": (*parser).explain, "describe": (*parser).explain, "desc": (*parser).explain,
	"show": (*parser).show, "set": (*parser).set, "use": (*parser).use, "kill": (*parser).kill, "help": (*parser).help,
	"begin": (*parser).nothing, "start": (*parser).start, "commit": (*parser).nothing, "rollback": (*parser).nothing,
	"savepoint": (*parser).nothing, "release": (*parser).nothing, "unlock": (*parser).nothing, "flush": (*parser).flush,
	"lock": (*parser).lock, "do": (*parser).do,
	"analyze": (*parser).maintenance, "check": (*parser).maintenance, "checksum": (*parser).maintenance,
	"optimize": (*parser).maintenance, "repair": (*parser).maintenance,
}

// refused are the first words of what would change something, run text around the guard, or reach into the server.
var refused = map[string]string{
	"insert": "INSERT", "update": "UPDATE", "delete": "DELETE", "replace": "REPLACE", "truncate": "TRUNCATE", "create": "CREATE",
	"drop": "DROP", "alter": "ALTER", "rename": "RENAME", "grant": "GRANT", "revoke": "REVOKE", "load": "LOAD DATA",
	"import": "IMPORT", "install": "INSTALL", "uninstall": "UNINSTALL", "purge": "PURGE", "reset": "RESET", "change": "CHANGE",
	"handler": "HANDLER", "call": "CALL", "cache": "CACHE INDEX", "clone": "CLONE", "shutdown": "SHUTDOWN", "restart": "RESTART",
	"stop": "STOP", "xa": "XA", "binlog": "BINLOG",
}

// parse dispatches on the first word.
func (p *parser) parse() *sqlerr.Error {
	if len(p.toks) == 0 {
		p.out.Kind = KindNothing
		return nil
	}
	first := p.at(0)
	if first.kind == kindWord || first.isSign("(") {
		if read, ok := statements[first.lower()]; ok {
			return read(p)
		}
		if what, ok := refused[first.lower()]; ok {
			return readOnly(what).At(first.pos)
		}
		if first.isWord("prepare", "execute", "deallocate") {
			return sqlerr.NotSupported(strings.ToUpper(first.value)).At(first.pos).
				WithHint("use the protocol's prepared statements")
		}
	}
	return p.unexpected(0)
}

// readOnly refuses what would change something.
func readOnly(what string) *sqlerr.Error {
	return sqlerr.New(sqlerr.CodeReadOnly, "cannot execute %s in a read-only session", what).
		WithHint("credsql answers queries; it never changes anything")
}
