package assist

import (
	"strings"

	"github.com/credsql/credsql/repl/lang"
	"github.com/credsql/credsql/repl/line"
)

// literal completes the string that begins at a place: the keys of tags after ->, the values of the column that it is compared with.
func (a *Assistant) literal(text string, start, pos int) line.Completion {
	c := line.Completion{Start: start, End: pos}
	rest := text[pos:]
	if strings.HasPrefix(rest, "'") { // the closing quote is there
		rest = rest[1:]
		c.End++
	}
	p := a.placeOf(text[:start]+"__"+rest, start, start+2)
	found := p.literals(p.i - 1)
	c.Note, c.Later = found.Note, found.Later
	var list []candidate
	for i, v := range found.Values {
		list = append(list, candidate{"'" + strings.ReplaceAll(v, "'", "''") + "'", "", i})
	}
	c.Items = match(list, text[start:pos])
	return c
}

// literals are the texts that could follow a token.
func (p *place) literals(before int) Found {
	switch {
	case p.isKeyword(before, "interval"):
		return Found{Values: []string{"1 day", "7 days", "30 days", "45 days", "90 days", "180 days", "1 year"}}
	case p.isSign(before, "->") || p.isSign(before, "?") || p.isSign(before, "@>"):
		table, column := p.columnBefore(before - 1)
		if column == nil || p.a.values == nil {
			return Found{}
		}
		return p.a.values.Keys(table.QualifiedName(), column.Name)
	}
	left := p.comparedWith(before)
	if left < 0 || p.a.values == nil {
		return Found{}
	}
	if p.at(left, lang.String) && p.isSign(left-1, "->") {
		table, column := p.columnBefore(left - 2)
		if column == nil {
			return Found{}
		}
		return p.a.values.Tagged(table.QualifiedName(), column.Name, unquoted(p.text[p.tokens[left].Start:p.tokens[left].End]))
	}
	if table, column := p.columnBefore(left); column != nil {
		return p.a.values.Column(table.QualifiedName(), column.Name)
	}
	return Found{}
}

// comparedWith is the last token of what a string is compared with; -1 if it is compared with nothing.
func (p *place) comparedWith(before int) int {
	if p.isSign(before, ",") || p.isSign(before, "(") { // IN ('a', …
		for before >= 0 && (p.isSign(before, ",") || p.at(before, lang.String)) {
			before--
		}
		if !p.isSign(before, "(") || !p.isKeyword(before-1, "in") {
			return -1
		}
		before--
	}
	switch {
	case p.isSign(before, "=") || p.isSign(before, "<>") || p.isSign(before, "!="):
		before--
	case p.isKeyword(before, "in", "like", "ilike"):
		if before--; p.isKeyword(before, "not") {
			before--
		}
	default:
		return -1
	}
	return before
}

// columnBefore is the column whose name ends at a token.
func (p *place) columnBefore(i int) (*Table, *Column) {
	if !p.isName(i) {
		return nil, nil
	}
	qualifier, name := "", p.word(i)
	if p.isSign(i-1, ".") {
		qualifier = p.word(i - 2)
	}
	if table, column := p.scope.column(qualifier, name); column != nil || p.scope.reads() {
		return table, column
	}
	for i := range p.a.catalog.Tables { // nothing is in scope yet
		if c := p.a.catalog.Tables[i].column(name); c != nil {
			return &p.a.catalog.Tables[i], c
		}
	}
	return nil, nil
}

func unquoted(literal string) string {
	return strings.ReplaceAll(strings.Trim(literal, "'"), "''", "'")
}
