package mysqlfront

import (
	"strings"

	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// query reads a SELECT. One over the server's own schemas, variables and session functions goes to go-mysql-server with its
// tree; any other is lowered.
func (p *parser) query() *sqlerr.Error {
	scope := p.scope(0)
	if scope.system && scope.ours {
		return sqlerr.NotSupported("a query over both " + scope.schema + " and our tables").At(scope.pos)
	}
	if scope.system || !scope.ours && scope.session {
		return p.metadata(0)
	}
	q, err := p.lowered(0)
	if err != nil {
		return err
	}
	p.out.Kind, p.out.Statement = KindQuery, q
	return nil
}

// lowered parses and lowers the query that begins at a token.
func (p *parser) lowered(from int) (*syntax.Query, *sqlerr.Error) {
	toks := p.toks[from:]
	stmt, err := parseReferences(p.text, toks)
	if err != nil {
		return nil, err
	}
	return lowerQuery(p.text, toks, stmt, p.opts)
}

// scope is what a query reads.
type scope struct {
	// system: a table of a system schema; ours: any other table; session: variables or functions about the session.
	system, ours, session bool
	// schema and pos are of the first system table.
	schema string
	pos    int
}

// scope looks for tables behind FROM and JOIN and the commas between them, and for what asks about the session. It reads
// tokens, so that it may decide which of the two trees to make; what it takes for a table too many only keeps a query from
// go-mysql-server.
func (p *parser) scope(from int) scope {
	var out scope
	system := systemSchemas[strings.ToLower(p.opts.Database)]
	ctes := map[string]bool{}
	var inFrom []bool // whether a comma at each depth of parentheses separates tables
	depth := func() int { return len(inFrom) - 1 }
	inFrom = append(inFrom, false)
	for i := from; i < len(p.toks); i++ {
		t, next, after := p.at(i), p.at(i+1), p.at(i+2)
		switch {
		case t.isSign("("):
			inFrom = append(inFrom, p.isTablePlace(i-1, inFrom[depth()]))
		case t.isSign(")"):
			if depth() > 0 {
				inFrom = inFrom[:depth()]
			}
		case t.kind == kindVariable:
			out.session = true
		case t.kind == kindWord && sessionFunctions[t.lower()] && next.isSign("(") && after.isSign(")") && !p.at(i-1).isSign("."):
			out.session = true
		case t.isWord("current_user", "current_role") && !next.isSign("(") && !p.at(i-1).isSign("."):
			out.session = true
		case t.isWord("select", "where", "group", "having", "order", "limit", "on", "using", "window", "union", "intersect", "except"):
			inFrom[depth()] = false
		case t.isWord("from") && !p.inCall(i):
			inFrom[depth()] = true
		case (t.kind == kindWord || t.kind == kindName) && next.isWord("as") && after.isSign("("):
			ctes[t.lower()] = true
		}
		if name := p.at(i + 1); p.isTablePlace(i, inFrom[depth()]) && (name.kind == kindWord || name.kind == kindName) &&
			!name.isWord("select", "lateral", "dual", "values") {
			out.table(p, i+1, system, ctes)
		}
	}
	return out
}

// isTablePlace reports whether a table's name may follow the token at i.
func (p *parser) isTablePlace(i int, inFrom bool) bool {
	t := p.at(i)
	return inFrom && (t.isWord("from", "join", "straight_join") || t.isSign(",") || t.isSign("(")) || t.isWord("table") && i == 0
}

// inCall reports whether the FROM at i belongs to EXTRACT, TRIM or SUBSTRING.
func (p *parser) inCall(i int) bool {
	depth := 0
	for j := i - 1; j >= 0; j-- {
		switch t := p.at(j); {
		case t.isSign(")"):
			depth++
		case t.isSign("("):
			if depth == 0 {
				return p.at(j-1).isWord("extract", "trim", "substring", "substr", "mid")
			}
			depth--
		case depth == 0 && t.isWord("select"):
			return false
		}
	}
	return false
}

// table counts the table whose name begins at token i.
func (s *scope) table(p *parser, i int, system bool, ctes map[string]bool) {
	name := p.at(i)
	qualified := p.at(i + 1).isSign(".")
	switch {
	case qualified && systemSchemas[name.lower()], !qualified && system && !ctes[name.lower()]:
		if !s.system {
			s.schema, s.pos = name.lower(), name.pos
		}
		s.system = true
	case !qualified && ctes[name.lower()]:
	default:
		s.ours = true
	}
}

// explain reads EXPLAIN of a query, and DESCRIBE and EXPLAIN of a table.
func (p *parser) explain() *sqlerr.Error {
	i := 1
	out := &syntax.Explain{Format: "text"}
	if p.at(i).isWord("extended", "partitions") {
		i++
	}
	if p.at(i).isWord("analyze") {
		out.Analyze = true
		i++
	}
	if p.at(i).isWord("format") {
		if !p.at(i + 1).isSign("=") {
			return p.unexpected(i + 1)
		}
		if p.at(i + 2).isWord("json") {
			out.Format = "json"
		} else if !p.at(i+2).isWord("tree", "traditional") {
			return p.unexpected(i + 2)
		}
		i += 3
	}
	switch t := p.at(i); {
	case t.isSign("("), t.isWord("select", "with", "values", "table"):
		return p.explainQuery(out, i)
	case t.kind == kindWord && refused[t.lower()] != "":
		return readOnly("EXPLAIN " + refused[t.lower()]).At(t.pos)
	case i != 1:
		return p.unexpected(i)
	}
	return p.describe()
}

func (p *parser) explainQuery(out *syntax.Explain, i int) *sqlerr.Error {
	if s := p.scope(i); s.system || !s.ours && s.session {
		return sqlerr.NotSupported("EXPLAIN of a query over the server's own tables").At(p.at(i).pos)
	}
	q, err := p.lowered(i)
	if err != nil {
		return err
	}
	out.Query = q
	p.out.Kind, p.out.Statement = KindQuery, out
	return nil
}
