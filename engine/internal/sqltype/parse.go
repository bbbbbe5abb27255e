package sqltype

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// Parse reads a value of type t from text, with PostgreSQL 15's input rules and error texts: what a quoted literal, a cast from
// VARCHAR and a bound parameter go through. Text is never NULL here.
func Parse(text string, t column.Type) (column.Value, error) {
	switch t.Kind {
	case column.KindBool:
		return boxed(ParseBool(text))
	case column.KindInt64:
		return boxed(ParseInt(text))
	case column.KindFloat64:
		return boxed(ParseFloat(text))
	case column.KindText:
		return text, nil
	case column.KindTimestamp:
		return boxed(ParseTimestamp(text))
	case column.KindInterval:
		return boxed(ParseInterval(text))
	case column.KindJSON:
		return boxed(ParseJSON(text))
	case column.KindInet:
		return boxed(ParseInet(text))
	case column.KindHStore:
		return boxed(ParseHStore(text))
	case column.KindList:
		return boxed(ParseList(text, t.ElemType()))
	default:
		return nil, sqlerr.New(sqlerr.CodeCannotCoerce, "cannot read a value of type %s from text", t)
	}
}

// boxed keeps a failed parse from becoming a non-nil value.
func boxed[T any](x T, err error) (column.Value, error) {
	if err != nil {
		return nil, err
	}
	return x, nil
}

// invalidText is PostgreSQL's error for text that is no value of a type.
func invalidText(typeName, text string) *sqlerr.Error {
	return sqlerr.New(sqlerr.CodeInvalidText, "invalid input syntax for type %s: \"%s\"", typeName, text)
}
