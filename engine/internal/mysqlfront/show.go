package mysqlfront

import (
	"slices"
	"strings"

	"github.com/dolthub/vitess/go/vt/sqlparser"

	"github.com/credsql/credsql/engine/sqlerr"
)

// emptyShows are the SHOW statements that have nothing to show here, by the words after SHOW, with their columns.
var emptyShows = map[string][]string{
	"engine":        {"Type", "Name", "Status"},
	"all slaves":    {"Connection_name", "Slave_SQL_State", "Slave_IO_State"},
	"binary log":    {"File", "Position", "Binlog_Do_DB", "Binlog_Ignore_DB", "Executed_Gtid_Set"},
	"errors":        {"Level", "Code", "Message"},
	"profiles":      {"Query_ID", "Duration", "Query"},
	"profile":       {"Status", "Duration"},
	"open tables":   {"Database", "Table", "In_use", "Name_locked"},
	"binary logs":   {"Log_name", "File_size", "Encrypted"},
	"master logs":   {"Log_name", "File_size", "Encrypted"},
	"master status": {"File", "Position", "Binlog_Do_DB", "Binlog_Ignore_DB", "Executed_Gtid_Set"},
	"slave status":  {"Slave_IO_State", "Master_Host"}, "replica status": {"Replica_IO_State", "Source_Host"},
	"slave hosts": {"Server_id", "Host", "Port", "Master_id"}, "replicas": {"Server_Id", "Host", "Port", "Source_Id", "Replica_UUID"},
	"events": {"Db", "Name", "Definer", "Time zone", "Type", "Execute at", "Interval value", "Interval field", "Starts", "Ends", "Status"},
	"triggers": {"Trigger", "Event", "Table", "Statement", "Timing", "Created", "sql_mode", "Definer", "character_set_client",
		"collation_connection", "Database Collation"},
	"function status": {"Db", "Name", "Type", "Definer", "Modified", "Created", "Security_type", "Comment", "character_set_client",
		"collation_connection", "Database Collation"},
	"procedure status": {"Db", "Name", "Type", "Definer", "Modified", "Created", "Security_type", "Comment", "character_set_client",
		"collation_connection", "Database Collation"},
}

// engineShows are the SHOW statements that go-mysql-server answers, by the words after SHOW without FULL, GLOBAL and such.
var engineShows = map[string]bool{
	"databases": true, "schemas": true, "tables": true, "columns": true, "fields": true, "index": true, "indexes": true, "keys": true,
	"create": true, "variables": true, "status": true, "warnings": true, "privileges": true, "engines": true, "plugins": true,
	"charset": true, "character": true, "collation": true, "processlist": true, "table": true,
}

// noise are the words after SHOW that ask for more detail, or say whose; those that the grammar does not take are dropped.
var noise = map[string]bool{"full": true, "extended": true, "global": true, "session": true, "local": true, "storage": true}

// show reads SHOW.
func (p *parser) show() *sqlerr.Error {
	i := 1
	for noise[p.at(i).lower()] && p.at(i).kind == kindWord {
		i++
	}
	subject := p.at(i)
	if subject.kind != kindWord {
		return p.unexpected(i)
	}
	if subject.isWord("count") && p.at(i+1).isSign("(") {
		return p.showCount(i)
	}
	for _, words := range []string{subject.lower() + " " + p.at(i+1).lower(), subject.lower()} {
		if columns, ok := emptyShows[words]; ok {
			p.out.Kind, p.out.Answer = KindAnswer, Answer{Columns: columns}
			return nil
		}
	}
	if subject.isWord("grants") {
		return p.showGrants(i + 1)
	}
	if !engineShows[subject.lower()] {
		return sqlerr.NotSupported("SHOW " + strings.ToUpper(subject.value)).At(subject.pos)
	}
	return p.engineShow(p.showTokens(i))
}

// showGrants reads SHOW GRANTS [FOR user], from token i on.
func (p *parser) showGrants(i int) *sqlerr.Error {
	p.out.Kind, p.out.Tree, p.out.SQL = KindShow, &sqlparser.ShowGrants{}, "SHOW GRANTS"
	if i == len(p.toks) {
		return nil
	}
	user := p.at(i + 1)
	if !p.at(i).isWord("for") || user.kind != kindWord && user.kind != kindName && user.kind != kindString {
		return p.unexpected(i)
	}
	i += 2
	switch next := p.at(i); {
	case user.isWord("current_user"):
		if next.isSign("(") && p.at(i+1).isSign(")") {
			i += 2
		}
	case next.kind == kindVariable: // @host
		i++
	case next.isSign("@"):
		i += 2
	}
	if !user.isWord("current_user") {
		p.out.Grantee = user.value
	}
	if i < len(p.toks) {
		return p.unexpected(i)
	}
	return nil
}

// showTokens keeps the words that the grammar takes before its subject: FULL for tables, columns and processes, GLOBAL and
// SESSION for variables and status.
func (p *parser) showTokens(i int) []token {
	toks := []token{p.toks[0]}
	for _, t := range p.toks[1:i] {
		subject := p.at(i)
		if t.isWord("full") && subject.isWord("tables", "columns", "fields", "processlist") ||
			t.isWord("global", "session") && subject.isWord("variables", "status") {
			toks = append(toks, t)
		}
	}
	return append(toks, p.toks[i:]...)
}

// engineShow gives a SHOW to go-mysql-server, if its filters hold nothing that is forbidden.
func (p *parser) engineShow(toks []token) *sqlerr.Error {
	if err := checkShow(toks); err != nil {
		return err
	}
	stmt, sql, err := parsePlain(p.text, toks)
	if err != nil {
		return err
	}
	switch s := stmt.(type) {
	case *sqlparser.Show:
		p.out.Database = showDatabase(s)
	case *sqlparser.ShowPrivileges:
	default:
		return p.unexpected(0)
	}
	p.out.Kind, p.out.Tree, p.out.SQL = KindShow, stmt, sql
	return nil
}

// checkShow holds the WHERE of a SHOW to what metadata queries may call. It has no queries of its own: they could be over our tables.
func checkShow(toks []token) *sqlerr.Error {
	where := slices.IndexFunc(toks, func(t token) bool { return t.isWord("where") })
	if where < 0 {
		return nil
	}
	for i := range toks[where:] {
		if t := &toks[where+i]; t.isWord("select") {
			return sqlerr.NotSupported("a query in SHOW").At(t.pos)
		}
	}
	return checkMetadata(toks[where:])
}

// showDatabase is the database that a SHOW names.
func showDatabase(s *sqlparser.Show) string {
	switch {
	case s.ShowTablesOpt != nil && s.ShowTablesOpt.DbName != "":
		return s.ShowTablesOpt.DbName
	case s.Database != "":
		return s.Database
	}
	return s.Table.DbQualifier.String()
}

// showCount answers SHOW COUNT(*) WARNINGS and ERRORS.
func (p *parser) showCount(i int) *sqlerr.Error {
	what := p.at(i + 4)
	if !p.at(i+2).isSign("*") || !p.at(i+3).isSign(")") || !what.isWord("warnings", "errors") {
		return p.unexpected(i + 2)
	}
	name := "@@session.warning_count"
	if what.isWord("errors") {
		name = "@@session.error_count"
	}
	p.out.Kind, p.out.Answer = KindAnswer, Answer{Columns: []string{name}, Rows: [][]string{{"0"}}}
	return nil
}

// describe reads DESCRIBE table [column | 'pattern'], which is SHOW COLUMNS.
func (p *parser) describe() *sqlerr.Error {
	made := func(k kind, value string) token {
		return token{kind: k, value: value, pos: p.at(0).pos, end: p.at(0).end}
	}
	toks := []token{made(kindWord, "show"), made(kindWord, "columns"), made(kindWord, "from")}
	i := 1
	for {
		t := p.at(i)
		if t.kind != kindWord && t.kind != kindName {
			return p.unexpected(i)
		}
		toks = append(toks, *t)
		i++
		if !p.at(i).isSign(".") {
			break
		}
		toks = append(toks, *p.at(i))
		i++
	}
	if t := p.at(i); t.kind == kindWord || t.kind == kindName || t.kind == kindString {
		toks = append(toks, made(kindWord, "like"), token{kind: kindString, value: t.value, pos: t.pos, end: t.end})
		i++
	}
	if i < len(p.toks) {
		return p.unexpected(i)
	}
	return p.engineShow(toks)
}
