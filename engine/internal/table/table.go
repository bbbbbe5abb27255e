package table

import (
	"fmt"

	gms "github.com/dolthub/go-mysql-server/sql"

	"github.com/credsql/credsql/engine/sqlerr"
	"github.com/credsql/credsql/tables"
)

// Counter gives the exact number of rows of a table for the session that asks, if it is known without reading.
type Counter func(ctx *gms.Context, qualifiedName string) (rows uint64, known bool)

// Table is one of our tables as go-mysql-server sees it.
type Table struct {
	def    *tables.Def
	schema gms.Schema
	count  Counter
}

var (
	_ gms.PrimaryKeyTable = (*Table)(nil)
	_ gms.StatisticsTable = (*Table)(nil)
	_ gms.CommentedTable  = (*Table)(nil)
)

// New shows a table.
func New(def *tables.Def, count Counter) *Table {
	t := &Table{def: def, count: count}
	for _, c := range def.Columns {
		t.schema = append(t.schema, &gms.Column{
			Name: c.Name, Type: typeOf(c.Type), Source: def.Name, DatabaseSource: def.Schema, Comment: c.Doc,
			Nullable: c.Name != keyColumn, PrimaryKey: c.Name == keyColumn,
		})
	}
	return t
}

// keyColumn is unique in one snapshot; the derived tables have none.
const keyColumn = "_key"

// Name is the table's name without its schema.
func (t *Table) Name() string { return t.def.Name }

func (t *Table) String() string { return t.def.Name }

// Schema is every column.
func (t *Table) Schema() gms.Schema { return t.schema }

// PrimaryKeySchema is the full schema, always: go-mysql-server indexes rows by it.
func (t *Table) PrimaryKeySchema() gms.PrimaryKeySchema { return gms.NewPrimaryKeySchema(t.schema) }

// Collation compares text byte by byte, as DDSQL does.
func (t *Table) Collation() gms.CollationID { return gms.Collation_utf8mb4_0900_bin }

// Comment says what the table is.
func (t *Table) Comment() string { return t.def.Doc }

// RowCount is exact or not known.
func (t *Table) RowCount(ctx *gms.Context) (uint64, bool, error) {
	n, known := t.count(ctx, t.def.QualifiedName())
	return n, known, nil
}

// DataLength is not known.
func (t *Table) DataLength(*gms.Context) (uint64, error) { return 0, nil }

// Partitions refuses: rows are read by our own operators only, so that no answer has go-mysql-server's coercions in it.
func (t *Table) Partitions(*gms.Context) (gms.PartitionIter, error) { return nil, t.refusal() }

// PartitionRows refuses, like Partitions.
func (t *Table) PartitionRows(*gms.Context, gms.Partition) (gms.RowIter, error) {
	return nil, t.refusal()
}

func (t *Table) refusal() error {
	return sqlerr.NotSupported(fmt.Sprintf("reading %s in one statement with information_schema or a server variable", t.def.QualifiedName())).
		WithHint("ask for them in two statements")
}
