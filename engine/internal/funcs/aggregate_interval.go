package funcs

import (
	"math"

	"github.com/credsql/credsql/engine/column"
)

// intervalSumState is sum and avg of INTERVAL. Months, days and microseconds are added each for itself.
type intervalSumState struct {
	mean                 bool
	n                    int64
	months, days, micros IntSum
}

var _ State = (*intervalSumState)(nil)

func intervalSum(mean bool) *Overload {
	return aggregate(overload("span", column.IntervalT, column.IntervalT), func([]column.Type) State { return &intervalSumState{mean: mean} })
}

func (s *intervalSumState) Add(args []column.Value) error {
	x := args[0].(column.Interval)
	s.months.Add(int64(x.Months))
	s.days.Add(int64(x.Days))
	s.micros.Add(x.Micros)
	s.n++
	return nil
}

func (s *intervalSumState) Merge(other State) error {
	o := other.(*intervalSumState)
	s.months.Merge(o.months)
	s.days.Merge(o.days)
	s.micros.Merge(o.micros)
	s.n += o.n
	return nil
}

func (s *intervalSumState) Result() (column.Value, error) {
	if s.n == 0 {
		return nil, nil
	}
	sum, err := s.sum()
	if err == nil && s.mean {
		sum, err = divideInterval(sum, float64(s.n))
	}
	if err != nil {
		return nil, err
	}
	return sum, nil
}

func (s *intervalSumState) sum() (column.Interval, error) {
	months, monthsErr := s.months.Int()
	days, daysErr := s.days.Int()
	micros, microsErr := s.micros.Int()
	if monthsErr != nil || daysErr != nil || microsErr != nil || months != int64(int32(months)) || days != int64(int32(days)) {
		return column.Interval{}, errIntervalRange()
	}
	return column.Interval{Months: int32(months), Days: int32(days), Micros: micros}, nil
}

// intervalBetween is what percentile_cont gives between two neighbours: the lower one and a part of their difference.
func intervalBetween(lo, hi column.Interval, part float64) (column.Interval, error) {
	low, err := negateInterval(lo)
	if err != nil {
		return column.Interval{}, err
	}
	diff, err := sumIntervals(hi, low)
	if err != nil {
		return column.Interval{}, err
	}
	step, err := scaleInterval(diff, part)
	if err != nil {
		return column.Interval{}, err
	}
	return sumIntervals(lo, step)
}

// place is a part's place among n sorted values: the neighbours and how far it lies between them.
func place(n int, part float64) (lo, hi int, between float64) {
	at := part * float64(n-1)
	lo, hi = int(math.Floor(at)), int(math.Ceil(at))
	return lo, hi, at - float64(lo)
}
