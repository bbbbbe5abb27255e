// Package syntax is the tree of a query: what was written, nothing of what it means. Two grammars build it (ddsql from
// PostgreSQL's, mysqlfront from MySQL's) and plan alone reads it, so that a query has one meaning whatever its spelling.
// Every node keeps where it stands in the statement's text as a byte offset; -1 when it was not written there.
package syntax
