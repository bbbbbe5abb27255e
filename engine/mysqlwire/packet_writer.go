package mysqlwire

import (
	"io"
	"sync"

	"github.com/go-mysql-org/go-mysql/mysql"
)

// flushSize is how much is gathered before it is written: large enough that a result set costs few system calls.
const flushSize = 64 << 10

// keepSize is the largest buffer that is kept for the next user.
const keepSize = 4 * flushSize

// packetWriter gathers packets and writes them together. Its buffer is lent for as long as something is unwritten, so that an
// idle connection has none.
type packetWriter struct {
	stream io.Writer
	pool   *sync.Pool // of *[]byte
	seq    *uint8     // the reader's
	lent   *[]byte
	buf    []byte
	start  int // where the packet in the making begins
	// before is called before each write, to set its deadline.
	before func() error
	// written counts the bytes given to the stream.
	written int64
	err     error
}

func newBufferPool() *sync.Pool {
	return &sync.Pool{New: func() any {
		b := make([]byte, 0, flushSize+flushSize/4)
		return &b
	}}
}

// begin starts a packet: the caller appends the payload to what it gets and gives it to end.
func (w *packetWriter) begin() []byte {
	if w.lent == nil {
		w.lent = w.pool.Get().(*[]byte)
		w.buf = (*w.lent)[:0]
	}
	w.start = len(w.buf)
	return append(w.buf, 0, 0, 0, 0)
}

// end completes the packet. The error is that of the stream, now or earlier; after one nothing is written.
func (w *packetWriter) end(buf []byte) error {
	w.buf = buf
	if n := len(buf) - w.start - 4; n < mysql.MaxPayloadLen {
		w.head(w.start, n)
	} else {
		w.split(n)
	}
	if len(w.buf) >= flushSize {
		return w.flush()
	}
	return w.err
}

func (w *packetWriter) head(at, n int) {
	h := w.buf[at : at+4]
	h[0], h[1], h[2], h[3] = byte(n), byte(n>>8), byte(n>>16), *w.seq
	*w.seq++
}

// split cuts a payload of n bytes into packets: full ones, and one that is not, though it be empty.
func (w *packetWriter) split(n int) {
	body := append([]byte(nil), w.buf[w.start+4:]...)
	w.buf = w.buf[:w.start]
	for {
		part := min(n, mysql.MaxPayloadLen)
		at := len(w.buf)
		w.buf = append(w.buf, 0, 0, 0, 0)
		w.buf = append(w.buf, body[:part]...)
		w.head(at, part)
		body, n = body[part:], n-part
		if part < mysql.MaxPayloadLen {
			return
		}
	}
}

// packet writes a packet whose payload is ready.
func (w *packetWriter) packet(payload []byte) error {
	return w.end(append(w.begin(), payload...))
}

// flush writes what has been gathered.
func (w *packetWriter) flush() error {
	if w.lent == nil {
		return w.err
	}
	if w.err == nil && len(w.buf) > 0 {
		if w.err = w.before(); w.err == nil {
			_, w.err = w.stream.Write(w.buf)
			w.written += int64(len(w.buf))
		}
	}
	w.buf = w.buf[:0]
	return w.err
}

// total is how many bytes have been gathered and written.
func (w *packetWriter) total() int64 { return w.written + int64(len(w.buf)) }

// release flushes and gives the buffer back: the answer is complete.
func (w *packetWriter) release() error {
	err := w.flush()
	if w.lent != nil {
		if cap(w.buf) <= keepSize {
			*w.lent = w.buf[:0]
			w.pool.Put(w.lent)
		}
		w.lent, w.buf = nil, nil
	}
	return err
}
