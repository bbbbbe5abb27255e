package rowexec

import (
	"errors"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/tables"
)

// scan reads a table chunk by chunk.
func (r *run) scan(n *plan.Scan) Rows {
	return func(yield func([]column.Value, error) bool) {
		if r.env.Snapshot == nil {
			yield(nil, sqlerr.Internal(errors.New("a table is read without a snapshot")))
			return
		}
		scan, err := r.env.Snapshot.Open(r.ctx, n.Table.QualifiedName(), tables.Request{Columns: n.Fields, Accounts: n.Accounts})
		if err != nil {
			yield(nil, err)
			return
		}
		for i := range scan.Chunks() {
			batch, err := scan.Read(r.ctx, i)
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

// values gives literal rows.
func (r *run) values(n *plan.Values) Rows {
	return func(yield func([]column.Value, error) bool) {
		for _, exprs := range n.Rows {
			row, err := r.evalAll(exprs, nil)
			if err == nil {
				err = r.tick()
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}
