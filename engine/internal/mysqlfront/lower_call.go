package mysqlfront

import (
	"strings"

	"github.com/dolthub/vitess/go/vt/sqlparser"

	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// callLike lowers function calls and everything with a call's form.
func (l *lowerer) callLike(n sqlparser.Expr) (syntax.Expr, int) {
	switch n := n.(type) {
	case *sqlparser.FuncExpr:
		return l.call(n)
	case *sqlparser.ExtractFuncExpr:
		i := l.take("extract")
		e, _ := l.expr(n.Expr)
		return &syntax.Extract{Pos: l.pos(i), Field: l.field(l.spelt(n.Unit), i), Arg: instant(e)}, i
	case *sqlparser.TimestampFuncExpr:
		return l.timestampFunc(n)
	case *sqlparser.GroupConcatExpr:
		return l.groupConcat(n)
	case *sqlparser.SubstrExpr:
		return l.substr(n)
	case *sqlparser.TrimExpr:
		return l.trim(n)
	case *sqlparser.ConvertExpr:
		return l.convert(n)
	case *sqlparser.ConvertUsingExpr:
		i := l.take("convert")
		e, _ := l.expr(n.Expr)
		l.take(n.Type)
		return cast(l.pos(i), e, "varchar"), i
	case *sqlparser.IntervalExpr:
		return l.interval(n)
	}
	l.unknown(-1)
	return placeholder, -1
}

// call lowers f(…). A name that only MySQL has becomes what DDSQL calls it; any other stays, and means what DDSQL says.
func (l *lowerer) call(n *sqlparser.FuncExpr) (syntax.Expr, int) {
	id, i := l.ident(n.Name.String())
	id.Quoted, id.AnyCase = false, false
	id.Name = strings.ToLower(id.Name)
	out := &syntax.Call{Pos: l.pos(i), Name: id, Schema: noIdent, Distinct: n.Distinct}
	if !n.Qualifier.IsEmpty() {
		out.Schema, i = l.ident(n.Qualifier.String())
		out.Pos = l.pos(i)
	}
	if forbidden[id.Name] {
		l.fail(i, sqlerr.New(sqlerr.CodeInsufficient, "function %s is not allowed", id.Name))
		return placeholder, i
	}
	if len(n.Exprs) == 1 {
		if s, ok := n.Exprs[0].(*sqlparser.StarExpr); ok && s.TableName.IsEmpty() {
			out.Star = true
		}
	}
	if !out.Star {
		if truthArgument[id.Name] && len(n.Exprs) > 0 {
			return l.ifCall(n, i), i
		}
		out.Args = l.callArgs(n.Exprs)
	}
	if n.Over != nil {
		out.Over = l.window((*sqlparser.WindowDef)(n.Over), true)
	}
	if l.err != nil {
		return placeholder, i
	}
	if out.Schema.Name == "" && out.Over == nil && !out.Distinct && !out.Star {
		if lower, ok := spellings[id.Name]; ok {
			return lower(l, out, i), i
		}
	}
	return out, i
}

// callArgs lowers arguments.
func (l *lowerer) callArgs(list sqlparser.SelectExprs) []syntax.Arg {
	var out []syntax.Arg
	for _, n := range list {
		a, ok := n.(*sqlparser.AliasedExpr)
		if !ok || !a.As.IsEmpty() {
			l.unknown(-1)
			return nil
		}
		if v, ok := a.Expr.(*sqlparser.SQLVal); ok && v.Type == sqlparser.IntVal && l.valueIndex(v) < 0 {
			continue // the grammar's own 0 of CURRENT_TIMESTAMP without a precision
		}
		e, _ := l.arithmetic(a.Expr)
		out = append(out, syntax.Arg{Name: noIdent, Value: e})
	}
	return out
}

// truthArgument are the functions whose first argument is a condition.
var truthArgument = map[string]bool{"if": true}

// ifCall lowers IF(condition, then, else).
func (l *lowerer) ifCall(n *sqlparser.FuncExpr, i int) syntax.Expr {
	var parts []sqlparser.Expr
	for _, x := range n.Exprs {
		if a, ok := x.(*sqlparser.AliasedExpr); ok {
			parts = append(parts, a.Expr)
		}
	}
	if len(parts) != 3 {
		l.fail(i, sqlerr.New(sqlerr.CodeUndefinedFunction, "IF wants three arguments"))
		return placeholder
	}
	cond := l.truth(parts[0])
	then, _ := l.expr(parts[1])
	otherwise, _ := l.expr(parts[2])
	return &syntax.Case{Pos: l.pos(i), Whens: []syntax.When{{Cond: cond, Then: then}}, Else: otherwise}
}

// groupConcat lowers GROUP_CONCAT([DISTINCT] x, … ORDER BY … SEPARATOR s) to string_agg.
func (l *lowerer) groupConcat(n *sqlparser.GroupConcatExpr) (syntax.Expr, int) {
	i := l.take("group_concat")
	args := l.callArgs(n.Exprs)
	if len(args) == 0 {
		l.unknown(i)
		return placeholder, i
	}
	// Several values are joined first; a NULL among them makes the whole NULL, as || has it.
	value := cast(l.pos(i), args[0].Value, "varchar")
	for _, a := range args[1:] {
		value = &syntax.Op{Pos: l.pos(i), Sign: "||", Left: value, Right: cast(l.pos(i), a.Value, "varchar")}
	}
	separator := ","
	if !n.Separator.DefaultSeparator {
		separator = n.Separator.SeparatorString
		if s := l.take(separator); s >= 0 {
			separator = l.toks[s].value
		}
	}
	out := call(l.pos(i), "string_agg", value, text(separator))
	out.Distinct = n.Distinct != ""
	out.OrderBy = l.orderBy(n.OrderBy)
	return out, i
}

func (l *lowerer) substr(n *sqlparser.SubstrExpr) (syntax.Expr, int) {
	i := l.anyWord("substr", "substring", "mid")
	var of syntax.Expr
	if n.Name != nil {
		of, _ = l.column(n.Name)
	} else {
		of, _ = l.value(n.StrVal)
	}
	from, _ := l.expr(n.From)
	out := call(l.pos(i), "substring", of, from)
	if n.To != nil {
		to, _ := l.expr(n.To)
		out.Args = append(out.Args, positional(to)...)
	}
	return out, i
}

// anyWord takes the first of the words that was written.
func (l *lowerer) anyWord(words ...string) int {
	for _, w := range words {
		if i := l.take(w); i >= 0 {
			return i
		}
	}
	return -1
}

var trims = map[string]string{sqlparser.Leading: "ltrim", sqlparser.Trailing: "rtrim", sqlparser.Both: "trim"}

func (l *lowerer) trim(n *sqlparser.TrimExpr) (syntax.Expr, int) {
	i := l.take("trim")
	pattern, _ := n.Pattern.(*sqlparser.SQLVal)
	var of, chars syntax.Expr
	if n.Pattern != nil && !(pattern != nil && l.valueIndex(pattern) < 0) {
		chars, _ = l.expr(n.Pattern)
		if k, ok := chars.(*syntax.Literal); !ok || len([]rune(k.Text)) != 1 {
			// MySQL removes the whole text again and again, DDSQL any of its characters: one character is the same to both.
			l.refuse(i, "TRIM of more than one character in MySQL's grammar")
		}
	}
	of, _ = l.expr(n.Str)
	out := call(l.pos(i), trims[n.Dir], of)
	if chars != nil {
		out.Args = append(out.Args, positional(chars)...)
	}
	return out, i
}

// casts are the targets of CAST and CONVERT.
var casts = map[string]string{
	"signed": "bigint", "signed integer": "bigint", "unsigned": "bigint", "unsigned integer": "bigint", "char": "varchar", "nchar": "varchar",
	"character": "varchar", "datetime": "timestamp", "decimal": "decimal", "dec": "decimal", "double": "decimal", "real": "decimal",
	"float": "decimal", "json": "json",
}

func (l *lowerer) convert(n *sqlparser.ConvertExpr) (syntax.Expr, int) {
	i := l.anyWord(n.Name, "cast", "convert")
	e, _ := l.expr(n.Expr)
	typ := strings.ToLower(strings.TrimSpace(n.Type.Type))
	for _, size := range []*sqlparser.SQLVal{n.Type.Length, n.Type.Scale} {
		if size != nil {
			if s := l.valueIndex(size); s >= 0 {
				l.used[s] = true
				if typ == "char" || typ == "decimal" {
					l.refuseSize(s, typ, size == n.Type.Length)
				}
			}
		}
	}
	if n.Type.Charset != "" {
		l.take(n.Type.Charset)
	}
	if typ == "date" {
		return call(l.pos(i), "date_trunc", text("day"), cast(l.pos(i), e, "timestamp")), i
	}
	to, ok := casts[typ]
	if !ok {
		l.refuse(i, "CAST to "+strings.ToUpper(typ))
	}
	return cast(l.pos(i), e, to), i
}

// refuseSize lets a length pass that cannot cut anything a report holds; others would change the value.
func (l *lowerer) refuseSize(s int, typ string, length bool) {
	if typ == "char" && length && len(l.toks[s].value) > 1 {
		return
	}
	if typ == "char" || !length || len(l.toks[s].value) < 2 {
		l.refuse(s, "a length or scale in CAST")
	}
}

// The small makers of trees.

func call(pos syntax.Pos, name string, args ...syntax.Expr) *syntax.Call {
	return &syntax.Call{Pos: pos, Name: syntax.Ident{Name: name, Pos: int(pos)}, Schema: noIdent, Args: positional(args...)}
}

func cast(pos syntax.Pos, e syntax.Expr, typ string) syntax.Expr {
	return &syntax.Cast{Pos: pos, Arg: e, Type: syntax.TypeName{Name: typ, Pos: -1}}
}

func text(s string) syntax.Expr { return &syntax.Literal{Pos: -1, Kind: syntax.StringLit, Text: s} }

func integer(s string) syntax.Expr { return &syntax.Literal{Pos: -1, Kind: syntax.IntLit, Text: s} }
