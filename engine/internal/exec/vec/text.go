package vec

import "github.com/credsql/credsql/engine/column"

// Picked are some rows of other strings, by index: a filtered text column without a copy of its text.
type Picked struct {
	Src column.Strings
	Idx []int32
}

var _ column.Strings = (*Picked)(nil)

// Len is the number of rows.
func (p *Picked) Len() int { return len(p.Idx) }

// At is row i's text.
func (p *Picked) At(i int) string { return p.Src.At(int(p.Idx[i])) }

// Spread are rows of the texts of several chunks. A NoRow is the empty text.
type Spread struct {
	Chunks []column.Strings
	Refs   []Ref
}

var _ column.Strings = (*Spread)(nil)

// Len is the number of rows.
func (s *Spread) Len() int { return len(s.Refs) }

// At is row i's text.
func (s *Spread) At(i int) string {
	r := s.Refs[i]
	if r == NoRow {
		return ""
	}
	return s.Chunks[r.Chunk()].At(r.Row())
}

// repeated is one text standing for every row: a Const column among chunks that are not.
type repeated struct {
	text string
	n    int
}

func (r repeated) Len() int      { return r.n }
func (r repeated) At(int) string { return r.text }

// pickTexts takes rows idx of src in the form that is cheapest to make and to read on.
func pickTexts(src column.Strings, idx []int32) column.Strings {
	switch s := src.(type) {
	case *column.Coded:
		codes := make([]uint32, len(idx))
		for i, r := range idx {
			codes[i] = s.Codes[r]
		}
		return &column.Coded{Codes: codes, Dict: s.Dict}
	case column.Plain:
		out := make(column.Plain, len(idx))
		for i, r := range idx {
			out[i] = s[r]
		}
		return out
	case *Picked:
		rows := make([]int32, len(idx))
		for i, r := range idx {
			rows[i] = s.Idx[r]
		}
		return &Picked{Src: s.Src, Idx: rows}
	case *Spread:
		refs := make([]Ref, len(idx))
		for i, r := range idx {
			refs[i] = s.Refs[r]
		}
		return &Spread{Chunks: s.Chunks, Refs: refs}
	default:
		return &Picked{Src: src, Idx: idx}
	}
}
