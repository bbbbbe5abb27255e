package eval

import "github.com/credsql/credsql/engine/column"

// selection is some rows of a base: as bits, as a range, or as indexes, which are made once someone asks for them.
type selection struct {
	bits   column.Bitmap
	idx    []int32
	n      int
	from   int // of a range
	ranged bool
}

func (s *selection) indexes() []int32 {
	switch {
	case s.idx != nil:
	case s.ranged:
		s.idx = make([]int32, s.n)
		for i := range s.idx {
			s.idx[i] = int32(s.from + i)
		}
	default:
		s.idx = s.bits.Indexes(make([]int32, 0, s.n))
	}
	return s.idx
}

// then is the selection of those rows of s that inner names by their place in s.
func (s *selection) then(inner *selection) *selection {
	if inner.ranged {
		return &selection{idx: s.indexes()[inner.from : inner.from+inner.n], n: inner.n}
	}
	outer, places := s.indexes(), inner.indexes()
	idx := make([]int32, len(places))
	for i, p := range places {
		idx[i] = outer[p]
	}
	return &selection{idx: idx, n: len(idx)}
}
