package eval

import (
	"slices"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
)

// inList is x [NOT] IN (constants).
type inList struct {
	traitsOf
	arg     node
	hasNull bool
	negate  bool
	ints    []int64 // sorted, for BIGINT and TIMESTAMP
	texts   map[string]struct{}
	keys    map[string]struct{} // other types, by sqltype.AppendKey
}

func newInList(arg node, vals []column.Value, hasNull, negate bool) *inList {
	t := arg.traits()
	l := &inList{arg: arg, hasNull: hasNull, negate: negate}
	l.traitsOf = traits{typ: column.Bool, fails: t.fails, cost: max(t.cost, costText)}
	switch t.typ.Kind {
	case column.KindInt64, column.KindTimestamp:
		for _, x := range vals {
			l.ints = append(l.ints, asInt(x))
		}
		slices.Sort(l.ints)
		l.ints = slices.Compact(l.ints)
	case column.KindText:
		l.texts = make(map[string]struct{}, len(vals))
		for _, x := range vals {
			l.texts[x.(string)] = struct{}{}
		}
	default:
		l.keys = make(map[string]struct{}, len(vals))
		for _, x := range vals {
			l.keys[string(sqltype.AppendKey(nil, x))] = struct{}{}
		}
	}
	return l
}

func asInt(x column.Value) int64 {
	if t, ok := x.(column.Timestamp); ok {
		return int64(t)
	}
	return x.(int64)
}

// found sets the bits of the rows whose value is in the list.
func (l *inList) found(v *column.Vector) column.Bitmap {
	switch {
	case v.Const:
		bits := column.NewBitmap(v.N)
		if !v.IsNull(0) && l.has(v.Value(0)) {
			bits.Not(v.N)
		}
		return bits
	case l.texts != nil:
		if len(l.texts) == 1 {
			for only := range l.texts {
				return textEquals(v.Texts, v.N, only)
			}
		}
		return textBits(v.Texts, v.N, func(s string) bool { _, ok := l.texts[s]; return ok })
	case l.ints != nil && len(l.ints) <= 4:
		bits := equalConst(v.Ints, l.ints[0])
		for _, c := range l.ints[1:] {
			bits.Or(equalConst(v.Ints, c))
		}
		return bits
	case l.ints != nil:
		return eachRow(v.N, func(i int) bool { _, ok := slices.BinarySearch(l.ints, v.Ints[i]); return ok })
	default:
		return eachRow(v.N, func(i int) bool { return !v.IsNull(i) && l.has(v.Value(i)) })
	}
}

func (l *inList) has(x column.Value) bool {
	switch {
	case l.texts != nil:
		_, ok := l.texts[x.(string)]
		return ok
	case l.ints != nil:
		_, ok := slices.BinarySearch(l.ints, asInt(x))
		return ok
	default:
		_, ok := l.keys[string(sqltype.AppendKey(nil, x))]
		return ok
	}
}

func (l *inList) eval(f *Frame) (*column.Vector, error) {
	v, err := l.arg.eval(f)
	if err != nil {
		return nil, err
	}
	bits := l.found(v)
	known := nullMask(v, false)
	bits.And(known.bits)
	valid := known.bits
	if l.hasNull { // not found among values and a NULL: unknown
		valid = bits.Clone()
	}
	if l.negate {
		bits.Not(f.N)
	}
	if valid.Count() == f.N {
		valid = nil
	}
	return &column.Vector{Type: column.Bool, N: f.N, Bools: bits, Valid: valid}, nil
}

var _ masker = (*inList)(nil)

func (l *inList) mask(f *Frame, want bool) (mask, error) {
	v, err := l.eval(f)
	if err != nil {
		return mask{}, err
	}
	return vectorMask(v, want), nil
}
