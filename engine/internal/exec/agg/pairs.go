package agg

import "math/bits"

// pairTable numbers pairs of numbers, from 0 in order of first sight. While both sides are small it is a plain matrix.
type pairTable struct {
	n      int
	matrix []uint32 // plus one; index left<<rightBits | right
	shift  uint
	table  *intTable
}

// matrixBits bounds the matrix: 256 KiB, which a core's cache holds.
const matrixBits = 16

// join replaces left[i] by the number of the pair (left[i], right[i]). The limits are above all numbers of the sides.
func (p *pairTable) join(left, right []uint32, leftLimit, rightLimit int) {
	if p.table == nil && !p.fit(leftLimit, rightLimit) {
		p.toTable()
	}
	if p.table != nil {
		for i, l := range left {
			left[i] = p.table.id(uint64(l)<<32 | uint64(right[i]))
		}
		p.n = p.table.n
		return
	}
	for i, l := range left {
		at := &p.matrix[l<<p.shift|right[i]]
		if *at == 0 {
			p.n++
			*at = uint32(p.n)
		}
		left[i] = *at - 1
	}
}

// fit makes the matrix large enough; false if it would be too large.
func (p *pairTable) fit(leftLimit, rightLimit int) bool {
	lb, rb := uint(bits.Len(uint(max(leftLimit-1, 1)))), uint(bits.Len(uint(max(rightLimit-1, 1))))
	rb = max(rb, p.shift)
	if lb+rb > matrixBits {
		return false
	}
	if size := 1 << (lb + rb); size > len(p.matrix) || rb != p.shift {
		old, oldShift := p.matrix, p.shift
		p.matrix, p.shift = make([]uint32, max(size, len(old)<<(rb-oldShift))), rb
		for at, id := range old {
			p.matrix[at>>oldShift<<rb|at&(1<<oldShift-1)] = id
		}
	}
	return true
}

// toTable moves the pairs to a hash table, keeping their numbers.
func (p *pairTable) toTable() {
	pairs := make([]uint64, p.n)
	for at, id := range p.matrix {
		if id != 0 {
			pairs[id-1] = uint64(at>>p.shift)<<32 | uint64(at&(1<<p.shift-1))
		}
	}
	p.table = newIntTable()
	for _, k := range pairs {
		p.table.id(k)
	}
	p.matrix = nil
}

func (p *pairTable) bytes() int64 {
	if p.table != nil {
		return p.table.bytes()
	}
	return int64(len(p.matrix)) * 4
}

// denseTable closes the gaps in numbers: it renumbers from 0 in order of first sight.
type denseTable struct {
	n   int
	ids []uint32 // plus one
}

func (d *denseTable) renumber(ids []uint32, limit int) {
	if limit > len(d.ids) {
		d.ids = append(d.ids, make([]uint32, limit-len(d.ids))...)
	}
	for i, x := range ids {
		at := &d.ids[x]
		if *at == 0 {
			d.n++
			*at = uint32(d.n)
		}
		ids[i] = *at - 1
	}
}
