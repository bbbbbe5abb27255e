// Package table shows our tables to go-mysql-server: their names, columns, types, comments and row counts, for SHOW, DESCRIBE and
// information_schema. Queries over their rows never come this way: plan binds them and exec runs them over columns.
package table
