package awsiam

import (
	"regexp"
	"sync"
)

// pattern is a regular expression that is compiled when it is first needed: those with counted repetitions take a millisecond, and most
// commands match none.
func pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
