package render

import "unicode/utf8"

// Safe is s fit for a terminal: control characters, invalid bytes and the marks that reorder or hide text are shown as
// escapes (\n, \x1b, \u202e). Everything that comes from data goes through it: values, names, error texts, progress lines.
func Safe(s string) string {
	if isPlain(s) {
		return s
	}
	return string(appendSafe(make([]byte, 0, len(s)+16), s))
}

// SafeLines is Safe that leaves line feeds and tabs as they are, for texts of several lines.
func SafeLines(s string) string {
	dst := make([]byte, 0, len(s)+16)
	from := 0
	for i := 0; i < len(s); i++ {
		if s[i] == '\n' || s[i] == '\t' {
			dst = append(appendSafe(dst, s[from:i]), s[i])
			from = i + 1
		}
	}
	return string(appendSafe(dst, s[from:]))
}

// isPlain says whether s is printable ASCII, the common case.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// appendSafe appends s as Safe gives it.
func appendSafe(dst []byte, s string) []byte {
	if isPlain(s) {
		return append(dst, s...)
	}
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			dst = appendHexByte(dst, s[i])
		case isUnsafe(r):
			dst = appendEscape(dst, r)
		default:
			dst = append(dst, s[i:i+n]...)
		}
		i += n
	}
	return dst
}

// isUnsafe says whether a character must not reach a terminal or a page: the C0 and C1 controls, line separators, and the
// marks that reorder or hide text (bidirectional controls, byte order mark, soft hyphen, tag characters). The zero width
// joiner stays: emoji need it.
func isUnsafe(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7f && r <= 0x9f, r == 0xad, r == 0x61c, r == 0x180e:
		return true
	case r == 0x200b, r == 0x200e, r == 0x200f, r >= 0x2028 && r <= 0x202e:
		return true
	case r >= 0x2060 && r <= 0x206f, r == 0xfeff, r >= 0xfff9 && r <= 0xfffb:
		return true
	default:
		return r >= 0xe0000 && r <= 0xe0fff
	}
}

func appendEscape(dst []byte, r rune) []byte {
	switch {
	case r == '\n':
		return append(dst, `\n`...)
	case r == '\r':
		return append(dst, `\r`...)
	case r == '\t':
		return append(dst, `\t`...)
	case r < 0x80:
		return appendHexByte(dst, byte(r))
	case r <= 0xffff:
		return appendHex(append(dst, `\u`...), r, 4)
	default:
		return appendHex(append(dst, `\U`...), r, 8)
	}
}

func appendHexByte(dst []byte, b byte) []byte {
	return appendHex(append(dst, `\x`...), rune(b), 2)
}

// appendHex appends r in that many hexadecimal digits.
func appendHex(dst []byte, r rune, digits int) []byte {
	for shift := 4 * (digits - 1); shift >= 0; shift -= 4 {
		dst = append(dst, "0123456789abcdef"[r>>shift&0xf])
	}
	return dst
}
