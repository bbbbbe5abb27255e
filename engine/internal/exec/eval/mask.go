package eval

import "github.com/credsql/credsql/engine/column"

// mask is the rows for which a condition is true, or for which it is false. Only an own mask may be changed.
type mask struct {
	bits column.Bitmap
	own  bool
}

// masker is a boolean node that finds the rows where it is want without telling false from NULL. It is asked only if it cannot
// fail, or if its operands have no order to keep.
type masker interface {
	mask(f *Frame, want bool) (mask, error)
}

// maskOf gives the rows of f where n is want.
func maskOf(n node, f *Frame, want bool) (mask, error) {
	if m, ok := n.(masker); ok {
		return m.mask(f, want)
	}
	v, err := n.eval(f)
	if err != nil {
		return mask{}, err
	}
	return vectorMask(v, want), nil
}

// vectorMask is the rows where a boolean vector is want.
func vectorMask(v *column.Vector, want bool) mask {
	switch {
	case v.Type.Kind == column.KindUnknown:
		return mask{column.NewBitmap(v.N), true}
	case v.Const:
		if !v.IsNull(0) && v.Bools.Get(0) == want {
			return mask{column.NewBitmapSet(v.N), true}
		}
		return mask{column.NewBitmap(v.N), true}
	case want && v.Valid == nil:
		return mask{v.Bools, false}
	case want:
		out := make(column.Bitmap, len(v.Bools))
		for i, b := range v.Bools {
			out[i] = b & v.Valid[i]
		}
		return mask{out, true}
	case v.Valid == nil:
		out := v.Bools.Clone()
		out.Not(v.N)
		return mask{out, true}
	default:
		out := make(column.Bitmap, len(v.Bools))
		for i, b := range v.Bools {
			out[i] = v.Valid[i] &^ b
		}
		return mask{out, true}
	}
}

// owned is a bitmap that may be changed.
func (m mask) owned() column.Bitmap {
	if m.own {
		return m.bits
	}
	return m.bits.Clone()
}

// fromMasks is the boolean vector that is true and false where the masks say, NULL elsewhere. It takes over both.
func fromMasks(t, f column.Bitmap, n int) *column.Vector {
	known := f
	known.Or(t)
	v := &column.Vector{Type: column.Bool, N: n, Bools: t}
	if known.Count() != n {
		v.Valid = known
	}
	return v
}

// spreadBits moves bit i of src to place idx[i] of a bitmap of n bits.
func spreadBits(src column.Bitmap, idx []int32, n int) column.Bitmap {
	out := column.NewBitmap(n)
	for i, to := range idx {
		out[uint32(to)>>6] |= (src[i>>6] >> (uint(i) & 63) & 1) << (uint32(to) & 63)
	}
	return out
}
