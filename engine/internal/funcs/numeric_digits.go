package funcs

import (
	"math"
	"strconv"
)

// roundDigits rounds to decimal digits, half away from zero. It works on the number's shortest decimal form, as a user sees it:
// 2.675 to two digits is 2.68, though the double lies below it; PostgreSQL's numeric gives the same.
func roundDigits(n float64, digits int64) float64 { return cutDigits(n, digits, true) }

// truncDigits cuts to decimal digits.
func truncDigits(n float64, digits int64) float64 { return cutDigits(n, digits, false) }

func cutDigits(n float64, digits int64, round bool) float64 {
	if n == 0 || math.IsInf(n, 0) || math.IsNaN(n) {
		return n
	}
	mantissa, exponent := decimalDigits(math.Abs(n))
	// The digits to keep of the mantissa d.ddd × 10^exponent. Limits of ±400 leave every double as it is, or zero.
	keep := exponent + 1 + int(max(-400, min(400, digits)))
	if keep >= len(mantissa) {
		return n
	}
	if keep < 0 {
		return 0
	}
	kept := append([]byte{'0'}, mantissa[:keep]...)
	if round && mantissa[keep] >= '5' {
		increment(kept)
	}
	kept = append(kept, 'e')
	kept = strconv.AppendInt(kept, int64(exponent-keep+1), 10)
	r, err := strconv.ParseFloat(string(kept), 64)
	if err != nil { // rounding up the largest double
		return n
	}
	return math.Copysign(r, n) + 0
}

// decimalDigits is the shortest decimal form of a positive number: its digits d.ddd without the point, and the exponent of ten.
func decimalDigits(n float64) (mantissa []byte, exponent int) {
	text := strconv.AppendFloat(nil, n, 'e', -1, 64)
	for i, c := range text {
		switch c {
		case '.':
		case 'e':
			exponent, _ = strconv.Atoi(string(text[i+1:]))
			return mantissa, exponent
		default:
			mantissa = append(mantissa, c)
		}
	}
	return mantissa, 0
}

// increment adds one to a decimal number that starts with a zero.
func increment(digits []byte) {
	for i := len(digits) - 1; i >= 0; i-- {
		if digits[i] != '9' {
			digits[i]++
			return
		}
		digits[i] = '0'
	}
}
