package eval

import (
	"sync"
	"sync/atomic"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/exec/vec"
)

// Scratch pays for the texts, lists and maps that functions make on the way: a short call may make megabytes of each row, for all
// rows of a frame at once. Of each call the most that one frame took counts, once for every worker.
type Scratch struct {
	// Workers is how many goroutines evaluate.
	Workers int
	// Account is what is charged; Scratch is its only user.
	Account *budget.Account

	mu sync.Mutex
}

// freeRoom is how many bytes a call may make of a frame without being charged.
const freeRoom = 1 << 20

// room is what a call may make of one frame.
type room struct {
	scratch *Scratch // nil: there is no limit
	paid    atomic.Int64
}

// sized says whether values of a type have a size of their own.
func sized(t column.Type) bool {
	switch t.Kind {
	case column.KindText, column.KindJSON, column.KindHStore, column.KindList:
		return true
	}
	return false
}

// made is how many bytes a call has made of a frame so far.
type made struct {
	room  *room // nil when values have no size of their own
	bytes int64
}

func (r *room) made(t column.Type) *made {
	if r.scratch == nil || !sized(t) {
		return &made{}
	}
	return &made{room: r}
}

// value adds one value, vector all values of one.
func (m *made) value(x column.Value) error {
	if m.room == nil {
		return nil
	}
	m.bytes += budget.SizeOf(x)
	return m.check()
}

func (m *made) vector(v *column.Vector) error {
	if m.room == nil {
		return nil
	}
	m.bytes += vec.Bytes(v)
	return m.check()
}

func (m *made) check() error {
	if m.bytes <= freeRoom || m.bytes <= m.room.paid.Load() {
		return nil
	}
	s := m.room.scratch
	s.mu.Lock()
	defer s.mu.Unlock()
	paid := m.room.paid.Load()
	wanted := m.bytes + freeRoom // in steps
	if wanted <= paid {
		return nil
	}
	if err := s.Account.Grow((wanted - paid) * int64(s.Workers)); err != nil {
		return err
	}
	m.room.paid.Store(wanted)
	return nil
}

// longBlock is how many bytes of text a block's arguments may have before a function is called row by row, so that what it makes is
// paid for before there is much of it.
const longBlock = 4 << 20

// isLong says whether a call of a block may make very long texts.
func (m *made) isLong(args []*column.Vector, n int) bool {
	if m.room == nil {
		return false
	}
	total := 0
	for _, v := range args {
		switch {
		case v.Texts == nil || v.N == 0:
		case v.Const && !v.IsNull(0):
			total += n * len(v.Text(0))
		case !v.Const:
			total += textLength(v.Texts)
		}
	}
	return total > longBlock
}

// textLength is the length of texts that may have been made on the way: those of a table's own forms are as long as the table.
func textLength(texts column.Strings) (total int) {
	switch s := texts.(type) {
	case column.Plain:
		for _, t := range s {
			total += len(t)
		}
	case *column.Arena:
		return len(s.Bytes)
	case *column.Coded:
		values := s.Dict.Values()
		for _, c := range s.Codes {
			total += len(values[c])
		}
	case *vec.Picked:
		if arena, ok := s.Src.(*column.Arena); ok {
			for _, i := range s.Idx {
				total += len(arena.At(int(i)))
			}
		}
	}
	return total
}
