package mysqlwire

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/go-mysql-org/go-mysql/mysql"

	"github.com/credsql/credsql/engine/sqlerr"
)

// Numbers that the protocol library does not name.
const (
	erSecureTransportRequired = 3159
	erQueryTimeout            = 3024
	erClientInteractionTime   = 4031
	erFunctionUnknown         = mysql.ER_SP_DOES_NOT_EXIST
)

// numbers gives MySQL's error number for a SQLSTATE of ours: drivers choose their exception by it. What is not here is ER_UNKNOWN_ERROR.
var numbers = map[string]uint16{
	sqlerr.CodeSyntax:             mysql.ER_PARSE_ERROR,
	sqlerr.CodeUndefinedColumn:    mysql.ER_BAD_FIELD_ERROR,
	sqlerr.CodeUndefinedTable:     mysql.ER_NO_SUCH_TABLE,
	sqlerr.CodeUndefinedFunction:  erFunctionUnknown,
	sqlerr.CodeUndefinedObject:    mysql.ER_UNKNOWN_SYSTEM_VARIABLE,
	sqlerr.CodeAmbiguousColumn:    mysql.ER_NON_UNIQ_ERROR,
	sqlerr.CodeAmbiguousFunction:  mysql.ER_WRONG_ARGUMENTS,
	sqlerr.CodeDuplicateAlias:     mysql.ER_NONUNIQ_TABLE,
	sqlerr.CodeDuplicateColumn:    mysql.ER_DUP_FIELDNAME,
	sqlerr.CodeGrouping:           mysql.ER_WRONG_FIELD_WITH_GROUP,
	sqlerr.CodeDatatypeMismatch:   mysql.ER_WRONG_ARGUMENTS,
	sqlerr.CodeIndeterminateType:  mysql.ER_WRONG_ARGUMENTS,
	sqlerr.CodeCannotCoerce:       mysql.ER_WRONG_ARGUMENTS,
	sqlerr.CodeWrongObjectType:    mysql.ER_WRONG_OBJECT,
	sqlerr.CodeNotSupported:       mysql.ER_NOT_SUPPORTED_YET,
	sqlerr.CodeInvalidText:        mysql.ER_TRUNCATED_WRONG_VALUE,
	sqlerr.CodeInvalidDatetime:    mysql.ER_TRUNCATED_WRONG_VALUE,
	sqlerr.CodeDatetimeOverflow:   mysql.ER_TRUNCATED_WRONG_VALUE,
	sqlerr.CodeOutOfRange:         mysql.ER_DATA_OUT_OF_RANGE,
	sqlerr.CodeDivisionByZero:     mysql.ER_DIVISION_BY_ZERO,
	sqlerr.CodeInvalidParameter:   mysql.ER_WRONG_VALUE_FOR_VAR,
	sqlerr.CodeCardinality:        mysql.ER_SUBQUERY_NO_1_ROW,
	sqlerr.CodeReadOnly:           mysql.ER_OPTION_PREVENTS_STATEMENT,
	sqlerr.CodeTooComplex:         mysql.ER_STACK_OVERRUN_NEED_MORE,
	sqlerr.CodeProgramLimit:       mysql.ER_TOO_BIG_ROWSIZE,
	sqlerr.CodeOutOfMemory:        mysql.ER_OUTOFMEMORY,
	sqlerr.CodeConfigurationLimit: mysql.ER_USER_LIMIT_REACHED,
	sqlerr.CodeQueryCanceled:      mysql.ER_QUERY_INTERRUPTED,
	sqlerr.CodeInsufficient:       mysql.ER_SPECIFIC_ACCESS_DENIED_ERROR,
	sqlerr.CodeUndefinedDatabase:  mysql.ER_BAD_DB_ERROR,
	codeNoThread:                  mysql.ER_NO_SUCH_THREAD,
}

// wireError is an error as a client gets it.
type wireError struct {
	code    uint16
	state   string
	message string
}

// stateOf is the SQLSTATE that MySQL gives a number.
func stateOf(code uint16) string {
	if s, ok := mysql.MySQLState[code]; ok {
		return s
	}
	return mysql.DEFAULT_MYSQL_STATE
}

// clientError makes an error fit for a client: one of ours with its place and hint, and of anything else only that it happened.
func (s *Server) clientError(err error) wireError {
	if e, ok := sqlerr.As(err); ok {
		number, known := numbers[e.Code]
		if !known {
			number = mysql.ER_UNKNOWN_ERROR
		}
		if e.Code == sqlerr.CodeQueryCanceled && errors.Is(err, context.DeadlineExceeded) {
			number = erQueryTimeout
		}
		state := e.Code
		if number == mysql.ER_NO_SUCH_THREAD {
			state = stateOf(number)
		}
		return wireError{code: number, state: state, message: describe(e)}
	}
	if errors.Is(err, context.Canceled) {
		return wireError{code: mysql.ER_QUERY_INTERRUPTED, state: sqlerr.CodeQueryCanceled, message: "canceling statement due to user request"}
	}
	s.config.Logger.Error("a statement failed inside", "error", err)
	return wireError{code: mysql.ER_UNKNOWN_ERROR, state: sqlerr.CodeInternal, message: "internal error"}
}

// describe is an error in one line: the protocol has no fields for detail, hint and place.
func describe(e *sqlerr.Error) string {
	var b strings.Builder
	b.WriteString(e.Message)
	if e.Pos > 0 {
		fmt.Fprintf(&b, " at character %d", e.Pos)
	}
	if e.Detail != "" {
		b.WriteString("; " + e.Detail)
	}
	if e.Hint != "" {
		b.WriteString("; hint: " + e.Hint)
	}
	return b.String()
}

// maxMessage is the longest message that old clients have room for.
const maxMessage = 511

// writeErrorPacket sends an error. Its own error is that of the stream, which the next write meets again.
func (c *conn) writeErrorPacket(code uint16, state, message string) {
	buf := append(c.out.begin(), mysql.ERR_HEADER, byte(code), byte(code>>8))
	if c.caps&mysql.CLIENT_PROTOCOL_41 != 0 {
		buf = append(buf, '#')
		buf = append(buf, state...)
	}
	_ = c.out.end(append(buf, cut(message, maxMessage)...))
}

// cut shortens a text between its runes.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// writeError sends the error of a command.
func (c *conn) writeError(err error) wireError {
	e := c.server.clientError(err)
	c.writeErrorPacket(e.code, e.state, e.message)
	return e
}
