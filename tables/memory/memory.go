// Package memory is a source of tables that are given as batches: fixtures of tests, and data that an embedder already holds. It has no code
// path of its own above the Source interface.
package memory

import (
	"context"
	"fmt"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/tables"
)

// Table is a table and its rows.
type Table struct {
	Def     *tables.Def
	Batches []*column.Batch
}

// Source serves tables; it is also the one snapshot of them, since they never change.
type Source struct {
	tables []*Table
	byName map[string]*Table
}

var (
	_ tables.Source   = (*Source)(nil)
	_ tables.Snapshot = (*Source)(nil)
)

// New makes a source of the given tables, whose qualified names must differ.
func New(list ...*Table) (*Source, error) {
	s := &Source{tables: list, byName: map[string]*Table{}}
	for _, t := range list {
		name := t.Def.QualifiedName()
		if s.byName[name] != nil {
			return nil, fmt.Errorf("memory: table %s is given twice", name)
		}
		s.byName[name] = t
	}
	return s, nil
}

// Tables are the shapes of the tables.
func (s *Source) Tables() []*tables.Def {
	out := make([]*tables.Def, len(s.tables))
	for i, t := range s.tables {
		out[i] = t.Def
	}
	return out
}

// Snapshot is the source itself.
func (s *Source) Snapshot(context.Context, tables.Need) (tables.Snapshot, error) { return s, nil }

// Open starts a scan: one chunk a batch.
func (s *Source) Open(_ context.Context, table string, req tables.Request) (tables.Scan, error) {
	t := s.byName[table]
	if t == nil {
		return nil, fmt.Errorf("memory: no table %s", table)
	}
	return &scan{table: t, columns: req.Columns}, nil
}

// RowCount counts the rows of a table.
func (s *Source) RowCount(table string) (int64, bool) {
	t := s.byName[table]
	if t == nil {
		return 0, false
	}
	var n int64
	for _, b := range t.Batches {
		n += int64(b.N)
	}
	return n, true
}

// Coverage is empty: there are no accounts to lack.
func (s *Source) Coverage() tables.Coverage { return tables.Coverage{} }

// Notices are none.
func (s *Source) Notices() []tables.Notice { return nil }

type scan struct {
	table   *Table
	columns []int
}

func (s *scan) Chunks() int { return len(s.table.Batches) }

func (s *scan) Read(_ context.Context, i int) (*column.Batch, error) {
	b := s.table.Batches[i]
	out := &column.Batch{N: b.N, Cols: make([]*column.Vector, len(s.columns))}
	for k, c := range s.columns {
		out.Cols[k] = b.Cols[c]
	}
	return out, nil
}
