package eval

import (
	"slices"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/vec"
)

// Frame is N rows on their way through a pipeline. Its columns are gathered, or computed, when they are first read, so that a
// filter costs nothing for columns that nobody asks for. A frame belongs to one goroutine at a time.
type Frame struct {
	N    int
	cols []lazy
}

// lazy is one column: rows sel of base (all when sel is nil), rows of the chunks of a held input, or an expression over the rows
// of another frame.
type lazy struct {
	base   *column.Vector
	sel    *selection
	chunks []*column.Vector
	refs   *refList
	expr   node
	over   *Frame
	typ    column.Type // with refs
	own    bool        // base was made on the way; otherwise it is a table's
}

// refList is the rows that several columns share.
type refList struct{ refs []vec.Ref }

// NewFrame is a frame of a batch's columns, which a table or an operator holds for longer than whoever reads the frame.
func NewFrame(b *column.Batch) *Frame {
	f := &Frame{N: b.N, cols: make([]lazy, len(b.Cols))}
	for i, v := range b.Cols {
		f.cols[i].base = v
	}
	return f
}

// Made is a frame of a batch that was made on the way: who keeps its columns keeps their memory.
func Made(b *column.Batch) *Frame {
	f := NewFrame(b)
	for i := range f.cols {
		f.cols[i].own = true
	}
	return f
}

// Spread is a frame of the named rows of several chunks; cols[i] is column i of every chunk.
func Spread(types []column.Type, cols [][]*column.Vector, refs []vec.Ref) *Frame {
	f := &Frame{N: len(refs), cols: make([]lazy, len(types))}
	list := &refList{refs}
	for i, t := range types {
		f.cols[i] = lazy{chunks: cols[i], refs: list, typ: t}
	}
	return f
}

// Beside is a frame of the columns of two frames of equal length, left first.
func Beside(left, right *Frame) *Frame {
	cols := make([]lazy, 0, len(left.cols)+len(right.cols))
	return &Frame{N: left.N, cols: append(append(cols, left.cols...), right.cols...)}
}

// Width is the number of columns.
func (f *Frame) Width() int { return len(f.cols) }

// Col is column i with exactly N rows. An error can only come from a computed column.
func (f *Frame) Col(i int) (*column.Vector, error) {
	c := &f.cols[i]
	if c.expr != nil {
		v, err := c.expr.eval(c.over)
		if err != nil {
			return nil, err
		}
		*c = lazy{base: v, own: true}
	}
	if c.refs != nil {
		*c = lazy{base: vec.GatherRefs(c.typ, c.chunks, c.refs.refs), own: true}
	}
	if c.sel != nil {
		*c = c.selected()
	}
	return c.base, nil
}

// selected reads a column whose rows were selected.
func (c *lazy) selected() lazy {
	if c.sel.ranged {
		if v := vec.Slice(c.base, c.sel.from, c.sel.from+c.sel.n); v != nil {
			return lazy{base: v, own: c.own}
		}
	}
	return lazy{base: vec.Gather(c.base, c.sel.indexes()), own: true}
}

// slice is rows from..to. from is a multiple of 64, and to is one too or the end.
func (f *Frame) slice(from, to int) *Frame {
	return f.choose(&selection{ranged: true, from: from, n: to - from})
}

// Owned says whether reading column i takes memory of its own, beside the table's.
func (f *Frame) Owned(i int) bool {
	c := &f.cols[i]
	return c.own || c.sel != nil || c.refs != nil || c.expr != nil
}

// Batch reads every column.
func (f *Frame) Batch() (*column.Batch, error) {
	b := &column.Batch{N: f.N, Cols: make([]*column.Vector, len(f.cols))}
	for i := range f.cols {
		v, err := f.Col(i)
		if err != nil {
			return nil, err
		}
		b.Cols[i] = v
	}
	return b, nil
}

// Where keeps the rows whose bit is one.
func (f *Frame) Where(keep column.Bitmap) *Frame {
	n := keep.Count()
	if n == f.N {
		return f
	}
	return f.choose(&selection{bits: keep, n: n})
}

// Pick takes rows idx, in ascending order or not, possibly repeated. The frame keeps idx.
func (f *Frame) Pick(idx []int32) *Frame { return f.choose(&selection{idx: idx, n: len(idx)}) }

// Select keeps only the columns idx, in that order.
func (f *Frame) Select(idx []int) *Frame {
	out := &Frame{N: f.N, cols: make([]lazy, len(idx))}
	for i, c := range idx {
		out.cols[i] = f.cols[c]
	}
	return out
}

// choose takes rows s of every column. Columns nearly always share one selection, list or frame, so what becomes of it is
// remembered.
func (f *Frame) choose(s *selection) *Frame {
	out := &Frame{N: s.n, cols: make([]lazy, len(f.cols))}
	var sels memo[*selection]
	var lists memo[*refList]
	var overs memo[*Frame]
	for i, c := range f.cols {
		switch {
		case c.expr != nil:
			c.over = overs.of(c.over, func() *Frame { return c.over.choose(s) })
		case c.refs != nil:
			c.refs = lists.of(c.refs, func() *refList { return c.refs.choose(s) })
		case c.sel != nil:
			c.sel = sels.of(c.sel, func() *selection { return c.sel.then(s) })
		default:
			c.sel = s
		}
		out.cols[i] = c
	}
	return out
}

func (l *refList) choose(s *selection) *refList {
	if s.ranged {
		return &refList{l.refs[s.from : s.from+s.n]}
	}
	refs := make([]vec.Ref, s.n)
	for i, r := range s.indexes() {
		refs[i] = l.refs[r]
	}
	return &refList{refs}
}

// memo remembers what a few keys became.
type memo[T comparable] struct{ from, to []T }

func (m *memo[T]) of(key T, make func() T) T {
	if i := slices.Index(m.from, key); i >= 0 {
		return m.to[i]
	}
	made := make()
	m.from, m.to = append(m.from, key), append(m.to, made)
	return made
}
