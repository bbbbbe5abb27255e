package mysqlfront

import (
	"strings"

	"github.com/dolthub/vitess/go/vt/sqlparser"

	"github.com/credsql/credsql/engine/internal/syntax"
)

// units are the interval units that DDSQL has, and how often one of DDSQL's is in them.
var units = map[string]string{
	"microsecond": "1 microsecond", "second": "1 second", "minute": "1 minute", "hour": "1 hour", "day": "1 day", "week": "7 days",
	"month": "1 month", "quarter": "3 months", "year": "1 year",
}

// interval lowers INTERVAL n unit: n times the unit, or a literal when n is one.
func (l *lowerer) interval(n *sqlparser.IntervalExpr) (syntax.Expr, int) {
	e, at := l.expr(n.Expr)
	i := before(at)
	one, ok := units[l.spelt(n.Unit)]
	if !ok {
		l.refuse(i, "INTERVAL … "+strings.ToUpper(n.Unit))
		return placeholder, i
	}
	unit := &syntax.TypedLiteral{Pos: l.pos(i), Type: syntax.TypeName{Name: "interval", Pos: int(l.pos(i))}, Text: one}
	if k, ok := e.(*syntax.Literal); ok && k.Kind == syntax.StringLit {
		// INTERVAL '1' DAY: the text is a number.
		e = cast(k.Pos, k, "decimal")
	}
	return &syntax.Op{Pos: l.pos(i), Sign: "*", Left: unit, Right: e}, i
}

// spelt is a word of the grammar's, in lower case, whether it came as itself or by reference.
func (l *lowerer) spelt(ref string) string {
	if i := l.take(ref); i >= 0 {
		return l.toks[i].lower()
	}
	return strings.ToLower(ref)
}

// instant makes sure that a text which stands for a time is read as one.
func instant(e syntax.Expr) syntax.Expr {
	if k, ok := e.(*syntax.Literal); ok && k.Kind == syntax.StringLit {
		return &syntax.TypedLiteral{Pos: k.Pos, Type: syntax.TypeName{Name: "timestamp", Pos: int(k.Pos)}, Text: k.Text}
	}
	if c, ok := e.(*syntax.Call); ok && madeOfText[c.Name.Name] {
		return cast(c.Pos, c, "timestamp") // as in ADDDATE(CONCAT(DATE_FORMAT(t, '%Y-%m-01 '), '00:00:00'), …)
	}
	return e
}

// madeOfText are the functions whose texts MySQL's clients use as times.
var madeOfText = map[string]bool{"concat": true, "mysql_date_format": true}

// fields are the fields of EXTRACT that both languages count alike.
var fields = map[string]bool{
	"year": true, "quarter": true, "month": true, "day": true, "hour": true, "minute": true, "second": true,
}

func (l *lowerer) field(unit string, i int) string {
	unit = strings.ToLower(unit)
	if !fields[unit] {
		l.refuse(i, "EXTRACT("+strings.ToUpper(unit)+" …)")
	}
	return unit
}

// timestampFunc lowers TIMESTAMPADD(unit, n, t) and TIMESTAMPDIFF(unit, a, b).
func (l *lowerer) timestampFunc(n *sqlparser.TimestampFuncExpr) (syntax.Expr, int) {
	i := l.anyWord(n.Name)
	a, _ := l.expr(n.Expr1)
	b, _ := l.expr(n.Expr2)
	unit := strings.TrimPrefix(l.spelt(n.Unit), "sql_tsi_")
	one, ok := units[unit]
	if !ok {
		l.refuse(i, strings.ToUpper(n.Name)+" of "+strings.ToUpper(n.Unit))
		return placeholder, i
	}
	if strings.EqualFold(n.Name, "timestampadd") {
		step := &syntax.TypedLiteral{Pos: l.pos(i), Type: syntax.TypeName{Name: "interval", Pos: -1}, Text: one}
		return &syntax.Op{Pos: l.pos(i), Sign: "+", Left: instant(b),
			Right: &syntax.Op{Pos: l.pos(i), Sign: "*", Left: step, Right: a}}, i
	}
	return call(l.pos(i), "mysql_timestampdiff", text(unit), instant(a), instant(b)), i
}
