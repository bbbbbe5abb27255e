package mysqlfront

import "github.com/credsql/credsql/engine/internal/ddsql"

// Options says how to read a statement. The zero value reads as a server with sql_mode NO_BACKSLASH_ESCAPES does.
type Options struct {
	// AnsiQuotes reads "x" as a name; without it "x" is a string, as in MySQL's default sql_mode.
	AnsiQuotes bool
	// RefuseDoubleQuotes refuses "x" as a value in a query over our tables: it is a string in MySQL and a name in DDSQL. For
	// sessions that have chosen neither. As an alias it is the same in both.
	RefuseDoubleQuotes bool
	// BackslashEscapes reads '\n' as a line break. Without it a backslash in a string is itself.
	BackslashEscapes bool
	// Variables reads @name as a user variable; without it a statement is not MySQL's for having one, because @ is an operator.
	Variables bool
	// Database is the current database, which tables without a qualifier belong to.
	Database string
	Limits   ddsql.Limits
}

// serverVersion is the MySQL version that /*!80000 … */ is compared with.
const serverVersion = 80099
