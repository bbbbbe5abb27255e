package mysqlfront

import (
	"strings"

	"github.com/dolthub/vitess/go/vt/sqlparser"

	"github.com/credsql/credsql/engine/sqlerr"
)

// set reads SET of variables, NAMES, CHARACTER SET and TRANSACTION. What reaches beyond the session is refused.
func (p *parser) set() *sqlerr.Error {
	for i := range p.toks {
		t, prev := &p.toks[i], p.at(i-1)
		scoped := t.isWord("global", "persist", "persist_only") && (i == 1 || prev.isSign(","))
		if scoped || t.kind == kindVariable && beyondSession(t.value) && isTarget(p.toks, i) {
			return readOnly("SET GLOBAL").At(t.pos)
		}
	}
	if p.at(1).isWord("password", "role", "default", "resource") {
		return readOnly("SET " + strings.ToUpper(p.at(1).value)).At(p.at(1).pos)
	}
	for i := range p.toks {
		if p.toks[i].isSign(":=") && isAssigned(p.toks, i) {
			p.toks[i].value = "="
		}
	}
	if err := checkMetadata(p.toks); err != nil {
		return err
	}
	if p.scope(1).ours {
		// go-mysql-server would answer a count from what it was last told of the table.
		return sqlerr.NotSupported("a query over tables in SET").At(p.at(1).pos)
	}
	stmt, sql, err := parsePlain(p.text, p.toks)
	if err != nil {
		return err
	}
	set, ok := stmt.(*sqlparser.Set)
	if !ok {
		return p.unexpected(0)
	}
	for _, e := range set.Exprs {
		s, err := p.setting(e)
		if err != nil {
			return err
		}
		p.out.Settings = append(p.out.Settings, s)
	}
	p.out.Kind, p.out.Tree, p.out.SQL = KindSet, stmt, sql
	return nil
}

// beyondSession reports whether a variable is written with a scope that is not the session.
func beyondSession(name string) bool {
	name = strings.ToLower(name)
	for _, scope := range []string{"@@global.", "@@persist.", "@@persist_only."} {
		if strings.HasPrefix(name, scope) {
			return true
		}
	}
	return false
}

// isTarget reports whether the variable at i is assigned to.
func isTarget(toks []token, i int) bool {
	prev, next := at(toks, i-1), at(toks, i+1)
	return (i == 1 || prev.isSign(",")) && (next.isSign("=") || next.isSign(":="))
}

// isAssigned reports whether the sign at i follows a variable that is assigned to.
func isAssigned(toks []token, i int) bool { return isTarget(toks, i-1) }

func (p *parser) setting(e *sqlparser.SetVarExpr) (Setting, *sqlerr.Error) {
	out := Setting{Name: strings.ToLower(e.Name.String()), User: e.Scope == sqlparser.SetScope_User}
	switch e.Scope {
	case sqlparser.SetScope_None, sqlparser.SetScope_Session, sqlparser.SetScope_User:
	default:
		return out, readOnly("SET GLOBAL").At(0)
	}
	if name, scope, _, err := sqlparser.VarScopeForColName(e.Name); err == nil && scope != sqlparser.SetScope_None {
		if scope != sqlparser.SetScope_Session && scope != sqlparser.SetScope_User {
			return out, readOnly("SET GLOBAL").At(0)
		}
		out.Name, out.User = strings.ToLower(name.String()), scope == sqlparser.SetScope_User
	}
	switch v := e.Expr.(type) {
	case *sqlparser.SQLVal:
		out.Value, out.Literal = string(v.Val), v.Type != sqlparser.ValArg
	case sqlparser.BoolVal:
		out.Value, out.Literal = map[bool]string{true: "1", false: "0"}[bool(v)], true
	case *sqlparser.NullVal:
		out.Value, out.Literal = "", true
	case *sqlparser.Default:
		out.Default = true
	case *sqlparser.ColName:
		// A bare word such as ON or utf8mb4.
		if v.Qualifier.IsEmpty() && !strings.HasPrefix(v.Name.String(), "@") {
			out.Value, out.Literal = v.Name.String(), true
		}
	}
	return out, nil
}
