package mysqlfront

import (
	"strings"

	"github.com/dolthub/vitess/go/vt/sqlparser"

	"github.com/credsql/credsql/engine/internal/syntax"
)

// query lowers a SELECT, VALUES or set operation with its clauses.
func (l *lowerer) query(s sqlparser.SelectStatement) *syntax.Query {
	q := &syntax.Query{Pos: -1}
	if !l.enter(-1) {
		return q
	}
	defer l.leave()
	switch s := s.(type) {
	case *sqlparser.Select:
		l.refuseInto(s.Into, s.Lock)
		q.With = l.with(s.With)
		block := l.selectBlock(s)
		q.Body, q.Pos = block, block.Pos
		l.tail(q, s.OrderBy, s.Limit)
	case *sqlparser.SetOp:
		l.refuseInto(s.Into, s.Lock)
		q.With = l.with(s.With)
		q.Body = l.setOp(s)
		l.tail(q, s.OrderBy, s.Limit)
	case *sqlparser.ParenSelect:
		return l.query(s.Select)
	default:
		l.unknown(-1)
	}
	return q
}

func (l *lowerer) refuseInto(into *sqlparser.Into, lock string) {
	if into != nil {
		l.fail(l.word("into"), readOnly("SELECT INTO"))
	}
	if lock != "" {
		l.fail(max(l.lastWord("for"), l.lastWord("lock")), readOnly("SELECT"+strings.ToUpper(lock)))
	}
}

// word is the first token that is a word and no name.
func (l *lowerer) word(word string) int {
	for i := range l.toks {
		if l.toks[i].isWord(word) && !l.toks[i].byName {
			return i
		}
	}
	return -1
}

// lastWord is the last token that is a word and no name.
func (l *lowerer) lastWord(word string) int {
	for i := len(l.toks) - 1; i >= 0; i-- {
		if l.toks[i].isWord(word) && !l.toks[i].byName {
			return i
		}
	}
	return -1
}

// tail lowers ORDER BY and LIMIT. ORDER BY NULL is MySQL's way to ask for no order.
func (l *lowerer) tail(q *syntax.Query, order sqlparser.OrderBy, limit *sqlparser.Limit) {
	if len(order) == 1 {
		if _, ok := order[0].Expr.(*sqlparser.NullVal); ok {
			order = nil
		}
	}
	q.OrderBy = l.orderBy(order)
	if limit != nil {
		if limit.Offset != nil {
			q.Offset, _ = l.expr(limit.Offset)
		}
		if limit.Rowcount != nil {
			q.Limit, _ = l.expr(limit.Rowcount)
			if k, ok := q.Limit.(*syntax.Literal); ok && k.Text == noLimit {
				q.Limit = nil
			}
		}
	}
}

// noLimit is the number of rows by which MySQL's clients ask for all of them, where they want an OFFSET.
const noLimit = "18446744073709551615"

func (l *lowerer) orderBy(list sqlparser.OrderBy) []syntax.OrderItem {
	var out []syntax.OrderItem
	for _, o := range list {
		e, _ := l.expr(o.Expr)
		out = append(out, syntax.OrderItem{Expr: e, Desc: o.Direction == sqlparser.DescScr})
	}
	return out
}

func (l *lowerer) with(w *sqlparser.With) *syntax.With {
	if w == nil {
		return nil
	}
	out := &syntax.With{Recursive: w.Recursive}
	for _, t := range w.Ctes {
		sub, ok := t.Expr.(*sqlparser.Subquery)
		if !ok {
			l.unknown(-1)
			break
		}
		cte := &syntax.CTE{}
		cte.Name, _ = l.ident(t.As.String())
		cte.Columns = l.columns(t.Columns)
		cte.Query = l.query(sub.Select)
		out.CTEs = append(out.CTEs, cte)
	}
	return out
}

func (l *lowerer) columns(list sqlparser.Columns) []syntax.Ident {
	var out []syntax.Ident
	for _, c := range list {
		id, _ := l.ident(c.String())
		out = append(out, id)
	}
	return out
}

// setKinds are the set operations by the grammar's names.
var setKinds = map[string]struct {
	kind syntax.SetKind
	all  bool
}{
	sqlparser.UnionStr: {syntax.Union, false}, sqlparser.UnionDistinctStr: {syntax.Union, false},
	sqlparser.UnionAllStr: {syntax.Union, true}, sqlparser.IntersectStr: {syntax.Intersect, false},
	sqlparser.IntersectDistinctStr: {syntax.Intersect, false}, sqlparser.IntersectAllStr: {syntax.Intersect, true},
	sqlparser.ExceptStr: {syntax.Except, false}, sqlparser.ExceptDistinctStr: {syntax.Except, false},
	sqlparser.ExceptAllStr: {syntax.Except, true},
}

func (l *lowerer) setOp(s *sqlparser.SetOp) syntax.Body {
	kind, ok := setKinds[s.Type]
	if !ok {
		l.unknown(-1)
	}
	return &syntax.SetOp{Kind: kind.kind, All: kind.all, Left: l.operand(s.Left), Right: l.operand(s.Right), Pos: -1}
}

// operand lowers one side of a set operation; only with clauses of its own, or a set operation in parentheses, is it a query.
func (l *lowerer) operand(s sqlparser.SelectStatement) syntax.Body {
	switch s := s.(type) {
	case *sqlparser.Select:
		if s.With == nil && len(s.OrderBy) == 0 && s.Limit == nil && s.Lock == "" && s.Into == nil && l.enter(-1) {
			defer l.leave()
			return l.selectBlock(s)
		}
	case *sqlparser.SetOp:
		if s.With == nil && len(s.OrderBy) == 0 && s.Limit == nil && s.Lock == "" && s.Into == nil && l.enter(-1) {
			defer l.leave()
			return l.setOp(s)
		}
	case *sqlparser.ParenSelect:
		return l.operand(s.Select)
	}
	return l.query(s)
}

func (l *lowerer) values(s *sqlparser.ValuesStatement) syntax.Body {
	out := &syntax.Values{Pos: -1}
	for _, row := range s.Rows {
		es, _ := l.exprs(sqlparser.Exprs(row))
		out.Rows = append(out.Rows, es)
	}
	return out
}

func (l *lowerer) selectBlock(s *sqlparser.Select) *syntax.Select {
	out := &syntax.Select{Pos: -1, Distinct: s.QueryOpts.Distinct, HavingAliases: true}
	if s.QueryOpts.SQLCalcFoundRows {
		l.refuse(l.word("sql_calc_found_rows"), "SQL_CALC_FOUND_ROWS")
	}
	var first int
	out.Items, first = l.items(s.SelectExprs)
	for i := before(first); i >= 0 && i >= first-3; i-- {
		if l.toks[i].isWord("select") {
			out.Pos = l.toks[i].pos
			break
		}
	}
	out.From = l.from(s.From)
	if s.Where != nil {
		out.Where = l.truth(s.Where.Expr)
	}
	for _, g := range s.GroupBy {
		e, at := l.expr(g)
		out.GroupBy = append(out.GroupBy, syntax.GroupItem{Kind: syntax.GroupExpr, Exprs: []syntax.Expr{e}, Pos: int(l.pos(at))})
	}
	if s.Having != nil {
		out.Having = l.truth(s.Having.Expr)
	}
	for _, w := range s.Window {
		name, _ := l.ident(w.Name.String())
		out.Windows = append(out.Windows, syntax.NamedWindow{Name: name, Spec: l.window(w, false)})
	}
	return out
}

// items lowers the select list and tells where it begins.
func (l *lowerer) items(list sqlparser.SelectExprs) ([]syntax.Item, int) {
	var out []syntax.Item
	first := -1
	for i, n := range list {
		item, at := l.item(n)
		out = append(out, item)
		if i == 0 {
			first = at
		}
	}
	return out, first
}

func (l *lowerer) item(n sqlparser.SelectExpr) (syntax.Item, int) {
	switch n := n.(type) {
	case *sqlparser.StarExpr:
		return l.star(n)
	case *sqlparser.AliasedExpr:
		e, at := l.expr(n.Expr)
		item := syntax.Item{Expr: e, Alias: noIdent}
		if !n.As.IsEmpty() {
			item.Alias, _ = l.ident(n.As.String())
		}
		return item, at
	}
	l.unknown(-1)
	return syntax.Item{Expr: placeholder}, -1
}

func (l *lowerer) star(n *sqlparser.StarExpr) (syntax.Item, int) {
	out := &syntax.Star{}
	at := -1
	for _, part := range []string{n.TableName.DbQualifier.String(), n.TableName.Name.String()} {
		if part != "" {
			id, i := l.ident(part)
			out.Table = append(out.Table, id)
			if at < 0 {
				at = i
			}
		}
	}
	out.Pos = l.pos(at)
	return syntax.Item{Expr: out, Alias: noIdent}, at
}

// window lowers a window; over tells OVER from WINDOW, where the name means something else.
func (l *lowerer) window(w *sqlparser.WindowDef, over bool) *syntax.Window {
	out := &syntax.Window{Ref: noIdent, Pos: -1}
	if !w.NameRef.IsEmpty() {
		var i int
		out.Ref, i = l.ident(w.NameRef.String())
		prev := at(l.toks, before(i))
		out.Bare = over && i > 0 && prev.isWord("over")
	}
	out.PartitionBy, _ = l.exprs(w.PartitionBy)
	out.OrderBy = l.orderBy(w.OrderBy)
	if w.Frame != nil {
		out.Frame = l.frame(w.Frame)
	}
	return out
}

var bounds = map[sqlparser.BoundType]syntax.BoundKind{
	sqlparser.CurrentRow: syntax.CurrentRow, sqlparser.UnboundedFollowing: syntax.UnboundedFollowing,
	sqlparser.UnboundedPreceding: syntax.UnboundedPreceding, sqlparser.ExprPreceding: syntax.OffsetPreceding,
	sqlparser.ExprFollowing: syntax.OffsetFollowing,
}

func (l *lowerer) frame(f *sqlparser.Frame) *syntax.Frame {
	out := &syntax.Frame{Pos: -1, End: syntax.FrameBound{Kind: syntax.CurrentRow}}
	if f.Unit == sqlparser.RowsUnit {
		out.Mode = syntax.FrameRows
	}
	if f.Extent == nil || f.Extent.Start == nil {
		l.unknown(-1)
		return out
	}
	out.Start = l.bound(f.Extent.Start)
	if f.Extent.End != nil {
		out.End = l.bound(f.Extent.End)
	}
	return out
}

func (l *lowerer) bound(b *sqlparser.FrameBound) syntax.FrameBound {
	out := syntax.FrameBound{Kind: bounds[b.Type]}
	if b.Expr != nil {
		out.Offset, _ = l.expr(b.Expr)
	}
	return out
}
