// Package bind gives a query its meaning: it binds a syntax tree to tables and to the function registry, decides every type, and checks what
// PostgreSQL checks (scopes, grouping, aggregates, windows). What comes out is a plan in the order in which the query was written; making it
// cheap is optimize's. It reads no data and imports no grammar.
package bind
