package funcs

import (
	"unsafe"

	"github.com/credsql/credsql/engine/column"
)

// native is a Go type that holds the values of one SQL type, boxed in a column.Value and, except for booleans and texts, as the
// element of a vector's storage.
type native interface {
	bool | int64 | float64 | string | column.Timestamp | column.Interval | column.JSONText | column.Inet | *column.HStore | *column.List
}

// typeOf is the SQL type of a native type; of arrays only that they are lists.
func typeOf[A native]() column.Type {
	switch any(*new(A)).(type) {
	case bool:
		return column.Bool
	case int64:
		return column.Int64
	case float64:
		return column.Float64
	case string:
		return column.Text
	case column.Timestamp:
		return column.TimestampT
	case column.Interval:
		return column.IntervalT
	case column.JSONText:
		return column.JSON
	case column.Inet:
		return column.InetT
	case *column.HStore:
		return column.HStoreT
	default:
		return column.Type{Kind: column.KindList}
	}
}

// view gives row-wise access to a vector's storage: a Const vector's one value stands at every row.
type view[A native] struct {
	vals []A
	mask int // 0 for a Const vector, else -1
}

func (v *view[A]) at(i int) A { return v.vals[i&v.mask] }

// viewOf makes the view. Storage is shared where its form is a slice of A already; the values of NULL rows are meaningless.
func viewOf[A native](v *column.Vector) view[A] {
	mask := -1
	if v.Const {
		mask = 0
	}
	return view[A]{vals: stored[A](v), mask: mask}
}

func stored[A native](v *column.Vector) []A {
	var slice any
	switch any(*new(A)).(type) {
	case bool:
		slice = unpackBools(v.Bools, stores(v))
	case int64:
		slice = v.Ints
	case float64:
		slice = v.Floats
	case string:
		slice = texts(v.Texts)
	case column.Timestamp:
		slice = timestamps(v.Ints)
	case column.Interval:
		slice = v.Intervals
	case column.JSONText:
		slice = jsonTexts(texts(v.Texts))
	case column.Inet:
		slice = v.Inets
	case *column.HStore:
		slice = v.HStores
	default:
		slice = v.Lists
	}
	return slice.([]A)
}

// stores is the number of values in a vector's storage.
func stores(v *column.Vector) int {
	if v.Const {
		return 1
	}
	return v.N
}

func unpackBools(bits column.Bitmap, n int) []bool {
	out := make([]bool, n)
	for i := range out {
		out[i] = bits.Get(i)
	}
	return out
}

// texts is a text column as one string a row, sharing the bytes.
func texts(s column.Strings) []string {
	switch s := s.(type) {
	case column.Plain:
		return s
	case *column.Coded:
		dict := s.Dict.Values()
		out := make([]string, len(s.Codes))
		for i, c := range s.Codes {
			out[i] = dict[c]
		}
		return out
	default:
		out := make([]string, s.Len())
		for i := range out {
			out[i] = s.At(i)
		}
		return out
	}
}

// The conversions below reinterpret a slice as one of a defined type over the same underlying type; nothing is copied.

func timestamps(s []int64) []column.Timestamp {
	return unsafe.Slice((*column.Timestamp)(unsafe.SliceData(s)), len(s))
}

func micros(s []column.Timestamp) []int64 {
	return unsafe.Slice((*int64)(unsafe.SliceData(s)), len(s))
}

func jsonTexts(s []string) []column.JSONText {
	return unsafe.Slice((*column.JSONText)(unsafe.SliceData(s)), len(s))
}

func plainTexts(s []column.JSONText) []string {
	return unsafe.Slice((*string)(unsafe.SliceData(s)), len(s))
}

// vectorOf makes a vector of type t of n values; valid nil means that none is NULL.
func vectorOf[R native](t column.Type, vals []R, valid column.Bitmap) *column.Vector {
	v := &column.Vector{Type: t, N: len(vals), Valid: valid}
	switch s := any(vals).(type) {
	case []bool:
		v.Bools = column.NewBitmap(len(s))
		for i, b := range s {
			if b {
				v.Bools.Set(i)
			}
		}
	case []int64:
		v.Ints = s
	case []float64:
		v.Floats = s
	case []string:
		v.Texts = column.Plain(s)
	case []column.Timestamp:
		v.Ints = micros(s)
	case []column.Interval:
		v.Intervals = s
	case []column.JSONText:
		v.Texts = column.Plain(plainTexts(s))
	case []column.Inet:
		v.Inets = s
	case []*column.HStore:
		v.HStores = s
	case []*column.List:
		v.Lists = s
	}
	return v
}

// nullVector is n rows of NULL of type t.
func nullVector(t column.Type, n int) *column.Vector { return column.ConstVector(t, nil, n) }
