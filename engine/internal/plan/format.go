package plan

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/credsql/credsql/engine/column"
)

// Format writes a plan as a tree, one operator a line, its input indented below: what EXPLAIN shows and plan goldens hold. note adds to an
// operator's line; it may be nil.
func Format(n Node, note func(Node) string) string {
	if note == nil {
		note = func(Node) string { return "" }
	}
	var b strings.Builder
	f := &formatter{b: &b, note: note}
	f.node(n, 0)
	return b.String()
}

type formatter struct {
	b    *strings.Builder
	note func(Node) string
}

func (f *formatter) node(n Node, depth int) {
	fmt.Fprintf(f.b, "%s%s%s\n", strings.Repeat("  ", depth), Describe(n), f.note(n))
	for i, in := range n.Inputs() {
		if w, ok := n.(*With); ok && i < len(w.Defs) {
			fmt.Fprintf(f.b, "%sCTE %s\n", strings.Repeat("  ", depth+1), w.Defs[i].Name)
			f.node(in, depth+2)
			continue
		}
		f.node(in, depth+1)
	}
	f.subplans(n, depth)
}

// subplans shows the plans of the subqueries in a node's expressions.
func (f *formatter) subplans(n Node, depth int) {
	WithExprs(n, func(e Expr) Expr {
		Visit(e, func(x Expr) bool {
			if s, ok := x.(*Subquery); ok {
				fmt.Fprintf(f.b, "%sSubPlan (%s)\n", strings.Repeat("  ", depth+1), subqueryText(s))
				f.node(s.Plan, depth+2)
			}
			return true
		})
		return e
	})
}

// Describe is a node's own line: its operator and what it does.
func Describe(n Node) string {
	switch n := n.(type) {
	case *Scan:
		return describeScan(n)
	case *Values:
		return fmt.Sprintf("Values %d rows", len(n.Rows))
	case *FuncScan:
		names := make([]string, len(n.Calls))
		for i, c := range n.Calls {
			names[i] = c.Fn.Func.Name + "(" + list(c.Args) + ")"
		}
		return "Function scan " + strings.Join(names, ", ")
	case *Filter:
		return "Filter " + Text(n.Cond)
	case *Project:
		return "Project " + list(n.Exprs)
	case *Join:
		return describeJoin(n)
	case *Apply:
		return "Lateral " + n.Kind.String() + " join"
	case *Aggregate:
		return describeAggregate(n)
	case *Window:
		return describeWindow(n)
	case *Sort:
		return "Sort " + keys(n.Keys)
	case *Limit:
		return describeLimit(n)
	case *Distinct:
		if n.On != nil {
			return "Distinct on " + list(n.On)
		}
		return "Distinct"
	case *SetOp:
		if n.All {
			return "Set " + n.Kind.String() + " all"
		}
		return "Set " + n.Kind.String()
	case *With:
		return "With"
	case *CTERef:
		return "CTE scan " + n.Name
	}
	return fmt.Sprintf("%T", n)
}

func describeScan(n *Scan) string {
	names := make([]string, len(n.Fields))
	for i, c := range n.Columns() {
		names[i] = c.Name
	}
	s := "Scan " + n.Table.QualifiedName() + " (" + strings.Join(names, ", ") + ")"
	if n.Accounts != nil {
		s += " accounts [" + strings.Join(n.Accounts, ", ") + "]"
	}
	return s
}

func describeJoin(n *Join) string {
	s := "Join " + n.Kind.String()
	for i := range n.LeftKeys {
		s += sep(i, " on ", " AND ") + Text(n.LeftKeys[i]) + " = right." + Text(n.RightKeys[i])
	}
	if n.On != nil {
		s += " filter " + Text(n.On)
	}
	return s
}

func sep(i int, first, other string) string {
	if i == 0 {
		return first
	}
	return other
}

func describeAggregate(n *Aggregate) string {
	s := "Aggregate"
	for i, a := range n.Aggs {
		s += sep(i, " ", ", ") + aggText(a)
	}
	if len(n.Keys) > 0 {
		s += " by " + list(n.Keys)
	}
	if n.Sets != nil {
		s += fmt.Sprintf(" sets %v", n.Sets)
	}
	return s
}

func aggText(a *AggCall) string {
	s := a.Name + "("
	if a.Distinct {
		s += "DISTINCT "
	}
	if len(a.Args) == 0 {
		s += "*"
	}
	s += list(append(append([]Expr(nil), a.Direct...), a.Args...)) + ")"
	if len(a.OrderBy) > 0 {
		s += " ORDER BY " + keys(a.OrderBy)
	}
	if a.Filter != nil {
		s += " FILTER " + Text(a.Filter)
	}
	return s
}

func describeWindow(n *Window) string {
	var parts []string
	for _, c := range n.Calls {
		s := c.Name + "(" + list(c.Args) + ") OVER ("
		if len(c.PartitionBy) > 0 {
			s += "PARTITION BY " + list(c.PartitionBy) + " "
		}
		if len(c.OrderBy) > 0 {
			s += "ORDER BY " + keys(c.OrderBy)
		}
		parts = append(parts, strings.TrimRight(s, " ")+")")
	}
	return "Window " + strings.Join(parts, ", ")
}

func describeLimit(n *Limit) string {
	s := "Limit"
	if n.Count != nil {
		s += " " + Text(n.Count)
	}
	if n.Offset != nil {
		s += " offset " + Text(n.Offset)
	}
	if n.TiesBy != nil {
		s += " with ties"
	}
	return s
}

func keys(ks []SortKey) string {
	out := make([]string, len(ks))
	for i, k := range ks {
		out[i] = Text(k.Expr)
		if k.Desc {
			out[i] += " DESC"
		}
		if k.NullsFirst != k.Desc {
			out[i] += map[bool]string{true: " NULLS FIRST", false: " NULLS LAST"}[k.NullsFirst]
		}
	}
	return strings.Join(out, ", ")
}

func list(es []Expr) string {
	out := make([]string, len(es))
	for i, e := range es {
		out[i] = Text(e)
	}
	return strings.Join(out, ", ")
}

// Text writes an expression for a person: operators by their sign, columns by name.
func Text(e Expr) string {
	switch e := e.(type) {
	case *ColRef:
		if e.Name == "" {
			return "#" + strconv.Itoa(e.Index)
		}
		return e.Name
	case *OuterRef:
		return "outer." + e.Name
	case *Const:
		return constText(e)
	case *Param:
		return "$" + strconv.Itoa(e.N)
	case *Call:
		return callText(e)
	case *Logic:
		return logicText(e)
	case *Not:
		return "NOT " + Text(e.Arg)
	case *Is:
		return "(" + Text(e.Arg) + " IS " + notText(e.Not) + [...]string{"NULL", "TRUE", "FALSE"}[e.Test] + ")"
	case *Case:
		s := "CASE"
		for _, w := range e.Whens {
			s += " WHEN " + Text(w.Cond) + " THEN " + Text(w.Then)
		}
		return s + " ELSE " + Text(e.Else) + " END"
	case *Coalesce:
		return "COALESCE(" + list(e.Args) + ")"
	case *InList:
		return inListText(e)
	case *Array:
		return "ARRAY[" + list(e.Items) + "]"
	case *Subquery:
		return "(" + subqueryText(e) + ")"
	}
	return fmt.Sprintf("%T", e)
}

func notText(not bool) string {
	if not {
		return "NOT "
	}
	return ""
}

func constText(e *Const) string {
	if e.Val == nil {
		return "NULL"
	}
	s := string(column.AppendText(nil, e.Val))
	switch e.Typ.Kind {
	case column.KindInt64, column.KindFloat64:
		return s
	case column.KindBool:
		return strconv.FormatBool(e.Val.(bool))
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

func callText(e *Call) string {
	switch {
	case strings.HasPrefix(e.Name, "::"):
		return Text(e.Args[0]) + e.Name
	case isSign(e.Name) && len(e.Args) == 2:
		return "(" + Text(e.Args[0]) + " " + e.Name + " " + Text(e.Args[1]) + ")"
	case isSign(e.Name):
		return e.Name + Text(e.Args[0])
	}
	return e.Name + "(" + list(e.Args) + ")"
}

func isSign(name string) bool {
	return name != "" && !(name[0] >= 'a' && name[0] <= 'z' || name[0] == '_')
}

func logicText(e *Logic) string {
	op := " AND "
	if e.Or {
		op = " OR "
	}
	parts := make([]string, len(e.Args))
	for i, a := range e.Args {
		parts[i] = Text(a)
	}
	return "(" + strings.Join(parts, op) + ")"
}

func inListText(e *InList) string {
	parts := make([]string, 0, min(len(e.Vals), 6))
	for i, v := range e.Vals {
		if i == 5 {
			parts = append(parts, fmt.Sprintf("… %d more", len(e.Vals)-i))
			break
		}
		parts = append(parts, constText(&Const{Val: v, Typ: e.Arg.Type()}))
	}
	if e.HasNull {
		parts = append(parts, "NULL")
	}
	return "(" + Text(e.Arg) + " " + notText(e.Not) + "IN (" + strings.Join(parts, ", ") + "))"
}

func subqueryText(s *Subquery) string {
	kind := [...]string{"scalar", "EXISTS", "ANY", "ALL", "ARRAY"}[s.Kind]
	if len(s.Params) > 0 {
		kind = "correlated " + kind
	}
	if s.Cmp != nil {
		kind += " " + Text(s.Cmp)
	}
	return kind
}

// DecidedBy are the names of the columns whose NULLs decide a condition without a word: those outside of IS NULL tests.
func DecidedBy(cond Expr) []string {
	var out []string
	seen := map[string]bool{}
	Visit(cond, func(x Expr) bool {
		if is, ok := x.(*Is); ok && is.Test == IsNull {
			if _, plain := is.Arg.(*ColRef); plain {
				return false
			}
		}
		if c, ok := x.(*ColRef); ok && !seen[c.Name] {
			seen[c.Name] = true
			out = append(out, c.Name)
		}
		return true
	})
	return out
}
