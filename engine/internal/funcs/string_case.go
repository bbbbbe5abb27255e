package funcs

import (
	"strings"
	"unicode/utf8"

	"github.com/credsql/credsql/engine/column"
)

// caseOverload is lower or upper. Its kernel writes all rows into one block.
func caseOverload(whole func(string) string, appendCase func(dst []byte, text string) []byte) *Overload {
	o := pure1("text", whole)
	coded := o.Vec
	o.Vec = func(c *Ctx, args []*column.Vector, n int) (*column.Vector, error) {
		if codedArg(args, n) >= 0 {
			return coded(c, args, n)
		}
		return printRows(args, n, func(dst []byte, i int) ([]byte, error) { return appendCase(dst, args[0].Text(i)), nil })
	}
	return o
}

// appendLower appends a text in lower case, without a detour for ASCII.
func appendLower(dst []byte, text string) []byte {
	return appendMapped(dst, text, 'A', 'Z', strings.ToLower)
}

func appendUpper(dst []byte, text string) []byte {
	return appendMapped(dst, text, 'a', 'z', strings.ToUpper)
}

// appendMapped flips the case of the ASCII letters from first to last; a text with other characters goes to whole.
func appendMapped(dst []byte, text string, first, last byte, whole func(string) string) []byte {
	start := len(dst)
	dst = append(dst, text...)
	for i := start; i < len(dst); i++ {
		c := dst[i]
		if c >= utf8.RuneSelf {
			return append(dst[:start], whole(text)...)
		}
		if c-first <= last-first {
			dst[i] = c ^ 0x20
		}
	}
	return dst
}
