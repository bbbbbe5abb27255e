package funcs

import "github.com/credsql/credsql/engine/column"

// textVec compares texts: by dictionary code where it can, else once a distinct text where one side is constant, else row by row.
func (c comparison) textVec(o *Overload) vecFunc {
	plain := c.bitwise(equalTexts, func(a, b *column.Vector, n int) column.Bitmap {
		return lessBits(viewOf[string](a), viewOf[string](b), n)
	})
	if c.sign == "=" || c.sign == "<>" {
		return plain
	}
	var run vecFunc
	run = func(ctx *Ctx, args []*column.Vector, n int) (*column.Vector, error) {
		valid, some := validRows(args, n)
		if k := codedArg(args, n); k >= 0 && some {
			return overDictionary(run, ctx, args, k, valid, n)
		}
		return plain(ctx, args, n)
	}
	return run
}

func equalTexts(a, b *column.Vector, n int) column.Bitmap {
	if a.Const {
		a, b = b, a
	}
	coded, ok := a.Texts.(*column.Coded)
	if !ok || a.Const {
		return equalBits(viewOf[string](a), viewOf[string](b), n)
	}
	if b.Const {
		code, known := coded.Dict.Lookup(b.Texts.At(0))
		if !known {
			return column.NewBitmap(n)
		}
		return equalCodes(coded.Codes, []uint32{code}, 0, n)
	}
	if other, ok := b.Texts.(*column.Coded); ok && other.Dict == coded.Dict {
		return equalCodes(coded.Codes, other.Codes, -1, n)
	}
	return equalBits(viewOf[string](a), viewOf[string](b), n)
}

func equalCodes(a, b []uint32, mask, n int) column.Bitmap {
	out := column.NewBitmap(n)
	for w := range out {
		base := w << 6
		var word uint64
		for bit := range min(64, n-base) {
			if a[base+bit] == b[(base+bit)&mask] {
				word |= 1 << uint(bit)
			}
		}
		out[w] = word
	}
	return out
}
