// Package funcs is the one registry of functions, operators, casts, aggregates and window functions: signature, doc, example,
// scalar code, and a kernel over vectors where a function is hot. It resolves a call by its arguments' types as PostgreSQL
// does. It knows no plan and no syntax tree.
package funcs
