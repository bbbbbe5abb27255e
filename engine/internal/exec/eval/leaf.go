package eval

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/vec"
)

// columnRef reads a column of the frame.
type columnRef struct {
	traitsOf
	index int
}

// traitsOf lets nodes embed their traits by value.
type traitsOf = traits

func (c *columnRef) eval(f *Frame) (*column.Vector, error) {
	v, err := f.Col(c.index)
	if err == nil && v.Type.Kind == column.KindUnknown && c.typ.Kind != column.KindUnknown {
		v = vec.Nulls(c.typ, v.N)
	}
	return v, err
}

// constant is one value for every row.
type constant struct {
	traitsOf
	val column.Value
	one *column.Vector
}

func newConstant(t column.Type, x column.Value) *constant {
	return &constant{traitsOf: traits{typ: t, cost: costFree}, val: x, one: column.ConstVector(t, x, 1)}
}

func (c *constant) eval(f *Frame) (*column.Vector, error) { return vec.Resized(c.one, f.N), nil }
