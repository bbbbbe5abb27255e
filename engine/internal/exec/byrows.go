package exec

import (
	"context"
	"io"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec/eval"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/rowexec"
)

// byRows runs a node row by row; what is below it comes from here again where it can.
type byRows struct {
	node  plan.Node
	scope *scope
}

func (b *builder) byRows(n plan.Node) operator { return &byRows{node: n, scope: b.scope} }

func (o *byRows) run(x *run, out consumer) (int64, error) {
	var n int64
	for b, err := range rowexec.RunBatches(x.ctx, o.node, x.rowEnv(o.scope)) {
		if err != nil {
			return n, err
		}
		seq := n
		n++
		if err := x.morselAt(seq, out, b); err != nil {
			return n, err
		}
	}
	return n, nil
}

// morselAt gives a batch to out as morsel seq.
func (x *run) morselAt(seq int64, out consumer, b *column.Batch) error {
	err := out.take(0, seq, eval.Made(b))
	if err == nil {
		err = out.done(0, seq)
	}
	if err != nil {
		out.abort(seq)
	}
	return err
}

// rowEnv is the environment of the row executor in a scope.
func (x *run) rowEnv(s *scope) *rowexec.Env {
	return &rowexec.Env{
		Ctx: x.fctx, Snapshot: x.env.Snapshot, Params: x.env.Params, Memory: x.env.Budget,
		Scope: s.forRows(x), Delegate: x.delegate,
	}
}

// delegate runs a node for the row executor, if it needs no tables that only that one has.
func (x *run) delegate(ctx context.Context, n plan.Node, env *rowexec.Env) (rowexec.Batches, bool) {
	if !worthwhile(n) {
		return nil, false
	}
	return func(yield func(*column.Batch, error) bool) {
		s, err := x.open(ctx, n, &scope{rows: env.Scope})
		if err != nil {
			yield(nil, err)
			return
		}
		defer s.Close()
		for {
			b, err := s.Next(ctx)
			if err == io.EOF {
				return
			}
			if !yield(b, err) || err != nil {
				return
			}
		}
	}, true
}

// worthwhile says whether a plan reads a table, so that columns pay, and no definition of WITH from outside, whose rows may belong
// to the row executor.
func worthwhile(n plan.Node) bool {
	scans := false
	defined, read := map[int]bool{}, map[int]bool{}
	plan.Walk(n, func(m plan.Node) {
		switch m := m.(type) {
		case *plan.Scan:
			scans = true
		case *plan.With:
			for _, d := range m.Defs {
				defined[d.ID] = true
				if d.Step != nil {
					defined[d.Work] = true
				}
			}
		case *plan.CTERef:
			read[m.ID] = true
		}
	})
	for id := range read {
		if !defined[id] {
			return false
		}
	}
	return scans
}
