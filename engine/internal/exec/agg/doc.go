// Package agg groups rows by their keys and accumulates aggregates over columns. One worker owns one set of groups; sets are
// merged at the end. Aggregates without code of their own here are computed by the registry's states, in row order.
package agg
