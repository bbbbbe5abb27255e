package funcs

import (
	"math"
	"math/bits"
)

// arithmeticOperators compute with numbers. BIGINT with BIGINT stays BIGINT and never wraps; with a DECIMAL all is DECIMAL, a
// 64-bit double that never turns into an infinity by itself.
func arithmeticOperators() []*Function {
	op := func(sign, doc string, examples []Example, overloads ...*Overload) *Function {
		return &Function{
			Name: sign, Class: Operator, Category: "Numeric", Source: "DDSQL", Since: since,
			Doc: doc, Examples: examples, Overloads: overloads,
		}
	}
	pg := func(f *Function) *Function {
		f.Source = "PostgreSQL"
		return f
	}
	return []*Function{
		op("+", "The sum. A prefix + changes nothing. A result that does not fit is an error.",
			[]Example{{"SELECT 2 + 3", "5"}, {"SELECT 2 + 0.5", "2.5"}},
			strict2("left, right", addInts), strict2("left, right", addFloats),
			pure1("n", func(n int64) int64 { return n }), pure1("n", func(n float64) float64 { return n })),
		op("-", "The difference, or with one operand the negative. A result that does not fit is an error.",
			[]Example{{"SELECT 2 - 3", "-1"}, {"SELECT -(5)", "-5"}},
			strict2("left, right", subtractInts), strict2("left, right", subtractFloats),
			strict1("n", func(_ *Ctx, n int64) (int64, error) { return subtractInts(nil, 0, n) }),
			pure1("n", func(n float64) float64 { return -n })),
		op("*", "The product. A result that does not fit is an error.",
			[]Example{{"SELECT 4 * 5", "20"}, {"SELECT 4 * 0.5", "2"}},
			strict2("left, right", multiplyInts), strict2("left, right", multiplyFloats)),
		op("/", "The quotient. Of two BIGINTs it is a BIGINT, cut towards zero. Division by zero is an error.",
			[]Example{{"SELECT 5 / 2", "2"}, {"SELECT -5 / 2", "-2"}, {"SELECT 5 / 2.0", "2.5"}},
			strict2("left, right", divideInts), strict2("left, right", divideFloats)),
		pg(op("%", "The rest of a division, with the sign of the left operand. Division by zero is an error.",
			[]Example{{"SELECT 5 % 3", "2"}, {"SELECT -5 % 3", "-2"}},
			strict2("left, right", moduloInts), strict2("left, right", moduloFloats))),
		pg(op("^", "The left operand to the power of the right one, as DECIMAL.",
			[]Example{{"SELECT 2 ^ 10", "1024"}},
			strict2("left, right", power))),
	}
}

func addInts(_ *Ctx, a, b int64) (int64, error) {
	sum := a + b
	if (a^sum)&(b^sum) < 0 {
		return 0, errBigintRange()
	}
	return sum, nil
}

func subtractInts(_ *Ctx, a, b int64) (int64, error) {
	diff := a - b
	if (a^b)&(a^diff) < 0 {
		return 0, errBigintRange()
	}
	return diff, nil
}

func multiplyInts(_ *Ctx, a, b int64) (int64, error) {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	// The unsigned high word, corrected to the signed product's.
	signed := int64(hi) - (a>>63)&b - (b>>63)&a
	if signed != int64(lo)>>63 {
		return 0, errBigintRange()
	}
	return int64(lo), nil
}

func divideInts(_ *Ctx, a, b int64) (int64, error) {
	switch {
	case b == 0:
		return 0, errDivisionByZero()
	case b == -1:
		return subtractInts(nil, 0, a)
	default:
		return a / b, nil
	}
}

func moduloInts(_ *Ctx, a, b int64) (int64, error) {
	if b == 0 {
		return 0, errDivisionByZero()
	}
	return a % b, nil
}

func addFloats(_ *Ctx, a, b float64) (float64, error)      { return checkOverflow(a+b, a, b) }
func subtractFloats(_ *Ctx, a, b float64) (float64, error) { return checkOverflow(a-b, a, b) }

func multiplyFloats(_ *Ctx, a, b float64) (float64, error) {
	product := a * b
	if product == 0 && a != 0 && b != 0 {
		return 0, errUnderflow()
	}
	return checkOverflow(product, a, b)
}

func divideFloats(_ *Ctx, a, b float64) (float64, error) {
	if b == 0 && !math.IsNaN(a) {
		return 0, errDivisionByZero()
	}
	quotient := a / b
	if quotient == 0 && a != 0 && !math.IsInf(b, 0) {
		return 0, errUnderflow()
	}
	return checkOverflow(quotient, a, b)
}

func moduloFloats(_ *Ctx, a, b float64) (float64, error) {
	if b == 0 && !math.IsNaN(a) {
		return 0, errDivisionByZero()
	}
	return math.Mod(a, b), nil
}

// checkOverflow refuses an infinity that neither operand had.
func checkOverflow(result, a, b float64) (float64, error) {
	if math.IsInf(result, 0) && !math.IsInf(a, 0) && !math.IsInf(b, 0) {
		return 0, errOverflow()
	}
	return result, nil
}
