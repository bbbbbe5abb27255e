package column

import "math/bits"

// Bitmap holds one bit a row, least significant first. Bits past the last row are zero: every function here keeps it so,
// which lets Count and word-wise logic work without a tail case.
type Bitmap []uint64

// NewBitmap makes a bitmap of n zero bits.
func NewBitmap(n int) Bitmap { return make(Bitmap, (n+63)>>6) }

// NewBitmapSet makes a bitmap of n one bits.
func NewBitmapSet(n int) Bitmap {
	b := NewBitmap(n)
	for i := range b {
		b[i] = ^uint64(0)
	}
	b.clearTail(n)
	return b
}

func (b Bitmap) clearTail(n int) {
	if r := n & 63; r != 0 && len(b) > 0 {
		b[len(b)-1] &= 1<<r - 1
	}
}

// Get reads bit i.
func (b Bitmap) Get(i int) bool { return b[i>>6]>>(uint(i)&63)&1 != 0 }

// Set makes bit i one.
func (b Bitmap) Set(i int) { b[i>>6] |= 1 << (uint(i) & 63) }

// Clear makes bit i zero.
func (b Bitmap) Clear(i int) { b[i>>6] &^= 1 << (uint(i) & 63) }

// Put writes bit i.
func (b Bitmap) Put(i int, v bool) {
	if v {
		b.Set(i)
	} else {
		b.Clear(i)
	}
}

// Count is the number of one bits.
func (b Bitmap) Count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// Clone is a copy.
func (b Bitmap) Clone() Bitmap {
	if b == nil {
		return nil
	}
	return append(Bitmap(nil), b...)
}

// And keeps the bits that are also set in o, in place. A nil o means all ones.
func (b Bitmap) And(o Bitmap) {
	if o == nil {
		return
	}
	for i := range b {
		b[i] &= o[i]
	}
}

// Or adds the bits of o, in place.
func (b Bitmap) Or(o Bitmap) {
	for i := range b {
		b[i] |= o[i]
	}
}

// AndNot removes the bits of o, in place.
func (b Bitmap) AndNot(o Bitmap) {
	for i := range b {
		b[i] &^= o[i]
	}
}

// Not flips the first n bits, in place.
func (b Bitmap) Not(n int) {
	for i := range b {
		b[i] = ^b[i]
	}
	b.clearTail(n)
}

// Indexes appends the positions of the one bits to dst, in order.
func (b Bitmap) Indexes(dst []int32) []int32 {
	for i, w := range b {
		for ; w != 0; w &= w - 1 {
			dst = append(dst, int32(i<<6+bits.TrailingZeros64(w)))
		}
	}
	return dst
}

// Slice copies bits from..to into a bitmap of its own.
func (b Bitmap) Slice(from, to int) Bitmap {
	out := NewBitmap(to - from)
	shift, first := uint(from)&63, from>>6
	for i := range out {
		w := b[first+i] >> shift
		if shift != 0 && first+i+1 < len(b) {
			w |= b[first+i+1] << (64 - shift)
		}
		out[i] = w
	}
	out.clearTail(to - from)
	return out
}
