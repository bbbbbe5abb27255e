package column

// Kind says how the values of a column are held in memory.
type Kind uint8

// The kinds of DDSQL's types. KindUnknown is the type of a bare NULL and of a quoted literal before its context gives it one.
const (
	KindUnknown Kind = iota
	KindBool
	KindInt64     // BIGINT
	KindFloat64   // DECIMAL: a 64-bit double, as the DDSQL reference says
	KindText      // VARCHAR
	KindTimestamp // microseconds since 1970-01-01 UTC
	KindInterval
	KindJSON
	KindInet
	KindHStore
	KindList // an array; Type.Elem says of what
)

// Type is the SQL type of a column or an expression. Types compare with ==.
type Type struct {
	Kind Kind
	Elem Kind // of a KindList; KindUnknown otherwise
}

// The scalar types, for use at call sites.
var (
	Unknown    = Type{Kind: KindUnknown}
	Bool       = Type{Kind: KindBool}
	Int64      = Type{Kind: KindInt64}
	Float64    = Type{Kind: KindFloat64}
	Text       = Type{Kind: KindText}
	TimestampT = Type{Kind: KindTimestamp}
	IntervalT  = Type{Kind: KindInterval}
	JSON       = Type{Kind: KindJSON}
	InetT      = Type{Kind: KindInet}
	HStoreT    = Type{Kind: KindHStore}
)

// ListOf is the type of an array whose elements are of type elem. Arrays of arrays do not exist in DDSQL.
func ListOf(elem Type) Type { return Type{Kind: KindList, Elem: elem.Kind} }

// ElemType is the type of the elements of an array type.
func (t Type) ElemType() Type { return Type{Kind: t.Elem} }

// IsList says whether t is an array type.
func (t Type) IsList() bool { return t.Kind == KindList }

// IsNumeric says whether t is BIGINT or DECIMAL.
func (t Type) IsNumeric() bool { return t.Kind == KindInt64 || t.Kind == KindFloat64 }

// String is the type's name as DDSQL spells it, in lower case: "bigint", "varchar[]".
func (t Type) String() string {
	if t.Kind == KindList {
		return t.Elem.String() + "[]"
	}
	return t.Kind.String()
}

// String is the name of the scalar type of that kind.
func (k Kind) String() string {
	switch k {
	case KindBool:
		return "boolean"
	case KindInt64:
		return "bigint"
	case KindFloat64:
		return "decimal"
	case KindText:
		return "varchar"
	case KindTimestamp:
		return "timestamp"
	case KindInterval:
		return "interval"
	case KindJSON:
		return "json"
	case KindInet:
		return "inet"
	case KindHStore:
		return "hstore"
	case KindList:
		return "array"
	default:
		return "unknown"
	}
}
