package exec

import (
	"slices"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/vec"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/window"
)

// arrange sorts the rows as a call wants them, unless that was done for another.
func (w *windowRows) arrange(c *windowCall) (*window.Rows, error) {
	for _, a := range w.arranged {
		if sameWindow(a.like, c.node) {
			return a.rows, nil
		}
	}
	parts, err := w.vectors(c.parts)
	if err != nil {
		return nil, err
	}
	order, err := w.vectors(c.order)
	if err != nil {
		return nil, err
	}
	// A row's partition, its place twice while partitions are sorted, and a rank; a partition may be of one row.
	if err := w.accounts.grow(0, int64(w.rows.n)*(4+2*4+8+8)); err != nil {
		return nil, err
	}
	ids, count := partitions(parts, w.rows.n)
	r := &window.Rows{N: w.rows.n, Order: order, Keys: c.node.OrderBy}
	r.Perm, r.Starts = grouped(ids, count)
	if len(order) > 0 {
		if err := w.sortPartitions(r, &ordering{keys: c.node.OrderBy}); err != nil {
			return nil, err
		}
	}
	w.arranged = append(w.arranged, &arrangement{c.node, r})
	return r, nil
}

// grouped lists the rows partition by partition, each in input order.
func grouped(ids []uint32, count int) (perm, starts []int32) {
	next := make([]int32, count+1)
	for _, id := range ids {
		next[id+1]++
	}
	for i := range count {
		next[i+1] += next[i]
	}
	starts = slices.Clone(next[:count])
	perm = make([]int32, len(ids))
	for row, id := range ids {
		perm[next[id]] = int32(row)
		next[id]++
	}
	return perm, starts
}

// partitionsAtOnce is how many partitions a worker sorts between two looks at the context.
const partitionsAtOnce = 64

func (w *windowRows) sortPartitions(r *window.Rows, o *ordering) error {
	ranks := sortRanks(r.Order[0], &o.keys[0])
	compare := func(a, b int32) int {
		switch {
		case ranks[a] < ranks[b]:
			return -1
		case ranks[a] > ranks[b]:
			return 1
		}
		if c := o.compare(r.Order, int(a), r.Order, int(b)); c != 0 {
			return c
		}
		return int(a) - int(b)
	}
	if len(r.Starts) == 1 {
		sorted, err := sortAll(w.x, r.Perm, compare)
		r.Perm = sorted
		return err
	}
	n := (len(r.Starts) + partitionsAtOnce - 1) / partitionsAtOnce
	return w.x.each(n, func(_, i int) error {
		for p := i * partitionsAtOnce; p < min((i+1)*partitionsAtOnce, len(r.Starts)); p++ {
			end := r.N
			if p+1 < len(r.Starts) {
				end = int(r.Starts[p+1])
			}
			slices.SortFunc(r.Perm[r.Starts[p]:end], compare)
		}
		return nil
	})
}

// sortRanks gives each row a number so that a lower one means an earlier place by the key, NULLs included; equal numbers decide
// nothing.
func sortRanks(v *column.Vector, key *plan.SortKey) []uint64 {
	ranks := vec.RankOf(v)
	for i, r := range ranks {
		if key.Desc {
			r = ^r
		}
		r >>= 1
		switch null := v.IsNull(i); {
		case null && key.NullsFirst:
			r = 0
		case null:
			r = 1 << 63
		case key.NullsFirst:
			r |= 1 << 63
		}
		ranks[i] = r
	}
	return ranks
}

// sameWindow says whether two calls are over the same partitions in the same order: the same columns.
func sameWindow(a, b *plan.WindowCall) bool {
	return slices.EqualFunc(a.PartitionBy, b.PartitionBy, sameColumn) &&
		slices.EqualFunc(a.OrderBy, b.OrderBy, func(x, y plan.SortKey) bool {
			return x.Desc == y.Desc && x.NullsFirst == y.NullsFirst && sameColumn(x.Expr, y.Expr)
		})
}

func sameColumn(a, b plan.Expr) bool {
	if a == b {
		return true
	}
	x, ok := a.(*plan.ColRef)
	if !ok {
		return false
	}
	y, ok := b.(*plan.ColRef)
	return ok && x.Index == y.Index
}
