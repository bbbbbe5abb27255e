package mysqlwire

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// errMalformed is a packet that ends too early or says of itself what cannot be.
var errMalformed = errors.New("malformed packet")

// payload reads a packet's fields from its front. After the first field that is not there every read gives zero and bad is set,
// so that a parser asks once, at its end.
type payload struct {
	rest []byte
	bad  bool
}

func (p *payload) err() error {
	if p.bad {
		return errMalformed
	}
	return nil
}

// take gives the next n bytes, which belong to the packet.
func (p *payload) take(n uint64) []byte {
	if p.bad || n > uint64(len(p.rest)) {
		p.bad = true
		return nil
	}
	out := p.rest[:n:n]
	p.rest = p.rest[n:]
	return out
}

func (p *payload) uint8() byte {
	if b := p.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (p *payload) uint16() uint16 {
	if b := p.take(2); b != nil {
		return binary.LittleEndian.Uint16(b)
	}
	return 0
}

func (p *payload) uint32() uint32 {
	if b := p.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (p *payload) uint64() uint64 {
	if b := p.take(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

// length reads a length-encoded integer. NULL (0xfb) and the unused 0xff are malformed: no field that a server reads may be.
func (p *payload) length() uint64 {
	switch first := p.uint8(); first {
	case 0xfc:
		return uint64(p.uint16())
	case 0xfd:
		b := p.take(3)
		if b == nil {
			return 0
		}
		return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16
	case 0xfe:
		return p.uint64()
	case 0xfb, 0xff:
		p.bad = true
		return 0
	default:
		return uint64(first)
	}
}

// counted reads a length-encoded string.
func (p *payload) counted() []byte { return p.take(p.length()) }

// terminated reads up to a NUL, which it passes.
func (p *payload) terminated() []byte {
	n := bytes.IndexByte(p.rest, 0)
	if n < 0 {
		p.bad = true
		return nil
	}
	out := p.take(uint64(n))
	p.take(1)
	return out
}

// untilEnd reads up to a NUL or the end: clients leave out the last one.
func (p *payload) untilEnd() []byte {
	if bytes.IndexByte(p.rest, 0) < 0 {
		return p.take(uint64(len(p.rest)))
	}
	return p.terminated()
}
