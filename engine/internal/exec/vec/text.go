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

// Appender is texts that are put together anew each time, and can be so in a buffer.
type Appender interface {
	// AppendText appends row i's text to dst.
	AppendText(dst []byte, i int) []byte
}

// Solid is v with texts that can be read again and again at no cost. Texts that are put together each time are put together now:
// size is how many bytes that took, 0 if v is given back as it is.
func Solid(v *column.Vector) (out *column.Vector, size int64) {
	src, idx := v.Texts, []int32(nil)
	if p, ok := src.(*Picked); ok {
		src, idx = p.Src, p.Idx
	}
	a, ok := src.(Appender)
	if !ok || v.Const {
		return v, 0
	}
	arena := &column.Arena{Ends: make([]uint32, v.N)}
	for i := range arena.Ends {
		row := i
		if idx != nil {
			row = int(idx[i])
		}
		if !v.IsNull(i) {
			arena.Bytes = a.AppendText(arena.Bytes, row)
		}
		arena.Ends[i] = uint32(len(arena.Bytes))
	}
	solid := *v
	solid.Texts = arena
	return &solid, int64(cap(arena.Bytes)) + 4*int64(v.N)
}
