package plan

// Columns of each node, and its inputs.

func (n *Scan) Columns() []Col {
	if n.cols == nil {
		n.cols = make([]Col, len(n.Fields))
		for i, f := range n.Fields {
			c := n.Table.Columns[f]
			n.cols[i] = Col{Name: c.Name, Type: c.Type, Table: n.Table, Origin: f}
		}
	}
	return n.cols
}
func (n *Values) Columns() []Col    { return n.Cols }
func (n *FuncScan) Columns() []Col  { return n.Cols }
func (n *Filter) Columns() []Col    { return n.Input.Columns() }
func (n *Project) Columns() []Col   { return n.Cols }
func (n *Aggregate) Columns() []Col { return n.Cols }
func (n *Sort) Columns() []Col      { return n.Input.Columns() }
func (n *Limit) Columns() []Col     { return n.Input.Columns() }
func (n *Distinct) Columns() []Col  { return n.Input.Columns() }
func (n *SetOp) Columns() []Col     { return n.Cols }
func (n *With) Columns() []Col      { return n.Body.Columns() }
func (n *CTERef) Columns() []Col    { return n.Cols }

func (n *Join) Columns() []Col {
	if n.Kind >= Semi {
		return n.Left.Columns()
	}
	return both(n.Left, n.Right)
}

func (n *Apply) Columns() []Col { return both(n.Left, n.Right) }

func (n *Window) Columns() []Col {
	in := n.Input.Columns()
	out := make([]Col, 0, len(in)+len(n.Calls))
	out = append(out, in...)
	for _, c := range n.Calls {
		out = append(out, Col{Name: c.Name, Type: c.Type})
	}
	return out
}

func both(left, right Node) []Col {
	l, r := left.Columns(), right.Columns()
	return append(append(make([]Col, 0, len(l)+len(r)), l...), r...)
}

func (n *Scan) Inputs() []Node      { return nil }
func (n *Values) Inputs() []Node    { return nil }
func (n *FuncScan) Inputs() []Node  { return nil }
func (n *CTERef) Inputs() []Node    { return nil }
func (n *Filter) Inputs() []Node    { return []Node{n.Input} }
func (n *Project) Inputs() []Node   { return []Node{n.Input} }
func (n *Aggregate) Inputs() []Node { return []Node{n.Input} }
func (n *Window) Inputs() []Node    { return []Node{n.Input} }
func (n *Sort) Inputs() []Node      { return []Node{n.Input} }
func (n *Limit) Inputs() []Node     { return []Node{n.Input} }
func (n *Distinct) Inputs() []Node  { return []Node{n.Input} }
func (n *Join) Inputs() []Node      { return []Node{n.Left, n.Right} }
func (n *Apply) Inputs() []Node     { return []Node{n.Left, n.Right} }
func (n *SetOp) Inputs() []Node     { return []Node{n.Left, n.Right} }
func (n *With) Inputs() []Node {
	var in []Node
	for _, d := range n.Defs {
		in = append(in, d.Plan)
		if d.Step != nil {
			in = append(in, d.Step)
		}
	}
	return append(in, n.Body)
}
