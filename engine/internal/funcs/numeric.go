package funcs

import (
	"math"

	"github.com/credsql/credsql/engine/sqlerr"
)

func numericFunctions() []*Function {
	s := section{"Numeric"}
	ceil := func() *Overload { return pure1("n", func(n float64) float64 { return math.Ceil(n) + 0 }) }
	return append([]*Function{
		s.documented("abs", "The absolute value, of the argument's type.",
			shows("SELECT abs(-17)", "17", "SELECT abs(-17.5)", "17.5"), strict1("n", absInt), pure1("n", math.Abs)),
		s.documented("ceil", "The nearest whole number that is not smaller, as DECIMAL.", shows("SELECT ceil(1.2)", "2"), ceil()),
		s.documented("ceiling", "The nearest whole number that is not smaller, as DECIMAL; another name of ceil.",
			shows("SELECT ceiling(-1.8)", "-1"), ceil()),
		s.documented("floor", "The nearest whole number that is not greater, as DECIMAL.",
			shows("SELECT floor(-1.2)", "-2"), pure1("n", func(n float64) float64 { return math.Floor(n) + 0 })),
		s.documented("round", "Rounds to a whole number, or to a number of decimal digits (negative: left of the point), as DECIMAL; "+
			"a half is rounded away from zero.",
			shows("SELECT round(2.5)", "3", "SELECT round(-2.5)", "-3", "SELECT round(2.675, 2)", "2.68", "SELECT round(1250, -2)", "1300"),
			pure1("n", func(n float64) float64 { return math.Round(n) + 0 }), pure2("n, digits", roundDigits)),
		s.documented("power", "The base to the power of the exponent, as DECIMAL.",
			shows("SELECT power(2, 10)", "1024"), strict2("base, exponent", power)),
		s.beyond("pow", "The base to the power of the exponent, as DECIMAL; another name of power.",
			shows("SELECT pow(4, 0.5)", "2"), strict2("base, exponent", power)),
		s.beyond("trunc", "Cuts to a whole number, or to a number of decimal digits, as DECIMAL.",
			shows("SELECT trunc(-1.8)", "-1", "SELECT trunc(1.239, 2)", "1.23"),
			pure1("n", func(n float64) float64 { return math.Trunc(n) + 0 }), pure2("n, digits", truncDigits)),
		s.beyond("sign", "-1, 0 or 1, as DECIMAL.", shows("SELECT sign(-8.4)", "-1"), pure1("n", sign)),
		s.beyond("mod", "The rest of a division, with the sign of the first argument. Division by zero is an error.",
			shows("SELECT mod(9, 4)", "1", "SELECT mod(-5.5, 2)", "-1.5"),
			strict2("dividend, divisor", moduloInts), strict2("dividend, divisor", moduloFloats)),
		s.beyond("sqrt", "The square root. A negative argument is an error.",
			shows("SELECT sqrt(2)", "1.4142135623730951"), strict1("n", squareRoot)),
		s.beyond("cbrt", "The cube root.", shows("SELECT cbrt(-27)", "-3"), pure1("n", math.Cbrt)),
		s.beyond("gcd", "The greatest common divisor, 0 when both are 0.",
			shows("SELECT gcd(1071, 462)", "21"), strict2("a, b", greatestDivisor)),
	}, append(logarithms(s), trigonometry(s)...)...)
}

func logarithms(s section) []*Function {
	return []*Function{
		s.beyond("exp", "e to the power of the argument.", shows("SELECT exp(0)", "1"), strict1("n", exponential)),
		s.beyond("ln", "The natural logarithm. An argument of zero or less is an error.", shows("SELECT ln(1)", "0"),
			strict1("n", func(_ *Ctx, n float64) (float64, error) { return logarithm(n, math.Log) })),
		s.beyond("log", "The logarithm to base 10, or to the base given first.",
			shows("SELECT log(100)", "2", "SELECT log(2.0, 64.0)", "6"),
			strict1("n", func(_ *Ctx, n float64) (float64, error) { return logarithm(n, log10) }),
			strict2("base, n", logarithmOf)),
		s.beyond("log10", "The logarithm to base 10.", shows("SELECT log10(1000)", "3"),
			strict1("n", func(_ *Ctx, n float64) (float64, error) { return logarithm(n, log10) })),
	}
}

func trigonometry(s section) []*Function {
	angle := func(name, doc, sql, want string, f func(float64) float64) *Function {
		return s.beyond(name, doc, shows(sql, want), strict1("n", func(_ *Ctx, n float64) (float64, error) {
			r := f(n)
			if math.IsNaN(r) && !math.IsNaN(n) {
				return 0, sqlerr.New(sqlerr.CodeOutOfRange, "input is out of range")
			}
			return r, nil
		}))
	}
	return []*Function{
		s.beyond("pi", "The ratio of a circle's circumference to its diameter.", shows("SELECT pi()", "3.141592653589793"), constant(math.Pi)),
		s.beyond("degrees", "Converts radians to degrees.", shows("SELECT degrees(pi())", "180"),
			pure1("radians", func(n float64) float64 { return n * (180 / math.Pi) })),
		s.beyond("radians", "Converts degrees to radians.", shows("SELECT radians(180)", "3.141592653589793"),
			pure1("degrees", func(n float64) float64 { return n * (math.Pi / 180) })),
		angle("sin", "The sine of an angle in radians.", "SELECT sin(0)", "0", math.Sin),
		angle("cos", "The cosine of an angle in radians.", "SELECT cos(0)", "1", math.Cos),
		angle("tan", "The tangent of an angle in radians.", "SELECT tan(0)", "0", math.Tan),
		angle("asin", "The inverse sine, in radians.", "SELECT asin(0)", "0", math.Asin),
		angle("acos", "The inverse cosine, in radians.", "SELECT acos(1)", "0", math.Acos),
		angle("atan", "The inverse tangent, in radians.", "SELECT atan(0)", "0", math.Atan),
		s.beyond("atan2", "The inverse tangent of y / x in the quadrant of the point, in radians.",
			shows("SELECT atan2(0, -1)", "3.141592653589793"), pure2("y, x", math.Atan2)),
	}
}

func absInt(_ *Ctx, n int64) (int64, error) {
	if n < 0 {
		return subtractInts(nil, 0, n)
	}
	return n, nil
}

func sign(n float64) float64 {
	switch {
	case n > 0:
		return 1
	case n < 0:
		return -1
	default:
		return n + 0
	}
}

func squareRoot(_ *Ctx, n float64) (float64, error) {
	if n < 0 {
		return 0, sqlerr.New(sqlerr.CodeInvalidPower, "cannot take square root of a negative number")
	}
	return math.Sqrt(n), nil
}

func exponential(_ *Ctx, n float64) (float64, error) {
	r := math.Exp(n)
	if r == 0 && !math.IsInf(n, 0) {
		return 0, errUnderflow()
	}
	return checkOverflow(r, n, n)
}

func logarithm(n float64, log func(float64) float64) (float64, error) {
	switch {
	case n == 0:
		return 0, sqlerr.New(sqlerr.CodeInvalidLogarithm, "cannot take logarithm of zero")
	case n < 0:
		return 0, sqlerr.New(sqlerr.CodeInvalidLogarithm, "cannot take logarithm of a negative number")
	default:
		return log(n), nil
	}
}

// log10 is exact for powers of ten.
func log10(n float64) float64 {
	r := math.Log10(n)
	if whole := math.Round(r); math.Abs(whole) < 400 && math.Pow10(int(whole)) == n {
		return whole
	}
	return r
}

// logarithmOf takes the logarithm to any base. Powers of two are exact by base 2, and so are whole powers of the base.
func logarithmOf(_ *Ctx, base, n float64) (float64, error) {
	top, err := logarithm(n, math.Log2)
	if err != nil {
		return 0, err
	}
	bottom, err := logarithm(base, math.Log2)
	if err != nil {
		return 0, err
	}
	r, err := divideFloats(nil, top, bottom)
	if whole := math.Round(r); err == nil && math.Pow(base, whole) == n {
		return whole, nil
	}
	return r, err
}

func greatestDivisor(_ *Ctx, a, b int64) (int64, error) {
	for b != 0 {
		if b == -1 { // the smallest number has no remainder by -1 in hardware
			return 1, nil
		}
		a, b = b, a%b
	}
	return absInt(nil, a)
}
