// Package budget bounds what one statement may use: the memory of the rows that its operators hold, and its time. Both executors
// share it. It knows values and errors, no plan.
package budget

import (
	"fmt"
	"sync/atomic"

	"github.com/credsql/credsql/engine/sqlerr"
)

// Budget is the memory that one statement may hold, in bytes. It is safe for concurrent use. A nil Budget has no limit.
type Budget struct {
	limit int64
	used  atomic.Int64
	peak  atomic.Int64
}

// New makes a budget of limit bytes; without a limit if that is not positive.
func New(limit int64) *Budget { return &Budget{limit: limit} }

// Grow takes n more bytes. If that is more than the limit it takes nothing and gives the error that the statement ends with.
func (b *Budget) Grow(n int64) error {
	if b == nil {
		return nil
	}
	used := b.used.Add(n)
	if b.limit > 0 && used > b.limit {
		b.used.Add(-n)
		return exceeded(b.limit)
	}
	for peak := b.peak.Load(); used > peak && !b.peak.CompareAndSwap(peak, used); {
		peak = b.peak.Load()
	}
	return nil
}

// Release gives n bytes back.
func (b *Budget) Release(n int64) {
	if b != nil {
		b.used.Add(-n)
	}
}

// Used is what is held now, in bytes.
func (b *Budget) Used() int64 {
	if b == nil {
		return 0
	}
	return b.used.Load()
}

// Peak is the most that was held at one time, in bytes.
func (b *Budget) Peak() int64 {
	if b == nil {
		return 0
	}
	return b.peak.Load()
}

func exceeded(limit int64) error {
	const mib = 1 << 20
	e := sqlerr.New(sqlerr.CodeOutOfMemory, "out of memory")
	if limit >= mib {
		e.WithDetail(fmt.Sprintf("The statement needs more than its limit of %d MiB.", limit/mib))
	} else {
		e.WithDetail(fmt.Sprintf("The statement needs more than its limit of %d bytes.", limit))
	}
	return e.WithHint("select fewer rows or columns, or group by something with fewer values; or raise the memory limit")
}
