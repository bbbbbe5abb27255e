package assist

import (
	"slices"
	"strings"

	"github.com/credsql/credsql/repl/lang"
)

// source is one thing of a FROM clause.
type source struct {
	alias   string
	table   *Table // nil: not a table of the catalogue
	columns []string
	// known is set if columns are all that it has.
	known bool
}

// scope is one SELECT: what stands between set operators, inside one pair of parentheses.
type scope struct {
	outer   *scope
	sources []*source
	ctes    map[string]*source
	labels  []string // the names that its select list gives with AS
	outputs []string // the names of all columns that its select list gives
	item    string   // the name of the item of the select list that is being read; empty: it has none yet
	inside  int      // parentheses that are open in it
	odd     bool     // the item has an operator, so a name in it is not its name
	all     bool     // its select list has a *
	selects bool
	from    bool
	clause  string // the keyword whose part is read: select, from, where, group, order …
	doubt   bool   // something was not understood, so nothing can be called unknown
}

// role is what a token is, as far as it is not simply part of an expression.
type role uint8

const (
	roleNone  role = iota
	roleTable      // in FROM
	roleLabel      // a name that is given here: an alias, a CTE
	roleCall       // before a parenthesis
	roleQualifier
	roleQualified
	roleType
	roleFrom // the FROM that begins a clause
)

// analysis is a text, understood as far as it can be.
type analysis struct {
	a      *Assistant
	text   string
	tokens []lang.Token // without comments
	scopes []*scope     // by token
	roles  []role       // by token
	parts  []string     // the clause that a token stands in
}

// mark notes a token's scope, and the clause of it that is read.
func (n *analysis) mark(i int, s *scope) {
	if i < len(n.tokens) {
		n.scopes[i], n.parts[i] = s, s.clause
	}
}

// word is a token's text in lower case, if it is a word; quoted names keep their case.
func (n *analysis) word(i int) string {
	if i < 0 || i >= len(n.tokens) {
		return ""
	}
	t := n.tokens[i]
	switch t.Kind {
	case lang.Word, lang.Keyword:
		return strings.ToLower(n.text[t.Start:t.End])
	case lang.Name:
		return strings.Trim(n.text[t.Start:t.End], "\"`")
	case lang.String, lang.Comment:
		return ""
	}
	return n.text[t.Start:t.End]
}

// isKeyword says whether a token is one of these keywords.
func (n *analysis) isKeyword(i int, words ...string) bool {
	return i >= 0 && i < len(n.tokens) && n.tokens[i].Kind == lang.Keyword && slices.Contains(words, n.word(i))
}

func (n *analysis) isName(i int) bool {
	return i >= 0 && i < len(n.tokens) && (n.tokens[i].Kind == lang.Word || n.tokens[i].Kind == lang.Name)
}

func (n *analysis) isSign(i int, sign string) bool {
	return i >= 0 && i < len(n.tokens) && n.tokens[i].Kind != lang.String && n.text[n.tokens[i].Start:n.tokens[i].End] == sign
}

// analyse reads a text.
func (a *Assistant) analyse(text string) *analysis {
	all, _ := a.lex(text)
	n := &analysis{a: a, text: text}
	for _, t := range all {
		if t.Kind != lang.Comment {
			n.tokens = append(n.tokens, t)
		}
	}
	n.scopes, n.roles, n.parts = make([]*scope, len(n.tokens)), make([]role, len(n.tokens)), make([]string, len(n.tokens))
	for i := 0; i < len(n.tokens); {
		i, _ = n.group(i, nil, 0)
		for i < len(n.tokens) && (n.isSign(i, ")") || n.isSign(i, "]") || n.isSign(i, ";")) { // what ends a group
			n.scopes[i] = &scope{}
			i++
		}
	}
	return n
}

// maxDepth bounds how deep parentheses are followed; below, nothing is known.
const maxDepth = 100

// group reads from a token to the closing parenthesis, the semicolon or the end, and gives the place of that and the group's first scope.
func (n *analysis) group(i int, outer *scope, depth int) (end int, first *scope) {
	s := &scope{outer: outer, ctes: map[string]*source{}}
	first = s
	for i < len(n.tokens) {
		n.mark(i, s)
		switch {
		case n.isSign(i, ")") || n.isSign(i, "]") || n.isSign(i, ";") && depth == 0:
			s.endItem()
			return i, first
		case n.isSign(i, "(") || n.isSign(i, "["):
			i = n.nested(i, s, depth)
		case n.isKeyword(i, "union", "intersect", "except"):
			s.endItem()
			s = &scope{outer: outer, ctes: s.ctes}
			n.mark(i, s)
			i++
		case n.isKeyword(i, "with") && s.clause == "" && !n.isKeyword(i+1, "ordinality"):
			i = n.ctes(i+1, s, depth)
		case n.isKeyword(i, "select"):
			s.selects, s.clause = true, "select"
			i++
		case n.isKeyword(i, "from") && s.selects && !n.isKeyword(i-1, "distinct"):
			s.from = true
			n.roles[i] = roleFrom
			s.endItem()
			i = n.from(i+1, s, depth)
		case n.isKeyword(i, clauses...):
			s.endItem()
			s.clause = n.word(i)
			i++
		default:
			i = n.element(i, s)
		}
	}
	s.endItem()
	return i, first
}

// endItem ends an item of the select list.
func (s *scope) endItem() {
	if s.clause == "select" && s.item != "" {
		s.outputs = append(s.outputs, s.item)
	}
	s.item, s.odd = "", false
}

var clauses = []string{"where", "group", "having", "window", "order", "limit", "offset", "fetch", "values", "table", "on", "using"}

// nested reads what is in parentheses, which may be a query or a part of an expression; that one has the same scope.
func (n *analysis) nested(i int, s *scope, depth int) int {
	if depth >= maxDepth {
		s.doubt = true
		return i + 1
	}
	var end int
	if n.isKeyword(i+1, "select", "with", "values") || n.isSign(i+1, "(") && n.isKeyword(i+2, "select", "with") {
		end, _ = n.group(i+1, s, depth+1)
	} else {
		s.inside++
		end = n.expression(i+1, s, depth+1)
		s.inside--
	}
	n.mark(end, s)
	return end + 1
}

// expression reads a parenthesised part of an expression: to its closing parenthesis.
func (n *analysis) expression(i int, s *scope, depth int) int {
	for i < len(n.tokens) {
		n.mark(i, s)
		switch {
		case n.isSign(i, ")") || n.isSign(i, "]"):
			return i
		case n.isSign(i, "(") || n.isSign(i, "["):
			i = n.nested(i, s, depth)
		default:
			i = n.element(i, s)
		}
	}
	return i
}

// element reads one token of an expression, or a dotted name, and notes what the select list gives.
func (n *analysis) element(i int, s *scope) int {
	n.mark(i, s)
	switch {
	case n.isKeyword(i, "as") && (n.isName(i+1) || n.at(i+1, lang.Keyword)):
		n.mark(i+1, s)
		n.roles[i+1] = roleLabel
		if n.a.words[n.word(i+1)] { // CAST(x AS bigint)
			n.roles[i+1] = roleType
		}
		n.label(i+1, s)
		return i + 2
	case n.isSign(i, "::"):
		if i+1 < len(n.tokens) {
			n.mark(i+1, s)
			n.roles[i+1] = roleType
		}
		return i + 2
	case n.isSign(i, "*") && s.clause == "select":
		s.all = true
	case n.isName(i) && n.isKeyword(i-1, "over"):
		n.roles[i] = roleLabel
	case n.isName(i) && n.isSign(i+1, "."):
		return n.dotted(i, s)
	case (n.isName(i) || n.at(i, lang.Keyword)) && n.isSign(i+1, "("):
		if n.isName(i) {
			n.roles[i] = roleCall
		}
		n.output(i, s)
	case n.isName(i) && n.endsOperand(i-1) && s.clause == "select":
		n.roles[i] = roleLabel // SELECT a b
		n.label(i, s)
	case n.isName(i):
		n.output(i, s)
	case n.isSign(i, ",") && s.inside == 0:
		s.endItem()
	case n.at(i, lang.Operator) && s.inside == 0:
		s.item, s.odd = "", true
	}
	return i + 1
}

func (n *analysis) at(i int, kind lang.Kind) bool {
	return i >= 0 && i < len(n.tokens) && n.tokens[i].Kind == kind
}

// dotted reads a.b or a.b.c.
func (n *analysis) dotted(i int, s *scope) int {
	for n.isSign(i+1, ".") {
		n.roles[i] = roleQualifier
		n.mark(i, s)
		n.mark(i+1, s)
		if i += 2; i >= len(n.tokens) {
			return i
		}
		n.mark(i, s)
		if n.isSign(i, "*") {
			s.all = true
		}
	}
	n.roles[i] = roleQualified
	n.output(i, s)
	return i + 1
}

// output notes that an element may be the name of a column of the result.
func (n *analysis) output(i int, s *scope) {
	if s.inside == 0 && !s.odd {
		s.item = n.word(i)
	}
}

// label notes the name that an item of the select list is given.
func (n *analysis) label(i int, s *scope) {
	if s.inside == 0 && s.clause == "select" {
		s.item, s.odd = n.word(i), true
		s.labels = append(s.labels, s.item)
	}
}

// endsOperand says whether a token can end an operand, so that a name after it is an alias.
func (n *analysis) endsOperand(i int) bool {
	if i < 0 {
		return false
	}
	switch n.tokens[i].Kind {
	case lang.Word, lang.Name, lang.String, lang.Number, lang.Param:
		return true
	case lang.Keyword:
		return n.isKeyword(i, "end", "null", "true", "false", "current_date", "current_timestamp")
	}
	return n.isSign(i, ")") || n.isSign(i, "]")
}
