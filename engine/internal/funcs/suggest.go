package funcs

import (
	"strings"

	"github.com/credsql/credsql/engine/sqlerr"
)

// Suggest finds the registered name nearest to a misspelt one; "" when none is near.
func (r *Registry) Suggest(name string) string {
	name = strings.ToLower(name)
	if s := otherName(name); s != "" {
		return s
	}
	names := make([]string, 0, len(r.Functions()))
	for _, f := range r.Functions() {
		names = append(names, f.Name)
	}
	return sqlerr.Nearest(name, names)
}

// otherName is what a function of another database is called here.
func otherName(name string) string {
	switch name {
	case "len", "length_utf8", "char_len":
		return "length"
	case "nvl", "isnull", "ifnull":
		return "coalesce"
	case "lcase", "tolower":
		return "lower"
	case "ucase", "toupper":
		return "upper"
	case "instr", "locate", "charindex":
		return "strpos"
	case "group_concat", "listagg":
		return "string_agg"
	case "sysdate", "getdate", "utc_timestamp":
		return "now"
	case "datediff", "date_diff":
		return "extract(epoch FROM a - b)"
	case "array_length", "array_size":
		return "cardinality"
	case "median":
		return "percentile_cont(0.5) WITHIN GROUP (ORDER BY …)"
	default:
		return ""
	}
}
