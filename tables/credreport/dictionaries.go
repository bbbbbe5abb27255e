package credreport

import (
	"encoding/binary"

	"github.com/credsql/credsql/engine/column"
)

// Dictionaries are the distinct texts of the coded columns. All reports of one source share them, so that a code means the
// same in every batch. They only grow, and are safe for concurrent use.
type Dictionaries struct {
	accounts *column.Dict
	regions  *column.Dict
	services *column.Dict
	prefixes *column.Dict // of ARNs: all before the user's name
}

// NewDictionaries makes empty ones.
func NewDictionaries() *Dictionaries {
	return &Dictionaries{
		accounts: column.NewDict(), regions: column.NewDict(), services: column.NewDict(), prefixes: column.NewDict(),
	}
}

// codeCache stands before a dictionary, whose lock would be the slowest part of decoding. Each decoder has its own.
type codeCache struct {
	dict  *column.Dict
	slots [256]struct {
		text string
		code uint32
	}
}

func (c *codeCache) code(text []byte) uint32 {
	slot := &c.slots[slotOf(text)]
	if slot.text == string(text) {
		return slot.code
	}
	slot.code = c.dict.Code(text)
	slot.text = c.dict.At(slot.code)
	return slot.code
}

// slotOf hashes length, first and last bytes: enough for region and service names and for ARN prefixes.
func slotOf(text []byte) uint8 {
	n := len(text)
	if n < 4 {
		h := uint32(n)
		for _, b := range text {
			h = h*31 + uint32(b)
		}
		return uint8(h)
	}
	h := binary.LittleEndian.Uint32(text)*0x9e3779b1 ^ binary.LittleEndian.Uint32(text[n-4:])*0x85ebca6b ^ uint32(n)
	return uint8(h >> 24)
}
