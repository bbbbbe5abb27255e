package column

import "fmt"

// Vector is a column of N values of one type. Exactly one of the storage fields is used, chosen by Type.Kind:
// Bools; Ints for BIGINT and TIMESTAMP (micros); Floats; Texts for VARCHAR and JSON; Intervals; Inets; HStores; Lists.
// A vector of KindUnknown is all NULL and has no storage. Vectors are read-only once shared.
type Vector struct {
	Type  Type
	N     int
	Const bool   // one stored value stands for all N rows (index 0)
	Valid Bitmap // nil: no NULL. For a Const vector one bit

	Bools     Bitmap
	Ints      []int64
	Floats    []float64
	Texts     Strings
	Intervals []Interval
	Inets     []Inet
	HStores   []*HStore
	Lists     []*List
}

// At maps a row to its place in the storage.
func (v *Vector) At(i int) int {
	if v.Const {
		return 0
	}
	return i
}

// IsNull says whether row i is NULL.
func (v *Vector) IsNull(i int) bool {
	if v.Type.Kind == KindUnknown {
		return true
	}
	return v.Valid != nil && !v.Valid.Get(v.At(i))
}

// Bool, Int, Float and Text read row i, which must not be NULL and must be of that kind.
func (v *Vector) Bool(i int) bool     { return v.Bools.Get(v.At(i)) }
func (v *Vector) Int(i int) int64     { return v.Ints[v.At(i)] }
func (v *Vector) Float(i int) float64 { return v.Floats[v.At(i)] }
func (v *Vector) Text(i int) string   { return v.Texts.At(v.At(i)) }

// Value boxes row i.
func (v *Vector) Value(i int) Value {
	if v.IsNull(i) {
		return nil
	}
	i = v.At(i)
	switch v.Type.Kind {
	case KindBool:
		return v.Bools.Get(i)
	case KindInt64:
		return v.Ints[i]
	case KindFloat64:
		return v.Floats[i]
	case KindText:
		return v.Texts.At(i)
	case KindTimestamp:
		return Timestamp(v.Ints[i])
	case KindInterval:
		return v.Intervals[i]
	case KindJSON:
		return JSONText(v.Texts.At(i))
	case KindInet:
		return v.Inets[i]
	case KindHStore:
		return v.HStores[i]
	case KindList:
		return v.Lists[i]
	default:
		panic(fmt.Sprintf("column: value of kind %d", v.Type.Kind))
	}
}

// Builder grows a vector row by row from boxed or typed values. It is for results that have no kernel; kernels fill slices.
type Builder struct{ v Vector }

// NewBuilder starts a vector of type t with room for n rows.
func NewBuilder(t Type, n int) *Builder {
	b := &Builder{v: Vector{Type: t}}
	switch t.Kind {
	case KindInt64, KindTimestamp:
		b.v.Ints = make([]int64, 0, n)
	case KindFloat64:
		b.v.Floats = make([]float64, 0, n)
	case KindText, KindJSON:
		b.v.Texts = make(Plain, 0, n)
	}
	return b
}

// Append adds a value, which must be nil or of the builder's type.
func (b *Builder) Append(x Value) {
	v := &b.v
	i := v.N
	v.N++
	if x == nil {
		b.appendNull(i)
		return
	}
	if v.Valid != nil {
		b.growBits(&v.Valid, i)
		v.Valid.Set(i)
	}
	switch v.Type.Kind {
	case KindBool:
		b.growBits(&v.Bools, i)
		v.Bools.Put(i, x.(bool))
	case KindInt64:
		v.Ints = append(v.Ints, x.(int64))
	case KindFloat64:
		v.Floats = append(v.Floats, x.(float64))
	case KindText:
		v.Texts = append(v.Texts.(Plain), x.(string))
	case KindTimestamp:
		v.Ints = append(v.Ints, int64(x.(Timestamp)))
	case KindInterval:
		v.Intervals = append(v.Intervals, x.(Interval))
	case KindJSON:
		v.Texts = append(v.Texts.(Plain), string(x.(JSONText)))
	case KindInet:
		v.Inets = append(v.Inets, x.(Inet))
	case KindHStore:
		v.HStores = append(v.HStores, x.(*HStore))
	case KindList:
		v.Lists = append(v.Lists, x.(*List))
	default:
		panic(fmt.Sprintf("column: append %T to a vector of %s", x, v.Type))
	}
}

func (b *Builder) growBits(m *Bitmap, i int) {
	if i>>6 >= len(*m) {
		*m = append(*m, 0)
	}
}

func (b *Builder) appendNull(i int) {
	v := &b.v
	if v.Valid == nil {
		v.Valid = NewBitmapSet(i)
	}
	b.growBits(&v.Valid, i)
	switch v.Type.Kind {
	case KindBool:
		b.growBits(&v.Bools, i)
	case KindInt64, KindTimestamp:
		v.Ints = append(v.Ints, 0)
	case KindFloat64:
		v.Floats = append(v.Floats, 0)
	case KindText, KindJSON:
		v.Texts = append(v.Texts.(Plain), "")
	case KindInterval:
		v.Intervals = append(v.Intervals, Interval{})
	case KindInet:
		v.Inets = append(v.Inets, Inet{})
	case KindHStore:
		v.HStores = append(v.HStores, nil)
	case KindList:
		v.Lists = append(v.Lists, nil)
	}
}

// Vector is what was built; the builder must not be used after.
func (b *Builder) Vector() *Vector { return &b.v }

// ConstVector is n rows of one value.
func ConstVector(t Type, x Value, n int) *Vector {
	b := NewBuilder(t, 1)
	b.Append(x)
	v := b.Vector()
	v.N, v.Const = n, true
	return v
}
