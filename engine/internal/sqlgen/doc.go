// Package sqlgen makes random queries for tests: every query is of the grammar that credsql accepts, over given tables, calls the functions of
// the registry, and has one answer whatever the order of evaluation, so that two executors, or credsql and PostgreSQL, can be compared.
// A query follows from its choices alone: a seed gives the same query for ever, and choices can be left out to make a
// failing query smaller. It imports no executor.
package sqlgen
