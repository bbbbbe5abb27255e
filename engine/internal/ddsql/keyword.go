package ddsql

import "github.com/multigres/multigres/go/common/parser"

// category is a keyword's class in PostgreSQL's grammar.
type category uint8

const (
	notKeyword   category = iota
	unreserved            // a name anywhere
	columnName            // a name, but not of a function
	functionName          // a name of functions and types only
	reserved              // never a name without quotes
)

func categoryOf(word string) category {
	k := parser.LookupKeyword(word)
	switch {
	case k == nil:
		return notKeyword
	case k.Category == parser.UnreservedKeyword:
		return unreserved
	case k.Category == parser.ColNameKeyword:
		return columnName
	case k.Category == parser.TypeFuncNameKeyword:
		return functionName
	}
	return reserved
}

// valueWords are the keywords that are values or calls by themselves.
var valueWords = map[string]bool{
	"true": true, "false": true, "null": true,
	"current_date": true, "current_time": true, "current_timestamp": true, "localtime": true, "localtimestamp": true,
	"current_user": true, "session_user": true, "current_role": true, "current_catalog": true, "current_schema": true,
}

// typeKeywords are the keywords that name types; as such, and as a column's name, they are plain names to us.
var typeKeywords = map[string]bool{
	"bigint": true, "int": true, "integer": true, "smallint": true, "real": true, "float": true, "decimal": true,
	"dec": true, "numeric": true, "boolean": true, "varchar": true, "char": true, "character": true, "nchar": true,
	"timestamp": true, "time": true, "interval": true, "json": true, "bit": true,
}

// laterKeywords are keywords of newer grammars that are plain names in PostgreSQL 15.
var laterKeywords = map[string]bool{
	"json_array": true, "json_arrayagg": true, "json_exists": true, "json_object": true, "json_objectagg": true, "json_query": true,
	"json_scalar": true, "json_serialize": true, "json_table": true, "json_value": true, "merge_action": true,
}

// callKeywords are the keywords with a call's form; rewriting has made their special forms plain calls.
var callKeywords = map[string]bool{
	"coalesce": true, "greatest": true, "least": true, "nullif": true, "grouping": true, "extract": true,
	"substring": true, "position": true, "trim": true, "overlay": true, "normalize": true,
}

// intervalFields are the words of INTERVAL '1' DAY TO SECOND.
var intervalFields = map[string]bool{
	"year": true, "month": true, "day": true, "hour": true, "minute": true, "second": true,
}

// nonOperandWords are the keywords, beside the reserved ones, after which an operand is expected.
var nonOperandWords = map[string]bool{
	"between": true, "by": true, "escape": true, "zone": true, "like": true, "ilike": true, "is": true, "rows": true,
	"range": true, "groups": true, "first": true, "next": true, "interval": true, "timestamp": true, "values": true,
	"bigint": true, "decimal": true, "double": true, "boolean": true, "varchar": true, "inet": true, "json": true,
	"integer": true, "int": true, "numeric": true, "placing": true, "leading": true, "trailing": true, "both": true,
	"explain": true, "row": true,
}

// endsOperand reports whether an operand may end with the token, so that an operator, not an operand, comes next.
func endsOperand(t *token) bool {
	switch t.kind {
	case kindQuoted, kindString, kindBits, kindInt, kindDecimal, kindParam:
		return true
	case kindPunct:
		return t.value == ")" || t.value == "]"
	case kindWord:
		if t.label || t.value == "user" || t.value == "end" || valueWords[t.value] {
			return true
		}
		return categoryOf(t.value) != reserved && !nonOperandWords[t.value]
	}
	return false
}
