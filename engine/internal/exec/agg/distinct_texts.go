package agg

import (
	"hash/maphash"

	"github.com/credsql/credsql/engine/column"
)

// distinctTexts is count(DISTINCT x) of texts in one group. Codes of a dictionary are bits. Other texts are copied to parts by their
// hash first and counted at the end, each part in a table that a core's cache holds together with its texts, by all workers: to
// compare texts where the table lies would read all memory at random.
type distinctTexts struct {
	seed  maphash.Seed
	each  func(n int, work func(i int) error) error
	codes map[*column.Dict]column.Bitmap
	parts []textPart
	size  int64 // bytes of the parts
}

const (
	partBits  = 6
	textParts = 1 << partBits
)

var _ Accumulator = (*distinctTexts)(nil)

func newDistinctTexts(seed maphash.Seed, each func(n int, work func(i int) error) error) *distinctTexts {
	return &distinctTexts{seed: seed, each: each, codes: map[*column.Dict]column.Bitmap{}}
}

func (a *distinctTexts) Add(r *Rows, args []*column.Vector) error {
	v := args[0]
	if r.N == 0 || v.Type.Kind == column.KindUnknown || v.Const && v.IsNull(0) {
		return nil
	}
	if coded, ok := v.Texts.(*column.Coded); ok {
		a.addCodes(v, coded)
		return nil
	}
	a.addTexts(v)
	return nil
}

func (a *distinctTexts) addCodes(v *column.Vector, coded *column.Coded) {
	set := a.codes[coded.Dict]
	if words := (len(coded.Dict.Values()) + 63) >> 6; words > len(set) {
		set = append(set, make(column.Bitmap, words-len(set))...)
		a.codes[coded.Dict] = set
	}
	last := ^uint32(0)
	for i, c := range coded.Codes {
		if c != last && (v.Valid == nil || v.Valid.Get(v.At(i))) {
			set.Set(int(c))
			last = c
		}
	}
}

func (a *distinctTexts) addTexts(v *column.Vector) {
	if a.parts == nil {
		a.parts = make([]textPart, textParts)
	}
	if arena, ok := v.Texts.(*column.Arena); ok {
		for i := range arena.Ends {
			if v.Valid == nil || v.Valid.Get(i) {
				a.put(arena.At(i))
			}
		}
		return
	}
	for i := range v.Texts.Len() {
		if v.Valid == nil || v.Valid.Get(i) {
			a.put(v.Texts.At(i))
		}
	}
}

func (a *distinctTexts) put(text string) {
	hash := maphash.String(a.seed, text)
	a.size += a.parts[hash>>(64-partBits)].add(hash, text)
}

func (a *distinctTexts) Merge(o Accumulator, _ []uint32, _ int, _ func() error) error {
	other := o.(*distinctTexts)
	for dict, set := range other.codes {
		mine := a.codes[dict]
		if len(mine) < len(set) {
			mine, set = set, mine
		}
		mine[:len(set)].Or(set)
		a.codes[dict] = mine
	}
	if other.parts == nil {
		return nil
	}
	if a.parts == nil {
		a.parts = make([]textPart, textParts)
	}
	for i, part := range other.parts {
		a.parts[i].blocks = append(a.parts[i].blocks, part.blocks...)
		a.parts[i].n += part.n
	}
	a.size += other.size
	return nil
}

// Result counts. Codes of one dictionary alone are distinct as they are; mixed with anything else they are counted as texts.
func (a *distinctTexts) Result(total int) (*column.Vector, error) {
	var n int64
	if len(a.codes) == 1 && a.parts == nil {
		for _, set := range a.codes {
			n = int64(set.Count())
		}
	} else {
		for dict, set := range a.codes {
			a.addDict(dict, set)
		}
		counts := make([]int64, len(a.parts))
		err := a.each(len(a.parts), func(i int) error {
			counts[i] = a.count(&a.parts[i], partBits)
			return nil
		})
		if err != nil {
			return nil, err
		}
		for _, c := range counts {
			n += c
		}
	}
	out := make([]int64, total)
	out[0] = n
	return &column.Vector{Type: column.Int64, N: total, Ints: out}, nil
}

func (a *distinctTexts) addDict(dict *column.Dict, set column.Bitmap) {
	values := dict.Values()
	var texts column.Plain
	for _, code := range set.Indexes(nil) {
		texts = append(texts, values[code])
	}
	a.addTexts(&column.Vector{Type: column.Text, N: len(texts), Texts: texts})
}

// cachedPart is how many texts a table may have to stay in a core's cache.
const cachedPart = 1 << 15

// count counts the distinct texts of one part, which share the first known bits of their hashes. A large part is split once more.
func (a *distinctTexts) count(part *textPart, known int) int64 {
	if part.n <= cachedPart || known > 2*partBits {
		return part.distinct()
	}
	split := make([]textPart, textParts)
	for _, b := range part.blocks {
		for i, hash := range b.hashes {
			split[hash<<known>>(64-partBits)].add(hash, b.texts.At(i))
		}
	}
	var n int64
	for i := range split {
		n += a.count(&split[i], known+partBits)
	}
	return n
}

func (a *distinctTexts) Bytes() int64 {
	n := a.size
	for _, set := range a.codes {
		n += int64(len(set)) * 8
	}
	return n
}
