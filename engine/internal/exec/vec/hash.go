package vec

import (
	"hash/maphash"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
)

// Hasher hashes rows so that values that SQL calls equal have equal hashes, in whatever form their vectors are.
type Hasher struct{ seed maphash.Seed }

// NewHasher makes a hasher; hashes of different hashers do not compare.
func NewHasher() *Hasher { return &Hasher{seed: maphash.MakeSeed()} }

// Rows hashes n rows of keys. Rows with a NULL get any hash.
func (h *Hasher) Rows(keys []*column.Vector, n int) []uint64 {
	out := make([]uint64, n)
	for _, v := range keys {
		if v.Type.Kind != column.KindUnknown {
			h.add(v, out)
		}
	}
	return out
}

func combine(h, x uint64) uint64 {
	h = (h ^ x) * 0x9e3779b97f4a7c15
	return h ^ h>>29
}

func (h *Hasher) add(v *column.Vector, out []uint64) {
	switch v.Type.Kind {
	case column.KindInt64, column.KindTimestamp:
		for i := range out {
			out[i] = combine(out[i], uint64(v.Int(i))*0xbf58476d1ce4e5b9)
		}
	case column.KindFloat64:
		for i := range out {
			out[i] = combine(out[i], sqltype.FloatKey(v.Float(i))*0xbf58476d1ce4e5b9)
		}
	case column.KindText:
		h.addTexts(v, out)
	default:
		var key []byte
		for i := range out {
			key = sqltype.AppendKey(key[:0], v.Value(i))
			out[i] = combine(out[i], maphash.Bytes(h.seed, key))
		}
	}
}

func (h *Hasher) addTexts(v *column.Vector, out []uint64) {
	if coded, ok := v.Texts.(*column.Coded); ok && !v.Const {
		values := coded.Dict.Values()
		if len(values) <= len(out) {
			hashes := make([]uint64, len(values))
			for code, text := range values {
				hashes[code] = maphash.String(h.seed, text)
			}
			for i, code := range coded.Codes {
				out[i] = combine(out[i], hashes[code])
			}
			return
		}
	}
	for i := range out {
		if !v.IsNull(i) {
			out[i] = combine(out[i], maphash.String(h.seed, v.Text(i)))
		}
	}
}

// Equal says whether row i of a and row j of b, neither NULL, are equal.
func Equal(a *column.Vector, i int, b *column.Vector, j int) bool {
	switch a.Type.Kind {
	case column.KindInt64, column.KindTimestamp:
		return a.Int(i) == b.Int(j)
	case column.KindText:
		return a.Text(i) == b.Text(j)
	case column.KindHStore, column.KindList:
		return string(sqltype.AppendKey(nil, a.Value(i))) == string(sqltype.AppendKey(nil, b.Value(j)))
	default:
		return Compare(a, i, b, j) == 0
	}
}

// NotNull is the rows of which no key is NULL; nil when that is all of them.
func NotNull(keys []*column.Vector, n int) column.Bitmap {
	var out column.Bitmap
	for _, v := range keys {
		switch {
		case v.Type.Kind == column.KindUnknown || v.Const && v.IsNull(0):
			return column.NewBitmap(n)
		case v.Const || v.Valid == nil:
		case out == nil:
			out = v.Valid.Clone()
		default:
			out.And(v.Valid)
		}
	}
	return out
}
