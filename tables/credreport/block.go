package credreport

import (
	"github.com/credsql/credsql/engine/column"
)

// maxBlockRows is how many rows of small reports share a block. A scan gives a block as one batch, unless rows of it are
// not wanted.
const maxBlockRows = 1 << 16

// block is rows of one or more reports as columns. It is read-only once made.
type block struct {
	n         int
	columns   [NumColumns]*column.Vector // nil: not converted
	sentinels [NumColumns]*Sentinels     // nil: not converted, or never NULL
}

// part is a piece of a file with its place in a block.
type part struct {
	file    *File
	section *section
	piece   piece
	from    int // row in the block
}

// slice is rows from..to of the block's column c as a vector of its own. Numbers and codes are shared, bits are copied.
func (b *block) slice(c, from, to int) *column.Vector {
	v := b.columns[c]
	if from == 0 && to == b.n {
		return v
	}
	return sliceVector(v, from, to)
}

func sliceVector(v *column.Vector, from, to int) *column.Vector {
	out := &column.Vector{Type: v.Type, N: to - from, Const: v.Const}
	if v.Const {
		*out = *v
		out.N = to - from
		return out
	}
	if v.Valid != nil {
		out.Valid = v.Valid.Slice(from, to)
	}
	if v.Bools != nil {
		out.Bools = v.Bools.Slice(from, to)
	}
	if v.Ints != nil {
		out.Ints = v.Ints[from:to:to]
	}
	if v.Texts != nil {
		out.Texts = sliceTexts(v.Texts, from, to)
	}
	return out
}

// sliceTexts cuts the forms of text that the report's columns have.
func sliceTexts(texts column.Strings, from, to int) column.Strings {
	switch t := texts.(type) {
	case *column.Coded:
		return &column.Coded{Codes: t.Codes[from:to:to], Dict: t.Dict}
	case *column.Arena:
		return sliceArena(t, from, to)
	case *ARNs:
		return &ARNs{codes: t.codes[from:to:to], prefixes: t.prefixes, users: sliceArena(t.users, from, to)}
	default:
		plain := make(column.Plain, 0, to-from)
		for i := from; i < to; i++ {
			plain = append(plain, texts.At(i))
		}
		return plain
	}
}

func sliceArena(a *column.Arena, from, to int) *column.Arena {
	var start uint32
	if from > 0 {
		start = a.Ends[from-1]
	}
	out := &column.Arena{Ends: make([]uint32, to-from)}
	for i, end := range a.Ends[from:to] {
		out.Ends[i] = end - start
	}
	if to > from {
		out.Bytes = a.Bytes[start:a.Ends[to-1]]
	}
	return out
}
