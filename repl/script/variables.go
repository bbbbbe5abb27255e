package script

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/credsql/credsql/repl/lang"
)

// Variables are named texts that statements refer to: :name as it is, :'name' as a string, :"name" as a quoted name.
type Variables struct{ values map[string]string }

// Set gives a variable its value. A name is of letters, digits and underscores.
func (v *Variables) Set(name, value string) error {
	if !isVariable(name) {
		return fmt.Errorf("%q is no name for a variable: letters, digits and _ are", name)
	}
	if v.values == nil {
		v.values = map[string]string{}
	}
	v.values[name] = value
	return nil
}

// Unset forgets a variable, and says whether there was one.
func (v *Variables) Unset(name string) bool {
	_, had := v.values[name]
	delete(v.values, name)
	return had
}

// Get is a variable's value.
func (v *Variables) Get(name string) (string, bool) {
	value, ok := v.values[name]
	return value, ok
}

// Names are the variables' names, sorted.
func (v *Variables) Names() []string { return slices.Sorted(maps.Keys(v.values)) }

// Clone is a copy.
func (v *Variables) Clone() Variables { return Variables{maps.Clone(v.values)} }

func isVariable(name string) bool {
	for _, r := range name {
		if r != '_' && (r < '0' || r > '9') && (r|0x20 < 'a' || r|0x20 > 'z') {
			return false
		}
	}
	return name != ""
}

// Expand puts the values of variables into a statement. As in psql, a reference to one that is not set stays as it is, and none is
// seen inside a string, a quoted name or a comment.
func (v *Variables) Expand(sql string, lex lang.Lexer) string {
	if len(v.values) == 0 || !strings.Contains(sql, ":") {
		return sql
	}
	tokens, _ := lex(sql)
	var b strings.Builder
	from := 0
	for i := 0; i+1 < len(tokens); i++ {
		colon, ref := tokens[i], tokens[i+1]
		if sql[colon.Start:colon.End] != ":" || colon.Kind != lang.Punct || ref.Start != colon.End {
			continue
		}
		if text, ok := v.reference(ref.Kind, sql[ref.Start:ref.End]); ok {
			b.WriteString(sql[from:colon.Start])
			b.WriteString(text)
			from = ref.End
		}
	}
	b.WriteString(sql[from:])
	return b.String()
}

// reference is what a token after a colon stands for.
func (v *Variables) reference(kind lang.Kind, token string) (string, bool) {
	quote := ""
	switch kind {
	case lang.String:
		quote = "'"
	case lang.Name:
		quote = `"`
	case lang.Word, lang.Keyword, lang.Number:
	default:
		return "", false
	}
	value, ok := v.values[strings.TrimSuffix(strings.TrimPrefix(token, quote), quote)]
	if !ok || !strings.HasPrefix(token, quote) {
		return "", false
	}
	if quote == "" {
		return value, true
	}
	return quote + strings.ReplaceAll(value, quote, quote+quote) + quote, true
}

// Missing names the variable that a place in a statement refers to and that is not set; "" if it is something else.
func (v *Variables) Missing(sql string, offset int) string {
	if offset < 0 || offset >= len(sql) || sql[offset] != ':' {
		return ""
	}
	rest := strings.TrimLeft(sql[offset+1:], `'"`)
	n := 0
	for n < len(rest) && isVariable(rest[n:n+1]) {
		n++
	}
	name := rest[:n]
	if _, set := v.values[name]; set || name == "" {
		return ""
	}
	return name
}
