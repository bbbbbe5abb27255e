package exec

import (
	"cmp"
	"slices"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/exec/vec"
	"github.com/credsql/credsql/engine/internal/plan"
)

// A hash table over a large right input is dear when the left one is small: smallLeft is how small it must be, and smallFactor how
// much larger the right one.
const (
	smallLeft   = 1 << 16
	smallFactor = 8
)

// leftIsSmall says whether an inner join should hold its left input instead of the right one.
func (b *builder) leftIsSmall(n *plan.Join) bool {
	if n.Kind != plan.Inner || len(n.LeftKeys) == 0 {
		return false
	}
	left := rowsAtMost(n.Left, b.x.env.Snapshot)
	return left <= smallLeft && rowsAtMost(n.Right, b.x.env.Snapshot)/smallFactor >= left
}

// joinSmall is an inner join that holds its left input in a hash table and lets the right one stream past it. The pairs are put in
// the order that the other way around gives: by left row, then by right row.
type joinSmall struct{ *join }

func (o joinSmall) run(x *run, out consumer) (int64, error) {
	left, acc, err := x.collect(o, o.left, typesOf(o.node.Left))
	if err != nil {
		return 0, err
	}
	defer acc.close()
	side, err := newBuildSide(x, o.leftKeys, left, acc)
	if err != nil {
		return 0, err
	}
	c := &pairing{x: x, op: o.join, side: side, accounts: acc, found: make([][]pairChunk, x.workers)}
	if _, err := o.right.run(x, c); err != nil {
		return 0, err
	}
	return c.emit(out)
}

// pairing finds the pairs of right rows, each worker for itself.
type pairing struct {
	sink
	x        *run
	op       *join
	side     *buildSide
	accounts *accounts
	found    [][]pairChunk
}

// pairChunk is the pairs of one frame: the left rows, and the right rows' columns.
type pairChunk struct {
	seq   int64
	lefts []vec.Ref
	right *column.Batch
}

func (c *pairing) take(worker int, seq int64, f *eval.Frame) error {
	keys, err := eval.EvalAll(c.op.rightKeys, f)
	if err != nil {
		return err
	}
	valid := vec.NotNull(keys, f.N)
	hashes := c.side.hasher.Rows(keys, f.N)
	var lefts []vec.Ref
	var rights []int32
	for i := range f.N {
		if valid != nil && !valid.Get(i) {
			continue
		}
		for _, l := range c.side.matches(hashes[i], keys, i) {
			lefts, rights = append(lefts, l), append(rights, int32(i))
		}
		if len(lefts) >= maxPairs {
			if err := c.keep(worker, seq, f, lefts, rights); err != nil {
				return err
			}
			lefts, rights = nil, nil
		}
	}
	return c.keep(worker, seq, f, lefts, rights)
}

// keep holds the pairs for which ON holds.
func (c *pairing) keep(worker int, seq int64, f *eval.Frame, lefts []vec.Ref, rights []int32) error {
	if len(lefts) == 0 {
		return nil
	}
	if err := budget.Canceled(c.x.ctx); err != nil {
		return err
	}
	if c.op.on != nil {
		keep, err := c.op.on.True(eval.Beside(eval.Spread(c.side.rows.types, c.side.columns, lefts), f.Pick(rights)))
		if err != nil {
			return err
		}
		if rights, lefts = chosen(rights, lefts, keep); len(lefts) == 0 {
			return nil
		}
	}
	b, size, err := held(f.Pick(rights))
	if err != nil {
		return err
	}
	c.found[worker] = append(c.found[worker], pairChunk{seq, lefts, b})
	return c.accounts.grow(worker, size+int64(len(lefts))*16)
}

// emit gives the pairs out by left row, those of one in the order of the right rows.
func (c *pairing) emit(out consumer) (int64, error) {
	all := slices.Concat(c.found...)
	slices.SortStableFunc(all, func(a, b pairChunk) int { return cmp.Compare(a.seq, b.seq) })
	right := &rows{types: c.op.rightTypes}
	counts := make([]int32, c.side.rows.n+1)
	total := 0
	for _, p := range all {
		right.chunks = append(right.chunks, p.right)
		total += len(p.lefts)
		for _, l := range p.lefts {
			counts[c.side.number(l)+1]++
		}
	}
	for i := range c.side.rows.n {
		counts[i+1] += counts[i]
	}
	lefts, rights := make([]vec.Ref, total), make([]vec.Ref, total)
	for chunk, p := range all {
		for i, l := range p.lefts {
			at := &counts[c.side.number(l)]
			lefts[*at], rights[*at] = l, vec.MakeRef(chunk, i)
			*at++
		}
	}
	cols := right.columns()
	n := int64((total + emitRows - 1) / emitRows)
	return n, c.x.morsels(n, out, func(w int, seq int64) error {
		from := int(seq) * emitRows
		to := min(from+emitRows, total)
		l := eval.Spread(c.side.rows.types, c.side.columns, lefts[from:to])
		return out.take(w, seq, eval.Beside(l, eval.Spread(right.types, cols, rights[from:to])))
	})
}
