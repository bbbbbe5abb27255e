// Package sqlerr is the one error that users see: what was wrong, its SQLSTATE and MySQL number, where in the statement,
// and what to do next. Everything between the grammar and the terminal or the wire speaks it; it imports nothing of ours.
package sqlerr

import "errors"

// Error is a failed statement, as PostgreSQL would report it.
type Error struct {
	Code    string // SQLSTATE, five characters
	Message string // PostgreSQL's wording where PostgreSQL has one; no trailing period
	Detail  string // more facts, optional
	Hint    string // what to do next, optional
	Pos     int    // byte offset into the statement's text plus one; 0 when the place is not known
	Cause   error  // what lies below, for errors.Is; never shown
}

// Error is the message with its hint left out, so that it fits a log line.
func (e *Error) Error() string { return e.Message }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// At sets the place, given as a byte offset, unless one is set already: the innermost place is the best.
func (e *Error) At(offset int) *Error {
	if e.Pos == 0 && offset >= 0 {
		e.Pos = offset + 1
	}
	return e
}

// WithHint sets the hint.
func (e *Error) WithHint(hint string) *Error {
	e.Hint = hint
	return e
}

// WithDetail sets the detail.
func (e *Error) WithDetail(detail string) *Error {
	e.Detail = detail
	return e
}

// Wrap remembers the cause.
func (e *Error) Wrap(cause error) *Error {
	e.Cause = cause
	return e
}

// As finds an *Error in the chain of err.
func As(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}
