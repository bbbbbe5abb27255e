package optimize

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/plan"
)

// restrictScans tells each scan which accounts the conditions right above it leave.
func restrictScans(n plan.Node) plan.Node {
	if f, ok := n.(*plan.Filter); ok {
		if s, ok := f.Input.(*plan.Scan); ok {
			return &plan.Filter{Input: restricted(s, conjuncts(f.Cond)), Cond: restrictInside(f.Cond)}
		}
	}
	n = plan.WithExprs(n, restrictInside)
	return plan.WithInputs(n, restrictScans)
}

func restrictInside(e plan.Expr) plan.Expr {
	return plan.Transform(e, func(x plan.Expr) plan.Expr {
		if s, ok := x.(*plan.Subquery); ok {
			c := *s
			c.Plan = restrictScans(s.Plan)
			return &c
		}
		return x
	})
}

func restricted(s *plan.Scan, conds []plan.Expr) *plan.Scan {
	out := *s
	for _, c := range conds {
		ids, ok := accountsIn(s, c)
		if !ok {
			continue
		}
		if out.Accounts != nil {
			ids = intersect(out.Accounts, ids)
		}
		out.Accounts = ids
	}
	return &out
}

// accountsIn are the account ids that a condition allows; ok is false when it does not say.
func accountsIn(s *plan.Scan, cond plan.Expr) (ids []string, ok bool) {
	isAccount := func(e plan.Expr) bool {
		c, ok := e.(*plan.ColRef)
		return ok && s.Table.AccountColumn >= 0 && s.Fields[c.Index] == s.Table.AccountColumn
	}
	switch c := cond.(type) {
	case *plan.Call:
		if c.Name != "=" || len(c.Args) != 2 {
			return nil, false
		}
		a, b := c.Args[0], c.Args[1]
		if isAccount(b) {
			a, b = b, a
		}
		k, known := plan.Constant(b)
		if !isAccount(a) || !known || k.Typ != column.Text || k.Val == nil {
			return nil, false
		}
		return []string{k.Val.(string)}, true
	case *plan.Logic:
		return accountsOfArms(s, c)
	case *plan.InList:
		if c.Not || !isAccount(c.Arg) {
			return nil, false
		}
		ids = []string{}
		for _, v := range c.Vals {
			ids = append(ids, v.(string))
		}
		return ids, true
	}
	return nil, false
}

// accountsOfArms are the accounts that an OR allows: those of all its arms, each of which must name some.
func accountsOfArms(s *plan.Scan, or *plan.Logic) (ids []string, ok bool) {
	for _, arm := range or.Args {
		named := false
		for _, cond := range conjuncts(arm) {
			if some, ok := accountsIn(s, cond); ok {
				ids, named = append(ids, some...), true
				break
			}
		}
		if !named {
			return nil, false
		}
	}
	return ids, or.Or
}

func intersect(a, b []string) []string {
	in := map[string]bool{}
	for _, s := range a {
		in[s] = true
	}
	out := []string{}
	for _, s := range b {
		if in[s] {
			out = append(out, s)
		}
	}
	return out
}
