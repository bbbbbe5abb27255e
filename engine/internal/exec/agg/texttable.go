package agg

import (
	"hash/maphash"
	"strings"
)

// textTable numbers texts in order of first sight: open addressing over hashes, so that texts are compared only where the whole
// hash agrees.
type textTable struct {
	seed  maphash.Seed
	slots []textSlot
	texts []string // by number
	size  int64    // bytes of texts that are the table's own
	shift uint
}

type textSlot struct {
	hash uint64
	id   uint32 // plus one; 0: free
}

func newTextTable() *textTable {
	return &textTable{seed: maphash.MakeSeed(), slots: make([]textSlot, minSlots), shift: 64 - 6}
}

// id is the text's number, given now if it has none. The text is copied when it is new and own is false: it may be a buffer.
func (t *textTable) id(text string, own bool) uint32 {
	hash := maphash.String(t.seed, text)
	mask := uint64(len(t.slots) - 1)
	for at := hash >> t.shift; ; at = (at + 1) & mask {
		s := &t.slots[at]
		if s.id == 0 {
			return t.insert(s, hash, text, own)
		}
		if s.hash == hash && t.texts[s.id-1] == text {
			return s.id - 1
		}
	}
}

func (t *textTable) insert(s *textSlot, hash uint64, text string, own bool) uint32 {
	if !own {
		text = strings.Clone(text)
		t.size += int64(len(text))
	}
	t.texts = append(t.texts, text)
	s.hash, s.id = hash, uint32(len(t.texts))
	if 2*len(t.texts) > len(t.slots) {
		t.grow()
	}
	return uint32(len(t.texts) - 1)
}

func (t *textTable) grow() {
	old := t.slots
	t.slots = make([]textSlot, 2*len(old))
	t.shift--
	mask := uint64(len(t.slots) - 1)
	for _, s := range old {
		if s.id == 0 {
			continue
		}
		at := s.hash >> t.shift
		for t.slots[at].id != 0 {
			at = (at + 1) & mask
		}
		t.slots[at] = s
	}
}

func (t *textTable) bytes() int64 { return int64(len(t.slots))*16 + int64(cap(t.texts))*16 + t.size }
