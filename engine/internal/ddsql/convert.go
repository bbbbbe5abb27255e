package ddsql

import (
	"strconv"

	"github.com/multigres/multigres/go/common/parser/ast"

	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// converter turns the grammar's tree into ours. The first error is kept in err and ends the work early; the functions then
// give harmless placeholders, so that they need not pass it on.
type converter struct {
	text  string
	toks  []token
	match []int
	used  []bool
	mysql bool // see Options.MySQL
	guard *Guard
	err   *sqlerr.Error
}

// convert turns one query's tree into syntax.
func convert(text string, toks []token, stmt ast.Stmt, mysql bool, limits Limits) (*syntax.Query, *sqlerr.Error) {
	c := &converter{text: text, toks: toks, match: matchBrackets(toks), used: make([]bool, len(toks)), mysql: mysql, guard: NewGuard(limits)}
	sel, ok := stmt.(*ast.SelectStmt)
	if !ok {
		return nil, sqlerr.NotSupported("this statement").At(0)
	}
	q := c.query(sel)
	if c.err == nil {
		c.checkUsed()
	}
	return q, c.err
}

// checkUsed refuses a statement of which something came to nothing: the grammar, or we, lost it.
func (c *converter) checkUsed() {
	for i := range c.toks {
		if t := &c.toks[i]; t.referenced() && !c.used[i] && !t.made {
			c.fail(i, sqlerr.NotSupported("the use of "+quoted(sqlerr.Near(c.text, t.pos, t.end))+" here").
				WithHint("a query may have ORDER BY, LIMIT, OFFSET and WITH once each; put the inner query into FROM (…)"))
			return
		}
	}
}

// fail keeps the first error, at the token i.
func (c *converter) fail(i int, err *sqlerr.Error) {
	if c.err == nil {
		c.err = err.At(int(c.pos(i)))
	}
}

// unexpected fails with a syntax error at the token i.
func (c *converter) unexpected(i int) {
	if c.err == nil {
		c.err = unexpected(c.text, c.toks, i)
	}
}

// unknown refuses a node that no function here knows: never a guess.
func (c *converter) unknown(n ast.Node, i int) {
	what := "this construct"
	if n != nil {
		if name, ok := refused[n.NodeTag()]; ok {
			what = name
		}
	}
	if i < 0 {
		i = c.firstUnused()
	}
	c.fail(i, sqlerr.NotSupported(what))
}

// refused names the constructs that PostgreSQL's grammar knows and we do not answer.
var refused = map[ast.NodeTag]string{
	ast.T_XmlExpr: "XML", ast.T_XmlSerialize: "XML", ast.T_RangeTableFunc: "XMLTABLE",
	ast.T_JsonTable: "JSON_TABLE", ast.T_JsonFuncExpr: "this SQL/JSON function", ast.T_JsonParseExpr: "this SQL/JSON function",
	ast.T_JsonScalarExpr: "this SQL/JSON function", ast.T_JsonSerializeExpr: "this SQL/JSON function",
	ast.T_JsonObjectConstructor: "this SQL/JSON function", ast.T_JsonArrayConstructor: "this SQL/JSON function",
	ast.T_JsonArrayQueryConstructor: "this SQL/JSON function", ast.T_JsonObjectAgg: "this SQL/JSON function",
	ast.T_JsonArrayAgg: "this SQL/JSON function", ast.T_JsonIsPredicate: "IS JSON",
	ast.T_RangeTableSample: "TABLESAMPLE", ast.T_SetToDefault: "DEFAULT",
}

// firstUnused is the first token that no node has referred to yet: about where the conversion stands.
func (c *converter) firstUnused() int {
	for i := range c.toks {
		if c.toks[i].referenced() && !c.used[i] {
			return i
		}
	}
	return -1
}

// enter goes one level deeper and counts a node; it reports false, having failed, when a limit is passed.
func (c *converter) enter(i int) bool {
	if err := c.guard.Enter(-1); err != nil {
		c.fail(i, err)
	}
	return c.err == nil
}

func (c *converter) leave() { c.guard.Leave() }

// take finds the token that the grammar's text refers to and marks it as used; -1 for a word that was sent as itself.
func (c *converter) take(ref string) int {
	i, err := strconv.Atoi(ref)
	if err != nil || i < 0 || i >= len(c.toks) {
		return c.takeWord(ref)
	}
	c.used[i] = true
	return i
}

// takeWord finds a keyword that turned out to be a name, for its place: the first that no node has taken.
func (c *converter) takeWord(word string) int {
	for i := range c.toks {
		if t := &c.toks[i]; t.kind == kindWord && t.value == word && !t.asName && !c.used[i] {
			c.used[i] = true
			return i
		}
	}
	return -1
}

// ident is the name that the grammar's text refers to. A reserved word is none, unless a label stands there.
func (c *converter) ident(ref string) (syntax.Ident, int) {
	i := c.take(ref)
	if i < 0 {
		return syntax.Ident{Name: ref, Pos: -1}, -1
	}
	t := &c.toks[i]
	if t.typeWords || t.kind == kindWord && !t.label && t.value != "user" && categoryOf(t.value) == reserved {
		c.unexpected(i)
	}
	return syntax.Ident{Name: t.value, Quoted: t.kind == kindQuoted, Pos: t.pos}, i
}

// alias is an identifier that must be one: after AS, FROM's aliases refuse reserved words, labels do not.
func (c *converter) alias(ref string) (syntax.Ident, int) {
	id, i := c.ident(ref)
	if i >= 0 && c.toks[i].kind == kindWord && id.Name != "user" && categoryOf(id.Name) == reserved {
		c.unexpected(i)
	}
	return id, i
}

// idents are the names of a list.
func (c *converter) idents(list *ast.NodeList) []syntax.Ident {
	var out []syntax.Ident
	for _, n := range items(list) {
		id, _ := c.alias(stringOf(n))
		out = append(out, id)
	}
	return out
}

func items(list *ast.NodeList) []ast.Node {
	if list == nil {
		return nil
	}
	return list.Items
}

// stringOf is the text of a string node; "" for anything else.
func stringOf(n ast.Node) string {
	if s, ok := n.(*ast.String); ok {
		return s.SVal
	}
	return ""
}
