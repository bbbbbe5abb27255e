package vec

import "github.com/credsql/credsql/engine/column"

// itemBytes is about what a value of a list takes.
const itemBytes = 32

// Bytes estimates the memory of a vector that was made on the way. Of texts that are pointed to, only the pointers count; a list that
// rows next to each other share counts once. It looks at no list's items: many rows may share a long one.
func Bytes(v *column.Vector) int64 {
	n := int64(len(v.Bools)+len(v.Valid)+len(v.Ints)+len(v.Floats)+len(v.HStores))*8 +
		int64(len(v.Intervals))*16 + int64(len(v.Inets))*32 + textBytes(v.Texts)
	var last *column.List
	for _, l := range v.Lists {
		if n += 8; l != nil && l != last {
			n += itemBytes * int64(1+len(l.Items))
		}
		last = l
	}
	return n
}

func textBytes(texts column.Strings) int64 {
	switch s := texts.(type) {
	case nil:
		return 0
	case column.Plain:
		n := int64(len(s)) * 16
		for _, t := range s {
			n += int64(len(t))
		}
		return n
	case *column.Arena:
		return int64(len(s.Ends))*4 + int64(len(s.Bytes))
	case *Spread:
		return int64(len(s.Refs)) * 8
	default:
		return int64(s.Len()) * 4
	}
}
