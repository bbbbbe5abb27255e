package render

import (
	"strings"
	"unicode/utf8"
)

// guarded puts an apostrophe before a text that a spreadsheet would take for a formula (OWASP, "CSV Injection"). Spreadsheets may be set
// to part cells at other characters than the format does; what stands behind one of those is guarded as well.
func guarded(text func([]byte, string) []byte, parting string) func([]byte, string) []byte {
	return func(dst []byte, s string) []byte {
		if opensFormula(s) {
			s = "'" + s
		}
		for i := 0; parting != "" && i < len(s)-1; i++ {
			if strings.IndexByte(parting, s[i]) >= 0 && opensFormula(s[i+1:]) {
				s = s[:i+1] + "'" + s[i+1:]
			}
		}
		return text(dst, s)
	}
}

// opensFormula says whether a cell with this text would be a formula: = + - @, their wide forms, and white space, which is cut off.
func opensFormula(s string) bool {
	s = strings.TrimLeft(s, " ")
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && strings.ContainsRune("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20", r)
}

// appendGuardedCSV is appendCSV that also quotes what would part cells in a spreadsheet that is set to semicolons or tabs.
func appendGuardedCSV(dst []byte, s string) []byte {
	if strings.ContainsAny(s, ";\t") {
		return appendQuoted(dst, s)
	}
	return appendCSV(dst, s)
}
