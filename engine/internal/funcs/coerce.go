package funcs

import "github.com/credsql/credsql/engine/column"

// category groups types as PostgreSQL's pg_type.typcategory does: resolution prefers to stay within one.
type category byte

const (
	catUnknown  category = 'X'
	catBool     category = 'B'
	catNumber   category = 'N'
	catString   category = 'S'
	catTime     category = 'D'
	catTimespan category = 'T'
	catNetwork  category = 'I'
	catArray    category = 'A'
	catUser     category = 'U'
)

func categoryOf(t column.Type) category {
	switch t.Kind {
	case column.KindBool:
		return catBool
	case column.KindInt64, column.KindFloat64:
		return catNumber
	case column.KindText:
		return catString
	case column.KindTimestamp:
		return catTime
	case column.KindInterval:
		return catTimespan
	case column.KindInet:
		return catNetwork
	case column.KindList:
		return catArray
	case column.KindUnknown:
		return catUnknown
	default:
		return catUser
	}
}

// preferred says whether t is the type that its category resolves to in doubt.
func preferred(t column.Type) bool {
	switch t.Kind {
	case column.KindBool, column.KindFloat64, column.KindText, column.KindTimestamp, column.KindInterval, column.KindInet:
		return true
	default:
		return false
	}
}

// implicit says whether a value of one type may stand where another is wanted without a cast being written: an untyped literal
// anywhere, BIGINT as DECIMAL, and arrays of such. Everything else is a type error, as in PostgreSQL.
func implicit(from, to column.Type) bool {
	switch {
	case from == to, from == column.Unknown:
		return true
	case from.IsList() && to.IsList():
		return implicit(from.ElemType(), to.ElemType())
	default:
		return from == column.Int64 && to == column.Float64
	}
}

// CommonType is the type that several values of one place take (UNION, CASE, COALESCE, VALUES, IN, ARRAY[…], greatest), by
// PostgreSQL's rules: untyped literals follow the others and are VARCHAR among themselves; ok is false when the types do not meet.
func (r *Registry) CommonType(types []column.Type) (column.Type, bool) { return commonType(types) }

func commonType(types []column.Type) (column.Type, bool) {
	best := column.Unknown
	for _, t := range types {
		switch {
		case t == column.Unknown:
		case best == column.Unknown:
			best = t
		case categoryOf(t) != categoryOf(best):
			return column.Unknown, false
		case !preferred(best) && implicit(best, t) && !implicit(t, best):
			best = t
		}
	}
	if best == column.Unknown {
		return column.Text, true
	}
	for _, t := range types {
		if !implicit(t, best) {
			return column.Unknown, false
		}
	}
	return best, true
}
