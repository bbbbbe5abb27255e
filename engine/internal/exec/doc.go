// Package exec runs plans over columns, in parallel. A scan hands out chunks to workers in order; filters and projections work on
// a chunk where it is; aggregates, sorts and joins keep a state a worker and merge. Results come in one order however many
// workers there are, and so does the error of a statement that has several.
//
// It knows values, expressions and plans; it reads tables only through tables.Snapshot and parses nothing.
package exec
