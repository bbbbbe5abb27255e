// Package plan is the tree that says what a query's answer is: operators over typed expressions, with what walks, copies, prints and compares
// them. bind makes it, optimize rewrites it, exec and rowexec run it. It decides nothing and reads no data.
package plan
