package funcs

import (
	"math"

	"github.com/credsql/credsql/engine/column"
)

// statisticFunctions are the aggregates of statistics. They work on exact sums, so the order of the rows does not matter and equal
// values have a variance of exactly zero.
func statisticFunctions() []*Function {
	s := section{"Statistics"}
	one := func(name, doc, want string, final func(m *moments) (float64, bool)) *Function {
		return s.entry(Aggregate, "PostgreSQL", name, doc,
			shows("SELECT "+name+"(x) FROM (VALUES (2), (4), (4), (4), (5), (5), (7), (9)) AS t(x)", want),
			[]*Overload{momentsOverload("n", final)})
	}
	pair := func(name, doc, want string, final func(m *moments) (float64, bool)) *Function {
		return s.entry(Aggregate, "PostgreSQL", name, doc,
			shows("SELECT "+name+"(y, x) FROM (VALUES (1, 1), (3, 2), (5, 3)) AS t(y, x)", want),
			[]*Overload{momentsOverload("y, x", final)})
	}
	return []*Function{
		one("stddev", "The sample standard deviation; NULL of fewer than two values. Another name of stddev_samp.", "2.138089935299395", root(varSamp)),
		one("stddev_samp", "The sample standard deviation; NULL of fewer than two values.", "2.138089935299395", root(varSamp)),
		one("stddev_pop", "The standard deviation of the whole population.", "2", root(varPop)),
		one("variance", "The sample variance; NULL of fewer than two values. Another name of var_samp.", "4.571428571428571", varSamp),
		one("var_samp", "The sample variance; NULL of fewer than two values.", "4.571428571428571", varSamp),
		one("var_pop", "The variance of the whole population.", "4", varPop),
		pair("corr", "The correlation coefficient of the pairs without a NULL.", "1", corr),
		pair("covar_pop", "The covariance of the whole population.", "1.3333333333333333", func(m *moments) (float64, bool) { return m.xy.divided(m.n, m.n), m.n > 0 }),
		pair("covar_samp", "The sample covariance; NULL of fewer than two pairs.", "2", func(m *moments) (float64, bool) { return m.xy.divided(m.n, m.n-1), m.n > 1 }),
		pair("regr_slope", "The slope of the least-squares line through the pairs.", "2", func(m *moments) (float64, bool) { return m.slope() }),
		pair("regr_intercept", "Where the least-squares line through the pairs meets the y axis.", "-1", intercept),
		pair("regr_r2", "The square of the correlation coefficient.", "1", determination),
		s.entry(Aggregate, "PostgreSQL", "regr_count", "How many pairs have no NULL.",
			shows("SELECT regr_count(y, x) FROM (VALUES (1, 1), (3, NULL), (5, 3)) AS t(y, x)", "2"),
			[]*Overload{aggregate(safe(overload("y, x", column.Int64, column.Float64, column.Float64)), func([]column.Type) State { return new(countState) })}),
	}
}

func momentsOverload(names string, final func(m *moments) (float64, bool)) *Overload {
	o := overload(names, column.Float64, column.Float64, column.Float64)
	if names == "n" {
		o = overload(names, column.Float64, column.Float64)
	}
	return aggregate(o, func([]column.Type) State { return &momentsState{final: final, pair: len(o.Params) == 2} })
}

// momentsState collects the sums that the statistics of one or two columns need. Of one column only y is used.
type momentsState struct {
	final      func(m *moments) (float64, bool)
	pair       bool
	n          int64
	x, y       FloatSum
	xx, yy, xy FloatSum
}

var _ State = (*momentsState)(nil)

func (s *momentsState) Add(args []column.Value) error {
	y := args[0].(float64)
	s.n++
	s.y.Add(y)
	s.yy.addProduct(y, y)
	if s.pair {
		x := args[1].(float64)
		s.x.Add(x)
		s.xx.addProduct(x, x)
		s.xy.addProduct(x, y)
	}
	return nil
}

func (s *momentsState) Merge(other State) error {
	o := other.(*momentsState)
	s.n += o.n
	s.x.Merge(&o.x)
	s.y.Merge(&o.y)
	s.xx.Merge(&o.xx)
	s.yy.Merge(&o.yy)
	s.xy.Merge(&o.xy)
	return nil
}

func (s *momentsState) Result() (column.Value, error) {
	if s.n == 0 {
		return nil, nil
	}
	for _, sum := range []*FloatSum{&s.x, &s.y, &s.xx, &s.yy, &s.xy} {
		if sum.overflow {
			return nil, errOverflow()
		}
	}
	m := &moments{n: s.n, meanX: s.x.mean(s.n), meanY: s.y.mean(s.n)}
	m.yy = deviation(s.n, &s.yy, &s.y, &s.y)
	if s.pair {
		m.xx, m.xy = deviation(s.n, &s.xx, &s.x, &s.x), deviation(s.n, &s.xy, &s.x, &s.y)
	}
	r, ok := s.final(m)
	if !ok {
		return nil, nil
	}
	return r, nil
}

// moments is what the statistics are computed from: means, and sums of products of deviations from them.
type moments struct {
	n            int64
	meanX, meanY float64
	xx, yy, xy   deviations
}

func varPop(m *moments) (float64, bool)  { return m.yy.divided(m.n, m.n), true }
func varSamp(m *moments) (float64, bool) { return m.yy.divided(m.n, m.n-1), m.n > 1 }

func root(f func(*moments) (float64, bool)) func(*moments) (float64, bool) {
	return func(m *moments) (float64, bool) {
		v, ok := f(m)
		return math.Sqrt(v), ok
	}
}

// corr is NULL where a column has no variance.
func corr(m *moments) (float64, bool) {
	x, y := m.xx.divided(m.n, 1), m.yy.divided(m.n, 1)
	if x == 0 || y == 0 {
		return 0, false
	}
	return max(-1, min(1, m.xy.divided(m.n, 1)/math.Sqrt(x*y))), true
}

func (m *moments) slope() (float64, bool) {
	x := m.xx.divided(m.n, 1)
	if x == 0 {
		return 0, false
	}
	return m.xy.divided(m.n, 1) / x, true
}

func intercept(m *moments) (float64, bool) {
	slope, ok := m.slope()
	return m.meanY - slope*m.meanX, ok
}

// determination is 1 for a level line, and NULL for an upright one.
func determination(m *moments) (float64, bool) {
	x, y := m.xx.divided(m.n, 1), m.yy.divided(m.n, 1)
	switch {
	case x == 0:
		return 0, false
	case y == 0:
		return 1, true
	}
	xy := m.xy.divided(m.n, 1)
	return xy * xy / (x * y), true
}
