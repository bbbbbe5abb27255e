package funcs

import (
	"math"
	"math/big"
	"math/bits"

	"github.com/credsql/credsql/engine/column"
)

func sumOverloads() []*Overload {
	return []*Overload{
		aggregate(overload("n", column.Int64, column.Int64), func([]column.Type) State { return new(intSumState) }),
		aggregate(overload("n", column.Float64, column.Float64), func([]column.Type) State { return new(floatSumState) }),
		intervalSum(false),
	}
}

func averageOverloads() []*Overload {
	return []*Overload{
		aggregate(safe(overload("n", column.Float64, column.Int64)), func([]column.Type) State { return &intSumState{mean: true} }),
		aggregate(overload("n", column.Float64, column.Float64), func([]column.Type) State { return &floatSumState{mean: true} }),
		intervalSum(true),
	}
}

// IntSum is an exact sum of BIGINTs in 128 bits, which no number of rows in memory overflows; so the result does not depend on the
// order of the rows. The zero value is an empty sum.
type IntSum struct {
	hi int64
	lo uint64
}

// Add adds a number.
func (s *IntSum) Add(n int64) { s.add(n>>63, uint64(n)) }

// Merge adds another sum.
func (s *IntSum) Merge(o IntSum) { s.add(o.hi, o.lo) }

func (s *IntSum) add(hi int64, lo uint64) {
	var carry uint64
	s.lo, carry = bits.Add64(s.lo, lo, 0)
	s.hi += hi + int64(carry)
}

// Int is the sum, or an error when it does not fit.
func (s IntSum) Int() (int64, error) {
	if s.hi != int64(s.lo)>>63 {
		return 0, errBigintRange()
	}
	return int64(s.lo), nil
}

// Mean is the sum divided by n, rounded once.
func (s IntSum) Mean(n int64) float64 {
	if sum, err := s.Int(); err == nil && sum > -1<<53 && sum < 1<<53 && n < 1<<53 {
		return float64(sum) / float64(n)
	}
	sum := new(big.Int).Lsh(big.NewInt(s.hi), 64)
	sum.Add(sum, new(big.Int).SetUint64(s.lo))
	mean, _ := new(big.Rat).SetFrac(sum, big.NewInt(n)).Float64()
	return mean
}

// intSumState is sum and avg of BIGINT.
type intSumState struct {
	mean bool
	n    int64
	sum  IntSum
}

var _ State = (*intSumState)(nil)

func (s *intSumState) Add(args []column.Value) error {
	s.sum.Add(args[0].(int64))
	s.n++
	return nil
}

func (s *intSumState) Merge(other State) error {
	o := other.(*intSumState)
	s.sum.Merge(o.sum)
	s.n += o.n
	return nil
}

func (s *intSumState) Result() (column.Value, error) {
	switch {
	case s.n == 0:
		return nil, nil
	case s.mean:
		return s.sum.Mean(s.n), nil
	}
	sum, err := s.sum.Int()
	if err != nil {
		return nil, err
	}
	return sum, nil
}

// FloatSum is an exact sum of doubles (Shewchuk's algorithm): it is rounded once, at the end, so that the result depends neither on
// the order of the rows nor on how they were split, and ten times 0.1 is 1. The zero value is an empty sum.
type FloatSum struct {
	partials []float64 // do not overlap; rising magnitude
	special  float64   // the sum of infinities and NaNs
	infinite bool      // special counts
	overflow bool      // a finite sum left the range of doubles
}

// Add adds a number.
func (s *FloatSum) Add(x float64) {
	if math.IsInf(x, 0) || math.IsNaN(x) {
		s.special += x
		s.infinite = true
		return
	}
	kept := 0
	for _, y := range s.partials {
		if math.Abs(x) < math.Abs(y) {
			x, y = y, x
		}
		hi := x + y
		lo := y - (hi - x)
		if lo != 0 {
			s.partials[kept] = lo
			kept++
		}
		x = hi
	}
	if math.IsInf(x, 0) {
		s.overflow = true
		return
	}
	s.partials = append(s.partials[:kept], x)
}

// Merge adds another sum.
func (s *FloatSum) Merge(o *FloatSum) {
	for _, x := range o.partials {
		s.Add(x)
	}
	s.special += o.special
	s.infinite = s.infinite || o.infinite
	s.overflow = s.overflow || o.overflow
}

// Float is the sum, rounded to the nearest double, or an error when finite numbers have an infinite sum.
func (s *FloatSum) Float() (float64, error) {
	switch {
	case s.infinite:
		return s.special, nil
	case s.overflow:
		return 0, errOverflow()
	}
	return roundPartials(s.partials), nil
}

// roundPartials adds the partials from the greatest down. The last step corrects a tie that was rounded to even though what
// is left breaks it.
func roundPartials(partials []float64) float64 {
	n := len(partials) - 1
	if n < 0 {
		return 0
	}
	hi, lo := partials[n], 0.0
	for n > 0 && lo == 0 {
		n--
		x, y := hi, partials[n]
		hi = x + y
		lo = y - (hi - x)
	}
	if n > 0 && (lo < 0 && partials[n-1] < 0 || lo > 0 && partials[n-1] > 0) {
		y := lo * 2
		if x := hi + y; y == x-hi {
			hi = x
		}
	}
	return hi
}

// floatSumState is sum and avg of DECIMAL.
type floatSumState struct {
	mean bool
	n    int64
	sum  FloatSum
}

var _ State = (*floatSumState)(nil)

func (s *floatSumState) Add(args []column.Value) error {
	s.sum.Add(args[0].(float64))
	s.n++
	return nil
}

func (s *floatSumState) Merge(other State) error {
	o := other.(*floatSumState)
	s.sum.Merge(&o.sum)
	s.n += o.n
	return nil
}

func (s *floatSumState) Result() (column.Value, error) {
	if s.n == 0 {
		return nil, nil
	}
	sum, err := s.sum.Float()
	if err != nil {
		return nil, err
	}
	if s.mean {
		sum /= float64(s.n)
	}
	return sum, nil
}
