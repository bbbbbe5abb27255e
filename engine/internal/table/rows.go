package table

import (
	"io"

	gms "github.com/dolthub/go-mysql-server/sql"
	"github.com/dolthub/go-mysql-server/sql/types"
)

// Rows is a table about the server itself, all text, whose rows are made when they are read: mysql.user, performance_schema.session_status.
type Rows struct {
	name   string
	schema gms.Schema
	rows   func(ctx *gms.Context) ([][]string, error)
}

var _ gms.Table = (*Rows)(nil)

// NewRows makes a table of text columns. rows gives each row's cells in the columns' order.
func NewRows(database, name string, columns []string, rows func(ctx *gms.Context) ([][]string, error)) *Rows {
	t := &Rows{name: name, rows: rows}
	for _, c := range columns {
		t.schema = append(t.schema, &gms.Column{Name: c, Type: types.LongText, Source: name, DatabaseSource: database})
	}
	return t
}

// Name is the table's name.
func (t *Rows) Name() string { return t.name }

func (t *Rows) String() string { return t.name }

// Schema is every column.
func (t *Rows) Schema() gms.Schema { return t.schema }

// Collation is that of MySQL's own tables: names are found whatever their case.
func (t *Rows) Collation() gms.CollationID { return gms.Collation_utf8mb4_0900_ai_ci }

// onePartition is all of a table.
type onePartition struct{ given bool }

// Key names the partition.
func (*onePartition) Key() []byte { return []byte("all") }

// Next gives the one partition once.
func (p *onePartition) Next(*gms.Context) (gms.Partition, error) {
	if p.given {
		return nil, io.EOF
	}
	p.given = true
	return p, nil
}

// Close ends nothing.
func (*onePartition) Close(*gms.Context) error { return nil }

// Partitions gives one.
func (t *Rows) Partitions(*gms.Context) (gms.PartitionIter, error) { return &onePartition{}, nil }

// PartitionRows makes the rows.
func (t *Rows) PartitionRows(ctx *gms.Context, _ gms.Partition) (gms.RowIter, error) {
	cells, err := t.rows(ctx)
	if err != nil {
		return nil, err
	}
	rows := make([]gms.Row, len(cells))
	for i, line := range cells {
		rows[i] = make(gms.Row, len(line))
		for j, cell := range line {
			rows[i][j] = cell
		}
	}
	return gms.RowsToRowIter(rows...), nil
}
