package engine

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/exec"
	"github.com/credsql/credsql/engine/internal/syntax"
	"github.com/credsql/credsql/engine/sqlerr"
)

// explain runs EXPLAIN: one row of text for each line of the plan. EXPLAIN ANALYZE runs the query, throws its rows away, and adds what each
// operator did.
func (s *Session) explain(ctx context.Context, stmt *syntax.Explain, params []column.Value) (*Rows, error) {
	asJSON := stmt.Format == "json" && s.client.MySQL && !stmt.Analyze
	if stmt.Format != "" && stmt.Format != "text" && !asJSON {
		return nil, sqlerr.NotSupported("EXPLAIN (FORMAT " + stmt.Format + ")").At(stmt.Query.Pos)
	}
	bound, fctx, err := s.bind(stmt.Query, params)
	if err != nil {
		return nil, err
	}
	if asJSON {
		return s.jsonPlan(exec.Explain(bound.Root, nil))
	}
	if !stmt.Analyze {
		return s.planRows(exec.Explain(bound.Root, nil)), nil
	}
	profile := exec.NewProfile(s.engine.config.Clock)
	rows, err := s.start(ctx, bound, fctx, profile)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for {
		if _, err := rows.Next(); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
	}
	return s.planRows(exec.Explain(bound.Root, profile) + fmt.Sprintf("%d rows in %v\n", rows.rows, rows.elapsed.Round(time.Microsecond))), nil
}

func (s *Session) planRows(text string) *Rows {
	var lines [][]string
	for _, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		lines = append(lines, []string{line})
	}
	return s.textRows([]string{"QUERY PLAN"}, lines)
}
