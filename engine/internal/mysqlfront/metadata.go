package mysqlfront

import (
	"github.com/dolthub/vitess/go/vt/sqlparser"

	"github.com/credsql/credsql/engine/sqlerr"
)

// metadata reads a query for go-mysql-server: over the server's own schemas or about the session. Its functions are an
// allow-list, because go-mysql-server's own would read files and hold locks.
func (p *parser) metadata(from int) *sqlerr.Error {
	toks := stripCollations(p.toks[from:])
	if err := checkMetadata(toks); err != nil {
		return err
	}
	stmt, sql, err := parsePlain(p.text, toks)
	if err != nil {
		return err
	}
	if _, ok := stmt.(sqlparser.SelectStatement); !ok {
		return p.unexpected(from)
	}
	p.out.Kind, p.out.Tree, p.out.SQL = KindMetadata, stmt, sql
	return nil
}

// stripCollations takes COLLATE name away from metadata queries: their columns compare without regard to case anyway, and
// go-mysql-server refuses collations of another character set.
func stripCollations(toks []token) []token {
	out := make([]token, 0, len(toks))
	for i := 0; i < len(toks); i++ {
		if next := at(toks, i+1); toks[i].isWord("collate") && next.kind == kindWord {
			i++
			continue
		}
		out = append(out, toks[i])
	}
	return out
}

// metadataFunctions are the functions of metadata queries.
var metadataFunctions = map[string]bool{
	"concat": true, "concat_ws": true, "if": true, "ifnull": true, "nullif": true, "coalesce": true, "isnull": true, "upper": true,
	"ucase": true, "lower": true, "lcase": true, "left": true, "right": true, "substring": true, "substr": true, "mid": true, "trim": true,
	"ltrim": true, "rtrim": true, "replace": true, "length": true, "char_length": true, "character_length": true, "locate": true,
	"instr": true, "position": true, "substring_index": true, "find_in_set": true, "field": true, "strcmp": true, "count": true,
	"sum": true, "min": true, "max": true, "avg": true, "group_concat": true, "greatest": true, "least": true, "abs": true, "round": true,
	"floor": true, "ceil": true, "ceiling": true, "truncate": true, "mod": true, "now": true, "current_timestamp": true,
	"current_date": true, "curdate": true, "utc_timestamp": true, "sysdate": true, "unix_timestamp": true, "from_unixtime": true,
	"timediff": true, "time_format": true, "date_format": true, "date": true, "datediff": true, "convert_tz": true, "json_extract": true,
	"json_unquote": true, "json_valid": true, "any_value": true, "quote": true, "hex": true, "database": true, "schema": true,
	"version": true, "user": true, "current_user": true, "session_user": true, "system_user": true, "current_role": true,
	"connection_id": true, "found_rows": true, "row_count": true, "last_insert_id": true,
}

// metadataWords are the words that a parenthesis may follow without being a call.
var metadataWords = map[string]bool{
	"select": true, "in": true, "and": true, "or": true, "xor": true, "not": true, "exists": true, "any": true, "all": true, "some": true,
	"as": true, "on": true, "using": true, "from": true, "join": true, "where": true, "having": true, "by": true, "distinct": true,
	"union": true, "intersect": true, "except": true, "when": true, "then": true, "else": true, "case": true, "between": true, "like": true,
	"is": true, "div": true, "limit": true, "offset": true, "values": true, "row": true, "cast": true, "convert": true, "char": true,
	"decimal": true, "binary": true, "interval": true, "over": true, "regexp": true, "rlike": true, "escape": true, "set": true,
	"default": true,
}

// maxMetadataOperators bounds how deep go-mysql-server's tree can get: its analysis takes quadratic time in it. The longest
// metadata query that we know of has about 60.
const maxMetadataOperators = 300

// checkMetadata finds what go-mysql-server must not see, by tokens: its tree's walker does not reach every clause. No function
// that is not listed, no INTO, no locks, no assignment to variables.
func checkMetadata(toks []token) *sqlerr.Error {
	operators := 0
	for i := range toks {
		t, prev, next := &toks[i], at(toks, i-1), at(toks, i+1)
		named := t.kind == kindName || t.kind == kindWord
		if t.kind == kindOp || t.isWord("and", "or", "xor", "not", "div", "mod") {
			operators++
		}
		switch {
		case operators > maxMetadataOperators:
			return sqlerr.New(sqlerr.CodeTooComplex, "statement is too complex: more than %d operators", maxMetadataOperators).At(t.pos)
		case t.isSign(":="):
			return sqlerr.NotSupported("assignment in a query").At(t.pos)
		case !named || prev.isSign("."):
			if named && next.isSign("(") {
				return sqlerr.New(sqlerr.CodeInsufficient, "function %s is not allowed", t.lower()).At(t.pos)
			}
		case next.isSign("(") && !metadataFunctions[t.lower()] && !(metadataWords[t.lower()] && t.kind == kindWord):
			return sqlerr.New(sqlerr.CodeInsufficient, "function %s is not allowed", t.lower()).At(t.pos)
		case t.isWord("into"):
			return readOnly("SELECT INTO").At(t.pos)
		case t.isWord("for") && next.isWord("update", "share"), t.isWord("lock") && next.isWord("in"):
			return readOnly("SELECT FOR UPDATE").At(t.pos)
		}
	}
	return nil
}
