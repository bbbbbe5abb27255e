package syntax

import (
	"strconv"
	"strings"
)

// The binding strengths of PostgreSQL's grammar, weakest first.
const (
	precLowest = iota
	precOr
	precAnd
	precNot
	precIs
	precCompare // < > = <= >= <>, which do not associate
	precLike    // BETWEEN IN LIKE ILIKE SIMILAR, which do not associate
	precOp      // all other operators
	precAdd
	precMul
	precPow
	precAt
	precCollate
	precMinus // unary
	precSubscript
	precCast
	precPrimary
)

// binary gives an operator's strength and whether it associates to the left.
func binary(sign string) (prec int, left bool) {
	switch sign {
	case "<", ">", "=", "<=", ">=", "<>":
		return precCompare, false
	case "+", "-":
		return precAdd, true
	case "*", "/", "%":
		return precMul, true
	case "^":
		return precPow, true
	}
	return precOp, true
}

func (p *printer) list(es []Expr) {
	for i, e := range es {
		if i > 0 {
			p.text(", ")
		}
		p.expr(e, precLowest)
	}
}

// wrapped prints with parentheses when what binds at prec stands where need is wanted.
func (p *printer) wrapped(prec, need int, print func()) {
	if prec >= need {
		print()
		return
	}
	p.text("(")
	print()
	p.text(")")
}

// expr prints an expression that stands where a binding of at least need is wanted.
func (p *printer) expr(e Expr, need int) {
	switch e := e.(type) {
	case *Column:
		p.dotted(e.Parts)
	case *Star:
		p.dotted(e.Table)
		if len(e.Table) > 0 {
			p.text(".")
		}
		p.text("*")
	case *Literal:
		p.literal(e)
	case *Param:
		p.text("$", strconv.Itoa(e.N))
	case *TypedLiteral:
		p.typedLiteral(e)
	case *Call:
		p.call(e)
	case *Case:
		p.caseExpr(e)
	case *Row:
		p.text("ROW(")
		p.list(e.Items)
		p.text(")")
	case *Array:
		p.text("ARRAY[")
		p.list(e.Items)
		p.text("]")
	case *Extract:
		p.text("EXTRACT(", quoteString(e.Field), " FROM ")
		p.expr(e.Arg, precLowest)
		p.text(")")
	case *Exists:
		p.text("EXISTS ")
		p.subquery(e.Query)
	case *Subquery:
		p.subquery(e.Query)
	case *ArrayQuery:
		p.text("ARRAY")
		p.subquery(e.Query)
	case *MySQLTruth:
		p.expr(e.Arg, need)
	case *MySQLBit:
		p.text(map[bool]string{false: "0", true: "1"}[e.One])
	default:
		p.compound(e, need)
	}
}

// compound prints what is made of operators.
func (p *printer) compound(e Expr, need int) {
	switch e := e.(type) {
	case *Op:
		p.op(e, need)
	case *Logic:
		p.logic(e, need)
	case *Not:
		p.wrapped(precNot, need, func() {
			p.text("NOT ")
			p.expr(e.Arg, precNot)
		})
	case *Is:
		p.wrapped(precIs, need, func() { p.is(e) })
	case *DistinctFrom:
		p.wrapped(precIs, need, func() {
			p.expr(e.Left, precIs+1)
			p.text(" IS ", not(e.Not), "DISTINCT FROM ")
			p.expr(e.Right, precIs+1)
		})
	case *Like:
		p.wrapped(precLike, need, func() { p.like(e) })
	case *Between:
		p.wrapped(precLike, need, func() { p.between(e) })
	case *In:
		p.wrapped(precLike, need, func() {
			p.expr(e.Arg, precLike+1)
			p.text(" ", not(e.Not), "IN (")
			p.list(e.List)
			p.text(")")
		})
	case *Quantified:
		p.wrapped(precCompare, need, func() { p.quantified(e) })
	case *Cast:
		p.text("CAST(")
		p.expr(e.Arg, precLowest)
		p.text(" AS ")
		p.typeName(e.Type)
		p.text(")")
	case *Subscript:
		p.subscript(e)
	case *Field:
		p.text("(")
		p.expr(e.Arg, precLowest)
		p.text(").")
		p.ident(e.Name)
	case *AtTimeZone:
		p.wrapped(precAt, need, func() {
			p.expr(e.Arg, precAt)
			p.text(" AT TIME ZONE ")
			p.expr(e.Zone, precAt+1)
		})
	case *Collate:
		p.wrapped(precCollate, need, func() {
			p.expr(e.Arg, precCollate)
			p.text(" COLLATE ")
			p.ident(Ident{Name: e.Name, Quoted: true})
		})
	}
}

func not(b bool) string {
	if b {
		return "NOT "
	}
	return ""
}

func (p *printer) dotted(parts []Ident) {
	for i, id := range parts {
		if i > 0 {
			p.text(".")
		}
		p.ident(id)
	}
}

func (p *printer) literal(l *Literal) {
	switch l.Kind {
	case StringLit:
		p.text(quoteString(l.Text))
	case BitLit:
		p.text(l.Text[:1], quoteString(l.Text[1:]))
	case NullLit:
		p.text("NULL")
	case BoolLit:
		p.text(strings.ToUpper(l.Text))
	default:
		p.text(l.Text)
	}
}

// typedLiteral prints TYPE 'text'; an interval's fields stand after the text.
func (p *printer) typedLiteral(l *TypedLiteral) {
	if l.Type.Name != "interval" || len(l.Type.Mods) == 0 {
		p.typeName(l.Type)
		p.text(" ", quoteString(l.Text))
		return
	}
	p.text("interval")
	if _, err := strconv.Atoi(l.Type.Mods[0]); err == nil {
		p.intervalFields(l.Type.Mods)
		p.text(" ", quoteString(l.Text))
		return
	}
	p.text(" ", quoteString(l.Text))
	p.intervalFields(l.Type.Mods)
}

func (p *printer) op(e *Op, need int) {
	if e.Left == nil {
		prec := precOp
		if e.Sign == "-" || e.Sign == "+" {
			prec = precMinus
		}
		p.wrapped(prec, need, func() {
			p.text(e.Sign)
			if _, nested := e.Right.(*Op); nested || prec == precOp {
				p.text(" ")
			}
			p.expr(e.Right, prec)
		})
		return
	}
	prec, left := binary(e.Sign)
	p.wrapped(prec, need, func() {
		own := prec
		if !left {
			own++
		}
		p.expr(e.Left, own)
		p.text(" ", e.Sign, " ")
		p.expr(e.Right, prec+1)
	})
}

func (p *printer) logic(e *Logic, need int) {
	prec, word := precAnd, " AND "
	if e.Or {
		prec, word = precOr, " OR "
	}
	p.wrapped(prec, need, func() {
		for i, a := range e.Args {
			if i > 0 {
				p.text(word)
			}
			p.expr(a, prec+1)
		}
	})
}

func (p *printer) is(e *Is) {
	p.expr(e.Arg, precIs+1)
	p.text(" IS ", not(e.Not), [...]string{IsNull: "NULL", IsTrue: "TRUE", IsFalse: "FALSE", IsUnknown: "UNKNOWN"}[e.Test])
}

func (p *printer) like(e *Like) {
	p.expr(e.Arg, precLike+1)
	p.text(" ", not(e.Not), [...]string{LikePattern: "LIKE", ILikePattern: "ILIKE", SimilarPattern: "SIMILAR TO"}[e.Kind], " ")
	p.expr(e.Pattern, precLike+1)
	if e.Escape != nil {
		p.text(" ESCAPE ")
		p.expr(e.Escape, precLike+1)
	}
}

func (p *printer) between(e *Between) {
	p.expr(e.Arg, precLike+1)
	p.text(" ", not(e.Not), "BETWEEN ")
	if e.Symmetric {
		p.text("SYMMETRIC ")
	}
	p.expr(e.Low, precLike+1)
	p.text(" AND ")
	p.expr(e.High, precLike+1)
}

func (p *printer) quantified(e *Quantified) {
	p.expr(e.Arg, precOp+1)
	switch {
	case e.In && e.All:
		p.text(" NOT IN ")
	case e.In:
		p.text(" IN ")
	case e.All:
		p.text(" ", e.Sign, " ALL ")
	default:
		p.text(" ", e.Sign, " ANY ")
	}
	if e.Query != nil {
		p.subquery(e.Query)
		return
	}
	p.text("(")
	p.expr(e.Array, precLowest)
	p.text(")")
}

func (p *printer) subscript(e *Subscript) {
	switch e.Arg.(type) {
	case *Column, *Subscript, *Param:
		p.expr(e.Arg, precSubscript)
	default:
		p.text("(")
		p.expr(e.Arg, precLowest)
		p.text(")")
	}
	p.text("[")
	if !e.Slice {
		p.expr(e.Index, precLowest)
	} else {
		p.clause("", e.Lo)
		p.text(" : ")
		p.clause("", e.Hi)
	}
	p.text("]")
}

func (p *printer) caseExpr(e *Case) {
	p.text("CASE")
	p.clause(" ", e.Arg)
	for _, w := range e.Whens {
		p.clause(" WHEN ", w.Cond)
		p.clause(" THEN ", w.Then)
	}
	p.clause(" ELSE ", e.Else)
	p.text(" END")
}

// wordCalls are the functions that are written without parentheses when they have no argument.
var wordCalls = map[string]bool{
	"current_date": true, "current_time": true, "current_timestamp": true, "localtime": true, "localtimestamp": true,
	"current_user": true, "session_user": true, "current_role": true, "current_catalog": true, "current_schema": true,
}

func (p *printer) call(c *Call) {
	if c.Schema.Name != "" {
		p.ident(c.Schema)
		p.text(".")
	}
	p.ident(c.Name)
	if wordCalls[c.Name.Name] && !c.Name.Quoted && len(c.Args) == 0 {
		return
	}
	p.text("(")
	if c.Name.Name == "position" && !c.Name.Quoted && len(c.Args) == 2 {
		p.position(c)
	} else {
		p.args(c)
	}
	p.text(")")
	if c.WithinGroup {
		p.orderBy(" WITHIN GROUP (ORDER BY ", c.OrderBy)
		p.text(")")
	}
	if c.Filter != nil {
		p.clause(" FILTER (WHERE ", c.Filter)
		p.text(")")
	}
	if c.Over != nil {
		p.text(" OVER ")
		p.window(c.Over)
	}
}

// position prints POSITION(part IN text), whose arguments stand in the other order in the tree.
func (p *printer) position(c *Call) {
	p.expr(c.Args[1].Value, precLike+1)
	p.text(" IN ")
	p.expr(c.Args[0].Value, precLike+1)
}

func (p *printer) args(c *Call) {
	switch {
	case c.Star:
		p.text("*")
	case c.Distinct:
		p.text("DISTINCT ")
	case c.All:
		p.text("ALL ")
	}
	for i, a := range c.Args {
		if i > 0 {
			p.text(", ")
		}
		if a.Variadic {
			p.text("VARIADIC ")
		}
		if a.Name.Name != "" {
			p.ident(a.Name)
			p.text(" => ")
		}
		p.expr(a.Value, precLowest)
	}
	if !c.WithinGroup {
		p.orderBy(" ORDER BY ", c.OrderBy)
	}
}
