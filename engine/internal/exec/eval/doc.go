// Package eval compiles the expressions of a plan once a statement and evaluates them over frames: batches whose columns are
// gathered only when they are read. Conditions become bitmaps in three-valued logic; what can fail is evaluated only for the
// rows that reach it. It runs no plans: subqueries are answered by whoever compiles.
package eval
