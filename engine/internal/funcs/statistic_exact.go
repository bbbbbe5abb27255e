package funcs

import (
	"math"
	"math/big"
)

// exactBits is the precision of the last steps, which subtract nearly equal numbers: products of two doubles have 106 bits, and
// what lies beyond 512 below them does not reach the result.
const exactBits = 512

// addProduct adds a*b, exactly: the product and its rounding error.
func (s *FloatSum) addProduct(a, b float64) {
	p := a * b
	if math.IsInf(p, 0) && !math.IsInf(a, 0) && !math.IsInf(b, 0) {
		s.overflow = true
		return
	}
	s.Add(p)
	if e := math.FMA(a, b, -p); e != 0 && !math.IsNaN(e) {
		s.Add(e)
	}
}

func (s *FloatSum) mean(n int64) float64 { return roundPartials(s.partials) / float64(n) }

func (s *FloatSum) exact() *big.Float {
	sum := new(big.Float).SetPrec(exactBits)
	for _, p := range s.partials {
		sum.Add(sum, big.NewFloat(p))
	}
	return sum
}

// deviations is n times the sum of products of deviations from the means.
type deviations struct {
	scaled *big.Float
	nan    bool
}

// deviation is n·Σab - Σa·Σb.
func deviation(n int64, products, a, b *FloatSum) deviations {
	if products.infinite || a.infinite || b.infinite {
		return deviations{nan: true}
	}
	scaled := products.exact()
	scaled.Mul(scaled, new(big.Float).SetInt64(n))
	return deviations{scaled: scaled.Sub(scaled, new(big.Float).SetPrec(exactBits).Mul(a.exact(), b.exact()))}
}

// divided is the sum of products divided by n and by another count: not a number when an infinity or a NaN was among the values, and 0
// when the other count is 0, which the caller has to tell.
func (d deviations) divided(n, by int64) float64 {
	switch {
	case d.nan:
		return math.NaN()
	case d.scaled == nil || by == 0:
		return 0
	}
	count := new(big.Float).SetPrec(exactBits).SetInt64(n)
	count.Mul(count, new(big.Float).SetInt64(by))
	r, _ := count.Quo(d.scaled, count).Float64()
	return r
}
