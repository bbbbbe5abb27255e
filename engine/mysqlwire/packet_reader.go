package mysqlwire

import (
	"errors"
	"fmt"
	"io"
	"net"

	"github.com/go-mysql-org/go-mysql/mysql"
)

// readSize is the buffer of an idle connection: most statements fit, and ten thousand of them are 10 MiB.
const readSize = 1 << 10

// growStep bounds what is allocated on a header's word alone: a packet's memory grows as its bytes arrive.
const growStep = 64 << 10

// errTooLarge is a packet over the limit. The rest of it is not read, so the connection cannot go on.
var errTooLarge = errors.New("packet is larger than the server allows")

// packetReader cuts a stream into packets. It owns the sequence number that reading and writing share.
type packetReader struct {
	stream io.Reader
	buf    []byte // of readSize; buf[from:to] has been read from the stream and not been used
	from   int
	to     int
	seq    uint8
	large  []byte // of packets that do not fit buf; given back when it has grown large
	// patience, if set, is called when a packet has begun whose rest must still arrive, to bound how long that may take.
	patience func()
}

func newPacketReader(stream io.Reader) *packetReader {
	return &packetReader{stream: stream, buf: make([]byte, readSize)}
}

// fill reads once from the stream, at least a byte, if there is room.
func (r *packetReader) fill() error {
	if r.from == r.to {
		r.from, r.to = 0, 0
	} else if r.to == len(r.buf) {
		copy(r.buf, r.buf[r.from:r.to])
		r.from, r.to = 0, r.to-r.from
	}
	n, err := r.stream.Read(r.buf[r.to:])
	r.to += n
	if n > 0 {
		return nil
	}
	if err == nil {
		err = io.ErrNoProgress
	}
	return err
}

// buffered is how many bytes are at hand.
func (r *packetReader) buffered() int { return r.to - r.from }

// room is how many more bytes fill can read ahead.
func (r *packetReader) room() int { return len(r.buf) - r.buffered() }

// packet gives the next packet's payload, joined from its parts. It is good until the next call. No more than limit bytes are read.
func (r *packetReader) packet(limit int) ([]byte, error) {
	length, err := r.header()
	if err != nil {
		return nil, err
	}
	if length > limit {
		return nil, errTooLarge
	}
	if r.patience != nil && r.buffered() < length {
		r.patience()
	}
	if length <= len(r.buf) && length < mysql.MaxPayloadLen {
		for r.buffered() < length {
			if err := r.fill(); err != nil {
				return nil, noEOF(err)
			}
		}
		out := r.buf[r.from : r.from+length : r.from+length]
		r.from += length
		return out, nil
	}
	if cap(r.large) > growStep {
		r.large = nil
	}
	return r.parts(length, limit)
}

// parts reads a packet that does not fit the buffer, and those that continue it.
func (r *packetReader) parts(length, limit int) ([]byte, error) {
	out := r.large[:0]
	for {
		if length > limit-len(out) {
			return nil, errTooLarge
		}
		var err error
		if out, err = r.append(out, length); err != nil {
			return nil, noEOF(err)
		}
		if length < mysql.MaxPayloadLen {
			r.large = out
			return out, nil
		}
		if length, err = r.header(); err != nil {
			return nil, noEOF(err)
		}
	}
}

// append reads n bytes to the end of dst.
func (r *packetReader) append(dst []byte, n int) ([]byte, error) {
	have := min(n, r.buffered())
	dst = append(dst, r.buf[r.from:r.from+have]...)
	r.from += have
	for n -= have; n > 0; {
		if r.patience != nil {
			r.patience()
		}
		step := min(n, growStep)
		at := len(dst)
		dst = append(dst, make([]byte, step)...)
		if _, err := io.ReadFull(r.stream, dst[at:]); err != nil {
			return nil, err
		}
		n -= step
	}
	return dst, nil
}

// header reads a packet's length and checks its number.
func (r *packetReader) header() (length int, err error) {
	for r.buffered() < 4 {
		if err := r.fill(); err != nil {
			if r.buffered() > 0 {
				err = noEOF(err)
			}
			return 0, err
		}
	}
	h := r.buf[r.from : r.from+4]
	r.from += 4
	if h[3] != r.seq {
		return 0, fmt.Errorf("%w: packet %d arrived where %d was due", errMalformed, h[3], r.seq)
	}
	r.seq++
	return int(h[0]) | int(h[1])<<8 | int(h[2])<<16, nil
}

func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// unread is the stream with what has been read of it and not been used in front: TLS begins with bytes that may have arrived together
// with the request for it.
func (r *packetReader) unread(conn net.Conn) net.Conn {
	head := append([]byte(nil), r.buf[r.from:r.to]...)
	r.from, r.to = 0, 0
	if len(head) == 0 {
		return conn
	}
	return &headed{Conn: conn, head: head}
}

// headed is a connection some bytes of which have been read already.
type headed struct {
	net.Conn
	head []byte
}

func (h *headed) Read(p []byte) (int, error) {
	if len(h.head) > 0 {
		n := copy(p, h.head)
		h.head = h.head[n:]
		return n, nil
	}
	return h.Conn.Read(p)
}
