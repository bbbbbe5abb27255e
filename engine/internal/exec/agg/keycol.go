package agg

import (
	"unsafe"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
)

// keyColumn numbers the values of one key column: equal values, as SQL groups them, get one number.
type keyColumn interface {
	// ids fills out with the rows' numbers; false if the column's form is not one that it can number (see Groups.fallBack).
	ids(v *column.Vector, out []uint32) bool
	// limit is above every number given so far; 0 when that is not known to be small.
	limit() int
	bytes() int64
}

// newKeyColumn chooses by type; coded texts are numbered by their codes until a batch comes that is not coded so.
func newKeyColumn(t column.Type, codes bool) keyColumn {
	switch t.Kind {
	case column.KindBool:
		return boolKeys{}
	case column.KindInt64, column.KindTimestamp:
		return &intKeys{table: newIntTable(), bits: func(v *column.Vector) []uint64 { return unsignedInts(v.Ints) }}
	case column.KindFloat64:
		return &intKeys{table: newIntTable(), bits: floatBits}
	case column.KindText:
		if codes {
			return &codeKeys{}
		}
		return &textKeys{table: newTextTable()}
	default:
		return &valueKeys{table: newTextTable()}
	}
}

// boolKeys: NULL 0, false 1, true 2.
type boolKeys struct{}

func (boolKeys) ids(v *column.Vector, out []uint32) bool {
	for i := range out {
		switch {
		case v.IsNull(i):
			out[i] = 0
		case v.Bool(i):
			out[i] = 2
		default:
			out[i] = 1
		}
	}
	return true
}

func (boolKeys) limit() int   { return 3 }
func (boolKeys) bytes() int64 { return 0 }

// codeKeys: NULL 0, otherwise the code plus one.
type codeKeys struct {
	dict *column.Dict
	top  int
}

func (k *codeKeys) ids(v *column.Vector, out []uint32) bool {
	coded, ok := v.Texts.(*column.Coded)
	if !ok {
		return false
	}
	if k.dict == nil {
		k.dict = coded.Dict
	}
	if k.dict != coded.Dict {
		return false
	}
	k.top = len(k.dict.Values()) + 1
	switch {
	case v.Const && v.IsNull(0):
		clear(out)
	case v.Const:
		fill(out, coded.Codes[0]+1)
	case v.Valid == nil:
		for i, c := range coded.Codes {
			out[i] = c + 1
		}
	default:
		for i, c := range coded.Codes {
			known := uint32(v.Valid[i>>6] >> (uint(i) & 63) & 1)
			out[i] = (c + 1) & -known
		}
	}
	return true
}

func (k *codeKeys) limit() int   { return k.top }
func (k *codeKeys) bytes() int64 { return 0 }

func fill(out []uint32, x uint32) {
	for i := range out {
		out[i] = x
	}
}

// intKeys: NULL 0, otherwise the table's number plus one.
type intKeys struct {
	table *intTable
	bits  func(v *column.Vector) []uint64
}

func (k *intKeys) ids(v *column.Vector, out []uint32) bool {
	if v.Type.Kind == column.KindUnknown || v.Const && v.IsNull(0) {
		clear(out)
		return true
	}
	keys := k.bits(v)
	if v.Const {
		fill(out, k.table.id(keys[0])+1)
		return true
	}
	for i, x := range keys {
		if v.Valid != nil && !v.Valid.Get(i) {
			out[i] = 0
			continue
		}
		out[i] = k.table.id(x) + 1
	}
	return true
}

func (k *intKeys) limit() int   { return k.table.n + 1 }
func (k *intKeys) bytes() int64 { return k.table.bytes() }

// unsignedInts reinterprets the slice.
func unsignedInts(s []int64) []uint64 {
	return unsafe.Slice((*uint64)(unsafe.Pointer(unsafe.SliceData(s))), len(s))
}

func floatBits(v *column.Vector) []uint64 {
	out := make([]uint64, len(v.Floats))
	for i, f := range v.Floats {
		out[i] = sqltype.FloatKey(f)
	}
	return out
}

// textKeys: NULL 0, otherwise the table's number plus one.
type textKeys struct{ table *textTable }

func (k *textKeys) ids(v *column.Vector, out []uint32) bool {
	if v.Type.Kind == column.KindUnknown || v.Const && v.IsNull(0) {
		clear(out)
		return true
	}
	if v.Const {
		fill(out, k.table.id(v.Texts.At(0), true)+1)
		return true
	}
	if coded, ok := v.Texts.(*column.Coded); ok {
		k.codedIDs(v, coded, out)
		return true
	}
	for i := range out {
		if v.IsNull(i) {
			out[i] = 0
			continue
		}
		out[i] = k.table.id(v.Texts.At(i), true) + 1
	}
	return true
}

// codedIDs looks each distinct text up once.
func (k *textKeys) codedIDs(v *column.Vector, coded *column.Coded, out []uint32) {
	values := coded.Dict.Values()
	known := map[uint32]uint32{}
	for i, c := range coded.Codes {
		if v.IsNull(i) {
			out[i] = 0
			continue
		}
		id, ok := known[c]
		if !ok {
			id = k.table.id(values[c], true) + 1
			known[c] = id
		}
		out[i] = id
	}
}

func (k *textKeys) limit() int   { return len(k.table.texts) + 1 }
func (k *textKeys) bytes() int64 { return k.table.bytes() }

// valueKeys numbers the values of all other types by sqltype.AppendKey.
type valueKeys struct {
	table *textTable
	buf   []byte
}

func (k *valueKeys) ids(v *column.Vector, out []uint32) bool {
	for i := range out {
		k.buf = sqltype.AppendKey(k.buf[:0], v.Value(i))
		out[i] = k.table.id(unsafe.String(unsafe.SliceData(k.buf), len(k.buf)), false)
	}
	return true
}

func (k *valueKeys) limit() int   { return len(k.table.texts) }
func (k *valueKeys) bytes() int64 { return k.table.bytes() }
