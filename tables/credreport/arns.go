package credreport

import "github.com/credsql/credsql/engine/column"

// ARNs is a text column that is not held: each ARN is its prefix (partition, account and path, coded) and the user's name,
// which the user column holds anyway. It saves some 60 bytes a row.
type ARNs struct {
	codes    []uint32 // of the prefix; with wholeARN, of the whole ARN
	prefixes *column.Dict
	users    *column.Arena
}

var _ column.Strings = (*ARNs)(nil)

// wholeARN marks a code that stands for an ARN that does not end in the user's name, as root's never does.
const wholeARN = 1 << 31

// Len is the number of rows.
func (a *ARNs) Len() int { return len(a.codes) }

// At is row i's ARN, put together anew.
func (a *ARNs) At(i int) string {
	prefix := a.prefixes.At(a.codes[i] &^ wholeARN)
	if a.codes[i]&wholeARN != 0 {
		return prefix
	}
	return prefix + a.users.At(i)
}

// AppendText appends row i's ARN to dst, without making a string of it.
func (a *ARNs) AppendText(dst []byte, i int) []byte {
	dst = append(dst, a.prefixes.At(a.codes[i]&^wholeARN)...)
	if a.codes[i]&wholeARN != 0 {
		return dst
	}
	return append(dst, a.users.At(i)...)
}
