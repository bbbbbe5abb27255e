package optimize

import (
	"github.com/credsql/credsql/engine/internal/plan"
)

// pruneRoot drops the columns that nothing reads; the tree gives the same columns as before.
func pruneRoot(n plan.Node) plan.Node {
	p := &pruner{ctes: map[int][]bool{}}
	return p.whole(n)
}

// pruner carries what is needed of each definition of WITH: the union over its references.
type pruner struct{ ctes map[int][]bool }

// whole prunes below n, keeping all of n's own columns.
func (p *pruner) whole(n plan.Node) plan.Node {
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
func want(need []bool, exprs ...plan.Expr) {
	for _, e := range exprs {
		for _, i := range plan.ColumnsOf(e) {
			need[i] = true
		}
	}
}

// moved rewrites an expression to the new places of its columns, and prunes the plans of its subqueries.
func (p *pruner) moved(to []int) func(plan.Expr) plan.Expr {
	return func(e plan.Expr) plan.Expr {
		return plan.Transform(e, func(x plan.Expr) plan.Expr {
			switch x := x.(type) {
			case *plan.ColRef:
				c := *x
				c.Index = to[x.Index]
				return &c
			case *plan.Subquery:
				c := *x
				if x.Kind == plan.ExistsSub {
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
func (p *pruner) node(n plan.Node, need []bool) (out plan.Node, to []int) {
	switch n := n.(type) {
	case *plan.Scan:
		return pruneScan(n, need)
	case *plan.Filter:
		want(need, n.Cond)
		in, to := p.node(n.Input, need)
		return &plan.Filter{Input: in, Cond: p.moved(to)(n.Cond)}, to
	case *plan.Project:
		return p.project(n, need)
	case *plan.Join:
		return p.join(n, need)
	case *plan.Apply:
		return p.apply(n, need)
	case *plan.Aggregate:
		return p.aggregate(n, need)
	case *plan.Window:
		return p.window(n, need)
	case *plan.Sort:
		for _, k := range n.Keys {
			want(need, k.Expr)
		}
		in, to := p.node(n.Input, need)
		return &plan.Sort{Input: in, Keys: plan.MapKeys(n.Keys, p.moved(to))}, to
	case *plan.Limit:
		return p.limit(n, need)
	case *plan.Distinct:
		return p.distinct(n, need)
	case *plan.SetOp:
		return p.setOp(n, need)
	case *plan.With:
		return p.with(n, need)
	case *plan.CTERef:
		seen := p.ctes[n.ID]
		if seen == nil {
			seen = make([]bool, len(n.Cols))
			p.ctes[n.ID] = seen
		}
		for i := range need {
			seen[i] = seen[i] || need[i]
		}
	}
	return plan.WithExprs(n, p.moved(nil)), identity(len(n.Columns()))
}

func pruneScan(n *plan.Scan, need []bool) (plan.Node, []int) {
	out := &plan.Scan{Table: n.Table, Accounts: n.Accounts, Fields: []int{}}
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

func (p *pruner) project(n *plan.Project, need []bool) (plan.Node, []int) {
	below := make([]bool, len(n.Input.Columns()))
	for i, e := range n.Exprs {
		if need[i] {
			want(below, e)
		}
	}
	in, inTo := p.node(n.Input, below)
	out, to := &plan.Project{Input: in, Exprs: []plan.Expr{}, Cols: []plan.Col{}}, make([]int, len(need))
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

func (p *pruner) join(n *plan.Join, need []bool) (plan.Node, []int) {
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
	out.LeftKeys, out.RightKeys = plan.MapExprs(n.LeftKeys, p.moved(lt)), plan.MapExprs(n.RightKeys, p.moved(rt))
	out.On = plan.MapMaybe(n.On, p.moved(to))
	if n.Kind >= plan.Semi {
		to = lt
	}
	return &out, to
}

func mapMaybeList(e plan.Expr) []plan.Expr {
	if e == nil {
		return nil
	}
	return []plan.Expr{e}
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

func (p *pruner) apply(n *plan.Apply, need []bool) (plan.Node, []int) {
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
	out.Params, out.On = plan.MapParams(n.Params, p.moved(lt)), plan.MapMaybe(n.On, p.moved(to))
	return &out, to
}

func (p *pruner) aggregate(n *plan.Aggregate, need []bool) (plan.Node, []int) {
	keys := len(n.Keys)
	out := &plan.Aggregate{Keys: n.Keys, Sets: n.Sets, Cols: append([]plan.Col(nil), n.Cols[:keys]...)}
	to := identity(len(need))
	below := make([]bool, len(n.Input.Columns()))
	want(below, n.Keys...)
	for i, a := range n.Aggs {
		if !need[keys+i] {
			to[keys+i] = -1
			continue
		}
		want(below, plan.AggChildren(a)...)
		to[keys+i] = keys + len(out.Aggs)
		out.Aggs, out.Cols = append(out.Aggs, a), append(out.Cols, n.Cols[keys+i])
	}
	if n.Sets != nil {
		to[len(to)-1] = len(out.Cols)
		out.Cols = append(out.Cols, n.Cols[len(n.Cols)-1])
	}
	var inTo []int
	out.Input, inTo = p.node(n.Input, below)
	return plan.WithExprs(out, p.moved(inTo)), to
}

func (p *pruner) window(n *plan.Window, need []bool) (plan.Node, []int) {
	width := len(n.Input.Columns())
	below := append([]bool(nil), need[:width]...)
	var kept []*plan.WindowCall
	for i, c := range n.Calls {
		if need[width+i] {
			kept = append(kept, c)
			want(below, plan.WindowChildren(c)...)
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
	return plan.WithExprs(&plan.Window{Input: in, Calls: kept}, p.moved(to)), to
}

func (p *pruner) limit(n *plan.Limit, need []bool) (plan.Node, []int) {
	for _, k := range n.TiesBy {
		want(need, k.Expr)
	}
	in, to := p.node(n.Input, need)
	out := *n
	out.Input = in
	return plan.WithExprs(&out, p.moved(to)), to
}

func (p *pruner) distinct(n *plan.Distinct, need []bool) (plan.Node, []int) {
	if n.On == nil {
		need = everything(len(need))
	}
	want(need, n.On...)
	in, to := p.node(n.Input, need)
	return plan.WithExprs(&plan.Distinct{Input: in, On: n.On}, p.moved(to)), to
}

// setOp prunes the sides of UNION ALL to the same columns; every other set operation compares whole rows.
func (p *pruner) setOp(n *plan.SetOp, need []bool) (plan.Node, []int) {
	out := *n
	if n.Kind != plan.Union || !n.All {
		out.Left, out.Right = p.whole(n.Left), p.whole(n.Right)
		return &out, identity(len(need))
	}
	out.Left, out.Right = p.exactly(n.Left, need), p.exactly(n.Right, need)
	out.Cols = []plan.Col{}
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
func (p *pruner) exactly(n plan.Node, need []bool) plan.Node {
	cols := n.Columns()
	in, to := p.node(n, append([]bool(nil), need...))
	same := true
	out := &plan.Project{Input: in, Exprs: []plan.Expr{}, Cols: []plan.Col{}}
	for i, c := range cols {
		if !need[i] {
			continue
		}
		same = same && to[i] == len(out.Exprs)
		out.Exprs = append(out.Exprs, &plan.ColRef{Pos: -1, Index: to[i], Typ: c.Type, Name: c.Name})
		out.Cols = append(out.Cols, c)
	}
	if same && len(in.Columns()) == len(out.Exprs) {
		return in
	}
	return out
}

// with prunes the body, which says what it needs of the definitions, and then these from the last to the first. A definition keeps its
// width: columns that nobody reads become NULL.
func (p *pruner) with(n *plan.With, need []bool) (plan.Node, []int) {
	body, to := p.node(n.Body, need)
	defs := make([]*plan.CTE, len(n.Defs))
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
	return &plan.With{Defs: defs, Body: body}, to
}

func (p *pruner) padded(n plan.Node, need []bool) plan.Node {
	cols := n.Columns()
	in, to := p.node(n, append([]bool(nil), need...))
	if len(in.Columns()) == len(cols) {
		return in
	}
	out := &plan.Project{Input: in, Cols: cols}
	for i, c := range cols {
		var e plan.Expr = &plan.Const{Pos: -1, Typ: c.Type}
		if to[i] >= 0 {
			e = &plan.ColRef{Pos: -1, Index: to[i], Typ: c.Type, Name: c.Name}
		}
		out.Exprs = append(out.Exprs, e)
	}
	return out
}
