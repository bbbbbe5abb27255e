// Package window computes window functions over rows that are held in memory. It is the one implementation of the project: the
// row executor and the vectorised one both evaluate the expressions of a call their own way, say how the rows are arranged, and
// call Compute. Results stay in input order. It evaluates no expression and reads no table.
//
// The rules are PostgreSQL's (documentation 15: 4.2.8 Window Function Calls, 9.22 Window Functions): the default frame is RANGE from
// the start of the partition to the last peer of the current row; row_number, rank, dense_rank, percent_rank, cume_dist, ntile, lag
// and lead look at the partition, whatever the frame is.
package window
