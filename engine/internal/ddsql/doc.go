// Package ddsql reads DDSQL, the PostgreSQL-flavoured dialect: it splits a text into statements and turns each into a
// syntax tree whose every node knows its place in the text. It knows nothing of tables, types or functions.
//
// The way of a statement: scan (scan*.go) makes tokens; rewrite (rewrite*.go) accepts what the DDSQL reference documents and
// PostgreSQL's grammar refuses, always over tokens and never over raw text; grammar.go hands the tokens to PostgreSQL's own
// grammar; convert*.go turns its tree into package syntax's.
//
// The grammar library records no positions and, in a few places, drops what it parsed. So the tokens that carry a value
// (names, constants, parameters) are sent to it as references into our own token table. A node finds its place, and its
// exact spelling, through the tokens it refers to, and a token that no node refers to is an error: nothing that was written
// is ever silently lost.
//
// This is the only package that imports the PostgreSQL grammar.
package ddsql
