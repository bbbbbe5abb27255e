package assist

import (
	"strings"

	"github.com/credsql/credsql/repl/lang"
)

// ctes reads WITH name (columns) AS (query), … and gives the place after them.
func (n *analysis) ctes(i int, s *scope, depth int) int {
	if n.isKeyword(i, "recursive") {
		n.mark(i, s)
		i++
	}
	for n.isName(i) {
		name := n.word(i)
		cte := &source{alias: name}
		s.ctes[name] = cte // a recursive one sees itself
		n.mark(i, s)
		n.roles[i] = roleLabel
		i++
		var named []string
		if n.isSign(i, "(") {
			i, named = n.names(i, s)
		}
		for n.isKeyword(i, "as", "not", "materialized") {
			n.mark(i, s)
			i++
		}
		if !n.isSign(i, "(") || depth >= maxDepth {
			return i
		}
		n.mark(i, s)
		end, first := n.group(i+1, s, depth+1)
		cte.columns, cte.known = first.gives()
		if named != nil {
			cte.columns, cte.known = named, true
		}
		n.mark(end, s)
		if i = end + 1; !n.isSign(i, ",") {
			break
		}
		n.mark(i, s)
		i++
	}
	return i
}

// names reads (a, b, c).
func (n *analysis) names(i int, s *scope) (end int, list []string) {
	for ; i < len(n.tokens); i++ {
		n.mark(i, s)
		if n.isSign(i, ")") {
			return i + 1, list
		}
		if n.isName(i) {
			n.roles[i] = roleLabel
			list = append(list, n.word(i))
		}
	}
	return i, list
}

// from reads the items of FROM.
func (n *analysis) from(i int, s *scope, depth int) int {
	s.clause = "from"
	expect := true // a table could stand here
	for i < len(n.tokens) {
		n.mark(i, s)
		switch {
		case n.isSign(i, ")") || n.isSign(i, ";") || n.isKeyword(i, "where", "group", "having", "window", "order", "limit", "offset", "fetch",
			"union", "intersect", "except"):
			return i
		case n.isSign(i, ","), n.isKeyword(i, "join"):
			expect = true
			i++
		case n.isKeyword(i, "on"):
			s.clause = "on"
			i = n.condition(i+1, s, depth)
			s.clause = "from"
		case n.isKeyword(i, "using") && n.isSign(i+1, "("):
			i = n.nested(i+1, s, depth)
		case expect && n.isName(i):
			i = n.tableItem(i, s, depth)
			expect = false
		case expect && n.isSign(i, "("):
			i = n.derived(i, s, depth)
			expect = false
		case n.isSign(i, "("):
			i = n.nested(i, s, depth)
		default:
			i++
		}
	}
	return i
}

// condition reads what follows ON.
func (n *analysis) condition(i int, s *scope, depth int) int {
	for i < len(n.tokens) {
		n.mark(i, s)
		switch {
		case n.isSign(i, ")"), n.isSign(i, ";"), n.isSign(i, ","), n.isKeyword(i, "join", "left", "right", "inner", "cross", "full", "natural", "where",
			"group", "having", "window", "order", "limit", "offset", "fetch", "union", "intersect", "except", "on"):
			return i
		case n.isSign(i, "(") || n.isSign(i, "["):
			i = n.nested(i, s, depth)
		default:
			i = n.element(i, s)
		}
	}
	return i
}

// tableItem reads a table's name or a function call, with its alias.
func (n *analysis) tableItem(i int, s *scope, depth int) int {
	name := n.word(i)
	n.roles[i] = roleTable
	for i++; n.isSign(i, "."); {
		n.mark(i, s)
		i++
		if i >= len(n.tokens) || n.tokens[i].Kind == lang.String {
			return i
		}
		name += "." + n.word(i)
		n.mark(i, s)
		n.roles[i] = roleTable
		i++
	}
	src := n.named(name, s)
	if n.isSign(i, "(") {
		n.roles[i-1] = roleCall
		src = &source{alias: name}
		i = n.nested(i, s, depth)
	}
	s.sources = append(s.sources, src)
	return n.alias(i, s, src)
}

// named finds what a name in FROM stands for.
func (n *analysis) named(name string, s *scope) *source {
	for at := s; at != nil; at = at.outer {
		if cte := at.ctes[name]; cte != nil {
			return &source{alias: name, columns: cte.columns, known: cte.known}
		}
	}
	src := &source{alias: name[strings.LastIndexByte(name, '.')+1:]}
	if t := n.a.tables[name]; t != nil {
		src.table, src.known = t, true
		for _, c := range t.Columns {
			src.columns = append(src.columns, c.Name)
		}
	}
	return src
}

// derived reads a subquery in FROM, or a join in parentheses.
func (n *analysis) derived(i int, s *scope, depth int) int {
	if depth >= maxDepth {
		s.doubt = true
		return i + 1
	}
	src := &source{}
	var end int
	if n.isKeyword(i+1, "select", "with", "values") || n.isSign(i+1, "(") {
		var first *scope
		end, first = n.group(i+1, s, depth+1)
		src.columns, src.known = first.gives()
		s.sources = append(s.sources, src)
	} else {
		end = n.from(i+1, s, depth+1)
		s.clause = "from"
	}
	n.mark(end, s)
	return n.alias(end+1, s, src)
}

// alias reads AS name (columns) after an item of FROM.
func (n *analysis) alias(i int, s *scope, src *source) int {
	if n.isKeyword(i, "with") && n.isKeyword(i+1, "ordinality") {
		n.mark(i, s)
		n.mark(i+1, s)
		i += 2
	}
	if n.isKeyword(i, "as") {
		n.mark(i, s)
		i++
	}
	if !n.isName(i) {
		return i
	}
	src.alias = n.word(i)
	n.mark(i, s)
	n.roles[i] = roleLabel
	if i++; n.isSign(i, "(") {
		i, src.columns = n.names(i, s)
		src.known = true
	}
	return i
}

// gives are the names of the columns of a query's result, and whether they are all.
func (s *scope) gives() (names []string, all bool) {
	names = append(names, s.outputs...)
	if !s.all {
		return names, s.selects && !s.doubt
	}
	all = true
	for _, src := range s.sources {
		names = append(names, src.columns...)
		all = all && src.known
	}
	return names, all && s.selects && !s.doubt
}
