package eval

import "github.com/credsql/credsql/engine/column"

// selection is some rows of a base, in order: as bits, as indexes, or as both once someone asked.
type selection struct {
	bits column.Bitmap
	idx  []int32
	n    int
}

func (s *selection) indexes() []int32 {
	if s.idx == nil {
		s.idx = s.bits.Indexes(make([]int32, 0, s.n))
	}
	return s.idx
}

// then is the selection of those rows of s that inner names by their place in s.
func (s *selection) then(inner *selection) *selection {
	outer, places := s.indexes(), inner.indexes()
	idx := make([]int32, len(places))
	for i, p := range places {
		idx[i] = outer[p]
	}
	return &selection{idx: idx, n: len(idx)}
}
