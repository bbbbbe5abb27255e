package funcs

import (
	"math"

	"github.com/credsql/credsql/engine/column"
)

// bitFunc computes one bit a row for n rows; what it gives for rows with a NULL does not matter, but it must not fail there.
type bitFunc func(a, b *column.Vector, n int) column.Bitmap

// bitwise makes the vector form of a comparison from the two that suffice where the order is total: equality and less. The others
// are their negations and their mirror images.
func (c comparison) bitwise(equal, less bitFunc) vecFunc {
	return func(_ *Ctx, args []*column.Vector, n int) (*column.Vector, error) {
		valid, some := validRows(args, n)
		if !some {
			return nullVector(column.Bool, n), nil
		}
		if allConst(args) && n > 1 {
			n = 1
		}
		a, b := args[0], args[1]
		var bits column.Bitmap
		switch c.sign {
		case "=", "<>":
			bits = equal(a, b, n)
		case "<", ">=":
			bits = less(a, b, n)
		default:
			bits = less(b, a, n)
		}
		if c.sign == "<>" || c.sign == ">=" || c.sign == "<=" {
			bits.Not(n)
		}
		bits.And(valid)
		return &column.Vector{Type: column.Bool, N: args[0].N, Const: allConst(args), Valid: valid, Bools: bits}, nil
	}
}

func (c comparison) boolVec() vecFunc {
	equal := func(a, b *column.Vector, n int) column.Bitmap {
		out, other := allBits(a, n), allBits(b, n)
		for i := range out {
			out[i] = ^(out[i] ^ other[i])
		}
		return trimmed(out, n)
	}
	less := func(a, b *column.Vector, n int) column.Bitmap {
		out := allBits(b, n)
		out.AndNot(allBits(a, n))
		return out
	}
	return c.bitwise(equal, less)
}

// allBits is a copy of a boolean vector's bits, a constant's spread over all rows.
func allBits(v *column.Vector, n int) column.Bitmap {
	switch {
	case !v.Const:
		return v.Bools[:(n+63)>>6].Clone()
	case v.Bools.Get(0):
		return column.NewBitmapSet(n)
	default:
		return column.NewBitmap(n)
	}
}

// trimmed clears the bits past the last row.
func trimmed(b column.Bitmap, n int) column.Bitmap {
	b.And(column.NewBitmapSet(n))
	return b
}

func (c comparison) intVec() vecFunc {
	return c.bitwise(
		func(a, b *column.Vector, n int) column.Bitmap { return equalBits(ints(a), ints(b), n) },
		func(a, b *column.Vector, n int) column.Bitmap { return lessBits(ints(a), ints(b), n) },
	)
}

// ints is the view of BIGINT and TIMESTAMP alike.
func ints(v *column.Vector) view[int64] { return viewOf[int64](v) }

func equalBits[A int64 | string](a, b view[A], n int) column.Bitmap {
	out := column.NewBitmap(n)
	for w := range out {
		base := w << 6
		var word uint64
		for bit := range min(64, n-base) {
			if a.at(base+bit) == b.at(base+bit) {
				word |= 1 << uint(bit)
			}
		}
		out[w] = word
	}
	return out
}

func lessBits[A int64 | string](a, b view[A], n int) column.Bitmap {
	out := column.NewBitmap(n)
	for w := range out {
		base := w << 6
		var word uint64
		for bit := range min(64, n-base) {
			if a.at(base+bit) < b.at(base+bit) {
				word |= 1 << uint(bit)
			}
		}
		out[w] = word
	}
	return out
}

// floatVec compares numbers in PostgreSQL's total order: NaN equals itself and is above all.
func (c comparison) floatVec() vecFunc {
	equal := func(a, b *column.Vector, n int) column.Bitmap {
		return floatBits(a, b, n, func(x, y float64) bool { return x == y || math.IsNaN(x) && math.IsNaN(y) })
	}
	less := func(a, b *column.Vector, n int) column.Bitmap {
		return floatBits(a, b, n, func(x, y float64) bool { return x < y || math.IsNaN(y) && !math.IsNaN(x) })
	}
	return c.bitwise(equal, less)
}

func floatBits(a, b *column.Vector, n int, test func(x, y float64) bool) column.Bitmap {
	x, y := viewOf[float64](a), viewOf[float64](b)
	out := column.NewBitmap(n)
	for w := range out {
		base := w << 6
		var word uint64
		for bit := range min(64, n-base) {
			if test(x.at(base+bit), y.at(base+bit)) {
				word |= 1 << uint(bit)
			}
		}
		out[w] = word
	}
	return out
}
