package sqlerr

import "fmt"

// The SQLSTATE codes that credsql gives, from PostgreSQL 15's appendix A. docs/errors.md says of each what to do about it.
const (
	CodeSyntax             = "42601"
	CodeUndefinedColumn    = "42703"
	CodeUndefinedTable     = "42P01"
	CodeUndefinedFunction  = "42883"
	CodeUndefinedObject    = "42704"
	CodeAmbiguousColumn    = "42702"
	CodeAmbiguousFunction  = "42725"
	CodeAmbiguousAlias     = "42P09"
	CodeDuplicateAlias     = "42712"
	CodeDuplicateColumn    = "42701"
	CodeGrouping           = "42803"
	CodeWindowing          = "42P20"
	CodeDatatypeMismatch   = "42804"
	CodeIndeterminateType  = "42P18"
	CodeInvalidColumnRef   = "42P10"
	CodeInvalidRecursion   = "42P19"
	CodeUndefinedParameter = "42P02"
	CodeUndefinedDatabase  = "3F000"
	CodeCannotCoerce       = "42846"
	CodeWrongObjectType    = "42809"
	CodeNotSupported       = "0A000"
	CodeInvalidText        = "22P02"
	CodeInvalidDatetime    = "22007"
	CodeDatetimeOverflow   = "22008"
	CodeZoneDisplacement   = "22009"
	CodeIntervalOverflow   = "22015"
	CodeOutOfRange         = "22003"
	CodeDivisionByZero     = "22012"
	CodeInvalidParameter   = "22023"
	CodeInvalidRegexp      = "2201B"
	CodeCardinality        = "21000"
	CodeInvalidLimit       = "2201W"
	CodeInvalidOffset      = "2201X"
	CodeInvalidFrame       = "22013"
	CodeInvalidNtile       = "22014"
	CodeInvalidNthValue    = "22016"
	CodeNullNotAllowed     = "22004"
	CodeSubstring          = "22011"
	CodeInvalidLogarithm   = "2201E"
	CodeInvalidPower       = "2201F"
	CodeInvalidEncoding    = "22021"
	CodeInvalidEscape      = "22025"
	CodeUntranslatable     = "22P05"
	CodeArraySubscript     = "2202E"
	CodeReadOnly           = "25006"
	CodeTooComplex         = "54001"
	CodeProgramLimit       = "54000"
	CodeTooManyColumns     = "54011"
	CodeTooManyArguments   = "54023"
	CodeOutOfMemory        = "53200"
	CodeConfigurationLimit = "53400"
	CodeQueryCanceled      = "57014"
	CodeInsufficient       = "42501"
	CodeSource             = "58000" // a report or an account could not be read
	CodeInternal           = "XX000"
)

// New is an error of a code and a formatted message.
func New(code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// NotSupported refuses a construct that the dialect knows of but credsql does not answer: never a guess.
func NotSupported(what string) *Error {
	return New(CodeNotSupported, "%s is not supported", what)
}

// Syntax is a statement that the grammar refuses.
func Syntax(format string, args ...any) *Error { return New(CodeSyntax, format, args...) }

// Internal is a broken promise of our own code; the cause is for the log.
func Internal(cause error) *Error {
	return New(CodeInternal, "internal error: %v", cause).Wrap(cause).
		WithHint("this is a bug in credsql; please report it with the statement")
}
