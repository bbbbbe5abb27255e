// Package wirebench measures what MySQL clients get from the wire server, and from go-mysql-server's own over the same rows in the same
// run, because only the relation of the two means something on a machine that others use as well. It holds benchmarks and nothing else;
// it is here because only rooms below engine may import go-mysql-server.
//
//	go test -run '^$' -bench . ./engine/internal/wirebench
package wirebench
