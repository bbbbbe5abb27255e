package engine

import (
	"context"
	"errors"
	"io"
	"iter"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/budget"
	"github.com/credsql/credsql/engine/internal/exec"
	"github.com/credsql/credsql/engine/internal/funcs"
	"github.com/credsql/credsql/engine/internal/rowexec"
)

// execute starts a plan: over columns, or row by row if the session asks for that.
func (s *Session) execute(ctx context.Context, rows *Rows, fctx *funcs.Ctx, profile *exec.Profile) error {
	memory := budget.New(s.engine.config.MaxMemory).For(ctx).Within(s.engine.pool)
	rows.memory = memory
	if s.get(settingExecution) == "row" {
		env := &rowexec.Env{Ctx: fctx, Snapshot: rows.snapshot, Memory: memory}
		rows.next, rows.stop = iter.Pull2(rowexec.RunBatches(ctx, rows.plan, env))
		return nil
	}
	stream, err := exec.Open(ctx, rows.plan, &exec.Env{Ctx: fctx, Snapshot: rows.snapshot, Budget: memory, Workers: s.engine.config.Workers, Profile: profile})
	if err != nil {
		return err
	}
	rows.stop = stream.Close
	rows.next = func() (*column.Batch, error, bool) {
		b, err := stream.Next(ctx)
		if errors.Is(err, io.EOF) {
			return nil, nil, false
		}
		return b, err, true
	}
	return nil
}
