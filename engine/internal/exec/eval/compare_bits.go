package eval

import (
	"cmp"

	"github.com/credsql/credsql/engine/column"
)

// The loops of comparisons: 64 results a word, without a branch on data. Only < and = are written; the others are their
// complements and mirror images.

// bit is 1 for true; the compiler makes it one instruction.
func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// lessConst sets the bits of the rows below c.
func lessConst[T int64 | float64 | uint32](xs []T, c T) column.Bitmap {
	out := column.NewBitmap(len(xs))
	for len(xs) >= 64 {
		block := (*[64]T)(xs)
		var w uint64
		for j := 0; j < 64; j += 4 {
			w |= (bit(block[j] < c) | bit(block[j+1] < c)<<1 | bit(block[j+2] < c)<<2 | bit(block[j+3] < c)<<3) << (uint(j) & 63)
		}
		out[len(out)-(len(xs)+63)>>6] = w
		xs = xs[64:]
	}
	for j, x := range xs {
		out[len(out)-1] |= bit(x < c) << (uint(j) & 63)
	}
	return out
}

// equalConst sets the bits of the rows equal to c.
func equalConst[T int64 | float64 | uint32](xs []T, c T) column.Bitmap {
	out := column.NewBitmap(len(xs))
	for len(xs) >= 64 {
		block := (*[64]T)(xs)
		var w uint64
		for j := 0; j < 64; j += 4 {
			w |= (bit(block[j] == c) | bit(block[j+1] == c)<<1 | bit(block[j+2] == c)<<2 | bit(block[j+3] == c)<<3) << (uint(j) & 63)
		}
		out[len(out)-(len(xs)+63)>>6] = w
		xs = xs[64:]
	}
	for j, x := range xs {
		out[len(out)-1] |= bit(x == c) << (uint(j) & 63)
	}
	return out
}

// lessEach sets the bits of the rows of which x is below y.
func lessEach[T cmp.Ordered](xs, ys []T) column.Bitmap {
	out := column.NewBitmap(len(xs))
	ys = ys[:len(xs)]
	for i, x := range xs {
		out[i>>6] |= bit(x < ys[i]) << (uint(i) & 63)
	}
	return out
}

// equalEach sets the bits of the rows of which x is y.
func equalEach[T cmp.Ordered](xs, ys []T) column.Bitmap {
	out := column.NewBitmap(len(xs))
	ys = ys[:len(xs)]
	for i, x := range xs {
		out[i>>6] |= bit(x == ys[i]) << (uint(i) & 63)
	}
	return out
}
