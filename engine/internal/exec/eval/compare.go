package eval

import (
	"math"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/vec"
	"github.com/credsql/credsql/engine/internal/sqltype"
)

// comparison is one of the six ordering operators.
type comparison uint8

const (
	opEqual comparison = iota
	opLess
	opGreater // from here on complements and mirror images of the first two
	opNotEqual
	opLessEqual
	opGreaterEqual
)

var comparisons = map[string]comparison{
	"=": opEqual, "<>": opNotEqual, "!=": opNotEqual, "<": opLess, "<=": opLessEqual, ">": opGreater, ">=": opGreaterEqual,
}

// mirrored is the operator with its sides exchanged.
func (op comparison) mirrored() comparison {
	return [...]comparison{opEqual, opGreater, opLess, opNotEqual, opGreaterEqual, opLessEqual}[op]
}

// holds says whether the operator is true of a comparison's result.
func (op comparison) holds(c int) bool {
	switch op {
	case opEqual:
		return c == 0
	case opLess:
		return c < 0
	case opGreater:
		return c > 0
	case opNotEqual:
		return c != 0
	case opLessEqual:
		return c <= 0
	default:
		return c >= 0
	}
}

// compare is a comparison of two values of one type. right is a constant more often than not.
type compare struct {
	traitsOf
	op          comparison
	left, right node
	ranks       *vec.Ranks
}

// comparable says whether compare knows the type.
func comparableKind(k column.Kind) bool {
	switch k {
	case column.KindBool, column.KindInt64, column.KindFloat64, column.KindTimestamp, column.KindText:
		return true
	}
	return false
}

func newCompare(op comparison, left, right node, ranks *vec.Ranks) *compare {
	if _, ok := left.(*constant); ok {
		left, right, op = right, left, op.mirrored()
	}
	l, r := left.traits(), right.traits()
	c := &compare{op: op, left: left, right: right, ranks: ranks}
	c.traitsOf = traits{typ: column.Bool, fails: l.fails || r.fails, cost: max(costWord, l.cost, r.cost)}
	if l.typ.Kind == column.KindText {
		c.cost = max(c.cost, costText)
	}
	return c
}

func (c *compare) eval(f *Frame) (*column.Vector, error) {
	bits, valid, err := c.compute(f)
	if err != nil {
		return nil, err
	}
	return &column.Vector{Type: column.Bool, N: f.N, Bools: bits, Valid: valid}, nil
}

var _ masker = (*compare)(nil)

func (c *compare) mask(f *Frame, want bool) (mask, error) {
	bits, valid, err := c.compute(f)
	if err != nil {
		return mask{}, err
	}
	if !want {
		bits.Not(f.N)
	}
	bits.And(valid)
	return mask{bits, true}, nil
}

// compute gives the result's bits, which are the caller's, and its validity, which is not.
func (c *compare) compute(f *Frame) (bits, valid column.Bitmap, err error) {
	l, err := c.left.eval(f)
	if err != nil {
		return nil, nil, err
	}
	r, err := c.right.eval(f)
	if err != nil {
		return nil, nil, err
	}
	if l.Const && !r.Const {
		bits, valid = compareVectors(c.op.mirrored(), r, l, c.ranks)
	} else {
		bits, valid = compareVectors(c.op, l, r, c.ranks)
	}
	return bits, valid, nil
}

// compareVectors compares row by row; where either is NULL the bit means nothing and valid says so.
func compareVectors(op comparison, l, r *column.Vector, ranks *vec.Ranks) (bits, valid column.Bitmap) {
	n := l.N
	valid, all := bothValid(l, r)
	switch {
	case !all:
		return column.NewBitmap(n), column.NewBitmap(n)
	case l.Const: // then r is, too
		if op.holds(vec.Compare(l, 0, r, 0)) {
			return column.NewBitmapSet(n), nil
		}
		return column.NewBitmap(n), nil
	case r.Const:
		return compareConst(op, l, r), valid
	default:
		return compareEach(op, l, r, ranks), valid
	}
}

// bothValid is the rows where neither is NULL; nil when that is every row. some is false when one side is all NULL.
func bothValid(l, r *column.Vector) (valid column.Bitmap, some bool) {
	for _, v := range [2]*column.Vector{l, r} {
		switch {
		case v.Type.Kind == column.KindUnknown || v.Const && v.IsNull(0):
			return nil, false
		case v.Const || v.Valid == nil:
		case valid == nil:
			valid = v.Valid
		default:
			valid = valid.Clone()
			valid.And(v.Valid)
		}
	}
	return valid, true
}

// complemented says whether op is computed as the complement of another, and of which.
func (op comparison) complemented() (comparison, bool) {
	switch op {
	case opNotEqual:
		return opEqual, true
	case opGreaterEqual:
		return opLess, true
	case opGreater:
		return opLessEqual, true
	}
	return op, false
}

func compareConst(op comparison, v, c *column.Vector) column.Bitmap {
	base, negate := op.complemented()
	bits := compareConstBase(base, v, c)
	if negate {
		bits.Not(v.N)
	}
	return bits
}

// compareConstBase knows =, < and <=.
func compareConstBase(op comparison, v, c *column.Vector) column.Bitmap {
	switch v.Type.Kind {
	case column.KindInt64, column.KindTimestamp:
		return intsConst(op, v.Ints, c.Ints[0])
	case column.KindFloat64:
		return floatsConst(op, v.Floats, c.Floats[0])
	case column.KindBool:
		return boolsConst(op, v.Bools, c.Bools.Get(0), v.N)
	}
	want := c.Texts.At(0)
	if op == opEqual {
		return textEquals(v.Texts, v.N, want)
	}
	if op == opLess {
		return textBits(v.Texts, v.N, func(s string) bool { return s < want })
	}
	return textBits(v.Texts, v.N, func(s string) bool { return s <= want })
}

func intsConst(op comparison, xs []int64, c int64) column.Bitmap {
	switch {
	case op == opEqual:
		return equalConst(xs, c)
	case op == opLess:
		return lessConst(xs, c)
	case c == math.MaxInt64:
		return column.NewBitmapSet(len(xs))
	default:
		return lessConst(xs, c+1)
	}
}

// floatsConst follows SQL: NaN equals NaN and is above all numbers.
func floatsConst(op comparison, xs []float64, c float64) column.Bitmap {
	if c != c {
		bits := equalEach(xs, xs) // the numbers: what is below NaN
		switch op {
		case opEqual:
			bits.Not(len(xs))
		case opLessEqual:
			return column.NewBitmapSet(len(xs))
		}
		return bits
	}
	switch op {
	case opEqual:
		return equalConst(xs, c)
	case opLess:
		return lessConst(xs, c)
	default:
		bits := lessConst(xs, c)
		bits.Or(equalConst(xs, c))
		return bits
	}
}

func boolsConst(op comparison, bs column.Bitmap, c bool, n int) column.Bitmap {
	switch {
	case op == opLess && !c: // nothing is below false
		return column.NewBitmap(n)
	case op == opLessEqual && c:
		return column.NewBitmapSet(n)
	}
	bits := bs.Clone()
	if op == opLess || op == opLessEqual || !c { // < true, <= false, = false
		bits.Not(n)
	}
	return bits
}

func compareEach(op comparison, l, r *column.Vector, ranks *vec.Ranks) column.Bitmap {
	switch op {
	case opNotEqual, opGreaterEqual:
		base, _ := op.complemented()
		bits := eachBase(base, l, r, ranks)
		bits.Not(l.N)
		return bits
	case opGreater:
		return eachBase(opLess, r, l, ranks)
	case opLessEqual:
		bits := eachBase(opLess, r, l, ranks)
		bits.Not(l.N)
		return bits
	default:
		return eachBase(op, l, r, ranks)
	}
}

// eachBase knows = and <.
func eachBase(op comparison, l, r *column.Vector, ranks *vec.Ranks) column.Bitmap {
	switch l.Type.Kind {
	case column.KindInt64, column.KindTimestamp:
		if op == opEqual {
			return equalEach(l.Ints, r.Ints)
		}
		return lessEach(l.Ints, r.Ints)
	case column.KindText:
		if bits := eachCoded(op, l.Texts, r.Texts, ranks); bits != nil {
			return bits
		}
	case column.KindFloat64:
		return eachRow(l.N, func(i int) bool { return op.holds(sqltype.CompareFloat(l.Floats[i], r.Floats[i])) })
	}
	return eachRow(l.N, func(i int) bool {
		return !l.IsNull(i) && !r.IsNull(i) && op.holds(vec.Compare(l, i, r, i))
	})
}

func eachRow(n int, test func(i int) bool) column.Bitmap {
	out := column.NewBitmap(n)
	for i := range n {
		out[i>>6] |= bit(test(i)) << (uint(i) & 63)
	}
	return out
}

// eachCoded compares codes of one dictionary; nil if the texts are not that.
func eachCoded(op comparison, l, r column.Strings, ranks *vec.Ranks) column.Bitmap {
	a, ok := l.(*column.Coded)
	if !ok {
		return nil
	}
	b, ok := r.(*column.Coded)
	if !ok || a.Dict != b.Dict {
		return nil
	}
	if op == opEqual {
		return equalEach(a.Codes, b.Codes)
	}
	places := ranks.Of(a.Dict)
	return eachRow(len(a.Codes), func(i int) bool { return places[a.Codes[i]] < places[b.Codes[i]] })
}
