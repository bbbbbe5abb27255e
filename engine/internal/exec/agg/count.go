package agg

import (
	"math/bits"

	"github.com/credsql/credsql/engine/column"
)

// Count is count(*) and count(x).
type Count struct{ counts []int64 }

var _ Accumulator = (*Count)(nil)

// Add counts the rows of which no argument is NULL.
func (c *Count) Add(r *Rows, args []*column.Vector) error {
	var set column.Bitmap
	for _, v := range args {
		switch {
		case v.Type.Kind == column.KindUnknown || v.Const && v.IsNull(0):
			c.counts = grown(c.counts, r.Total)
			return nil
		case v.Const || v.Valid == nil:
		case set == nil:
			set = v.Valid
		default:
			set = set.Clone()
			set.And(v.Valid)
		}
	}
	if set != nil {
		c.AddBits(r, set)
		return nil
	}
	c.counts = grown(c.counts, r.Total)
	if r.Groups == nil {
		c.counts[0] += int64(r.N)
		return nil
	}
	counts := c.counts
	for _, g := range r.Groups {
		counts[g]++
	}
	return nil
}

// AddBits counts the rows whose bit is set.
func (c *Count) AddBits(r *Rows, set column.Bitmap) {
	c.counts = grown(c.counts, r.Total)
	if r.Groups == nil {
		c.counts[0] += int64(set.Count())
		return
	}
	counts := c.counts
	for w, word := range set {
		groups := r.Groups[w<<6:]
		for ; word != 0; word &= word - 1 {
			counts[groups[bits.TrailingZeros64(word)]]++
		}
	}
}

// Merge adds the counts.
func (c *Count) Merge(o Accumulator, ids []uint32, total int, _ func() error) error {
	c.counts = grown(c.counts, total)
	for g, n := range o.(*Count).counts {
		c.counts[ids[g]] += n
	}
	return nil
}

// Result is never NULL.
func (c *Count) Result(total int) (*column.Vector, error) {
	c.counts = grown(c.counts, total)
	return &column.Vector{Type: column.Int64, N: total, Ints: c.counts[:total]}, nil
}

// Bytes estimates what is held.
func (c *Count) Bytes() int64 { return int64(cap(c.counts)) * 8 }
