// Package mysqlfront reads statements in MySQL's grammar, as syntax only: a query becomes the same tree that ddsql makes, so
// that a backtick never changes an answer. MySQL's own spellings (IFNULL, DATE_FORMAT, INTERVAL 1 DAY, ->>'$.k') become the
// operators and functions that DDSQL has, or functions named mysql_… where it has none.
//
// What a client asks of a MySQL server, and not of the reports, is classified instead: SHOW, SET, USE, transactions, metadata
// queries. Those that go-mysql-server answers come with its tree. It is an allow-list: what is not known is refused.
//
// The lexer is our own, because the grammar library's reads backslashes, -- and // otherwise than the session may want. As in
// ddsql, tokens with a value are sent to the grammar by reference, so that nodes know their place in the text.
package mysqlfront
