package engine

import (
	"context"
	"io"
	"strconv"

	gms "github.com/dolthub/go-mysql-server/sql"
	"github.com/dolthub/vitess/go/sqltypes"
	"github.com/dolthub/vitess/go/vt/proto/query"
	"github.com/dolthub/vitess/go/vt/sqlparser"

	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
)

// Native refines the type of a column that is about the server, and whose MySQL type ours do not tell.
type Native uint8

// The refinements: a date's value is a timestamp, an unsigned number's a BIGINT of the same bits, the others' are text.
const (
	NativeNone Native = iota
	NativeDate
	NativeTime
	NativeDecimal
	NativeUnsigned
	NativeBlob
)

// metadataBatch is how many rows of metadata go together.
const metadataBatch = 512

// metadataRows makes an answer of go-mysql-server's.
func (s *Session) metadataRows(ctx *gms.Context, schema gms.Schema, iter gms.RowIter, cancel context.CancelCauseFunc) *Rows {
	r := &Rows{session: s, started: s.engine.config.Clock(), cancel: cancel}
	for _, c := range schema {
		t, native := metadataType(c.Type.Type())
		r.Columns = append(r.Columns, Column{Name: c.Name, Type: t, Native: native})
	}
	// Some iterators begin anew after their end, and some panic when they are closed before they have begun.
	begun, ended := false, false
	r.stop = func() {
		var err error
		defer s.recovered(&err)
		if begun {
			err = iter.Close(ctx) // it holds nothing that closing could fail to give back
		}
	}
	r.next = func() (*column.Batch, error, bool) {
		if ended {
			return nil, nil, false
		}
		begun = true
		b, err := metadataBatchOf(ctx, schema, r.Columns, iter)
		if err != nil {
			return nil, metadataError(err), true
		}
		ended = b.N < metadataBatch
		return b, nil, b.N > 0
	}
	return r
}

// metadataType is the column type that carries a MySQL type.
func metadataType(t query.Type) (column.Type, Native) {
	switch {
	case t == sqltypes.Year, t == sqltypes.Bit:
		return column.Int64, NativeNone
	case sqltypes.IsUnsigned(t):
		return column.Int64, NativeUnsigned
	case sqltypes.IsIntegral(t):
		return column.Int64, NativeNone
	case sqltypes.IsFloat(t):
		return column.Float64, NativeNone
	}
	switch t {
	case sqltypes.Decimal:
		return column.Text, NativeDecimal
	case sqltypes.Date:
		return column.TimestampT, NativeDate
	case sqltypes.Datetime, sqltypes.Timestamp:
		return column.TimestampT, NativeNone
	case sqltypes.Time:
		return column.Text, NativeTime
	case sqltypes.TypeJSON:
		return column.JSON, NativeNone
	case sqltypes.Binary, sqltypes.VarBinary, sqltypes.Blob:
		return column.Text, NativeBlob
	case sqltypes.Null:
		return column.Unknown, NativeNone
	}
	return column.Text, NativeNone
}

// metadataBatchOf reads some rows; none at the end.
func metadataBatchOf(ctx *gms.Context, schema gms.Schema, columns []Column, iter gms.RowIter) (*column.Batch, error) {
	builders := make([]*column.Builder, len(columns))
	for i, c := range columns {
		builders[i] = column.NewBuilder(c.Type, 0)
	}
	b := &column.Batch{}
	for b.N < metadataBatch {
		row, err := iter.Next(ctx)
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		for i, c := range columns {
			v, err := metadataValue(ctx, schema[i].Type, c, row[i])
			if err != nil {
				return nil, err
			}
			builders[i].Append(v)
		}
		b.N++
	}
	for _, x := range builders {
		b.Cols = append(b.Cols, x.Vector())
	}
	return b, nil
}

// metadataValue converts by way of the text that go-mysql-server would send.
func metadataValue(ctx *gms.Context, t gms.Type, c Column, v any) (column.Value, error) {
	if v == nil || c.Type == column.Unknown {
		return nil, nil
	}
	sent, err := t.SQL(ctx, nil, v)
	if err != nil || sent.IsNull() {
		return nil, err
	}
	text := sent.ToString()
	switch {
	case c.Native == NativeUnsigned:
		n, err := strconv.ParseUint(text, 10, 64)
		return int64(n), err
	case t.Type() == sqltypes.Bit:
		n := int64(0)
		for _, b := range []byte(text) {
			n = n<<8 | int64(b)
		}
		return n, nil
	case c.Type == column.TimestampT && len(text) >= 4 && text[:4] == "0000":
		return nil, nil // MySQL's zero date
	}
	return sqltype.Parse(text, c.Type)
}

// bindingsOf are parameters as go-mysql-server takes them: :v1, :v2, ….
func bindingsOf(params []column.Value) map[string]sqlparser.Expr {
	if len(params) == 0 {
		return nil
	}
	out := map[string]sqlparser.Expr{}
	for i, p := range params {
		out["v"+strconv.Itoa(i+1)] = bindingOf(p)
	}
	return out
}

func bindingOf(p column.Value) sqlparser.Expr {
	text := column.AppendText(nil, p)
	switch p := p.(type) {
	case nil:
		return &sqlparser.NullVal{}
	case int64:
		return sqlparser.NewIntVal(text)
	case float64:
		return sqlparser.NewFloatVal(text)
	case bool:
		return sqlparser.BoolVal(p)
	}
	return sqlparser.NewStrVal(text)
}
