package agg

import (
	"math/bits"
	"slices"
)

const (
	selectBits = 14   // of the histogram
	selectSort = 2048 // fewer values are sorted
)

// selectNth gives the value at place k of the sorted values, without sorting them: a histogram by their leading bits tells which
// values to look at more closely.
func selectNth(values []uint64, k int) uint64 {
	for len(values) > selectSort {
		low, high := values[0], values[0]
		for _, x := range values {
			low, high = min(low, x), max(high, x)
		}
		if low == high {
			return low
		}
		shift := max(0, bits.Len64(high-low)-selectBits)
		var histogram [1 << selectBits]int32
		for _, x := range values {
			histogram[(x-low)>>shift&(1<<selectBits-1)]++
		}
		bucket := 0
		for k >= int(histogram[bucket]) {
			k -= int(histogram[bucket])
			bucket++
		}
		if shift == 0 {
			return low + uint64(bucket)
		}
		inside := make([]uint64, 0, histogram[bucket])
		for _, x := range values {
			if (x-low)>>shift == uint64(bucket) {
				inside = append(inside, x)
			}
		}
		values = inside
	}
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	return sorted[k]
}
