package table

import (
	gms "github.com/dolthub/go-mysql-server/sql"
	"github.com/dolthub/go-mysql-server/sql/types"
	"github.com/dolthub/vitess/go/sqltypes"

	"github.com/credsql/credsql/engine/column"
)

// typeOf is the MySQL type under which clients see a column: booleans as TINYINT(1), times as TIMESTAMP(6), tags and arrays as JSON, and what MySQL
// lacks as text.
func typeOf(t column.Type) gms.Type {
	switch t.Kind {
	case column.KindBool:
		return types.Boolean
	case column.KindInt64:
		return types.Int64
	case column.KindFloat64:
		return types.Float64
	case column.KindTimestamp:
		return types.TimestampMaxPrecision
	case column.KindJSON, column.KindHStore, column.KindList:
		return types.JSON
	default:
		return types.MustCreateString(sqltypes.VarChar, maxText, gms.Collation_utf8mb4_0900_bin)
	}
}

// maxText is the longest VARCHAR that MySQL has in utf8mb4.
const maxText = 16383
