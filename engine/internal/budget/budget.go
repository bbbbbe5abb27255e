// Package budget bounds what one statement may use: the memory of the rows that its operators hold, and its time. Both executors
// share it. It knows values and errors, no plan.
package budget

import (
	"context"
	"fmt"
	"sync/atomic"

	"github.com/credsql/credsql/engine/sqlerr"
)

// Budget is the memory that one statement may hold, in bytes. It is safe for concurrent use. A nil Budget has no limit.
type Budget struct {
	limit int64
	used  atomic.Int64
	peak  atomic.Int64
	// pool is what all statements together may hold; nil for no bound.
	pool *Budget
	// ctx is the statement's: once it is canceled, nothing more is given. nil: it never is.
	ctx context.Context
}

// New makes a budget of limit bytes; without a limit if that is not positive.
func New(limit int64) *Budget { return &Budget{limit: limit} }

// For makes the budget one statement's: whatever holds rows ends soon after ctx does, though it look at nothing but its memory.
func (b *Budget) For(ctx context.Context) *Budget {
	b.ctx = ctx
	return b
}

// Within makes the budget a part of a pool, which holds what all its parts hold. Close gives it back.
func (b *Budget) Within(pool *Budget) *Budget {
	b.pool = pool
	return b
}

// Close gives all that is held back to the pool: the statement has ended.
func (b *Budget) Close() {
	if b != nil {
		b.Release(b.used.Load())
	}
}

// Grow takes n more bytes. If that is more than the limit, or the statement is canceled, it takes nothing and gives the error that the
// statement ends with.
func (b *Budget) Grow(n int64) error {
	if b == nil {
		return nil
	}
	if b.ctx != nil && b.ctx.Err() != nil {
		return Canceled(b.ctx)
	}
	used := b.used.Add(n)
	if b.limit > 0 && used > b.limit {
		b.used.Add(-n)
		return exceeded(b.limit)
	}
	if b.pool != nil && b.pool.Grow(n) != nil {
		b.used.Add(-n)
		return busy(b.pool.limit)
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
		b.pool.Release(n)
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

// busy is a statement that would fit if it were alone.
func busy(limit int64) error {
	const mib = 1 << 20
	return sqlerr.New(sqlerr.CodeOutOfMemory, "out of memory").
		WithDetail(fmt.Sprintf("All statements together hold as much as they may, %d MiB.", limit/mib)).WithHint("try again when others have ended")
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
