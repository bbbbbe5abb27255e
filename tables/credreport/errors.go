package credreport

import (
	"errors"
	"fmt"
)

// What can be wrong with a file, for errors.Is on a *FormatError.
var (
	// ErrEmpty is a file with nothing in it.
	ErrEmpty = errors.New("empty report")
	// ErrNoRows is a file that ends after its header.
	ErrNoRows = errors.New("report without rows")
	// ErrNotReport is text that does not begin with a credential report's header.
	ErrNotReport = errors.New("not a credential report")
	// ErrBinary is a file that is not UTF-8 text.
	ErrBinary = errors.New("not text")
	// ErrRagged is a record whose number of fields is not the header's.
	ErrRagged = errors.New("wrong number of fields")
	// ErrTruncated is a file that ends inside a record.
	ErrTruncated = errors.New("truncated report")
	// ErrQuote is text after a closing quote.
	ErrQuote = errors.New("misplaced quote")
	// ErrARN is an ARN that is not that of an IAM user or an account's root user.
	ErrARN = errors.New("not an IAM ARN")
	// ErrAccounts is a file that mixes reports: a second header, two root users of one account, one account in two
	// partitions, or several accounts where one was expected.
	ErrAccounts = errors.New("mixed reports")
)

// FormatError is a file that is not a credential report from beginning to end. No row of such a file is used.
type FormatError struct {
	File    string
	Line    int    // counted from 1; 0 when the whole file is meant
	Account string // the account of the rows before, if they were all of one
	Message string // what was found and what was expected
	Kind    error  // one of the errors above
}

// Error names file, line and what was expected: "b.csv: line 7 has 21 fields, 22 expected".
func (e *FormatError) Error() string {
	if e.Line == 0 {
		return e.File + " " + e.Message
	}
	return fmt.Sprintf("%s: line %d %s", e.File, e.Line, e.Message)
}

// Unwrap gives the kind.
func (e *FormatError) Unwrap() error { return e.Kind }

// quote shows a piece of a file in a message, shortened.
func quote[T string | []byte](text T) string {
	const most = 60
	if len(text) > most {
		return fmt.Sprintf("%q…", text[:most])
	}
	return fmt.Sprintf("%q", text)
}
