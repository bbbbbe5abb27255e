package agg

import (
	"math/bits"

	"github.com/credsql/credsql/engine/column"
)

// intExtreme is min and max of BIGINT and TIMESTAMP. For max all values have their bits flipped, which turns their order around, so
// that there is only a least value to look for.
type intExtreme struct {
	typ  column.Type
	flip int64 // 0 or -1
	best []int64
	some []bool
}

var _ Accumulator = (*intExtreme)(nil)

func newIntExtreme(t column.Type, greatest bool) *intExtreme {
	a := &intExtreme{typ: t}
	if greatest {
		a.flip = -1
	}
	return a
}

func (a *intExtreme) Add(r *Rows, args []*column.Vector) error {
	a.best, a.some = grown(a.best, r.Total), grown(a.some, r.Total)
	v := args[0]
	switch {
	case r.N == 0 || v.Type.Kind == column.KindUnknown || v.Const && v.IsNull(0):
	case v.Const:
		for i := range r.N {
			a.put(r.group(i), v.Ints[0]^a.flip)
		}
	case r.Groups == nil:
		a.addAll(v)
	case v.Valid == nil:
		for i, x := range v.Ints {
			a.put(r.Groups[i], x^a.flip)
		}
	default:
		for w, word := range v.Valid {
			for ; word != 0; word &= word - 1 {
				i := w<<6 + bits.TrailingZeros64(word)
				a.put(r.Groups[i], v.Ints[i]^a.flip)
			}
		}
	}
	return nil
}

// addAll takes all rows into group 0.
func (a *intExtreme) addAll(v *column.Vector) {
	best, some := a.best[0], a.some[0]
	for i, x := range v.Ints {
		if x ^= a.flip; (x < best || !some) && (v.Valid == nil || v.Valid.Get(i)) {
			best, some = x, true
		}
	}
	a.best[0], a.some[0] = best, some
}

func (a *intExtreme) put(g uint32, x int64) {
	if x < a.best[g] || !a.some[g] {
		a.best[g], a.some[g] = x, true
	}
}

func (a *intExtreme) Merge(o Accumulator, ids []uint32, total int, _ func() error) error {
	a.best, a.some = grown(a.best, total), grown(a.some, total)
	other := o.(*intExtreme)
	for g, some := range other.some {
		if some {
			a.put(ids[g], other.best[g])
		}
	}
	return nil
}

func (a *intExtreme) Result(total int) (*column.Vector, error) {
	a.best, a.some = grown(a.best, total), grown(a.some, total)
	out := make([]int64, total)
	for g := range out {
		out[g] = a.best[g] ^ a.flip
	}
	return &column.Vector{Type: a.typ, N: total, Ints: out, Valid: validity(a.some[:total])}, nil
}

func (a *intExtreme) Bytes() int64 { return int64(cap(a.best))*8 + int64(cap(a.some)) }

// validity is the bits of some; nil when all are set.
func validity(some []bool) column.Bitmap {
	out := column.NewBitmap(len(some))
	all := true
	for i, s := range some {
		if s {
			out.Set(i)
		}
		all = all && s
	}
	if all {
		return nil
	}
	return out
}

// group is the group of row i.
func (r *Rows) group(i int) uint32 {
	if r.Groups == nil {
		return 0
	}
	return r.Groups[i]
}

// textExtreme is min and max of VARCHAR.
type textExtreme struct {
	max  bool
	best []string
	some []bool
}

var _ Accumulator = (*textExtreme)(nil)

func (a *textExtreme) Add(r *Rows, args []*column.Vector) error {
	a.best, a.some = grown(a.best, r.Total), grown(a.some, r.Total)
	v := args[0]
	for i := range r.N {
		if !v.IsNull(i) {
			a.put(r.group(i), v.Text(i))
		}
	}
	return nil
}

func (a *textExtreme) put(g uint32, x string) {
	if best := a.best[g]; !a.some[g] || x < best && !a.max || x > best && a.max {
		a.best[g], a.some[g] = x, true
	}
}

func (a *textExtreme) Merge(o Accumulator, ids []uint32, total int, _ func() error) error {
	a.best, a.some = grown(a.best, total), grown(a.some, total)
	other := o.(*textExtreme)
	for g, some := range other.some {
		if some {
			a.put(ids[g], other.best[g])
		}
	}
	return nil
}

func (a *textExtreme) Result(total int) (*column.Vector, error) {
	a.best, a.some = grown(a.best, total), grown(a.some, total)
	return &column.Vector{Type: column.Text, N: total, Texts: column.Plain(a.best[:total]), Valid: validity(a.some[:total])}, nil
}

func (a *textExtreme) Bytes() int64 { return int64(cap(a.best)) * 17 }
