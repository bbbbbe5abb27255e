package funcs

import (
	"math"

	"github.com/credsql/credsql/engine/sqlerr"
)

// power is PostgreSQL's dpow: what mathematics leaves open is an error, not a NaN.
func power(_ *Ctx, base, exponent float64) (float64, error) {
	switch {
	case math.IsNaN(base), math.IsNaN(exponent):
		return math.Pow(base, exponent), nil
	case base == 0 && exponent < 0:
		return 0, sqlerr.New(sqlerr.CodeInvalidPower, "zero raised to a negative power is undefined")
	case base < 0 && math.Floor(exponent) != exponent:
		return 0, sqlerr.New(sqlerr.CodeInvalidPower, "a negative number raised to a non-integer power yields a complex result")
	}
	result := math.Pow(base, exponent)
	if math.IsInf(base, 0) || math.IsInf(exponent, 0) {
		return result, nil
	}
	if result == 0 && base != 0 {
		return 0, errUnderflow()
	}
	return checkOverflow(result, base, exponent)
}
