package plan

import (
	"github.com/credsql/credsql/engine/column"
)

// pruneRoot drops the columns that nothing reads; the tree gives the same columns as before.
func pruneRoot(n Node) Node {
	p := &pruner{ctes: map[int][]bool{}}
	return p.whole(n)
}

// pruner carries what is needed of each definition of WITH: the union over its references.
type pruner struct{ ctes map[int][]bool }

// whole prunes below n, keeping all of n's own columns.
func (p *pruner) whole(n Node) Node {
	out, _ := p.node(n, everything(len(n.Columns())))
	return out
}

func everything(n int) []bool {
	out := make([]bool, n)
	for i := range out {
		out[i] = true
	}
	return out
}

func identity(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// want adds the columns that expressions read.
func want(need []bool, exprs ...Expr) {
	for _, e := range exprs {
		for _, i := range columnsOf(e) {
			need[i] = true
		}
	}
}

// moved rewrites an expression to the new places of its columns, and prunes the plans of its subqueries.
func (p *pruner) moved(to []int) func(Expr) Expr {
	return func(e Expr) Expr {
		return transform(e, func(x Expr) Expr {
			switch x := x.(type) {
			case *ColRef:
				c := *x
				c.Index = to[x.Index]
				return &c
			case *Subquery:
				c := *x
				if x.Kind == ExistsSub {
					c.Plan, _ = p.node(x.Plan, make([]bool, len(x.Plan.Columns())))
				} else {
					c.Plan = p.whole(x.Plan)
				}
				return &c
			}
			return x
		})
	}
}

// node prunes n to the columns needed, perhaps keeping more; to says where each old column is now, -1 for nowhere.
func (p *pruner) node(n Node, need []bool) (out Node, to []int) {
	switch n := n.(type) {
	case *Scan:
		return pruneScan(n, need)
	case *Filter:
		want(need, n.Cond)
		in, to := p.node(n.Input, need)
		return &Filter{Input: in, Cond: p.moved(to)(n.Cond)}, to
	case *Project:
		return p.project(n, need)
	case *Join:
		return p.join(n, need)
	case *Apply:
		return p.apply(n, need)
	case *Aggregate:
		return p.aggregate(n, need)
	case *Window:
		return p.window(n, need)
	case *Sort:
		for _, k := range n.Keys {
			want(need, k.Expr)
		}
		in, to := p.node(n.Input, need)
		return &Sort{Input: in, Keys: mapKeys(n.Keys, p.moved(to))}, to
	case *Limit:
		return p.limit(n, need)
	case *Distinct:
		return p.distinct(n, need)
	case *SetOp:
		return p.setOp(n, need)
	case *With:
		return p.with(n, need)
	case *CTERef:
		seen := p.ctes[n.ID]
		if seen == nil {
			seen = make([]bool, len(n.Cols))
			p.ctes[n.ID] = seen
		}
		for i := range need {
			seen[i] = seen[i] || need[i]
		}
	}
	return withExprs(n, p.moved(nil)), identity(len(n.Columns()))
}

func pruneScan(n *Scan, need []bool) (Node, []int) {
	out := &Scan{Table: n.Table, Accounts: n.Accounts, Fields: []int{}}
	to := make([]int, len(need))
	for i, f := range n.Fields {
		to[i] = -1
		if need[i] {
			to[i] = len(out.Fields)
			out.Fields = append(out.Fields, f)
		}
	}
	return out, to
}

func (p *pruner) project(n *Project, need []bool) (Node, []int) {
	below := make([]bool, len(n.Input.Columns()))
	for i, e := range n.Exprs {
		if need[i] {
			want(below, e)
		}
	}
	in, inTo := p.node(n.Input, below)
	out, to := &Project{Input: in, Exprs: []Expr{}, Cols: []Col{}}, make([]int, len(need))
	move := p.moved(inTo)
	for i, e := range n.Exprs {
		to[i] = -1
		if need[i] {
			to[i] = len(out.Exprs)
			out.Exprs, out.Cols = append(out.Exprs, move(e)), append(out.Cols, n.Cols[i])
		}
	}
	return out, to
}

func (p *pruner) join(n *Join, need []bool) (Node, []int) {
	lw, rw := len(n.Left.Columns()), len(n.Right.Columns())
	all := make([]bool, lw+rw)
	copy(all, need)
	want(all, mapMaybeList(n.On)...)
	left, right := all[:lw], all[lw:]
	want(left, n.LeftKeys...)
	want(right, n.RightKeys...)
	out := *n
	var lt, rt []int
	out.Left, lt = p.node(n.Left, left)
	out.Right, rt = p.node(n.Right, right)
	to := beside(lt, rt, len(out.Left.Columns()))
	out.LeftKeys, out.RightKeys = mapExprs(n.LeftKeys, p.moved(lt)), mapExprs(n.RightKeys, p.moved(rt))
	out.On = mapMaybe(n.On, p.moved(to))
	if n.Kind >= Semi {
		to = lt
	}
	return &out, to
}

func mapMaybeList(e Expr) []Expr {
	if e == nil {
		return nil
	}
	return []Expr{e}
}

// beside is where the columns of two joined inputs are, the right ones after a left input of that width.
func beside(left, right []int, width int) []int {
	to := append([]int(nil), left...)
	for _, i := range right {
		if i >= 0 {
			i += width
		}
		to = append(to, i)
	}
	return to
}

func (p *pruner) apply(n *Apply, need []bool) (Node, []int) {
	lw := len(n.Left.Columns())
	want(need, mapMaybeList(n.On)...)
	for _, b := range n.Params {
		want(need[:lw], b.Expr)
	}
	out := *n
	var lt, rt []int
	out.Left, lt = p.node(n.Left, need[:lw])
	out.Right, rt = p.node(n.Right, need[lw:])
	to := beside(lt, rt, len(out.Left.Columns()))
	out.Params, out.On = mapParams(n.Params, p.moved(lt)), mapMaybe(n.On, p.moved(to))
	return &out, to
}

func (p *pruner) aggregate(n *Aggregate, need []bool) (Node, []int) {
	keys := len(n.Keys)
	out := &Aggregate{Keys: n.Keys, Sets: n.Sets, Cols: append([]Col(nil), n.Cols[:keys]...)}
	to := identity(len(need))
	below := make([]bool, len(n.Input.Columns()))
	want(below, n.Keys...)
	for i, a := range n.Aggs {
		if !need[keys+i] {
			to[keys+i] = -1
			continue
		}
		want(below, aggChildren(a)...)
		to[keys+i] = keys + len(out.Aggs)
		out.Aggs, out.Cols = append(out.Aggs, a), append(out.Cols, n.Cols[keys+i])
	}
	if n.Sets != nil {
		to[len(to)-1] = len(out.Cols)
		out.Cols = append(out.Cols, n.Cols[len(n.Cols)-1])
	}
	var inTo []int
	out.Input, inTo = p.node(n.Input, below)
	return withExprs(out, p.moved(inTo)), to
}

func (p *pruner) window(n *Window, need []bool) (Node, []int) {
	width := len(n.Input.Columns())
	below := append([]bool(nil), need[:width]...)
	var kept []*WindowCall
	for i, c := range n.Calls {
		if need[width+i] {
			kept = append(kept, c)
			want(below, windowChildren(c)...)
		}
	}
	in, to := p.node(n.Input, below)
	next := len(in.Columns())
	for i := range n.Calls {
		if need[width+i] {
			to = append(to, next)
			next++
		} else {
			to = append(to, -1)
		}
	}
	if len(kept) == 0 {
		return in, to
	}
	return withExprs(&Window{Input: in, Calls: kept}, p.moved(to)), to
}

func (p *pruner) limit(n *Limit, need []bool) (Node, []int) {
	for _, k := range n.TiesBy {
		want(need, k.Expr)
	}
	in, to := p.node(n.Input, need)
	out := *n
	out.Input = in
	return withExprs(&out, p.moved(to)), to
}

func (p *pruner) distinct(n *Distinct, need []bool) (Node, []int) {
	if n.On == nil {
		need = everything(len(need))
	}
	want(need, n.On...)
	in, to := p.node(n.Input, need)
	return withExprs(&Distinct{Input: in, On: n.On}, p.moved(to)), to
}

// setOp prunes the sides of UNION ALL to the same columns; every other set operation compares whole rows.
func (p *pruner) setOp(n *SetOp, need []bool) (Node, []int) {
	out := *n
	if n.Kind != Union || !n.All {
		out.Left, out.Right = p.whole(n.Left), p.whole(n.Right)
		return &out, identity(len(need))
	}
	out.Left, out.Right = p.exactly(n.Left, need), p.exactly(n.Right, need)
	out.Cols = []Col{}
	to := make([]int, len(need))
	for i, c := range n.Cols {
		to[i] = -1
		if need[i] {
			to[i] = len(out.Cols)
			out.Cols = append(out.Cols, c)
		}
	}
	return &out, to
}

// exactly prunes n to the needed columns and no others.
func (p *pruner) exactly(n Node, need []bool) Node {
	cols := n.Columns()
	in, to := p.node(n, append([]bool(nil), need...))
	same := true
	out := &Project{Input: in, Exprs: []Expr{}, Cols: []Col{}}
	for i, c := range cols {
		if !need[i] {
			continue
		}
		same = same && to[i] == len(out.Exprs)
		out.Exprs = append(out.Exprs, &ColRef{Pos: -1, Index: to[i], Typ: c.Type, Name: c.Name})
		out.Cols = append(out.Cols, c)
	}
	if same && len(in.Columns()) == len(out.Exprs) {
		return in
	}
	return out
}

// with prunes the body, which says what it needs of the definitions, and then these from the last to the first. A definition keeps its
// width: columns that nobody reads become NULL.
func (p *pruner) with(n *With, need []bool) (Node, []int) {
	body, to := p.node(n.Body, need)
	defs := make([]*CTE, len(n.Defs))
	for i := len(n.Defs) - 1; i >= 0; i-- {
		d := *n.Defs[i]
		used := p.ctes[d.ID]
		if used == nil {
			used = make([]bool, len(d.Plan.Columns()))
		}
		if d.Step != nil {
			d.Plan, d.Step = p.whole(d.Plan), p.whole(d.Step)
		} else {
			d.Plan = p.padded(d.Plan, used)
		}
		defs[i] = &d
	}
	return &With{Defs: defs, Body: body}, to
}

func (p *pruner) padded(n Node, need []bool) Node {
	cols := n.Columns()
	in, to := p.node(n, append([]bool(nil), need...))
	if len(in.Columns()) == len(cols) {
		return in
	}
	out := &Project{Input: in, Cols: cols}
	for i, c := range cols {
		var e Expr = &Const{Pos: -1, Typ: c.Type}
		if to[i] >= 0 {
			e = &ColRef{Pos: -1, Index: to[i], Typ: c.Type, Name: c.Name}
		}
		out.Exprs = append(out.Exprs, e)
	}
	return out
}

// restrictScans tells each scan which accounts the conditions right above it leave.
func restrictScans(n Node) Node {
	if f, ok := n.(*Filter); ok {
		if s, ok := f.Input.(*Scan); ok {
			return &Filter{Input: restricted(s, conjuncts(f.Cond)), Cond: restrictInside(f.Cond)}
		}
	}
	n = withExprs(n, restrictInside)
	return withInputs(n, restrictScans)
}

func restrictInside(e Expr) Expr {
	return transform(e, func(x Expr) Expr {
		if s, ok := x.(*Subquery); ok {
			c := *s
			c.Plan = restrictScans(s.Plan)
			return &c
		}
		return x
	})
}

func restricted(s *Scan, conds []Expr) *Scan {
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
func accountsIn(s *Scan, cond Expr) (ids []string, ok bool) {
	isAccount := func(e Expr) bool {
		c, ok := e.(*ColRef)
		return ok && s.Table.AccountColumn >= 0 && s.Fields[c.Index] == s.Table.AccountColumn
	}
	switch c := cond.(type) {
	case *Call:
		if c.Name != "=" || len(c.Args) != 2 {
			return nil, false
		}
		a, b := c.Args[0], c.Args[1]
		if isAccount(b) {
			a, b = b, a
		}
		k, known := constant(b)
		if !isAccount(a) || !known || k.Typ != column.Text || k.Val == nil {
			return nil, false
		}
		return []string{k.Val.(string)}, true
	case *Logic:
		return accountsOfArms(s, c)
	case *InList:
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
func accountsOfArms(s *Scan, or *Logic) (ids []string, ok bool) {
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
