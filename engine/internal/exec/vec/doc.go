// Package vec moves, orders and hashes the rows of column vectors: gathering by index, putting rows of several chunks side by
// side, blending partial results, comparing and keying. It knows no expressions and no plans.
package vec
