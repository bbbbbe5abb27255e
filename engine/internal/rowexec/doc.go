// Package rowexec runs plan trees a row at a time. It is written to be plainly right: it is the oracle that the vectorised executor
// is compared with, and what runs every node that one declines. It knows every node and every expression of the plan package.
//
// Rows stream from node to node as iterators. A row that was yielded is never changed again, so a receiver may keep it. Operators that
// hold rows charge them to the statement's budget. Rows keep the order of their input wherever SQL leaves the order open: a join
// gives left rows in order, groups come in the order in which they are first seen.
package rowexec
