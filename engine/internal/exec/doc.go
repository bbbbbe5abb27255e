// Package exec runs plans over columns, in parallel. It knows values, expressions and plans; it reads tables only through
// tables.Snapshot and parses nothing.
//
// Rows are pushed. A scan hands out a table's chunks, in order, as morsels to the workers (morsel.go); a worker takes its chunk
// through filters and projections as an eval.Frame, whose columns are gathered or computed only when they are read, to a consumer
// (consumer.go). Consumers that need all rows (aggregates, sorts, joins, windows) keep a state a worker and merge the states in
// the end; what they give out is morsels again. Results come in one order however many workers there are: that of the row executor,
// package rowexec. So does the error of a statement that has several: that of the first row, and rows before it go on, so that a
// LIMIT may end the statement before it (first_error.go).
//
// What has no operator here (see Declined) runs by rows, over inputs that are asked for here again (byrows.go); answers must be the
// same either way, which agree_test.go and random_test.go hold.
//
// Below are vec (moving, ordering and hashing the rows of vectors), eval (compiled expressions, and the kernels that are faster
// than the registry's) and agg (groups and accumulators). To add an operator, compile it in build.go and take it out of Declined;
// to add a kernel, recognise the function in eval's ownKernel; to add an aggregate's own code, in agg's nativeOf.
package exec
