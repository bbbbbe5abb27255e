package funcs

import (
	"github.com/credsql/credsql/engine/column"
	"github.com/credsql/credsql/engine/internal/sqltype"
)

// aggregate makes an overload of an aggregate; start makes the state of one group.
func aggregate(o *Overload, start func(args []column.Type) State) *Overload {
	o.State = func(_ *Ctx, args []column.Type, _ []column.Value) (State, error) { return start(args), nil }
	return o
}

func aggregateFunctions() []*Function {
	s := section{"Aggregate"}
	agg := func(source, name, doc string, examples []Example, overloads ...*Overload) *Function {
		return s.entry(Aggregate, source, name, doc, examples, overloads)
	}
	rows := func(list string) string { return " FROM (VALUES " + list + ") AS t(x)" }
	return []*Function{
		agg("DDSQL", "count", "How many rows there are, count(*), or in how many the argument is not NULL.",
			shows("SELECT count(*)"+rows("(1), (NULL)"), "2", "SELECT count(x)"+rows("(1), (NULL)"), "1"), countOverloads()...),
		agg("DDSQL", "sum", "The sum of the values that are not NULL; NULL without any. It is of their type, BIGINT, DECIMAL or INTERVAL; one that does not fit is an error.",
			shows("SELECT sum(x)"+rows("(1), (2), (NULL)"), "3", "SELECT sum(x)"+rows("(0.5), (0.25)"), "0.75"), sumOverloads()...),
		agg("DDSQL", "avg", "The mean of the values that are not NULL, as DECIMAL, or INTERVAL of intervals; NULL without any.",
			shows("SELECT avg(x)"+rows("(1), (2)"), "1.5"), averageOverloads()...),
		agg("DDSQL", "min", "The least value that is not NULL; NULL without any.",
			shows("SELECT min(x)"+rows("('b'), ('a')"), "a"), extremeOverloads(func(order int) bool { return order < 0 })...),
		agg("DDSQL", "max", "The greatest value that is not NULL; NULL without any.",
			shows("SELECT max(x)"+rows("('b'), ('a')"), "b"), extremeOverloads(func(order int) bool { return order > 0 })...),
		agg("DDSQL", "bool_and", "Whether all values that are not NULL are true; NULL without any.",
			shows("SELECT bool_and(x)"+rows("(true), (false)"), "false"), boolOverload(false)),
		agg("DDSQL", "bool_or", "Whether one of the values is true; NULL if all are NULL.",
			shows("SELECT bool_or(x)"+rows("(true), (false)"), "true"), boolOverload(true)),
		agg("PostgreSQL", "every", "Whether all values that are not NULL are true; another name of bool_and.",
			shows("SELECT every(x)"+rows("(true), (NULL)"), "true"), boolOverload(false)),
		agg("PostgreSQL", "bit_and", "The bits that all values have.", shows("SELECT bit_and(x)"+rows("(6), (3)"), "2"),
			bitOverload(func(a, b int64) int64 { return a & b })),
		agg("PostgreSQL", "bit_or", "The bits that one of the values has.", shows("SELECT bit_or(x)"+rows("(6), (3)"), "7"),
			bitOverload(func(a, b int64) int64 { return a | b })),
		agg("DDSQL", "array_agg", "All values as an array, NULLs included, in the order of ORDER BY inside the call; NULL without rows.",
			shows("SELECT array_agg(x ORDER BY x DESC)"+rows("(1), (2)"), "{2,1}"), arrayAggOverload()),
		agg("PostgreSQL", "string_agg", "The texts that are not NULL, with a delimiter between them, in the order of ORDER BY inside the call.",
			shows("SELECT string_agg(x, ', ' ORDER BY x)"+rows("('b'), ('a'), (NULL)"), "a, b"), stringAggOverload()),
	}
}

func countOverloads() []*Overload {
	all := safe(overload("", column.Int64))
	some := safe(overload("value", column.Int64, column.Unknown))
	some.Params[0].Any = Any
	start := func([]column.Type) State { return new(countState) }
	return []*Overload{aggregate(some, start), aggregate(all, start)}
}

// countState counts the rows that it is fed.
type countState struct{ n int64 }

var _ State = (*countState)(nil)

func (s *countState) Add([]column.Value) error { s.n++; return nil }

func (s *countState) Merge(other State) error { s.n += other.(*countState).n; return nil }

func (s *countState) Result() (column.Value, error) { return s.n, nil }

// foldState combines values pairwise; it is NULL without any.
type foldState[A native] struct {
	fold func(a, b A) A
	acc  A
	some bool
}

func (s *foldState[A]) Add(args []column.Value) error {
	s.take(args[0].(A))
	return nil
}

func (s *foldState[A]) take(x A) {
	if s.some {
		x = s.fold(s.acc, x)
	}
	s.acc, s.some = x, true
}

func (s *foldState[A]) Merge(other State) error {
	if o := other.(*foldState[A]); o.some {
		s.take(o.acc)
	}
	return nil
}

func (s *foldState[A]) Result() (column.Value, error) {
	if !s.some {
		return nil, nil
	}
	return s.acc, nil
}

func folding[A native](name string, fold func(a, b A) A) *Overload {
	t := typeOf[A]()
	return aggregate(safe(overload(name, t, t)), func([]column.Type) State { return &foldState[A]{fold: fold} })
}

func boolOverload(or bool) *Overload {
	return folding("condition", func(a, b bool) bool { return (a && b) || or && (a || b) })
}

func bitOverload(f func(a, b int64) int64) *Overload { return folding("n", f) }

func extremeOverloads(better func(order int) bool) []*Overload {
	var out []*Overload
	for _, t := range []column.Type{column.Int64, column.Float64, column.Text, column.TimestampT, column.InetT} {
		out = append(out, extremeOverload(safe(overload("value", t, t)), better))
	}
	// Intervals that are equal may differ, as 1 month and 30 days do: PostgreSQL keeps the last.
	notWorse := func(order int) bool { return order == 0 || better(order) }
	span := safe(overload("value", column.IntervalT, column.IntervalT))
	list := safe(overload("value", column.Unknown, column.Unknown).poly(AnyList, AnyList))
	return append(out, extremeOverload(span, notWorse), extremeOverload(list, notWorse))
}

func extremeOverload(o *Overload, better func(order int) bool) *Overload {
	return aggregate(o, func([]column.Type) State { return &extremeState{better: better} })
}

// extremeState keeps the least or greatest value.
type extremeState struct {
	better func(order int) bool
	best   column.Value
}

var _ State = (*extremeState)(nil)

func (s *extremeState) Add(args []column.Value) error {
	s.take(args[0])
	return nil
}

func (s *extremeState) take(v column.Value) {
	if s.best == nil || s.better(sqltype.CompareValues(v, s.best)) {
		s.best = v
	}
}

func (s *extremeState) Merge(other State) error {
	if o := other.(*extremeState); o.best != nil {
		s.take(o.best)
	}
	return nil
}

func (s *extremeState) Result() (column.Value, error) { return s.best, nil }
