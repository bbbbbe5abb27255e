package vec

import "github.com/credsql/credsql/engine/column"

// Slice is rows from..to of v without a copy, or nil where that cannot be: of texts. from is a multiple of 64, and to is one too
// or the end.
func Slice(v *column.Vector, from, to int) *column.Vector {
	if v.Const || v.Type.Kind == column.KindUnknown {
		return Resized(v, to-from)
	}
	out := &column.Vector{Type: v.Type, N: to - from, Valid: sliceBits(v.Valid, from, to)}
	switch v.Type.Kind {
	case column.KindBool:
		out.Bools = sliceBits(v.Bools, from, to)
	case column.KindInt64, column.KindTimestamp:
		out.Ints = v.Ints[from:to]
	case column.KindFloat64:
		out.Floats = v.Floats[from:to]
	case column.KindInterval:
		out.Intervals = v.Intervals[from:to]
	case column.KindInet:
		out.Inets = v.Inets[from:to]
	case column.KindHStore:
		out.HStores = v.HStores[from:to]
	case column.KindList:
		out.Lists = v.Lists[from:to]
	default:
		switch texts := v.Texts.(type) {
		case column.Plain:
			out.Texts = texts[from:to]
		case *column.Coded:
			out.Texts = &column.Coded{Codes: texts.Codes[from:to], Dict: texts.Dict}
		default:
			return nil
		}
	}
	return out
}

// Range is rows from..to of v, as Slice, or with a list of the rows where Slice cannot.
func Range(v *column.Vector, from, to int) *column.Vector {
	if from == 0 && to == v.N {
		return v
	}
	if out := Slice(v, from, to); out != nil {
		return out
	}
	idx := make([]int32, to-from)
	for i := range idx {
		idx[i] = int32(from + i)
	}
	return Gather(v, idx)
}

func sliceBits(b column.Bitmap, from, to int) column.Bitmap {
	if b == nil {
		return nil
	}
	return b[from>>6 : (to+63)>>6]
}

// Concat puts vectors of type t one after the other. All but the last have a multiple of 64 rows.
func Concat(t column.Type, parts []*column.Vector) *column.Vector {
	if len(parts) == 1 {
		return parts[0]
	}
	n := 0
	nulls := false
	for _, p := range parts {
		n += p.N
		nulls = nulls || p.Valid != nil || p.Type.Kind == column.KindUnknown
	}
	out := &column.Vector{Type: t, N: n}
	if t.Kind == column.KindUnknown {
		return out
	}
	if nulls {
		out.Valid = joinBits(parts, n, func(p *column.Vector) (column.Bitmap, bool) { return p.Valid, p.Valid == nil })
	}
	switch t.Kind {
	case column.KindBool:
		out.Bools = joinBits(parts, n, func(p *column.Vector) (column.Bitmap, bool) { return p.Bools, false })
	case column.KindInt64, column.KindTimestamp:
		out.Ints = join(parts, n, func(p *column.Vector) []int64 { return p.Ints })
	case column.KindFloat64:
		out.Floats = join(parts, n, func(p *column.Vector) []float64 { return p.Floats })
	case column.KindText, column.KindJSON:
		out.Texts = joinTexts(parts, n)
	case column.KindInterval:
		out.Intervals = join(parts, n, func(p *column.Vector) []column.Interval { return p.Intervals })
	case column.KindInet:
		out.Inets = join(parts, n, func(p *column.Vector) []column.Inet { return p.Inets })
	case column.KindHStore:
		out.HStores = join(parts, n, func(p *column.Vector) []*column.HStore { return p.HStores })
	case column.KindList:
		out.Lists = join(parts, n, func(p *column.Vector) []*column.List { return p.Lists })
	}
	return out
}

func join[T any](parts []*column.Vector, n int, data func(*column.Vector) []T) []T {
	out := make([]T, 0, n)
	for _, p := range parts {
		stored := data(p)
		switch {
		case !p.Const && len(stored) == p.N:
			out = append(out, stored...)
		case len(stored) == 0: // untyped NULLs
			out = append(out, make([]T, p.N)...)
		default:
			for range p.N {
				out = append(out, stored[0])
			}
		}
	}
	return out
}

// joinBits joins bitmaps. data says the bits of a part, or that all are set.
func joinBits(parts []*column.Vector, n int, data func(*column.Vector) (bits column.Bitmap, all bool)) column.Bitmap {
	out := make(column.Bitmap, 0, (n+63)>>6)
	for _, p := range parts {
		bits, all := data(p)
		switch {
		case p.Type.Kind == column.KindUnknown:
			out = append(out, column.NewBitmap(p.N)...)
		case all || p.Const && bits.Get(0):
			out = append(out, column.NewBitmapSet(p.N)...)
		case p.Const:
			out = append(out, column.NewBitmap(p.N)...)
		default:
			out = append(out, bits[:(p.N+63)>>6]...)
		}
	}
	return out
}

func joinTexts(parts []*column.Vector, n int) column.Strings {
	if dict := sharedDict(parts); dict != nil {
		codes := make([]uint32, 0, n)
		for _, p := range parts {
			for i := range p.N {
				codes = append(codes, p.Texts.(*column.Coded).Codes[p.At(i)])
			}
		}
		return &column.Coded{Codes: codes, Dict: dict}
	}
	out := make(column.Plain, 0, n)
	for _, p := range parts {
		if plain, ok := p.Texts.(column.Plain); ok && !p.Const {
			out = append(out, plain...)
			continue
		}
		for i := range p.N {
			if p.IsNull(i) {
				out = append(out, "")
			} else {
				out = append(out, p.Text(i))
			}
		}
	}
	return out
}
