// Package regex stands in for github.com/dolthub/go-icu-regex, by a replace line in go.mod. The real one compiles ICU to
// machine code in a package variable: 0.29 s at every process start. credsql never reaches it, because each regular expression
// function is its own; whatever gets here all the same is told so by an error.
package regex

import (
	"context"
	"errors"
)

// ErrUnavailable is what every operation answers.
var ErrUnavailable = errors.New("regular expressions of the storage engine are not available; use regexp_like of DDSQL")

// Regex has the shape that go-mysql-server calls.
type Regex interface {
	SetRegexString(ctx context.Context, regexStr string, flags RegexFlags) error
	SetMatchString(ctx context.Context, matchStr string) error
	IndexOf(ctx context.Context, start int, occurrence int, endIndex bool) (int, error)
	Matches(ctx context.Context, start int, occurrence int) (bool, error)
	Replace(ctx context.Context, replacementStr string, position int, occurrence int) (string, error)
	Substring(ctx context.Context, start int, occurrence int) (string, bool, error)
	Close() error
}

// RegexFlags are ICU's.
type RegexFlags uint32

// ICU's values.
const (
	RegexFlags_None             RegexFlags = 0
	RegexFlags_Unix_Lines       RegexFlags = 1
	RegexFlags_Case_Insensitive RegexFlags = 2
	RegexFlags_Comments         RegexFlags = 4
	RegexFlags_Multiline        RegexFlags = 8
	RegexFlags_Dot_All          RegexFlags = 32
)

// SetRegexLeakHandler has nothing to watch.
func SetRegexLeakHandler(func()) {}

// CreateRegex gives a Regex whose every method fails.
func CreateRegex(uint32) Regex { return unavailable{} }

type unavailable struct{}

func (unavailable) SetRegexString(context.Context, string, RegexFlags) error { return ErrUnavailable }
func (unavailable) SetMatchString(context.Context, string) error             { return ErrUnavailable }
func (unavailable) IndexOf(context.Context, int, int, bool) (int, error)     { return 0, ErrUnavailable }
func (unavailable) Matches(context.Context, int, int) (bool, error)          { return false, ErrUnavailable }
func (unavailable) Replace(context.Context, string, int, int) (string, error) {
	return "", ErrUnavailable
}
func (unavailable) Substring(context.Context, int, int) (string, bool, error) {
	return "", false, ErrUnavailable
}
func (unavailable) Close() error { return nil }
