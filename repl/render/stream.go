package render

import (
	"io"

	"github.com/credsql/credsql/engine/column"
)

// flushSize is the gathered output, in bytes, that is worth a write.
const flushSize = 64 << 10

// stream gathers output and holds what every writer needs to encode rows.
type stream struct {
	out   io.Writer
	buf   []byte
	cols  []Column
	cells []cell
}

func (s *stream) begin(cols []Column, f *form) {
	s.cols = cols
	s.cells = make([]cell, len(cols))
	for i := range s.cells {
		s.cells[i].form = f
	}
}

// bind points the cells at a batch.
func (s *stream) bind(b *column.Batch) {
	for i := range s.cells {
		s.cells[i].bind(b.Cols[i])
	}
}

// spill writes the gathered output if there is much of it.
func (s *stream) spill() error {
	if len(s.buf) < flushSize {
		return nil
	}
	return s.flush()
}

func (s *stream) flush() error {
	if len(s.buf) == 0 {
		return nil
	}
	_, err := s.out.Write(s.buf)
	s.buf = s.buf[:0]
	return err
}
