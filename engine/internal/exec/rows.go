package exec

import (
	"cmp"
	"slices"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/exec/vec"
)

// rows is an input that is held: its batches in order.
type rows struct {
	types  []column.Type
	chunks []*column.Batch
	frames []*eval.Frame // of a collected input: the chunks, as they came
	n      int
}

// collect runs an operator and holds what it gives, with computed columns beside it. The memory is charged to the accounts
// given back, of operator of, which the caller closes when it lets go of the rows.
func (x *run) collect(of, input operator, types []column.Type) (*rows, *accounts, error) {
	c := &collecting{accounts: x.accounts(of), kept: make([][]keptFrame, x.workers)}
	if _, err := input.run(x, c); err != nil {
		c.accounts.close()
		return nil, nil, err
	}
	var all []keptFrame
	for _, k := range c.kept {
		all = append(all, k...)
	}
	slices.SortStableFunc(all, func(a, b keptFrame) int { return cmp.Compare(a.seq, b.seq) })
	r := &rows{types: types}
	for _, k := range all {
		r.chunks, r.frames = append(r.chunks, k.batch), append(r.frames, k.frame)
		r.n += k.batch.N
	}
	return r, c.accounts, nil
}

type keptFrame struct {
	seq   int64
	frame *eval.Frame
	batch *column.Batch
}

// collecting keeps frames by worker.
type collecting struct {
	sink
	accounts *accounts
	kept     [][]keptFrame
}

func (c *collecting) take(worker int, seq int64, f *eval.Frame) error {
	if f.N == 0 {
		return nil
	}
	b, size, err := held(f)
	if err != nil {
		return err
	}
	if err := c.accounts.grow(worker, size); err != nil {
		return err
	}
	c.kept[worker] = append(c.kept[worker], keptFrame{seq, f, b})
	return nil
}

// refs names all rows in order.
func (r *rows) refs() []vec.Ref {
	out := make([]vec.Ref, 0, r.n)
	for c, b := range r.chunks {
		for i := range b.N {
			out = append(out, vec.MakeRef(c, i))
		}
	}
	return out
}

// column is column i of every chunk.
func (r *rows) column(i int) []*column.Vector {
	out := make([]*column.Vector, len(r.chunks))
	for c, b := range r.chunks {
		out[c] = b.Cols[i]
	}
	return out
}

// gather makes one batch of the named rows.
func (r *rows) gather(refs []vec.Ref) *column.Batch {
	b := &column.Batch{N: len(refs), Cols: make([]*column.Vector, len(r.types))}
	for i, t := range r.types {
		b.Cols[i] = vec.GatherRefs(t, r.column(i), refs)
	}
	return b
}

// whole is all rows as one batch.
func (r *rows) whole() *column.Batch {
	if len(r.chunks) == 1 {
		return r.chunks[0]
	}
	return r.gather(r.refs())
}

// emit gives the rows to a consumer, a chunk a morsel.
func (r *rows) emit(x *run, out consumer) (int64, error) {
	n := int64(len(r.chunks))
	return n, x.morsels(n, out, func(w int, seq int64) error {
		return out.take(w, seq, eval.NewFrame(r.chunks[seq]))
	})
}

// emitRows is how many rows a morsel has when an operator gives out rows that it held.
const emitRows = 16 << 10

// emitRefs gives out the named rows, in that order.
func (r *rows) emitRefs(x *run, refs []vec.Ref, out consumer) (int64, error) {
	cols := r.columns()
	n := int64((len(refs) + emitRows - 1) / emitRows)
	return n, x.morsels(n, out, func(w int, seq int64) error {
		part := refs[seq*emitRows:]
		return out.take(w, seq, eval.Spread(r.types, cols, part[:min(len(part), emitRows)]))
	})
}

// columns are the columns, each by chunk.
func (r *rows) columns() [][]*column.Vector {
	out := make([][]*column.Vector, len(r.types))
	for i := range out {
		out[i] = r.column(i)
	}
	return out
}

// emitBatch gives out one batch in pieces.
func emitBatch(x *run, b *column.Batch, out consumer) (int64, error) {
	f := eval.Made(b)
	n := int64((b.N + emitRows - 1) / emitRows)
	if n <= 1 {
		return 1, x.morsels(1, out, func(w int, seq int64) error { return out.take(w, seq, f) })
	}
	return n, x.morsels(n, out, func(w int, seq int64) error {
		from := int(seq) * emitRows
		idx := make([]int32, min(b.N-from, emitRows))
		for i := range idx {
			idx[i] = int32(from + i)
		}
		return out.take(w, seq, f.Pick(idx))
	})
}
