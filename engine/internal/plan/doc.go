// Package plan gives a query its meaning: it binds a syntax tree to tables and to the function registry, decides every type,
// checks what PostgreSQL checks (scopes, grouping, aggregates, windows), and ends with a tree of operators that exec and rowexec
// run. It reads no data and imports no grammar.
package plan
