package funcs

import "strings"

// Suggest finds the registered name nearest to a misspelt one; "" when none is near.
func (r *Registry) Suggest(name string) string {
	name = strings.ToLower(name)
	if s := otherName(name); s != "" {
		return s
	}
	best, least := "", max(1, min(3, len(name)/3))+1
	for _, f := range r.Functions() {
		if d := editDistance(name, f.Name); d < least {
			best, least = f.Name, d
		}
	}
	return best
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

// editDistance counts the single-byte changes between two names, a swap of neighbours being one.
func editDistance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
