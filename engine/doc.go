// Package engine answers DDSQL statements over a source of tables. It is what the command, the shell and the wire server share, and what
// an embedder imports:
//
//	e, err := engine.New(engine.Config{Source: source})
//	rows, err := e.NewSession().Query(ctx, "SELECT user FROM aws.iam_credential_report WHERE NOT mfa_active")
//
// A statement goes text, syntax tree, plan, operators, rows; the packages below engine/internal are these stages in that order.
// Everything is read-only: only queries, EXPLAIN, and SET and SHOW of the session's own settings are admitted.
package engine
