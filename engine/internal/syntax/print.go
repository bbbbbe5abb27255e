package syntax

import (
	"strconv"
	"strings"
)

// Print writes a statement as canonical SQL: one line, keywords in capitals, parentheses only where the grammar needs them.
// Parsing the result and printing it again gives the same text.
func Print(s Statement) string {
	var p printer
	switch s := s.(type) {
	case *Query:
		p.query(s)
	case *Explain:
		p.explain(s)
	case *Set:
		p.set(s)
	case *Show:
		p.text("SHOW ", s.Name)
	}
	return p.b.String()
}

// PrintExpr writes an expression as canonical SQL.
func PrintExpr(e Expr) string {
	var p printer
	p.expr(e, precLowest)
	return p.b.String()
}

// printer writes canonical SQL into b.
type printer struct{ b strings.Builder }

func (p *printer) text(parts ...string) {
	for _, s := range parts {
		p.b.WriteString(s)
	}
}

func (p *printer) explain(s *Explain) {
	var options []string
	if s.Analyze {
		options = append(options, "ANALYZE")
	}
	if s.Format != "" && s.Format != "text" {
		options = append(options, "FORMAT "+strings.ToUpper(s.Format))
	}
	p.text("EXPLAIN ")
	if len(options) > 0 {
		p.text("(", strings.Join(options, ", "), ") ")
	}
	p.query(s.Query)
}

func (p *printer) set(s *Set) {
	if s.Default {
		p.text("RESET ", s.Name)
		return
	}
	p.text("SET ", s.Name, " = ", quoteString(s.Value))
}

func (p *printer) query(q *Query) {
	if q.With != nil {
		p.with(q.With)
	}
	p.body(q.Body, 0)
	p.orderBy(" ORDER BY ", q.OrderBy)
	if q.Limit != nil && !q.WithTies {
		p.text(" LIMIT ")
		p.expr(q.Limit, precLowest)
	}
	if q.Offset != nil {
		p.text(" OFFSET ")
		p.expr(q.Offset, precLowest)
	}
	if q.WithTies {
		p.text(" FETCH FIRST (")
		p.expr(q.Limit, precLowest)
		p.text(") ROWS WITH TIES")
	}
}

func (p *printer) with(w *With) {
	p.text("WITH ")
	if w.Recursive {
		p.text("RECURSIVE ")
	}
	for i, t := range w.CTEs {
		if i > 0 {
			p.text(", ")
		}
		p.ident(t.Name)
		p.columns(t.Columns)
		p.text(" AS ")
		if t.Materialized != nil {
			if !*t.Materialized {
				p.text("NOT ")
			}
			p.text("MATERIALIZED ")
		}
		p.subquery(t.Query)
	}
	p.text(" ")
}

func (p *printer) subquery(q *Query) {
	p.text("(")
	p.query(q)
	p.text(")")
}

// body prints a query's body; level is the binding of the set operation around it: 1 for UNION and EXCEPT, 2 for INTERSECT.
// An operand of the right side needs one more.
func (p *printer) body(b Body, level int) {
	switch b := b.(type) {
	case *Select:
		p.selectBlock(b)
	case *Values:
		p.values(b)
	case *Query:
		p.subquery(b)
	case *SetOp:
		own := 1
		if b.Kind == Intersect {
			own = 2
		}
		if own < level {
			p.text("(")
			defer p.text(")")
		}
		p.body(b.Left, own)
		p.text(" ", b.Kind.String(), " ")
		if b.All {
			p.text("ALL ")
		}
		p.body(b.Right, own+1)
	}
}

func (p *printer) values(v *Values) {
	p.text("VALUES ")
	for i, row := range v.Rows {
		if i > 0 {
			p.text(", ")
		}
		p.text("(")
		p.list(row)
		p.text(")")
	}
}

func (p *printer) selectBlock(s *Select) {
	p.text("SELECT")
	if s.Distinct {
		p.text(" DISTINCT")
	}
	if len(s.DistinctOn) > 0 {
		p.text(" DISTINCT ON (")
		p.list(s.DistinctOn)
		p.text(")")
	}
	for i, it := range s.Items {
		if i > 0 {
			p.text(",")
		}
		p.text(" ")
		p.expr(it.Expr, precLowest)
		if it.Alias.Name != "" {
			p.text(" AS ")
			p.ident(it.Alias)
		}
	}
	for i, t := range s.From {
		if i == 0 {
			p.text(" FROM ")
		} else {
			p.text(", ")
		}
		p.table(t, false)
	}
	p.clause(" WHERE ", s.Where)
	p.groupBy(s)
	p.clause(" HAVING ", s.Having)
	for i, w := range s.Windows {
		if i == 0 {
			p.text(" WINDOW ")
		} else {
			p.text(", ")
		}
		p.ident(w.Name)
		p.text(" AS ")
		p.window(w.Spec)
	}
}

func (p *printer) clause(word string, e Expr) {
	if e != nil {
		p.text(word)
		p.expr(e, precLowest)
	}
}

func (p *printer) groupBy(s *Select) {
	if len(s.GroupBy) == 0 {
		return
	}
	p.text(" GROUP BY ")
	if s.GroupDistinct {
		p.text("DISTINCT ")
	}
	p.groupItems(s.GroupBy)
}

func (p *printer) groupItems(list []GroupItem) {
	words := [...]string{GroupEmpty: "()", GroupSets: "GROUPING SETS ", GroupRollup: "ROLLUP ", GroupCube: "CUBE "}
	for i, g := range list {
		if i > 0 {
			p.text(", ")
		}
		if g.Kind == GroupExpr {
			p.list(g.Exprs)
			continue
		}
		p.text(words[g.Kind])
		if g.Kind != GroupEmpty {
			p.text("(")
			p.groupItems(g.Sets)
			p.text(")")
		}
	}
}

func (p *printer) orderBy(word string, list []OrderItem) {
	for i, o := range list {
		if i == 0 {
			p.text(word)
		} else {
			p.text(", ")
		}
		p.expr(o.Expr, precLowest)
		if o.Desc {
			p.text(" DESC")
		}
		p.text([...]string{NullsDefault: "", NullsFirst: " NULLS FIRST", NullsLast: " NULLS LAST"}[o.Nulls])
	}
}

// table prints an element of FROM; a join inside a join's right side, or with an alias, needs parentheses.
func (p *printer) table(t TableExpr, nested bool) {
	switch t := t.(type) {
	case *Table:
		if t.Schema.Name != "" {
			p.ident(t.Schema)
			p.text(".")
		}
		p.ident(t.Name)
		p.alias(t.Alias)
	case *Derived:
		if t.Lateral {
			p.text("LATERAL ")
		}
		p.subquery(t.Query)
		p.alias(t.Alias)
	case *TableFunc:
		if t.Lateral {
			p.text("LATERAL ")
		}
		p.expr(t.Call, precPrimary)
		if t.Ordinality {
			p.text(" WITH ORDINALITY")
		}
		p.alias(t.Alias)
	case *Join:
		if nested || t.Alias.Name.Name != "" {
			p.text("(")
			p.join(t)
			p.text(")")
			p.alias(t.Alias)
			return
		}
		p.join(t)
	}
}

func (p *printer) join(j *Join) {
	p.table(j.Left, false)
	p.text(" ")
	if j.Natural {
		p.text("NATURAL ")
	}
	p.text([...]string{InnerJoin: "", LeftJoin: "LEFT ", RightJoin: "RIGHT ", FullJoin: "FULL ", CrossJoin: "CROSS "}[j.Kind], "JOIN ")
	_, nested := j.Right.(*Join)
	p.table(j.Right, nested)
	if len(j.Using) > 0 {
		p.text(" USING")
		p.columns(j.Using)
		if j.UsingAlias.Name != "" {
			p.text(" AS ")
			p.ident(j.UsingAlias)
		}
	}
	p.clause(" ON ", j.On)
}

func (p *printer) alias(a Alias) {
	if a.Name.Name == "" && len(a.Defs) == 0 {
		return
	}
	p.text(" AS ")
	p.ident(a.Name)
	p.columns(a.Columns)
	for i, d := range a.Defs {
		if i == 0 {
			p.text("(")
		} else {
			p.text(", ")
		}
		p.ident(d.Name)
		p.text(" ")
		p.typeName(d.Type)
	}
	if len(a.Defs) > 0 {
		p.text(")")
	}
}

func (p *printer) columns(names []Ident) {
	for i, n := range names {
		if i == 0 {
			p.text(" (")
		} else {
			p.text(", ")
		}
		p.ident(n)
	}
	if len(names) > 0 {
		p.text(")")
	}
}

func (p *printer) ident(i Ident) {
	if i.Name == "" {
		return
	}
	if i.Quoted || !plainName(i.Name) {
		p.text(`"`, strings.ReplaceAll(i.Name, `"`, `""`), `"`)
		return
	}
	p.text(i.Name)
}

// plainName reports whether a name can be written without quotes, as far as its characters go.
func plainName(s string) bool {
	for i, r := range s {
		switch {
		case 'a' <= r && r <= 'z', r == '_', r >= 0x80:
		case i > 0 && ('0' <= r && r <= '9' || r == '$'):
		default:
			return false
		}
	}
	return s != ""
}

func quoteString(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

func (p *printer) typeName(t TypeName) {
	name, mods := t.Name, t.Mods
	switch {
	case name == "interval":
		p.text(name)
		p.intervalFields(mods)
		mods = nil
	case strings.HasSuffix(name, " with time zone"):
		short := strings.TrimSuffix(name, " with time zone")
		p.text(short)
		p.mods(mods)
		p.text(" with time zone")
		mods = nil
	case plainType(name):
		p.text(name)
	default:
		p.ident(Ident{Name: name, Quoted: true})
	}
	p.mods(mods)
	if t.Array {
		p.text("[]")
	}
}

func plainType(name string) bool {
	for _, word := range strings.Split(name, " ") {
		if !plainName(word) {
			return false
		}
	}
	return true
}

func (p *printer) mods(mods []string) {
	if len(mods) > 0 {
		p.text("(", strings.Join(mods, ", "), ")")
	}
}

// intervalFields prints DAY TO SECOND(3), or the precision alone.
func (p *printer) intervalFields(mods []string) {
	for _, m := range mods {
		if _, err := strconv.Atoi(m); err == nil {
			p.text("(", m, ")")
		} else {
			p.text(" ", strings.ToUpper(m))
		}
	}
}

func (p *printer) window(w *Window) {
	if w.Bare {
		p.ident(w.Ref)
		return
	}
	p.text("(")
	sep := ""
	if w.Ref.Name != "" {
		p.ident(w.Ref)
		sep = " "
	}
	if len(w.PartitionBy) > 0 {
		p.text(sep, "PARTITION BY ")
		p.list(w.PartitionBy)
		sep = " "
	}
	if len(w.OrderBy) > 0 {
		p.orderBy(sep+"ORDER BY ", w.OrderBy)
		sep = " "
	}
	if w.Frame != nil {
		p.text(sep)
		p.frame(w.Frame)
	}
	p.text(")")
}

func (p *printer) frame(f *Frame) {
	p.text([...]string{FrameRange: "RANGE", FrameRows: "ROWS", FrameGroups: "GROUPS"}[f.Mode], " BETWEEN ")
	p.bound(f.Start)
	p.text(" AND ")
	p.bound(f.End)
	p.text([...]string{
		ExcludeNoOthers: "", ExcludeCurrentRow: " EXCLUDE CURRENT ROW", ExcludeGroup: " EXCLUDE GROUP", ExcludeTies: " EXCLUDE TIES",
	}[f.Exclude])
}

func (p *printer) bound(b FrameBound) {
	if b.Offset != nil {
		p.expr(b.Offset, precAdd)
		p.text(" ")
	}
	p.text([...]string{
		UnboundedPreceding: "UNBOUNDED PRECEDING", OffsetPreceding: "PRECEDING", CurrentRow: "CURRENT ROW",
		OffsetFollowing: "FOLLOWING", UnboundedFollowing: "UNBOUNDED FOLLOWING",
	}[b.Kind])
}
