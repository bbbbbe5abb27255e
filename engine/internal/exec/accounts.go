package exec

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/exec/vec"
)

// accounts are an operator's accounts, one a worker.
type accounts struct {
	x    *run
	of   operator
	list []*budget.Account
}

func (x *run) accounts(of operator) *accounts {
	a := &accounts{x: x, of: of, list: make([]*budget.Account, x.workers)}
	for i := range a.list {
		a.list[i] = x.account()
	}
	return a
}

func (a *accounts) grow(worker int, n int64) error { return a.list[worker].Grow(n) }

// giveBack returns what one worker held.
func (a *accounts) giveBack(worker int) {
	a.x.profile.held(a.of, a.list[worker].Used())
	a.list[worker].Close()
}

func (a *accounts) used() int64 {
	var n int64
	for _, acc := range a.list {
		n += acc.Used()
	}
	return n
}

func (a *accounts) close() {
	a.x.profile.held(a.of, a.used())
	for _, acc := range a.list {
		acc.Close()
	}
}

// held reads all columns of a frame that is going to be held, and estimates the memory that this takes beside the table's.
func held(f *eval.Frame) (b *column.Batch, size int64, err error) {
	own := make([]bool, f.Width())
	for i := range own {
		own[i] = f.Owned(i)
	}
	if b, err = f.Batch(); err != nil {
		return nil, 0, err
	}
	for i, v := range b.Cols {
		if own[i] {
			size += vec.Bytes(v)
		}
	}
	return b, size, nil
}
