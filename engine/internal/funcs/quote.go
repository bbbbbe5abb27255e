package funcs

import (
	"strings"

	"github.com/credsql/credsql/engine/column"
)

func quoting(s section) []*Function {
	nullable := quotedAny()
	nullable.NullCalled = true
	return []*Function{
		s.beyond("quote_literal", "The text as a quoted literal of SQL.", shows("SELECT quote_literal('O''Reilly')", "'O''Reilly'"),
			pure1("text", quoteLiteral), quotedAny()),
		s.beyond("quote_nullable", "The text as a quoted literal of SQL, and NULL as the word NULL.",
			shows("SELECT quote_nullable(NULL)", "NULL"), nullable),
		s.beyond("quote_ident", "The text as a name in SQL, quoted where it has to be.",
			shows(`SELECT quote_ident('Foo bar')`, `"Foo bar"`, "SELECT quote_ident('user_name')", "user_name"), pure1("text", quoteIdent)),
		s.beyond("format", "Text from a pattern: %s is the next argument, %I it as a name, %L it as a literal, %% a percent sign; "+
			"%2$s takes the second argument, %-10s fills up to a width. A NULL is empty, as %L the word NULL.",
			shows("SELECT format('%s has %s keys', 'alice', 2)", "alice has 2 keys", "SELECT format('%2$s:%1$L', 'a', 'b')", "b:'a'"), formatOverload()),
	}
}

// quotedAny quotes the text form of a value of any type.
func quotedAny() *Overload {
	o := safe(overload("value", column.Text, column.Unknown))
	o.Params[0].Any = Any
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) {
		if args[0] == nil {
			return "NULL", nil
		}
		return quoteLiteral(string(appendCast(nil, args[0]))), nil
	}
	return o
}

// quoteLiteral writes a text with backslashes as E'…', as PostgreSQL does, so that it means the same whatever
// standard_conforming_strings says.
func quoteLiteral(text string) string {
	quoted := "'" + strings.ReplaceAll(text, "'", "''") + "'"
	if strings.Contains(text, `\`) {
		return "E" + strings.ReplaceAll(quoted, `\`, `\\`)
	}
	return quoted
}

func quoteIdent(text string) string {
	if plainName(text) && !keyword(text) {
		return text
	}
	return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
}

func plainName(text string) bool {
	for i := range len(text) {
		c := text[i]
		if c >= 'a' && c <= 'z' || c == '_' || i > 0 && c >= '0' && c <= '9' {
			continue
		}
		return false
	}
	return text != ""
}

// keyword says whether a name is one of PostgreSQL 15's keywords that cannot stand for any name unquoted.
func keyword(text string) bool {
	return strings.Contains(keywords, " "+text+" ")
}

const keywords = " all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast" +
	" char character check coalesce collate collation column concurrently constraint create cross current_catalog current_date" +
	" current_role current_schema current_time current_timestamp current_user dec decimal default deferrable desc distinct do else" +
	" end except exists extract false fetch float for foreign freeze from full grant greatest group grouping having ilike in" +
	" initially inner inout int integer intersect interval into is isnull join lateral leading least left like limit localtime" +
	" localtimestamp national natural nchar none normalize not notnull null nullif numeric offset on only or order out outer" +
	" overlaps overlay placing position precision primary real references returning right row select session_user setof similar" +
	" smallint some substring symmetric table tablesample then time timestamp to trailing treat trim true union unique user using" +
	" values varchar variadic verbose when where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces" +
	" xmlparse xmlpi xmlroot xmlserialize xmltable "
