package window

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/sqltype"
)

// Rows says how the rows of a window's input are arranged: calls of one PARTITION BY and ORDER BY share it. It must not be used by
// two goroutines at once.
type Rows struct {
	// N is the number of rows.
	N int
	// Perm lists the rows partition by partition, each in its order; equal rows are in input order.
	Perm []int32
	// Starts are the places in Perm where the partitions start.
	Starts []int32
	// Order are the ORDER BY keys' values by row, and Keys how they sort. Without ORDER BY all rows of a partition are peers.
	Order []*column.Vector
	Keys  []plan.SortKey

	compare func(a, b int32) int
}

// Arrange partitions n rows by the values of parts and sorts each partition by order, as keys says. Only the directions of keys are
// read, not their expressions. An error is ctx's end.
func Arrange(ctx context.Context, n int, parts, order []*column.Vector, keys []plan.SortKey) (*Rows, error) {
	r := &Rows{N: n, Order: order, Keys: keys}
	look := &looking{ctx: ctx}
	if r.partitionBy(parts, look); len(order) == 0 {
		return r, budget.Canceled(ctx)
	}
	r.compare = comparator(order, keys)
	stable := func(a, b int32) int {
		if look.canceled() {
			return 0 // a sort of equals is over soon, and nobody reads it
		}
		return cmp.Or(r.compare(a, b), cmp.Compare(a, b))
	}
	for i := range r.Starts {
		slices.SortFunc(r.positions(i), stable)
	}
	return r, budget.Canceled(ctx)
}

// looking looks at a context once in a while.
type looking struct {
	ctx   context.Context
	n     int
	ended bool
}

func (l *looking) canceled() bool {
	if l.n++; l.n&4095 == 0 {
		l.ended = l.ctx.Err() != nil
	}
	return l.ended
}

// partitionBy fills Perm and Starts: partitions in the order in which they are first seen, rows in input order.
func (r *Rows) partitionBy(parts []*column.Vector, look *looking) {
	r.Perm = make([]int32, r.N)
	if r.N == 0 {
		return
	}
	if len(parts) == 0 {
		for i := range r.Perm {
			r.Perm[i] = int32(i)
		}
		r.Starts = []int32{0}
		return
	}
	ids, sizes := partitionIDs(r.N, parts, look)
	if look.ended {
		return
	}
	next := make([]int32, len(sizes))
	for id, size := range sizes[:len(sizes)-1] {
		next[id+1] = next[id] + size
	}
	r.Starts = slices.Clone(next)
	for row, id := range ids {
		r.Perm[next[id]] = int32(row)
		next[id]++
	}
}

func partitionIDs(n int, parts []*column.Vector, look *looking) (ids, sizes []int32) {
	seen := make(map[string]int32)
	ids = make([]int32, n)
	var key []byte
	for row := range n {
		if look.canceled() {
			return nil, nil
		}
		key = key[:0]
		for _, v := range parts {
			key = sqltype.AppendKey(key, v.Value(row))
		}
		id, ok := seen[string(key)]
		if !ok {
			id = int32(len(sizes))
			seen[string(key)] = id
			sizes = append(sizes, 0)
		}
		ids[row] = id
		sizes[id]++
	}
	return ids, sizes
}

// positions are the rows of partition i, in its order.
func (r *Rows) positions(i int) []int32 {
	end := len(r.Perm)
	if i+1 < len(r.Starts) {
		end = int(r.Starts[i+1])
	}
	return r.Perm[r.Starts[i]:end]
}

// comparator orders two rows by all keys.
func comparator(order []*column.Vector, keys []plan.SortKey) func(a, b int32) int {
	by := make([]func(a, b int32) int, len(order))
	for i, v := range order {
		by[i] = directed(v, keys[i])
	}
	if len(by) == 1 {
		return by[0]
	}
	return func(a, b int32) int {
		for _, f := range by {
			if c := f(a, b); c != 0 {
				return c
			}
		}
		return 0
	}
}

// directed orders two rows by one key: its direction, and where its NULLs go.
func directed(v *column.Vector, key plan.SortKey) func(a, b int32) int {
	values := ascending(v)
	if key.Desc {
		up := values
		values = func(a, b int32) int { return up(b, a) }
	}
	if v.Valid == nil && v.Type.Kind != column.KindUnknown {
		return values
	}
	return func(a, b int32) int {
		an, bn := v.IsNull(int(a)), v.IsNull(int(b))
		switch {
		case !an && !bn:
			return values(a, b)
		case an && bn:
			return 0
		case an == key.NullsFirst:
			return -1
		default:
			return 1
		}
	}
}

// ascending orders two rows by values that are not NULL.
func ascending(v *column.Vector) func(a, b int32) int {
	switch v.Type.Kind {
	case column.KindInt64, column.KindTimestamp:
		return func(a, b int32) int { return cmp.Compare(v.Int(int(a)), v.Int(int(b))) }
	case column.KindFloat64:
		return func(a, b int32) int { return sqltype.CompareFloat(v.Float(int(a)), v.Float(int(b))) }
	case column.KindText:
		return func(a, b int32) int { return strings.Compare(v.Text(int(a)), v.Text(int(b))) }
	default:
		return func(a, b int32) int { return sqltype.Compare(v.Type, v.Value(int(a)), v.Value(int(b))) }
	}
}
