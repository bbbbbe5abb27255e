package engine

import (
	gms "github.com/dolthub/go-mysql-server/sql"
	goerrors "gopkg.in/src-d/go-errors.v1"

	"github.com/credsql/credsql/engine/sqlerr"
)

// metadataKinds gives the kinds of go-mysql-server's errors their SQLSTATE. What is not here is not supported: the statement was one that
// mysqlfront admits, and go-mysql-server could not answer it.
var metadataKinds = []struct {
	kind *goerrors.Kind
	code string
}{
	{gms.ErrDatabaseNotFound, sqlerr.CodeUndefinedDatabase},
	{gms.ErrTableNotFound, sqlerr.CodeUndefinedTable},
	{gms.ErrColumnNotFound, sqlerr.CodeUndefinedColumn},
	{gms.ErrTableColumnNotFound, sqlerr.CodeUndefinedColumn},
	{gms.ErrFunctionNotFound, sqlerr.CodeUndefinedFunction},
	{gms.ErrUnknownSystemVariable, sqlerr.CodeUndefinedObject},
	{gms.ErrSystemVariableReadOnly, sqlerr.CodeReadOnly},
	{gms.ErrSystemVariableGlobalOnly, sqlerr.CodeReadOnly},
	{gms.ErrSystemVariableSessionOnly, sqlerr.CodeInvalidParameter},
	{gms.ErrInvalidSystemVariableValue, sqlerr.CodeInvalidParameter},
	{gms.ErrAmbiguousColumnName, sqlerr.CodeAmbiguousColumn},
	{gms.ErrReadOnly, sqlerr.CodeReadOnly},
}

// metadataError is an error of go-mysql-server as ours.
func metadataError(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := sqlerr.As(err); ok {
		return err
	}
	for _, k := range metadataKinds {
		if k.kind.Is(err) {
			return sqlerr.New(k.code, "%s", err).Wrap(err)
		}
	}
	return sqlerr.New(sqlerr.CodeNotSupported, "%s", err).Wrap(err)
}
