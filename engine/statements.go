package engine

import (
	"context"
	"strings"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/plan"
	"github.com/credsql/credsql/engine/internal/syntax"
)

// set runs SET and RESET.
func (s *Session) set(stmt *syntax.Set) (*Rows, error) {
	var err error
	if stmt.Default {
		err = s.Reset(stmt.Name)
	} else {
		err = s.Set(stmt.Name, stmt.Value)
	}
	if err != nil {
		return nil, err
	}
	return s.textRows(nil, nil), nil
}

// show runs SHOW of a setting, or of all.
func (s *Session) show(stmt *syntax.Show) (*Rows, error) {
	found, err := s.engine.settings.find(stmt.Name)
	if err != nil {
		return nil, err
	}
	value, _ := s.lookup(s.now())(found.name)
	return s.textRows([]string{found.name}, [][]string{{value}}), nil
}

// explain runs EXPLAIN: one row of text for each line of the plan.
func (s *Session) explain(_ context.Context, stmt *syntax.Explain, params []column.Value) (*Rows, error) {
	bound, _, err := s.bind(stmt.Query, params)
	if err != nil {
		return nil, err
	}
	var lines [][]string
	for _, line := range strings.Split(strings.TrimRight(plan.Format(bound.Root), "\n"), "\n") {
		lines = append(lines, []string{line})
	}
	return s.textRows([]string{"QUERY PLAN"}, lines), nil
}
