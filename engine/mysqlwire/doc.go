// Package mysqlwire serves the MySQL client protocol: listener, TLS, login, sessions, prepared statements, result sets, limits.
// It knows nothing of SQL: a Backend answers statements, and the engine's is made by FromEngine.
//
// Numbers, names, type codes and password checks of the protocol come from github.com/go-mysql-org/go-mysql, which no other
// package imports. That library's server.Conn is not used: its greeting has no place for NO_BACKSLASH_ESCAPES, its nonces come
// from math/rand, it must hold every password as text, allocates what a packet's header claims before anybody has logged in,
// keeps 80 KiB for each idle connection, and takes rows as boxed values. The wrapping that all this needs would be larger than
// what was left of it.
//
// The order of a connection's life is the order of the files: admission.go, greeting.go, login.go, conn.go, commands.go,
// query.go or statement.go, resultset.go. Each connection has one goroutine, and one more while a slow statement runs, which
// watches for the client to go away.
package mysqlwire
