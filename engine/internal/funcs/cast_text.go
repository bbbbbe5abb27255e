package funcs

import (
	"slices"
	"strconv"

	"github.com/credsql/credsql/engine/column"
)

// printed is a value's text form. Its kernel prints all rows into one block.
func printed(t column.Type) *Overload {
	o := overload("value", column.Text, t)
	o.CanFail = false
	o.Row = func(_ *Ctx, args []column.Value) (column.Value, error) { return string(appendCast(nil, args[0])), nil }
	o.Vec = func(_ *Ctx, args []*column.Vector, n int) (*column.Vector, error) {
		return printRows(args, n, func(dst []byte, i int) ([]byte, error) { return appendCastRow(dst, args[0], i), nil })
	}
	return castOverload(o, t, column.Text)
}

// appendCast appends a value as a cast to VARCHAR gives it: as it is shown, but an address always has its prefix length, as
// PostgreSQL's text(inet) has it.
func appendCast(dst []byte, v column.Value) []byte {
	if address, ok := v.(column.Inet); ok {
		return appendAddress(dst, address)
	}
	return column.AppendText(dst, v)
}

// appendCastRow is appendCast of a row, nothing where it is NULL.
func appendCastRow(dst []byte, v *column.Vector, i int) []byte {
	if v.Type == column.InetT && !v.IsNull(i) {
		return appendAddress(dst, v.Inets[v.At(i)])
	}
	return v.AppendText(dst, i)
}

func appendAddress(dst []byte, x column.Inet) []byte {
	dst = column.AppendInet(dst, x)
	if x.IsSingleIP() {
		dst = append(dst, '/')
		dst = strconv.AppendInt(dst, int64(x.Bits()), 10)
	}
	return dst
}

// sampleRows is after how many rows the size of the rest is estimated.
const sampleRows = 256

// printRows makes a text vector of the rows in which no argument is NULL, all in one block of memory.
func printRows(args []*column.Vector, n int, print func(dst []byte, i int) ([]byte, error)) (*column.Vector, error) {
	valid, some := validRows(args, n)
	if !some {
		return nullVector(column.Text, n), nil
	}
	rows, fixed := n, allConst(args)
	if fixed {
		rows = 1
	}
	arena := &column.Arena{Ends: make([]uint32, 0, rows)}
	for i := range rows {
		if i == sampleRows {
			arena.Bytes = slices.Grow(arena.Bytes, min(len(arena.Bytes)/sampleRows*(rows-i)+len(arena.Bytes), maxMade))
		}
		if valid == nil || valid.Get(i) {
			var err error
			if arena.Bytes, err = print(arena.Bytes, i); err != nil {
				return nil, err
			}
		}
		if len(arena.Bytes) > maxMade {
			return nil, errTooMuch()
		}
		arena.Ends = append(arena.Ends, uint32(len(arena.Bytes)))
	}
	return &column.Vector{Type: column.Text, N: n, Const: fixed, Valid: valid, Texts: arena}, nil
}
