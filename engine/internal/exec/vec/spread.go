package vec

import "github.com/credsql/credsql/engine/column"

// GatherRefs takes rows of several chunks of one column of type t; NoRow gives NULL.
func GatherRefs(t column.Type, chunks []*column.Vector, refs []Ref) *column.Vector {
	out := &column.Vector{Type: t, N: len(refs)}
	if t.Kind == column.KindUnknown {
		return out
	}
	out.Valid = refValid(chunks, refs)
	switch t.Kind {
	case column.KindBool:
		out.Bools = refBools(chunks, refs)
	case column.KindInt64, column.KindTimestamp:
		out.Ints = spread(chunks, refs, func(v *column.Vector) []int64 { return v.Ints })
	case column.KindFloat64:
		out.Floats = spread(chunks, refs, func(v *column.Vector) []float64 { return v.Floats })
	case column.KindText, column.KindJSON:
		out.Texts = spreadTexts(chunks, refs)
	case column.KindInterval:
		out.Intervals = spread(chunks, refs, func(v *column.Vector) []column.Interval { return v.Intervals })
	case column.KindInet:
		out.Inets = spread(chunks, refs, func(v *column.Vector) []column.Inet { return v.Inets })
	case column.KindHStore:
		out.HStores = spread(chunks, refs, func(v *column.Vector) []*column.HStore { return v.HStores })
	case column.KindList:
		out.Lists = spread(chunks, refs, func(v *column.Vector) []*column.List { return v.Lists })
	}
	return out
}

// refValid is the validity of the rows, nil when none is NULL.
func refValid(chunks []*column.Vector, refs []Ref) column.Bitmap {
	out := column.NewBitmap(len(refs))
	nulls := false
	for i, r := range refs {
		if r == NoRow || chunks[r.Chunk()].IsNull(r.Row()) {
			nulls = true
			continue
		}
		out.Set(i)
	}
	if !nulls {
		return nil
	}
	return out
}

func refBools(chunks []*column.Vector, refs []Ref) column.Bitmap {
	out := column.NewBitmap(len(refs))
	for i, r := range refs {
		if r != NoRow && !chunks[r.Chunk()].IsNull(r.Row()) && chunks[r.Chunk()].Bool(r.Row()) {
			out.Set(i)
		}
	}
	return out
}

func spread[T any](chunks []*column.Vector, refs []Ref, data func(*column.Vector) []T) []T {
	stored := make([][]T, len(chunks))
	for i, c := range chunks {
		stored[i] = data(c)
	}
	out := make([]T, len(refs))
	for i, r := range refs {
		if r == NoRow {
			continue
		}
		switch s, row := stored[r.Chunk()], r.Row(); {
		case row < len(s):
			out[i] = s[row]
		case len(s) > 0:
			out[i] = s[0] // of a constant, or of a row that is NULL
		}
	}
	return out
}

func spreadTexts(chunks []*column.Vector, refs []Ref) column.Strings {
	if dict := sharedDict(chunks); dict != nil {
		return spreadCodes(chunks, refs, dict)
	}
	texts := make([]column.Strings, len(chunks))
	for i, c := range chunks {
		texts[i] = c.Texts
		switch {
		case c.Type.Kind == column.KindUnknown:
			texts[i] = repeated{n: c.N}
		case c.Const:
			texts[i] = repeated{text: c.Texts.At(0), n: c.N}
		}
	}
	return &Spread{Chunks: texts, Refs: refs}
}

// sharedDict is the dictionary of all chunks, nil if they are not all coded by one.
func sharedDict(chunks []*column.Vector) *column.Dict {
	var dict *column.Dict
	for _, v := range chunks {
		c, ok := v.Texts.(*column.Coded)
		if !ok || dict != nil && dict != c.Dict {
			return nil
		}
		dict = c.Dict
	}
	return dict
}

func spreadCodes(chunks []*column.Vector, refs []Ref, dict *column.Dict) column.Strings {
	codes := spread(chunks, refs, func(v *column.Vector) []uint32 { return v.Texts.(*column.Coded).Codes })
	return &column.Coded{Codes: codes, Dict: dict}
}
