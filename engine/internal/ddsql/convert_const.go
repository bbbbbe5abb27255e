package ddsql

import (
	"strconv"
	"strings"

	"github.com/multigres/multigres/go/common/parser/ast"

	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// refIndex is the index that a reference of digits stands for; -1 for a word.
func refIndex(ref string, n int) int {
	i, err := strconv.Atoi(ref)
	if err != nil || i < 0 || i >= n {
		return -1
	}
	return i
}

// constIndex finds the token behind a constant. The grammar negates the constants of BETWEEN's bounds in place.
func (c *converter) constIndex(n *ast.A_Const) (index int, negative bool) {
	switch v := n.Val.(type) {
	case *ast.Integer:
		i := v.IVal
		if i < 0 {
			i, negative = -i, true
		}
		index = i - firstInteger
	case *ast.Float:
		text, neg := strings.CutPrefix(v.FVal, "-")
		negative = neg
		text, _, _ = strings.Cut(text, ".")
		index = refIndex(text, len(c.toks))
	case *ast.String:
		index = refIndex(v.SVal, len(c.toks))
	default:
		return -1, false
	}
	if index < 0 || index >= len(c.toks) {
		return -1, negative
	}
	return index, negative
}

var literalKinds = map[kind]syntax.LiteralKind{
	kindString: syntax.StringLit, kindBits: syntax.BitLit, kindInt: syntax.IntLit, kindDecimal: syntax.DecimalLit,
}

// constant converts a literal. Literals do not count as nodes: lists of them may be long.
func (c *converter) constant(n *ast.A_Const) (syntax.Expr, span) {
	i, negative := c.constIndex(n)
	if i < 0 {
		c.unknown(n, -1)
		return placeholder, nowhere
	}
	c.used[i] = true
	t := &c.toks[i]
	kind, ok := literalKinds[t.kind]
	if !ok {
		c.unknown(n, i)
	}
	at := span{i, i}
	if digits, hex := strings.CutPrefix(t.value, "x"); c.mysql && hex && t.kind == kindBits {
		if e, ok := syntax.HexText(c.pos(i), digits); ok {
			return e, at
		}
	}
	var e syntax.Expr = &syntax.Literal{Pos: c.pos(i), Kind: kind, Text: t.value}
	if negative {
		at.first = before(i)
		e = &syntax.Op{Pos: c.pos(at.first), Sign: "-", Right: e}
	}
	return e, at
}

// typeCast converts CAST(x AS t), x::t and t 'text'.
func (c *converter) typeCast(n *ast.TypeCast) (syntax.Expr, span) {
	if k, ok := n.Arg.(*ast.A_Const); ok {
		if i, _ := c.constIndex(k); i > 0 && c.toks[i].kind == kindString && c.typePrecedes(n.TypeName, i) {
			return c.typedLiteral(n.TypeName, i)
		}
	}
	arg, at := c.expr(n.Arg)
	typ, end := c.typeName(n.TypeName)
	sign := c.after(at.last)
	if sign >= 0 && c.toks[sign].isPunct("::") {
		return &syntax.Cast{Pos: c.pos(sign), Arg: arg, Type: typ}, at.to(end)
	}
	open := before(at.first)
	at = span{before(open), c.close(open)}
	return &syntax.Cast{Pos: c.pos(at.first), Arg: arg, Type: typ}, at
}

// typePrecedes reports whether the type was written before the string at i.
func (c *converter) typePrecedes(t *ast.TypeName, i int) bool {
	if names := items(t.Names); len(names) > 0 {
		if at := refIndex(stringOf(names[0]), len(c.toks)); at >= 0 {
			return at < i
		}
	}
	return c.toks[i-1].isWord("interval") || c.toks[i-1].isPunct(")") && isIntervalPrecision(c.toks, i-1)
}

func (c *converter) typedLiteral(t *ast.TypeName, i int) (syntax.Expr, span) {
	typ, at := c.typeName(t)
	c.used[i] = true
	at = at.to(span{i, i})
	for at.last+1 < len(c.toks) && len(typ.Mods) > 0 && isField(c.toks, at.last+1) || c.isFieldTail(at.last+1, i) {
		at.last++
	}
	return &syntax.TypedLiteral{Pos: c.pos(at.first), Type: typ, Text: c.toks[i].value}, at
}

// isFieldTail recognises what may follow an interval's first field: TO, and the precision of seconds.
func (c *converter) isFieldTail(i, literal int) bool {
	t, prev := at(c.toks, i), at(c.toks, i-1)
	if i <= literal+1 || t.kind == kindEOF || t.asName {
		return false
	}
	switch {
	case t.isWord("to"):
		return intervalFields[prev.value]
	case t.isPunct("("):
		return prev.isWord("second") && !prev.asName
	case t.isPunct(")"), t.kind == kindInt:
		open := i - 1
		if t.isPunct(")") {
			open--
		}
		o, sec := at(c.toks, open), at(c.toks, open-1)
		return o.isPunct("(") && sec.isWord("second") && !sec.asName
	}
	return false
}

// typeName converts a type's name with its modifiers.
func (c *converter) typeName(t *ast.TypeName) (syntax.TypeName, span) {
	out := syntax.TypeName{Pos: -1}
	if t == nil {
		return out, nowhere
	}
	at := nowhere
	for k, n := range items(t.Names) {
		i := c.take(stringOf(n))
		at = at.to(span{i, i})
		if i < 0 {
			out.Name = stringOf(n)
			continue
		}
		tok := &c.toks[i]
		if tok.kind == kindWord && !tok.typeWords && (!tok.label || k == 0) && categoryOf(tok.value) == reserved {
			c.unexpected(i)
		}
		if k < len(t.Names.Items)-1 && tok.value != "pg_catalog" {
			c.fail(i, sqlerr.New(sqlerr.CodeUndefinedObject, "schema %s does not exist", quoted(tok.value)))
		}
		out.Name = tok.value
	}
	out.Pos = int(c.pos(at.first))
	if t.Setof || t.PctType {
		c.fail(at.first, sqlerr.NotSupported("this form of type"))
	}
	out.Array = len(items(t.ArrayBounds)) > 0
	for _, b := range items(t.ArrayBounds) {
		if i, ok := b.(*ast.Integer); ok && i.IVal >= firstInteger {
			c.markUsed(i.IVal - firstInteger)
		}
	}
	out.Mods = c.typeMods(t, &at)
	for at.last >= 0 && at.last+1 < len(c.toks) && (c.toks[at.last+1].isPunct("[") || c.opensMods(at.last, out)) {
		if c.close(at.last+1) < 0 {
			break
		}
		at.last = c.close(at.last + 1)
	}
	return out, at
}

func (c *converter) opensMods(i int, t syntax.TypeName) bool {
	return c.toks[i+1].isPunct("(") && len(t.Mods) > 0
}

func (c *converter) markUsed(i int) {
	if i >= 0 && i < len(c.used) {
		c.used[i] = true
	}
}

// intervalMasks are the bits by which the grammar writes an interval's fields.
var intervalMasks = []struct {
	bit  int
	name string
}{
	{ast.INTERVAL_MASK_YEAR, "year"}, {ast.INTERVAL_MASK_MONTH, "month"}, {ast.INTERVAL_MASK_DAY, "day"},
	{ast.INTERVAL_MASK_HOUR, "hour"}, {ast.INTERVAL_MASK_MINUTE, "minute"}, {ast.INTERVAL_MASK_SECOND, "second"},
}

// typeMods converts a type's modifiers: the numbers of varchar(20) and numeric(10, 2), the fields of INTERVAL DAY TO SECOND.
func (c *converter) typeMods(t *ast.TypeName, at *span) []string {
	var out []string
	for _, m := range items(t.Typmods) {
		switch m := m.(type) {
		case *ast.Integer:
			if i := m.IVal - firstInteger; i >= 0 && i < len(c.toks) {
				c.markUsed(i)
				out = append(out, c.toks[i].value)
			} else if m.IVal != ast.INTERVAL_FULL_RANGE {
				out = append(out, fieldNames(m.IVal))
			}
		default:
			e, _ := c.expr(m)
			l, ok := e.(*syntax.Literal)
			if !ok {
				c.fail(at.first, sqlerr.Syntax("type modifiers must be simple constants or identifiers"))
				return out
			}
			out = append(out, l.Text)
		}
	}
	return out
}

// fieldNames spells an interval's field mask: "day", "day to second".
func fieldNames(mask int) string {
	first, last := "", ""
	for _, m := range intervalMasks {
		if mask&m.bit != 0 {
			if first == "" {
				first = m.name
			}
			last = m.name
		}
	}
	if first == last {
		return first
	}
	return first + " to " + last
}
