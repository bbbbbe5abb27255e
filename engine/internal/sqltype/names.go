package sqltype

import (
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/sqlerr"
)

// FromName finds a type by its name as written in a cast, a typed literal or a column definition, in any case: DDSQL's own names
// and those that PostgreSQL users type. Every integer type is BIGINT and every fractional one DECIMAL, a 64-bit double. A name or
// a modifier whose meaning cannot be kept is refused with SQLSTATE 0A000, an unknown name with 42704.
func FromName(name string, mods []string, array bool) (column.Type, error) {
	canonical := strings.ToLower(strings.Join(strings.Fields(name), " "))
	canonical = strings.TrimPrefix(canonical, "pg_catalog.")
	t, err := scalarByName(canonical)
	if err != nil {
		return column.Unknown, err
	}
	if err := checkMods(canonical, t, mods); err != nil {
		return column.Unknown, err
	}
	if array {
		return column.ListOf(t), nil
	}
	return t, nil
}

func scalarByName(name string) (column.Type, error) {
	switch name {
	case "bigint", "int8", "int", "integer", "int4", "smallint", "int2", "int64":
		return column.Int64, nil
	case "decimal", "dec", "numeric", "double", "double precision", "float", "float8", "real", "float4", "float64":
		return column.Float64, nil
	case "varchar", "text", "string", "character varying", "char varying":
		return column.Text, nil
	case "boolean", "bool":
		return column.Bool, nil
	case "timestamp", "timestamptz", "timestamp with time zone", "timestamp without time zone":
		return column.TimestampT, nil
	case "interval":
		return column.IntervalT, nil
	case "json":
		return column.JSON, nil
	case "inet":
		return column.InetT, nil
	case "hstore", "hstore_csv":
		return column.HStoreT, nil
	}
	return column.Unknown, unknownType(name)
}

// unknownType is the error for a name that is no type here. Names that PostgreSQL has get a hint at what to use instead.
func unknownType(name string) error {
	hint := ""
	switch name {
	case "date":
		hint = "Use TIMESTAMP; date_trunc('day', t) is the start of the day."
	case "time", "timetz", "time with time zone", "time without time zone":
		hint = "Use TIMESTAMP, or to_char(t, 'HH24:MI:SS') for the time of day as text."
	case "jsonb":
		hint = "Use JSON."
	case "char", "character", "bpchar", "nchar":
		hint = "Use VARCHAR; there is no blank-padded text."
	case "cidr":
		hint = "Use INET; network(address) sets the host bits to zero."
	default:
		return sqlerr.New(sqlerr.CodeUndefinedObject, "type \"%s\" does not exist", name).
			WithHint("Types are BIGINT, BOOLEAN, DECIMAL, HSTORE, INET, INTERVAL, JSON, TIMESTAMP, VARCHAR and arrays of them.")
	}
	return sqlerr.NotSupported("type " + name).WithHint(hint)
}

// checkMods admits the modifiers that change nothing: a length would cut text and a scale would round, and neither is kept by a
// type here.
func checkMods(name string, t column.Type, mods []string) error {
	if len(mods) == 0 {
		return nil
	}
	if t == column.TimestampT && len(mods) == 1 && strings.TrimSpace(mods[0]) == "6" {
		return nil
	}
	err := sqlerr.NotSupported("type modifier " + name + "(" + strings.Join(mods, ",") + ")")
	switch t {
	case column.Text:
		return err.WithHint("Use VARCHAR, with left(text, n) to cut it.")
	case column.Float64:
		return err.WithHint("Use DECIMAL, a 64-bit floating-point number, with round(n, digits) to round it.")
	case column.TimestampT:
		return err.WithHint("Use TIMESTAMP, with date_trunc(unit, t) to cut it.")
	default:
		return err
	}
}
