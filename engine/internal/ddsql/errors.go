package ddsql

// quoted puts a text in double quotes as PostgreSQL's messages do, without escapes.
func quoted(s string) string { return `"` + s + `"` }
