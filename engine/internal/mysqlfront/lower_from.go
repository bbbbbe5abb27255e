package mysqlfront

import (
	"github.com/dolthub/vitess/go/vt/sqlparser"

	"github.com/credsql/credsql/engine/internal/syntax"
)

// from lowers FROM; DUAL is MySQL's name for no table.
func (l *lowerer) from(list sqlparser.TableExprs) []syntax.TableExpr {
	var out []syntax.TableExpr
	for _, n := range list {
		if isDual(n) {
			continue
		}
		out = append(out, l.table(n))
	}
	return out
}

func isDual(n sqlparser.TableExpr) bool {
	a, ok := n.(*sqlparser.AliasedTableExpr)
	if !ok {
		return false
	}
	t, ok := a.Expr.(sqlparser.TableName)
	return ok && t.DbQualifier.IsEmpty() && (t.Name.String() == "dual" || t.Name.String() == "DUAL")
}

func (l *lowerer) table(n sqlparser.TableExpr) syntax.TableExpr {
	none := &syntax.Table{Schema: noIdent, Name: noIdent}
	if !l.enter(-1) {
		return none
	}
	defer l.leave()
	switch n := n.(type) {
	case *sqlparser.AliasedTableExpr:
		return l.aliased(n)
	case *sqlparser.ParenTableExpr:
		return l.parenthesised(n)
	case *sqlparser.JoinTableExpr:
		return l.join(n)
	case *sqlparser.TableFuncExpr:
		return l.tableFunc(n)
	case sqlparser.TableFuncExpr:
		return l.tableFunc(&n)
	}
	l.unknown(-1)
	return none
}

// aliased lowers a table or a derived table. Index hints are only hints.
func (l *lowerer) aliased(n *sqlparser.AliasedTableExpr) syntax.TableExpr {
	if n.AsOf != nil || len(n.Partitions) > 0 {
		l.unknown(-1)
	}
	switch e := n.Expr.(type) {
	case sqlparser.TableName:
		out := &syntax.Table{Schema: noIdent}
		if !e.SchemaQualifier.IsEmpty() {
			l.unknown(-1)
		}
		if !e.DbQualifier.IsEmpty() {
			out.Schema, _ = l.ident(e.DbQualifier.String())
		}
		out.Name, _ = l.ident(e.Name.String())
		out.Alias = l.alias(n.As, nil)
		l.dropHints(n.Hints)
		return out
	case *sqlparser.Subquery:
		out := &syntax.Derived{Query: l.query(e.Select), Lateral: n.Lateral, Pos: -1}
		out.Pos = out.Query.Pos
		out.Alias = l.alias(n.As, e.Columns)
		return out
	case *sqlparser.ValuesStatement:
		out := &syntax.Derived{Query: &syntax.Query{Body: l.values(e), Pos: -1}, Pos: -1}
		out.Alias = l.alias(n.As, e.Columns)
		return out
	}
	l.unknown(-1)
	return &syntax.Table{Schema: noIdent, Name: noIdent}
}

func (l *lowerer) alias(as sqlparser.TableIdent, columns sqlparser.Columns) syntax.Alias {
	out := syntax.Alias{Name: noIdent}
	if !as.IsEmpty() {
		out.Name, _ = l.ident(as.String())
	}
	out.Columns = l.columns(columns)
	return out
}

func (l *lowerer) dropHints(h *sqlparser.IndexHints) {
	if h != nil {
		for _, name := range h.Indexes {
			l.take(name.String())
		}
	}
}

// parenthesised lowers (a, b), which in MySQL is a cross join, and (a JOIN b …).
func (l *lowerer) parenthesised(n *sqlparser.ParenTableExpr) syntax.TableExpr {
	var out syntax.TableExpr
	for _, e := range n.Exprs {
		t := l.table(e)
		if out != nil {
			t = &syntax.Join{Kind: syntax.CrossJoin, Left: out, Right: t, UsingAlias: noIdent, Alias: syntax.Alias{Name: noIdent}, Pos: -1}
		}
		out = t
	}
	if out == nil {
		l.unknown(-1)
		return &syntax.Table{Schema: noIdent, Name: noIdent}
	}
	return out
}

var joins = map[string]struct {
	kind    syntax.JoinKind
	natural bool
}{
	sqlparser.JoinStr: {syntax.InnerJoin, false}, sqlparser.StraightJoinStr: {syntax.InnerJoin, false},
	sqlparser.LeftJoinStr: {syntax.LeftJoin, false}, sqlparser.RightJoinStr: {syntax.RightJoin, false},
	sqlparser.NaturalJoinStr: {syntax.InnerJoin, true}, sqlparser.NaturalLeftJoinStr: {syntax.LeftJoin, true},
	sqlparser.NaturalRightJoinStr: {syntax.RightJoin, true}, sqlparser.FullOuterJoinStr: {syntax.FullJoin, false},
}

// join lowers a join. MySQL's JOIN may lack its condition: it is a cross join then.
func (l *lowerer) join(n *sqlparser.JoinTableExpr) syntax.TableExpr {
	j, ok := joins[n.Join]
	if !ok {
		l.unknown(-1)
	}
	out := &syntax.Join{Kind: j.kind, Natural: j.natural, UsingAlias: noIdent, Alias: syntax.Alias{Name: noIdent}, Pos: -1}
	out.Left = l.table(n.LeftExpr)
	out.Right = l.table(n.RightExpr)
	out.Using = l.columns(n.Condition.Using)
	if n.Condition.On != nil {
		out.On = l.truth(n.Condition.On)
	}
	if out.On == nil && len(out.Using) == 0 && !j.natural && j.kind == syntax.InnerJoin {
		out.Kind = syntax.CrossJoin
	}
	return out
}

func (l *lowerer) tableFunc(n *sqlparser.TableFuncExpr) syntax.TableExpr {
	name, i := l.ident(n.Name)
	call := &syntax.Call{Pos: l.pos(i), Name: name, Schema: noIdent, Args: l.callArgs(n.Exprs)}
	return &syntax.TableFunc{Call: call, Alias: l.alias(n.Alias, nil), Pos: int(l.pos(i))}
}
