package assist

import (
	"strings"

	"github.com/credsql/credsql/repl/lang"
	"github.com/credsql/credsql/repl/line"
)

// place is where a statement is to be completed.
type place struct {
	*analysis
	pos   int    // of the cursor
	start int    // of what was typed there
	typed string // that
	i     int    // the first token at or after start
	scope *scope
	part  string // the clause
}

// Complete says what could stand at a place in a statement.
func (a *Assistant) Complete(text string, pos int) line.Completion {
	all, open := a.lex(text[:pos])
	c := line.Completion{Start: pos, End: pos}
	if n := len(all); n > 0 && all[n-1].End == pos {
		last := all[n-1]
		switch {
		case last.Kind == lang.Comment:
			return c
		case last.Kind == lang.String && open != "":
			return a.literal(text, last.Start, pos)
		case last.Kind == lang.Word || last.Kind == lang.Keyword || last.Kind == lang.Name && open != "":
			c.Start = last.Start
		case last.Kind == lang.String || last.Kind == lang.Name || last.Kind == lang.Number:
			return c
		}
	}
	if open == "/*" {
		return c
	}
	p := a.placeOf(text, c.Start, pos)
	candidates := p.candidates()
	for i := range candidates {
		candidates[i].text = p.cased(candidates[i].text)
	}
	c.Items = match(candidates, p.typed)
	return c
}

// placeOf understands a text around a place. What stands there is taken for a name, so that the text around it keeps its shape.
func (a *Assistant) placeOf(text string, start, pos int) *place {
	filled := text[:start] + "__" + text[pos:]
	p := &place{analysis: a.analyse(filled), pos: pos, start: start, typed: text[start:pos]}
	for p.i < len(p.tokens) && p.tokens[p.i].Start < start {
		p.i++
	}
	if p.i < len(p.scopes) {
		p.scope, p.part = p.scopes[p.i], p.parts[p.i]
	}
	if p.scope == nil {
		p.scope = &scope{}
	}
	return p
}

// cased makes a keyword small if what was typed is.
func (p *place) cased(text string) string {
	first := strings.TrimLeft(p.typed, `"`)
	if first != "" && first[0] >= 'a' && first[0] <= 'z' && strings.ToUpper(text) == text {
		return strings.ToLower(text)
	}
	return text
}

// candidates are what could stand there, by what stands before.
func (p *place) candidates() []candidate {
	before := p.i - 1
	switch {
	case p.isSign(before, "."):
		return p.qualified()
	case p.isSign(before, "::"):
		return p.types()
	case before < 0 || p.isSign(before, ";"):
		return words("SELECT", "WITH", "EXPLAIN", "EXPLAIN ANALYZE", "VALUES", "TABLE", "SHOW", "SET", "RESET")
	case p.isKeyword(before, "set", "show", "reset"):
		return p.settings()
	case p.roles[before] == roleFrom || p.isKeyword(before, "join", "table") || p.part == "from" && p.isSign(before, ","):
		return p.tables()
	case p.isKeyword(before, "as"):
		return p.afterAs()
	case p.isKeyword(before, "explain", "analyze"):
		return words("SELECT", "WITH", "VALUES", "ANALYZE")
	case p.isKeyword(before, "group", "order", "partition"):
		return words("BY")
	case p.afterOperand(before):
		return p.following()
	case p.part == "from":
		return append(p.tables(), p.following()...)
	}
	return p.operands()
}

// afterOperand says whether an operand has ended, so that an operator, a keyword or an alias comes.
func (p *place) afterOperand(before int) bool {
	return p.endsOperand(before) && !p.isSign(before, ",") && !p.isSign(before, "(") || p.isStar(before)
}

// isStar says whether a token is the * that stands for all columns.
func (p *place) isStar(i int) bool {
	return p.isSign(i, "*") && (p.isKeyword(i-1, "select", "distinct", "all") || p.isSign(i-1, ",") || p.isSign(i-1, "."))
}

func (p *place) afterAs() []candidate {
	for i := p.i - 2; i >= 0 && !p.isSign(i, ";"); i-- { // CAST(x AS …
		if p.isKeyword(i, "cast") && p.isSign(i+1, "(") && p.roles[p.i] != roleNone {
			return p.types()
		}
		if p.isKeyword(i, "select", "from", "where") {
			break
		}
	}
	return nil
}

// tables are those of the catalogue and of WITH, and the functions that stand in FROM.
func (p *place) tables() []candidate {
	var out []candidate
	for s := p.scope; s != nil; s = s.outer {
		for name := range s.ctes {
			out = append(out, candidate{quoted(name), "from WITH", 0})
		}
	}
	for i := range p.a.catalog.Tables {
		t := &p.a.catalog.Tables[i]
		out = append(out, candidate{t.QualifiedName(), t.Doc, 1})
	}
	for i := range p.a.catalog.Functions {
		if f := &p.a.catalog.Functions[i]; f.Table && p.typed != "" {
			out = append(out, candidate{f.Name + "(", f.Signature, 2})
		}
	}
	return append(out, candidate{"LATERAL", "", 3})
}

// qualified are the columns of an alias, or the tables of a schema.
func (p *place) qualified() []candidate {
	qualifier := p.word(p.i - 2)
	var out []candidate
	if src := p.scope.find(qualifier); src != nil {
		return append(out, src.candidates(0)...)
	}
	for i := range p.a.catalog.Tables {
		if t := &p.a.catalog.Tables[i]; t.Schema == qualifier {
			out = append(out, candidate{t.Name, t.Doc, 0})
		}
	}
	return out
}

// candidates are a source's columns.
func (src *source) candidates(rank int) []candidate {
	var out []candidate
	for _, name := range src.columns {
		note := "column of " + src.alias
		if c := src.table.column(name); c != nil {
			note = c.Type + "  " + c.Doc
		}
		out = append(out, candidate{quoted(name), note, rank})
	}
	return out
}

// operands are columns, functions and the keywords that begin an operand.
func (p *place) operands() []candidate {
	var out []candidate
	rank := 0
	for s := p.scope; s != nil; s = s.outer {
		for _, src := range s.sources {
			out = append(out, src.candidates(rank)...)
			if src.alias != "" && (len(s.sources) > 1 || p.typed != "") {
				out = append(out, candidate{quoted(src.alias) + ".", "alias", rank + 1})
			}
		}
		if p.isKeyword(p.i-1, "by") || p.part == "order" {
			for _, label := range s.labels {
				out = append(out, candidate{quoted(label), "from the select list", rank})
			}
		}
		rank += 2
	}
	if len(out) == 0 { // nothing is in scope yet: the main table's columns are the best guess
		out = p.guesses(rank)
	}
	for i := range p.a.catalog.Functions {
		if f := &p.a.catalog.Functions[i]; p.typed != "" {
			out = append(out, candidate{f.Name + "(", f.Signature, rank + 1})
		}
	}
	for i, w := range operandWords {
		out = append(out, candidate{w, "", rank + 2 + i})
	}
	return out
}

// guesses are the columns of all tables, the first before the others.
func (p *place) guesses(rank int) []candidate {
	var out []candidate
	for i := range p.a.catalog.Tables {
		t := &p.a.catalog.Tables[i]
		for _, c := range t.Columns {
			out = append(out, candidate{quoted(c.Name), c.Type + "  of " + t.QualifiedName(), rank})
		}
	}
	return out
}

var operandWords = []string{"DISTINCT", "NOT", "CASE WHEN", "CAST(", "EXISTS (", "NULL", "TRUE", "FALSE", "INTERVAL '", "EXTRACT(", "ARRAY[", "SELECT", "WITH",
	"ALL", "WHEN", "ANY (", "CURRENT_TIMESTAMP", "CURRENT_DATE", "BETWEEN", "ROWS BETWEEN", "PARTITION BY", "ORDER BY", "TIMESTAMP '"}

// following is what can come after an operand, by clause.
func (p *place) following() []candidate {
	operators := []string{"AND", "OR", "IS NULL", "IS NOT NULL", "IN (", "NOT IN (", "LIKE '", "NOT LIKE '", "ILIKE '", "BETWEEN", "IS DISTINCT FROM"}
	var list []string
	switch p.part {
	case "select":
		list = append([]string{"FROM", "AS", "OVER (", "FILTER (WHERE ", "WITHIN GROUP (ORDER BY "}, operators...)
	case "from":
		list = []string{"WHERE", "JOIN", "LEFT JOIN", "ON", "USING (", "GROUP BY", "ORDER BY", "LIMIT", "CROSS JOIN", "FULL JOIN", "RIGHT JOIN", "INNER JOIN",
			"AS", "UNION", "UNION ALL", "INTERSECT", "EXCEPT", "HAVING", "WINDOW"}
	case "on", "where", "having":
		list = append(operators, "GROUP BY", "ORDER BY", "LIMIT", "HAVING", "UNION", "UNION ALL", "EXCEPT", "INTERSECT", "JOIN", "LEFT JOIN", "WHERE")
	case "group":
		list = []string{"HAVING", "ORDER BY", "LIMIT", "UNION", "UNION ALL"}
	case "order":
		list = []string{"DESC", "ASC", "NULLS FIRST", "NULLS LAST", "LIMIT", "OFFSET"}
	case "limit":
		list = []string{"OFFSET"}
	default:
		list = operators
	}
	list = append(list, "THEN", "ELSE", "WHEN", "END")
	return words(list...)
}

func (p *place) types() []candidate {
	return words(p.a.catalog.Types...)
}

func (p *place) settings() []candidate {
	return words(append([]string{"ALL"}, p.a.catalog.Settings...)...)
}

func words(list ...string) []candidate {
	out := make([]candidate, len(list))
	for i, w := range list {
		out[i] = candidate{w, "", i}
	}
	return out
}

// quoted is a name as it must be written: with quotes if it is not a plain one.
func quoted(name string) string {
	for i, r := range name {
		if r != '_' && (r < 'a' || r > 'z') && (i == 0 || r < '0' || r > '9') {
			return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
		}
	}
	return name
}
