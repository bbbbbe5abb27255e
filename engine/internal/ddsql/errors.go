package ddsql

// codeInvalidEncoding is character_not_in_repertoire.
const codeInvalidEncoding = "22021"

// quoted puts a text in double quotes as PostgreSQL's messages do, without escapes.
func quoted(s string) string { return `"` + s + `"` }
