package eval

import (
	"math/bits"
	"unsafe"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/vec"
)

// textBits sets the bits of the rows whose text passes test: once a distinct text where the texts are coded. Rows that are NULL
// get any bit. The test must not keep the text.
func textBits(texts column.Strings, n int, test func(string) bool) column.Bitmap {
	switch s := texts.(type) {
	case *column.Coded:
		if values := s.Dict.Values(); len(values) <= 2*n {
			return codeBits(s.Codes, passing(values, test))
		}
	case *column.Arena:
		return arenaBits(s, test)
	case *vec.Picked:
		if a, ok := s.Src.(*column.Arena); ok {
			return pickedBits(a, s.Idx, test)
		}
	case vec.Appender:
		return derivedBits(s, n, test)
	}
	out := column.NewBitmap(n)
	for i := range n {
		out[i>>6] |= bit(test(texts.At(i))) << (uint(i) & 63)
	}
	return out
}

// derivedBits puts the texts together in a buffer.
func derivedBits(a vec.Appender, n int, test func(string) bool) column.Bitmap {
	out := column.NewBitmap(n)
	var buf []byte
	for i := range n {
		buf = a.AppendText(buf[:0], i)
		out[i>>6] |= bit(test(unsafe.String(unsafe.SliceData(buf), len(buf)))) << (uint(i) & 63)
	}
	return out
}

// passing is a set of codes: those whose text passes.
func passing(values []string, test func(string) bool) column.Bitmap {
	set := column.NewBitmap(len(values))
	for code, text := range values {
		if test(text) {
			set.Set(code)
		}
	}
	return set
}

// codeBits sets the bits of the rows whose code is in set.
func codeBits(codes []uint32, set column.Bitmap) column.Bitmap {
	out := column.NewBitmap(len(codes))
	for w := range out {
		block := codes[w<<6:]
		if len(block) > 64 {
			block = block[:64]
		}
		var word uint64
		for j, c := range block {
			word |= (set[c>>6] >> (c & 63) & 1) << (uint(j) & 63)
		}
		out[w] = word
	}
	return out
}

func arenaBits(a *column.Arena, test func(string) bool) column.Bitmap {
	out := column.NewBitmap(len(a.Ends))
	for i := range a.Ends {
		out[i>>6] |= bit(test(a.At(i))) << (uint(i) & 63)
	}
	return out
}

func pickedBits(a *column.Arena, idx []int32, test func(string) bool) column.Bitmap {
	out := column.NewBitmap(len(idx))
	for i, r := range idx {
		out[i>>6] |= bit(test(a.At(int(r)))) << (uint(i) & 63)
	}
	return out
}

// textEquals sets the bits of the rows equal to want.
func textEquals(texts column.Strings, n int, want string) column.Bitmap {
	switch s := texts.(type) {
	case *column.Coded:
		code, ok := s.Dict.Lookup(want)
		if !ok {
			return column.NewBitmap(n)
		}
		return equalConst(s.Codes, code)
	case *column.Arena:
		return arenaEquals(s, want)
	default:
		return textBits(texts, n, func(s string) bool { return s == want })
	}
}

// arenaEquals compares lengths first, 64 rows at a time: most rows differ there, and which ones no processor can guess, so that no jump may
// depend on it. Nearly all others differ in their first byte.
func arenaEquals(a *column.Arena, want string) column.Bitmap {
	out := column.NewBitmap(len(a.Ends))
	from, size := uint32(0), uint32(len(want))
	for w := range out {
		ends := a.Ends[w<<6:]
		if len(ends) > 64 {
			ends = ends[:64]
		}
		var word uint64
		for j, end := range ends {
			word |= bit(end-from == size) << (uint(j) & 63)
			from = end
		}
		for left := word; left != 0; left &= left - 1 {
			j := bits.TrailingZeros64(left)
			if text := a.Bytes[ends[j]-size : ends[j]]; size > 0 && text[0] != want[0] || string(text) != want {
				word &^= 1 << (uint(j) & 63)
			}
		}
		out[w] = word
	}
	return out
}
