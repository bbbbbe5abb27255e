package agg

// intTable numbers 64-bit keys in order of first sight: open addressing with linear probing, at most half full.
type intTable struct {
	slots []intSlot
	n     int
	shift uint
}

type intSlot struct {
	key uint64
	id  uint32 // plus one; 0: free
}

const minSlots = 64

func newIntTable() *intTable { return &intTable{slots: make([]intSlot, minSlots), shift: 64 - 6} }

// mix spreads a key over all bits; the table uses the upper ones.
func mix(k uint64) uint64 {
	k ^= k >> 32
	k *= 0x9e3779b97f4a7c15
	k ^= k >> 29
	return k * 0xbf58476d1ce4e5b9
}

// id is the key's number, given now if it has none.
func (t *intTable) id(key uint64) uint32 {
	mask := uint64(len(t.slots) - 1)
	for at := mix(key) >> t.shift; ; at = (at + 1) & mask {
		s := &t.slots[at]
		if s.id == 0 {
			t.n++
			s.key, s.id = key, uint32(t.n)
			if 2*t.n > len(t.slots) {
				t.grow()
			}
			return uint32(t.n - 1)
		}
		if s.key == key {
			return s.id - 1
		}
	}
}

func (t *intTable) grow() {
	old := t.slots
	t.slots = make([]intSlot, 2*len(old))
	t.shift--
	mask := uint64(len(t.slots) - 1)
	for _, s := range old {
		if s.id == 0 {
			continue
		}
		at := mix(s.key) >> t.shift
		for t.slots[at].id != 0 {
			at = (at + 1) & mask
		}
		t.slots[at] = s
	}
}

func (t *intTable) bytes() int64 { return int64(len(t.slots)) * 16 }
