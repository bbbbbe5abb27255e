package funcs

import "github.com/credsql/credsql/engine/sqlerr"

// SQLSTATE codes that only functions give, from PostgreSQL 15's appendix A.
const (
	codeInvalidPower     = "2201F"
	codeInvalidLogarithm = "2201E"
	codeInvalidEscape    = "22025"
	codeSubstring        = "22011"
	codeNullNotAllowed   = "22004"
)

func errBigintRange() error {
	return sqlerr.New(sqlerr.CodeOutOfRange, "bigint out of range")
}

func errOverflow() error {
	return sqlerr.New(sqlerr.CodeOutOfRange, "value out of range: overflow")
}

func errUnderflow() error {
	return sqlerr.New(sqlerr.CodeOutOfRange, "value out of range: underflow")
}

func errDivisionByZero() error {
	return sqlerr.New(sqlerr.CodeDivisionByZero, "division by zero")
}
