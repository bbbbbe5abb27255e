package funcs

import "github.com/credsql/credsql/engine/column"

// windowFunctions are the functions that need OVER. Only their signatures are here; the window operator computes them by name.
func windowFunctions() []*Function {
	s := section{"Window"}
	window := func(source, name, doc string, examples []Example, overloads ...*Overload) *Function {
		return s.entry(WindowOnly, source, name, doc, examples, overloads)
	}
	value := func(extra ...Param) *Overload {
		o := overload("value", column.Unknown, column.Unknown).poly(AnyElem, AnyElem)
		o.Params = append(o.Params, extra...)
		return o
	}
	number := func(t column.Type) *Overload { return safe(overload("", t)) }
	numbers := " FROM (VALUES (10), (20), (20)) AS t(x) ORDER BY x DESC LIMIT 1"
	last := " FROM (VALUES (1), (2), (3)) AS t(x) ORDER BY x DESC LIMIT 1"
	offset := []Param{
		{Name: "offset", Type: column.Int64, Optional: true},
		{Name: "default", Any: AnyElem, Optional: true},
	}
	return []*Function{
		window("DDSQL", "row_number", "The row's number in its partition, from 1.",
			shows("SELECT row_number() OVER (ORDER BY x)"+last, "3"), number(column.Int64)),
		window("DDSQL", "rank", "The row's rank: rows that are equal in ORDER BY share one, and the next ranks are left out.",
			shows("SELECT rank() OVER (ORDER BY x)"+numbers, "2"), number(column.Int64)),
		window("PostgreSQL", "dense_rank", "The row's rank without gaps after equal rows.",
			shows("SELECT dense_rank() OVER (ORDER BY x)"+numbers, "2"), number(column.Int64)),
		window("PostgreSQL", "percent_rank", "The rank as a part of the partition, from 0 to 1: (rank - 1) / (rows - 1).",
			shows("SELECT percent_rank() OVER (ORDER BY x)"+last, "1"), number(column.Float64)),
		window("PostgreSQL", "cume_dist", "The part of the partition's rows that come before the row or equal it, up to 1.",
			shows("SELECT cume_dist() OVER (ORDER BY x)"+last, "1"), number(column.Float64)),
		window("PostgreSQL", "ntile", "The number, from 1, of the row's bucket when the partition is split into as equal buckets as possible.",
			shows("SELECT ntile(2) OVER (ORDER BY x)"+last, "2"), overload("buckets", column.Int64, column.Int64)),
		window("DDSQL", "lag", "The value in an earlier row of the partition, one before or as many as given; beyond the start NULL, or the default.",
			shows("SELECT lag(x) OVER (ORDER BY x)"+last, "2", "SELECT lag(x, 5, 0) OVER (ORDER BY x)"+last, "0"), value(offset...)),
		window("DDSQL", "lead", "The value in a later row of the partition, one after or as many as given; beyond the end NULL, or the default.",
			shows("SELECT lead(x, 1, 99) OVER (ORDER BY x)"+last, "99"), value(offset...)),
		window("DDSQL", "first_value", "The value in the first row of the frame.",
			shows("SELECT first_value(x) OVER (ORDER BY x)"+last, "1"), value()),
		window("DDSQL", "last_value", "The value in the last row of the frame, which by default ends at the current row and its equals.",
			shows("SELECT last_value(x) OVER (ORDER BY x)"+last, "3"), value()),
		window("DDSQL", "nth_value", "The value in the n-th row of the frame, counted from 1; NULL when it has fewer.",
			shows("SELECT nth_value(x, 2) OVER (ORDER BY x)"+last, "2"), value(Param{Name: "n", Type: column.Int64})),
	}
}
