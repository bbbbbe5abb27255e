package plan

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/syntax"
)

// Fingerprints numbers expressions so that two of one number compute the same value over the same row. An expression is looked at once,
// however often it is asked for, so that comparing every part of a deep one stays cheap.
type Fingerprints struct {
	numbers map[string]int
	seen    map[Expr]int
}

// NewFingerprints has seen nothing yet.
func NewFingerprints() *Fingerprints {
	return &Fingerprints{numbers: map[string]int{}, seen: map[Expr]int{}}
}

// Of is e's number.
func (f *Fingerprints) Of(e Expr) int {
	if n, ok := f.seen[e]; ok {
		return n
	}
	var b strings.Builder
	writeHead(&b, e)
	b.WriteByte('(')
	parts := children(e)
	if g, ok := e.(*GroupingExpr); ok {
		parts = g.Keys
	}
	for _, c := range parts {
		b.WriteString(strconv.Itoa(f.Of(c)))
		b.WriteByte(',')
	}
	if s, ok := e.(*Subquery); ok && s.Cmp != nil {
		b.WriteString("cmp " + strconv.Itoa(f.Of(s.Cmp)))
	}
	n, ok := f.numbers[b.String()]
	if !ok {
		n = len(f.numbers)
		f.numbers[b.String()] = n
	}
	f.seen[e] = n
	return n
}

// writeHead writes what an expression is apart from its children.
func writeHead(b *strings.Builder, e Expr) {
	switch e := e.(type) {
	case *ColRef:
		b.WriteString("#" + strconv.Itoa(e.Index))
	case *OuterRef:
		b.WriteString("^" + strconv.Itoa(e.ID))
	case *Const:
		fmt.Fprintf(b, "%v:", e.Typ)
		writeValue(b, e.Val)
	case *Param:
		fmt.Fprintf(b, "$%d:%v", e.N, e.Typ)
	case *Subquery:
		writeSubqueryHead(b, e)
	case *Call:
		fmt.Fprintf(b, "call:%s:%v", e.Name, e.Typ) // an overload may be made for one call, as casts of arrays are
	case *InList:
		fmt.Fprintf(b, "in:%v:%v:", e.Not, e.HasNull)
		for _, v := range e.Vals {
			writeValue(b, v)
		}
	case *Logic:
		fmt.Fprintf(b, "logic:%v", e.Or)
	case *Is:
		fmt.Fprintf(b, "is:%d:%v", e.Test, e.Not)
	case *AggExpr:
		writeAggHead(b, e.Call)
	case *WindowExpr:
		writeWindowHead(b, e.Call)
	default:
		fmt.Fprintf(b, "%T:%v", e, e.Type())
	}
}

// writeValue writes a value's Go type and its text, which no other value of the type has.
func writeValue(b *strings.Builder, v column.Value) {
	fmt.Fprintf(b, "%T:%q,", v, column.AppendText(nil, v))
}

// writeSubqueryHead goes by the text: where two subqueries are compared, a name means the same in both, and what they take from the rows
// around them is among their children.
func writeSubqueryHead(b *strings.Builder, s *Subquery) {
	switch {
	case s.Written != nil:
		fmt.Fprintf(b, "sub:%d:%s", s.Kind, syntax.Print(s.Written))
	case s.Elements:
		fmt.Fprintf(b, "elements:%d", s.Kind)
	default:
		fmt.Fprintf(b, "sub:%p", s.Plan)
	}
}

func writeAggHead(b *strings.Builder, c *AggCall) {
	fmt.Fprintf(b, "agg:%p:%v:%d:%d:%v:", c.Fn, c.Distinct, len(c.Args), len(c.Direct), c.Filter != nil)
	writeOrder(b, c.OrderBy)
}

func writeWindowHead(b *strings.Builder, c *WindowCall) {
	f := c.Frame
	fmt.Fprintf(b, "window:%p:%v:%d:%d:%v:%d:%d:%d:%d:", c.Fn, c.Distinct, len(c.Args), len(c.PartitionBy), c.Filter != nil, f.Mode, f.Start.Kind, f.End.Kind, f.Exclude)
	writeOrder(b, c.OrderBy)
}

func writeOrder(b *strings.Builder, keys []SortKey) {
	for _, k := range keys {
		fmt.Fprintf(b, "%v%v,", k.Desc, k.NullsFirst)
	}
}
