package exec

import (
	"math/bits"
	"slices"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/exec/vec"
)

// buildSide is the input of a join that is held, ready to be asked for matches. It is not changed once it is made.
type buildSide struct {
	rows    *rows
	columns [][]*column.Vector
	offsets []int // of each chunk's first row among all rows
	all     []vec.Ref

	hasher   *vec.Hasher
	keys     [][]*column.Vector // by chunk
	hashes   [][]uint64         // by chunk
	valid    []column.Bitmap    // by chunk: rows without a NULL key; nil: all
	parts    []joinTable
	partBits int
	hasNull  bool
}

// joinTable finds the rows of one part of the hashes by their key: open addressing, at most half full. The rows of key id are
// list[starts[id]:starts[id+1]], in order.
type joinTable struct {
	slots  []joinSlot
	mask   uint64
	starts []int32
	list   []vec.Ref
}

// joinSlot is small, because the cost of a join is that slots are not in the cache.
type joinSlot struct {
	tag uint32 // the upper half of the hash
	id  uint32 // plus one; 0: free
}

func newBuildSide(x *run, keys []*eval.Expr, r *rows, acc *accounts) (*buildSide, error) {
	s := &buildSide{rows: r, columns: r.columns(), hasher: vec.NewHasher()}
	n := 0
	for _, b := range r.chunks {
		s.offsets = append(s.offsets, n)
		n += b.N
	}
	if len(keys) == 0 {
		s.all = r.refs()
		return s, acc.grow(0, int64(n)*8)
	}
	if err := s.hashKeys(x, keys, acc); err != nil {
		return nil, err
	}
	s.partBits = bits.Len(uint(x.workers - 1))
	if n < emitRows {
		s.partBits = 0
	}
	s.parts = make([]joinTable, 1<<s.partBits)
	if err := acc.grow(0, int64(n)*(8+8+2*24)); err != nil {
		return nil, err
	}
	return s, x.each(len(s.parts), func(_, i int) error {
		s.parts[i].fill(s, uint64(i))
		return nil
	})
}

// hashKeys computes the keys of all rows and their hashes.
func (s *buildSide) hashKeys(x *run, exprs []*eval.Expr, acc *accounts) error {
	n := len(s.rows.chunks)
	s.keys, s.hashes, s.valid = make([][]*column.Vector, n), make([][]uint64, n), make([]column.Bitmap, n)
	err := x.each(n, func(w, c int) error {
		b := s.rows.chunks[c]
		keys, err := eval.EvalAll(exprs, eval.NewFrame(b))
		if err != nil {
			return err
		}
		for _, v := range keys {
			if !slices.Contains(b.Cols, v) {
				if err := acc.grow(w, vec.Bytes(v)); err != nil {
					return err
				}
			}
		}
		s.keys[c], s.hashes[c], s.valid[c] = keys, s.hasher.Rows(keys, b.N), vec.NotNull(keys, b.N)
		return nil
	})
	for c, valid := range s.valid {
		s.hasNull = s.hasNull || valid != nil && valid.Count() < s.rows.chunks[c].N
	}
	return err
}

// part is which table a hash belongs to.
func (s *buildSide) part(hash uint64) uint64 { return hash >> 32 >> (32 - uint(s.partBits)) }

// fill takes in the rows whose hash belongs to part which.
func (t *joinTable) fill(s *buildSide, which uint64) {
	refs, hashes := s.rowsOf(which)
	size := 16
	for size < 2*len(refs) {
		size *= 2
	}
	t.slots, t.mask = make([]joinSlot, size), uint64(size-1)
	ids := make([]uint32, len(refs))
	var heads []vec.Ref // a row of each key
	for i, r := range refs {
		slot := t.find(hashes[i], func(id uint32) bool { return s.same(r, heads[id]) })
		if slot.id == 0 {
			heads = append(heads, r)
			*slot = joinSlot{tag: uint32(hashes[i] >> 32), id: uint32(len(heads))}
		}
		ids[i] = slot.id - 1
	}
	keys := uint32(len(heads))
	t.starts = make([]int32, keys+1)
	for _, id := range ids {
		t.starts[id+1]++
	}
	for id := range keys {
		t.starts[id+1] += t.starts[id]
	}
	t.list = make([]vec.Ref, len(refs))
	next := append([]int32(nil), t.starts...)
	for i, id := range ids {
		t.list[next[id]] = refs[i]
		next[id]++
	}
}

// rowsOf are the rows without a NULL key of one part, in order.
func (s *buildSide) rowsOf(which uint64) (refs []vec.Ref, hashes []uint64) {
	guess := s.rows.n>>s.partBits + s.rows.n>>(s.partBits+4) + 16
	refs, hashes = make([]vec.Ref, 0, guess), make([]uint64, 0, guess)
	for c, list := range s.hashes {
		valid := s.valid[c]
		for i, h := range list {
			if s.part(h) == which && (valid == nil || valid.Get(i)) {
				refs, hashes = append(refs, vec.MakeRef(c, i)), append(hashes, h)
			}
		}
	}
	return refs, hashes
}

// find gives the slot of a key, or the free one where it belongs.
func (t *joinTable) find(hash uint64, same func(id uint32) bool) *joinSlot {
	tag := uint32(hash >> 32)
	for at := hash & t.mask; ; at = (at + 1) & t.mask {
		slot := &t.slots[at]
		if slot.id == 0 || slot.tag == tag && same(slot.id-1) {
			return slot
		}
	}
}

// same says whether two rows of the side have equal keys.
func (s *buildSide) same(a, b vec.Ref) bool { return s.equals(s.keys[a.Chunk()], a.Row(), b) }

// equals says whether row i of keys equals the key of row b.
func (s *buildSide) equals(keys []*column.Vector, i int, b vec.Ref) bool {
	for k, v := range s.keys[b.Chunk()] {
		if !vec.Equal(keys[k], i, v, b.Row()) {
			return false
		}
	}
	return true
}

// matches are the rows whose key equals that of row i of keys, which has no NULL.
func (s *buildSide) matches(hash uint64, keys []*column.Vector, i int) []vec.Ref {
	t, tag := &s.parts[s.part(hash)], uint32(hash>>32)
	for at := hash & t.mask; ; at = (at + 1) & t.mask {
		slot := t.slots[at]
		if slot.id == 0 {
			return nil
		}
		if slot.tag != tag {
			continue
		}
		if list := t.list[t.starts[slot.id-1]:t.starts[slot.id]]; s.equals(keys, i, list[0]) {
			return list
		}
	}
}

// number is a row's place among all rows.
func (s *buildSide) number(r vec.Ref) int { return s.offsets[r.Chunk()] + r.Row() }
