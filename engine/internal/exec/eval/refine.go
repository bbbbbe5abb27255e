package eval

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/vec"
)

// Refine keeps the rows for which test sets the bit, judging by the value of x. Where x is a column whose rows were selected but
// not yet gathered, the test sees the whole column, which is cheaper than gathering it. The test gives a bitmap of its own, with
// a bit for each row of the vector it is given.
func (f *Frame) Refine(x *Expr, test func(*column.Vector) column.Bitmap) (*Frame, error) {
	if i := x.Column(); i >= 0 {
		c := f.cols[i]
		if c.sel != nil && c.sel.bits != nil && f.onlySelection(c.sel) && c.base.Type == x.Type() && !c.base.Const {
			bits := test(c.base)
			bits.And(c.sel.bits)
			return f.reselected(bits), nil
		}
	}
	v, err := x.Eval(f)
	if err != nil {
		return nil, err
	}
	return f.Where(test(v)), nil
}

// onlySelection says whether every column is rows s of its base.
func (f *Frame) onlySelection(s *selection) bool {
	for i := range f.cols {
		if f.cols[i].sel != s || f.cols[i].expr != nil {
			return false
		}
	}
	return true
}

func (f *Frame) reselected(bits column.Bitmap) *Frame {
	s := &selection{bits: bits, n: bits.Count()}
	out := &Frame{N: s.n, cols: make([]lazy, len(f.cols))}
	for i, c := range f.cols {
		c.sel = s
		out.cols[i] = c
	}
	return out
}

// Nulls is the rows of v that are NULL, as a bitmap of the caller's own.
func Nulls(v *column.Vector) column.Bitmap { return nullMask(v, true).owned() }

// Within is the rows of v that are not NULL and not above the one value of bar, or, desc, not below it.
func Within(v, bar *column.Vector, desc bool) column.Bitmap {
	op := opLessEqual
	if desc {
		op = opGreaterEqual
	}
	one := vec.Resized(bar, v.N)
	if !one.Const {
		c := *one
		c.Const = true
		one = &c
	}
	if comparableKind(v.Type.Kind) {
		bits, valid := compareVectors(op, v, one, nil)
		bits.And(valid)
		return bits
	}
	return eachRow(v.N, func(i int) bool { return !v.IsNull(i) && op.holds(vec.Compare(v, i, one, 0)) })
}
