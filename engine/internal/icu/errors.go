package icu

import (
	"errors"
	"fmt"
	"unicode/utf8"
)

// ErrTooManySteps is given for a text on which a pattern that needs backtracking tried too many ways.
var ErrTooManySteps = errors.New("the regular expression needs too many steps on this text")

// ErrTooLarge is given for a pattern whose program would be too large.
var ErrTooLarge = errors.New("the regular expression is too large")

// SyntaxError says what is wrong with a pattern or a replacement, and where.
type SyntaxError struct {
	Message string
	Offset  int // in characters from the start
}

// Error is the message and the place, counted from 1.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%s (at character %d)", e.Message, e.Offset+1)
}

func syntaxError(src string, at int, format string, args ...any) *SyntaxError {
	return &SyntaxError{Message: fmt.Sprintf(format, args...), Offset: utf8.RuneCountInString(src[:min(at, len(src))])}
}
