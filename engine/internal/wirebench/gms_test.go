package wirebench

import (
	"context"
	"io"
	"testing"
	"time"

	sqle "github.com/dolthub/go-mysql-server"
	"github.com/dolthub/go-mysql-server/memory"
	"github.com/dolthub/go-mysql-server/server"
	gms "github.com/dolthub/go-mysql-server/sql"
	"github.com/dolthub/go-mysql-server/sql/types"
	"github.com/sirupsen/logrus"

	"github.com/credsql/credsql/engine"
	"github.com/credsql/credsql/engine/column"
)

// gmsServer serves the rows of a query by go-mysql-server's own server, from a table in its memory.
func gmsServer(b *testing.B, e *engine.Engine, query string) (addr string) {
	b.Helper()
	db := memory.NewDatabase("aws")
	db.BaseDatabase.EnablePrimaryKeyIndexes()
	pro := memory.NewDBProvider(db)
	session := memory.NewSession(gms.NewBaseSession(), pro)
	ctx := gms.NewContext(context.Background(), gms.WithSession(session))
	rows, err := e.NewSession().Query(context.Background(), query)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	var schema gms.Schema
	for _, c := range rows.Columns {
		schema = append(schema, &gms.Column{Name: c.Name, Type: gmsType(c.Type), Source: tableName, Nullable: true})
	}
	table := memory.NewTable(db, tableName, gms.NewPrimaryKeySchema(schema), db.GetForeignKeyCollection())
	db.AddTable(tableName, table)
	inserter := table.Inserter(ctx)
	inserter.StatementBegin(ctx)
	for {
		batch, err := rows.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			b.Fatal(err)
		}
		for i := range batch.N {
			row := make(gms.Row, len(batch.Cols))
			for j, v := range batch.Cols {
				row[j] = gmsValue(v.Value(i))
			}
			if err := inserter.Insert(ctx, row); err != nil {
				b.Fatal(err)
			}
		}
	}
	if err := inserter.StatementComplete(ctx); err != nil {
		b.Fatal(err)
	}
	if err := inserter.Close(ctx); err != nil {
		b.Fatal(err)
	}
	logrus.SetLevel(logrus.ErrorLevel) // it tells of every connection
	s, err := server.NewServer(server.Config{Protocol: "tcp", Address: "127.0.0.1:0"}, sqle.NewDefault(pro), gms.NewContext, memory.NewSessionBuilder(pro), nil)
	if err != nil {
		b.Fatal(err)
	}
	go func() { _ = s.Start() }()
	b.Cleanup(func() { _ = s.Close() })
	return s.Listener.Addr().String()
}

const tableName = "iam_credential_report"

func gmsType(t column.Type) gms.Type {
	switch t.Kind {
	case column.KindBool:
		return types.Boolean
	case column.KindTimestamp:
		return types.DatetimeMaxPrecision
	case column.KindHStore:
		return types.LongText
	}
	return types.MustCreateString(types.Text.Type(), 1000, gms.Collation_utf8mb4_0900_bin)
}

func gmsValue(v column.Value) any {
	switch v := v.(type) {
	case nil:
		return nil
	case bool:
		if v {
			return int8(1)
		}
		return int8(0)
	case column.Timestamp:
		return time.UnixMicro(int64(v)).UTC()
	}
	return string(column.AppendText(nil, v))
}
