package budget

import "github.com/credsql/credsql/engine/column"

const (
	wordSize   = 8
	valueSize  = 2 * wordSize // an interface
	stringSize = 2 * wordSize
	sliceSize  = 3 * wordSize
	// placeSize is a row's place in a list of rows: the list is copied to a larger one as it grows.
	placeSize = 2 * sliceSize
)

// SizeOf estimates the bytes that a value holds beside its place in a row. Text is counted in full although it may share the memory
// of a column: the estimate errs to the safe side.
func SizeOf(v column.Value) int64 {
	switch v := v.(type) {
	case nil, bool:
		return 0
	case string:
		return stringSize + int64(len(v))
	case column.JSONText:
		return stringSize + int64(len(v))
	case *column.HStore:
		return sizeOfHStore(v)
	case *column.List:
		n := int64(sliceSize + wordSize)
		for _, item := range v.Items {
			n += valueSize + SizeOf(item)
		}
		return n
	case column.Interval, column.Inet:
		return 4 * wordSize
	default:
		return wordSize
	}
}

func sizeOfHStore(h *column.HStore) int64 {
	n := int64(sliceSize)
	for _, p := range h.Pairs() {
		n += 2*stringSize + wordSize + int64(len(p.Key)+len(p.Value))
	}
	return n
}

// SizeOfRow estimates the bytes that a row holds.
func SizeOfRow(row []column.Value) int64 {
	n := int64(placeSize) + int64(len(row))*valueSize
	for _, v := range row {
		n += SizeOf(v)
	}
	return n
}
