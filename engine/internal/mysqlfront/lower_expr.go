package mysqlfront

import (
	"strconv"
	"strings"

	"github.com/dolthub/vitess/go/vt/sqlparser"

	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// expr lowers an expression and tells which token it begins with, -1 when that is not known.
func (l *lowerer) expr(n sqlparser.Expr) (syntax.Expr, int) {
	if v, ok := n.(*sqlparser.SQLVal); ok {
		return l.value(v)
	}
	if !l.enter(-1) {
		return placeholder, -1
	}
	defer l.leave()
	switch n := n.(type) {
	case *sqlparser.ParenExpr:
		e, at := l.expr(n.Expr)
		return e, before(at)
	case *sqlparser.ColName:
		return l.column(n)
	case *sqlparser.NullVal:
		i := l.take("null")
		return &syntax.Literal{Pos: l.pos(i), Kind: syntax.NullLit}, i
	case sqlparser.BoolVal:
		i := l.take(strconv.FormatBool(bool(n)))
		return &syntax.Literal{Pos: l.pos(i), Kind: syntax.BoolLit, Text: strconv.FormatBool(bool(n))}, i
	case *sqlparser.BinaryExpr:
		return l.binary(n)
	case *sqlparser.UnaryExpr:
		return l.unary(n)
	case *sqlparser.Subquery:
		q := l.query(n.Select)
		return &syntax.Subquery{Pos: syntax.Pos(q.Pos), Query: q}, -1
	case sqlparser.ValTuple:
		es, at := l.exprs(sqlparser.Exprs(n))
		return &syntax.Row{Pos: l.pos(before(at)), Items: es}, before(at)
	case *sqlparser.CaseExpr:
		return l.caseExpr(n)
	case *sqlparser.CollateExpr:
		return l.collate(n)
	}
	if e, at, ok := l.condition(n); ok {
		return e, at
	}
	return l.callLike(n)
}

// exprs lowers a list and tells where its first begins.
func (l *lowerer) exprs(list sqlparser.Exprs) ([]syntax.Expr, int) {
	var out []syntax.Expr
	first := -1
	for i, n := range list {
		e, at := l.expr(n)
		if l.err != nil {
			break
		}
		out = append(out, e)
		if i == 0 {
			first = at
		}
	}
	return out, first
}

// value lowers a constant or a parameter. Constants do not count as nodes: lists of them may be long.
func (l *lowerer) value(v *sqlparser.SQLVal) (syntax.Expr, int) {
	i := l.valueIndex(v)
	if i < 0 {
		l.unknown(-1)
		return placeholder, -1
	}
	l.used[i] = true
	e := l.constant(i)
	if v.Type == sqlparser.IntVal && v.Val[0] == '-' {
		// The grammar has joined a minus sign and its number.
		i = before(i)
		e = &syntax.Op{Pos: l.pos(i), Sign: "-", Right: e}
	}
	return e, i
}

func (l *lowerer) constant(i int) syntax.Expr {
	t := &l.toks[i]
	switch t.kind {
	case kindParam:
		return &syntax.Param{Pos: l.pos(i), N: t.param}
	case kindInt:
		return &syntax.Literal{Pos: l.pos(i), Kind: syntax.IntLit, Text: t.value}
	case kindDecimal:
		return &syntax.Literal{Pos: l.pos(i), Kind: syntax.DecimalLit, Text: t.value}
	case kindBits:
		if digits := strings.TrimSuffix(strings.TrimPrefix(strings.ToLower(t.value), "x'"), "'"); len(digits) == len(t.value)-3 {
			if e, ok := syntax.HexText(l.pos(i), digits); ok {
				return e
			}
		}
		l.refuse(i, "a binary or hexadecimal literal")
	}
	if t.double && l.opts.RefuseDoubleQuotes {
		l.fail(i, sqlerr.New(sqlerr.CodeSyntax, `"%s" is a string in MySQL and a name in DDSQL`, t.value).
			WithHint("write strings in single quotes and names in backticks, or choose a dialect"))
	}
	return &syntax.Literal{Pos: l.pos(i), Kind: syntax.StringLit, Text: t.value}
}

// valueIndex finds the token behind a constant.
func (l *lowerer) valueIndex(v *sqlparser.SQLVal) int {
	text := strings.TrimLeft(string(v.Val), ":v-")
	text, _, _ = strings.Cut(text, ".")
	i, err := strconv.Atoi(text)
	if v.Type == sqlparser.IntVal {
		i -= firstInteger
	}
	if err != nil || i < 0 || i >= len(l.toks) {
		return -1
	}
	return i
}

func (l *lowerer) column(n *sqlparser.ColName) (syntax.Expr, int) {
	if name := n.Name.String(); strings.HasPrefix(name, "@") || strings.HasPrefix(n.Qualifier.Name.String(), "@") {
		l.refuse(l.variable(), "a variable in a query over tables")
		return placeholder, -1
	}
	out := &syntax.Column{}
	first := -1
	for _, part := range []string{n.Qualifier.DbQualifier.String(), n.Qualifier.Name.String(), n.Name.String()} {
		if part != "" {
			id, i := l.ident(part)
			out.Parts = append(out.Parts, id)
			if first < 0 {
				first = i
			}
		}
	}
	out.Pos = l.pos(first)
	return out, first
}

// variable is the first @variable of the statement.
func (l *lowerer) variable() int {
	for i := range l.toks {
		if l.toks[i].kind == kindVariable {
			return i
		}
	}
	return -1
}

func (l *lowerer) caseExpr(n *sqlparser.CaseExpr) (syntax.Expr, int) {
	out := &syntax.Case{Pos: -1}
	first := -1
	if n.Expr != nil {
		out.Arg, first = l.expr(n.Expr)
		first = before(first)
	}
	for i, w := range n.Whens {
		var when syntax.When
		var at int
		if n.Expr != nil {
			when.Cond, at = l.expr(w.Cond)
		} else {
			when.Cond, at = l.truthAt(w.Cond)
		}
		when.Then, _ = l.expr(w.Val)
		out.Whens = append(out.Whens, when)
		if i == 0 && n.Expr == nil {
			first = before(before(at))
		}
	}
	if n.Else != nil {
		out.Else, _ = l.expr(n.Else)
	}
	out.Pos = l.pos(first)
	return out, first
}

// collate drops a collation that compares as DDSQL does, by bytes, and refuses the others: they would change the answer.
func (l *lowerer) collate(n *sqlparser.CollateExpr) (syntax.Expr, int) {
	e, at := l.expr(n.Expr)
	i := l.take(n.Collation)
	name := strings.ToLower(n.Collation)
	if i >= 0 {
		name = strings.ToLower(l.toks[i].value)
	}
	if !strings.HasSuffix(name, "_bin") && name != "binary" {
		l.fail(i, sqlerr.NotSupported("the collation "+name).WithHint("texts compare by their bytes; use LOWER() on both sides to ignore case"))
	}
	return e, at
}

// signs are the operators that mean in DDSQL what they mean in MySQL, or what DDSQL says they mean.
var signs = map[string]string{
	sqlparser.PlusStr: "+", sqlparser.MinusStr: "-", sqlparser.MultStr: "*", sqlparser.DivStr: "/", sqlparser.ModStr: "%", "mod": "%",
	sqlparser.BitAndStr: "&", sqlparser.BitOrStr: "|", sqlparser.ShiftLeftStr: "<<", sqlparser.ShiftRightStr: ">>",
}

func (l *lowerer) binary(n *sqlparser.BinaryExpr) (syntax.Expr, int) {
	switch n.Operator {
	case sqlparser.JSONExtractOp, sqlparser.JSONUnquoteExtractOp:
		return l.jsonPath(n)
	case sqlparser.BitXorStr:
		_, at := l.expr(n.Left)
		l.fail(at, sqlerr.NotSupported("the operator ^ in MySQL's grammar").
			WithHint("write POWER(a, b) for a power, or a # b for exclusive or"))
		return placeholder, at
	}
	left, first := l.arithmetic(n.Left)
	right, at := l.arithmetic(n.Right)
	op := before(at)
	if mixesBits(n) {
		l.fail(op, sqlerr.Syntax("%s and another operator bind differently in MySQL and DDSQL", n.Operator).WithHint(parenthesise))
	}
	if op < 0 {
		op = first
	}
	if n.Operator == sqlparser.IntDivStr {
		return &syntax.Call{Pos: l.pos(op), Name: made("mysql_int_div", op, l), Schema: noIdent, Args: positional(left, right)}, first
	}
	sign, ok := signs[n.Operator]
	if !ok {
		l.unknown(op)
	}
	if op >= 0 && l.toks[op].isSign("||") {
		sign = "||"
	}
	return &syntax.Op{Pos: l.pos(op), Sign: sign, Left: left, Right: right}, first
}

// arithmetic lowers an operand of + and -, which may be an interval.
func (l *lowerer) arithmetic(n sqlparser.Expr) (syntax.Expr, int) {
	if iv, ok := n.(*sqlparser.IntervalExpr); ok {
		return l.interval(iv)
	}
	return l.expr(n)
}

// made is a function's name that was not written as such.
func made(name string, i int, l *lowerer) syntax.Ident {
	return syntax.Ident{Name: name, Pos: int(l.pos(i))}
}

func positional(args ...syntax.Expr) []syntax.Arg {
	out := make([]syntax.Arg, len(args))
	for i, a := range args {
		out[i] = syntax.Arg{Name: noIdent, Value: a}
	}
	return out
}

func (l *lowerer) unary(n *sqlparser.UnaryExpr) (syntax.Expr, int) {
	switch n.Operator {
	case sqlparser.UPlusStr, sqlparser.UMinusStr, sqlparser.TildaStr:
		e, at := l.expr(n.Expr)
		at = before(at)
		return &syntax.Op{Pos: l.pos(at), Sign: n.Operator, Right: e}, at
	case sqlparser.BangStr:
		e, at := l.truthAt(n.Expr)
		return &syntax.Not{Pos: l.pos(before(at)), Arg: e}, before(at)
	case sqlparser.BinaryStr, sqlparser.UBinaryStr, sqlparser.Utf8mb4Str, sqlparser.Utf8mb3Str, sqlparser.AsciiStr:
		// Texts are UTF-8 and compare by their bytes anyway.
		e, at := l.expr(n.Expr)
		return e, before(at)
	}
	l.unknown(-1)
	return placeholder, -1
}

// jsonPath lowers -> and ->>. With a path such as '$.k' they are MySQL's; -> with a plain key is DDSQL's own.
func (l *lowerer) jsonPath(n *sqlparser.BinaryExpr) (syntax.Expr, int) {
	left, first := l.expr(n.Left)
	right, at := l.expr(n.Right)
	op := before(at)
	key, ok := right.(*syntax.Literal)
	if !ok || key.Kind != syntax.StringLit || !strings.HasPrefix(key.Text, "$") {
		return &syntax.Op{Pos: l.pos(op), Sign: n.Operator, Left: left, Right: right}, first
	}
	name := "mysql_json_extract"
	if n.Operator == sqlparser.JSONUnquoteExtractOp {
		name = "mysql_json_value"
	}
	return &syntax.Call{Pos: l.pos(op), Name: made(name, op, l), Schema: noIdent, Args: positional(left, right)}, first
}

// parenthesise is the hint where the two languages would read operators differently.
const parenthesise = "write parentheses"

// bitOperators bind one tighter than the other in MySQL and all alike in DDSQL; | stands for || too.
var bitOperators = map[string]bool{
	sqlparser.BitAndStr: true, sqlparser.BitOrStr: true, sqlparser.ShiftLeftStr: true, sqlparser.ShiftRightStr: true,
}

// mixesBits reports whether an operand of a bit operator is another one without parentheses.
func mixesBits(n *sqlparser.BinaryExpr) bool {
	for _, side := range []sqlparser.Expr{n.Left, n.Right} {
		if o, ok := side.(*sqlparser.BinaryExpr); ok && bitOperators[n.Operator] && bitOperators[o.Operator] && o.Operator != n.Operator {
			return true
		}
	}
	return false
}
