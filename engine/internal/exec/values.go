package exec

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/plan"
)

// values gives literal rows.
type values struct {
	rows  [][]*eval.Expr
	types []column.Type
}

func (b *builder) values(n *plan.Values) (operator, error) {
	o := &values{types: typesOf(n)}
	env := b.expressions()
	for _, row := range n.Rows {
		exprs, err := env.CompileAll(row)
		if err != nil {
			return nil, err
		}
		o.rows = append(o.rows, exprs)
	}
	return o, nil
}

// oneRow is a row without columns: what expressions are evaluated over that read none.
func oneRow() *eval.Frame { return eval.NewFrame(&column.Batch{N: 1}) }

func (o *values) run(x *run, out consumer) (int64, error) {
	return 1, x.morsels(1, out, func(w int, seq int64) error {
		b, err := o.batch()
		if err != nil || b.N == 0 {
			return err
		}
		return out.take(w, seq, eval.Made(b))
	})
}

func (o *values) batch() (*column.Batch, error) {
	b := &column.Batch{N: len(o.rows), Cols: make([]*column.Vector, len(o.types))}
	builders := make([]*column.Builder, len(o.types))
	for i, t := range o.types {
		builders[i] = column.NewBuilder(t, len(o.rows))
	}
	for _, row := range o.rows {
		for i, x := range row {
			v, err := x.Eval(oneRow())
			if err != nil {
				return nil, err
			}
			builders[i].Append(v.Value(0))
		}
	}
	for i := range builders {
		b.Cols[i] = builders[i].Vector()
	}
	return b, nil
}
