package exec

import (
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/tables"
)

// scan reads a table, one chunk a morsel.
type scan struct{ node *plan.Scan }

func (s *scan) table() string { return s.node.Table.QualifiedName() }

func (s *scan) run(x *run, out consumer) (int64, error) {
	rows, err := x.env.Snapshot.Open(x.ctx, s.table(), tables.Request{Columns: s.node.Fields, Accounts: s.node.Accounts})
	if err != nil {
		return 0, err
	}
	n := int64(rows.Chunks())
	return n, x.morsels(n, out, func(w int, seq int64) error {
		b, err := rows.Read(x.ctx, int(seq))
		if err != nil || b.N == 0 {
			return err
		}
		return out.take(w, seq, eval.NewFrame(b))
	})
}
