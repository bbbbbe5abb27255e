package rowexec

import (
	"context"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/plan"
)

// batchRows is how many rows a batch holds at most.
const batchRows = 4096

// RunBatches is Run with the rows in batches of up to 4096.
func RunBatches(ctx context.Context, node plan.Node, env *Env) Batches {
	return batched(Run(ctx, node, env), node.Columns())
}

// batched puts rows into batches.
func batched(rows Rows, cols []plan.Col) Batches {
	return func(yield func(*column.Batch, error) bool) {
		b := newBatchBuilder(cols)
		for row, err := range rows {
			if err != nil {
				yield(nil, err)
				return
			}
			if b.append(row); b.n == batchRows && !yield(b.take(), nil) {
				return
			}
		}
		if b.n > 0 {
			yield(b.take(), nil)
		}
	}
}

// batchBuilder collects rows into a batch.
type batchBuilder struct {
	cols     []plan.Col
	builders []*column.Builder
	n        int
}

func newBatchBuilder(cols []plan.Col) *batchBuilder { return &batchBuilder{cols: cols} }

func (b *batchBuilder) append(row []column.Value) {
	if b.n == 0 {
		b.builders = make([]*column.Builder, len(b.cols))
		for i, c := range b.cols {
			b.builders[i] = column.NewBuilder(c.Type, 0)
		}
	}
	for i, builder := range b.builders {
		builder.Append(row[i])
	}
	b.n++
}

// take gives the batch and starts the next.
func (b *batchBuilder) take() *column.Batch {
	out := &column.Batch{N: b.n, Cols: make([]*column.Vector, len(b.cols))}
	for i, builder := range b.builders {
		out.Cols[i] = builder.Vector()
	}
	b.n = 0
	return out
}

// unbatched boxes the rows of batches.
func (r *run) unbatched(batches Batches) Rows {
	return func(yield func([]column.Value, error) bool) {
		for batch, err := range batches {
			if err != nil {
				yield(nil, err)
				return
			}
			if !r.yieldBatch(batch, yield) {
				return
			}
		}
	}
}

// yieldBatch yields a batch's rows; false when the receiver wants no more, or an error was yielded.
func (r *run) yieldBatch(batch *column.Batch, yield func([]column.Value, error) bool) bool {
	for i := range batch.N {
		if err := r.tick(); err != nil {
			yield(nil, err)
			return false
		}
		row := make([]column.Value, len(batch.Cols))
		for c, v := range batch.Cols {
			row[c] = v.Value(i)
		}
		if !yield(row, nil) {
			return false
		}
	}
	return true
}
