package eval

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/vec"
)

// rest is the rows of a frame that no branch has taken yet.
type rest struct {
	frame *Frame
	idx   []int32 // places in the whole; nil: all of it
}

// take splits off the rows whose bit is set.
func (r *rest) take(hit column.Bitmap) (rest, rest) {
	n := hit.Count()
	switch n {
	case 0:
		return rest{frame: r.frame.Pick(nil), idx: []int32{}}, *r
	case r.frame.N:
		return *r, rest{frame: r.frame.Pick(nil), idx: []int32{}}
	}
	in := hit.Indexes(make([]int32, 0, n))
	miss := hit.Clone()
	miss.Not(r.frame.N)
	out := miss.Indexes(make([]int32, 0, r.frame.N-n))
	return rest{r.frame.Pick(in), r.places(in)}, rest{r.frame.Pick(out), r.places(out)}
}

func (r *rest) places(idx []int32) []int32 {
	if r.idx == nil {
		return idx
	}
	out := make([]int32, len(idx))
	for i, p := range idx {
		out[i] = r.idx[p]
	}
	return out
}

// part evaluates a branch for the rows.
func (r *rest) part(n node, parts []vec.Part) ([]vec.Part, error) {
	if r.frame.N == 0 {
		return parts, nil
	}
	v, err := n.eval(r.frame)
	if err != nil {
		return nil, err
	}
	return append(parts, vec.Part{Idx: r.idx, Vals: v}), nil
}

// caseOf is searched CASE.
type caseOf struct {
	traitsOf
	whens []when
	other node
}

type when struct{ cond, then node }

func (c *caseOf) eval(f *Frame) (*column.Vector, error) {
	left := rest{frame: f}
	var parts []vec.Part
	for _, w := range c.whens {
		if left.frame.N == 0 {
			break
		}
		m, err := maskOf(w.cond, left.frame, true)
		if err != nil {
			return nil, err
		}
		var hit rest
		hit, left = left.take(m.bits)
		if parts, err = hit.part(w.then, parts); err != nil {
			return nil, err
		}
	}
	parts, err := left.part(c.other, parts)
	if err != nil {
		return nil, err
	}
	return vec.Blend(c.typ, f.N, parts), nil
}

// coalesce is the first operand that is not NULL.
type coalesce struct {
	traitsOf
	args []node
}

func (c *coalesce) eval(f *Frame) (*column.Vector, error) {
	left := rest{frame: f}
	var parts []vec.Part
	for _, a := range c.args {
		if left.frame.N == 0 {
			break
		}
		v, err := a.eval(left.frame)
		if err != nil {
			return nil, err
		}
		parts = append(parts, vec.Part{Idx: left.idx, Vals: v})
		if v.Valid == nil && v.Type.Kind != column.KindUnknown {
			break
		}
		_, left = left.take(nullMask(v, false).bits)
	}
	return vec.Blend(c.typ, f.N, parts), nil
}

// array builds an array of its items.
type array struct {
	traitsOf
	items []node
}

func (a *array) eval(f *Frame) (*column.Vector, error) {
	cols := make([]*column.Vector, len(a.items))
	for i, item := range a.items {
		v, err := item.eval(f)
		if err != nil {
			return nil, err
		}
		cols[i] = v
	}
	lists := make([]*column.List, f.N)
	for i := range lists {
		items := make([]column.Value, len(cols))
		for j, v := range cols {
			items[j] = v.Value(i)
		}
		lists[i] = &column.List{Elem: a.typ.ElemType(), Items: items}
	}
	return &column.Vector{Type: a.typ, N: f.N, Lists: lists}, nil
}
