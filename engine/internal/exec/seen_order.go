package exec

import (
	"cmp"
	"slices"
)

// seenOrder gives the places of the values in ascending order; nil when they are in order already.
func seenOrder(first []uint64) []int32 {
	if slices.IsSorted(first) {
		return nil
	}
	idx := span(0, len(first))
	slices.SortFunc(idx, func(a, b int32) int { return cmp.Compare(first[a], first[b]) })
	return idx
}
