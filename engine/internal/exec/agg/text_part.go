package agg

import "github.com/credsql/credsql/engine/column"

// textPart is texts whose hashes begin alike, in blocks: a slice that grows would be copied again and again.
type textPart struct {
	blocks []*textBlock
	n      int
}

// textBlock is some texts and their hashes.
type textBlock struct {
	hashes []uint64
	texts  column.Arena
}

const (
	smallBlock = 32  // texts of a part's first block
	largeBlock = 512 // texts of all others
	textRoom   = 24  // bytes that a block has for each text; of longer ones it holds fewer
)

// add takes a text in and says how many bytes of memory that took.
func (p *textPart) add(hash uint64, text string) (grown int64) {
	last := len(p.blocks) - 1
	if last < 0 || !p.blocks[last].fits(text) {
		grown = p.open(len(text))
		last++
	}
	b := p.blocks[last]
	b.hashes = append(b.hashes, hash)
	b.texts.Bytes = append(b.texts.Bytes, text...)
	b.texts.Ends = append(b.texts.Ends, uint32(len(b.texts.Bytes)))
	p.n++
	return grown
}

func (b *textBlock) fits(text string) bool {
	return len(b.hashes) < cap(b.hashes) && len(b.texts.Bytes)+len(text) <= cap(b.texts.Bytes)
}

// open begins a block with room for a text of a length.
func (p *textPart) open(length int) (bytes int64) {
	n := largeBlock
	if len(p.blocks) == 0 {
		n = smallBlock
	}
	room := max(n*textRoom, length)
	p.blocks = append(p.blocks, &textBlock{
		hashes: make([]uint64, 0, n), texts: column.Arena{Bytes: make([]byte, 0, room), Ends: make([]uint32, 0, n)},
	})
	return int64(n*(8+4) + room)
}

// textPlace is a slot of a table: a text of a block.
type textPlace struct {
	hash       uint64
	block, row uint32 // block is plus one; 0: free
}

// distinct counts the texts that differ.
func (p *textPart) distinct() (n int64) {
	size := minSlots
	for size < 2*p.n {
		size *= 2
	}
	slots, mask := make([]textPlace, size), uint64(size-1)
	for k, b := range p.blocks {
		for i, hash := range b.hashes {
			if p.enter(slots, mask, textPlace{hash, uint32(k + 1), uint32(i)}) {
				n++
			}
		}
	}
	return n
}

// enter puts a text into a table; false if it is there.
func (p *textPart) enter(slots []textPlace, mask uint64, t textPlace) bool {
	for at := t.hash & mask; ; at = (at + 1) & mask {
		s := &slots[at]
		if s.block == 0 {
			*s = t
			return true
		}
		if s.hash == t.hash && p.text(*s) == p.text(t) {
			return false
		}
	}
}

func (p *textPart) text(t textPlace) string { return p.blocks[t.block-1].texts.At(int(t.row)) }
