package funcs

import "github.com/credsql/credsql/engine/sqlerr"

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
