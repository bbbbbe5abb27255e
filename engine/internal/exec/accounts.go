package exec

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/exec/eval"
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
			size += vectorBytes(v)
		}
	}
	return b, size, nil
}

// vectorBytes estimates a vector that was made on the way. Of texts that are pointed to, only the pointers count.
func vectorBytes(v *column.Vector) int64 {
	n := int64(len(v.Bools)+len(v.Valid)+len(v.Ints)+len(v.Floats)+len(v.HStores))*8 +
		int64(len(v.Intervals))*16 + int64(len(v.Inets))*32
	switch s := v.Texts.(type) {
	case nil:
	case column.Plain:
		n += int64(len(s)) * 16
		for _, t := range s {
			n += int64(len(t))
		}
	default:
		n += int64(s.Len()) * 4
	}
	for _, l := range v.Lists {
		if n += 8; l != nil {
			n += budget.SizeOf(l)
		}
	}
	return n
}
