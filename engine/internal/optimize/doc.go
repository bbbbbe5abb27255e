// Package optimize rewrites a plan into a cheaper one with the same answer, and the same errors for the same rows. It knows no data: what it
// decides follows from the tree alone.
package optimize
