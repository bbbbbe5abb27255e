package line

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzDecode: wherever the bytes are cut, the keys are the same; no key is one that a terminal must not send.
func FuzzDecode(f *testing.F) {
	f.Add("a\x1b[A\x1bOH\x1b[1;5C\x1bb日\x1b\x1b[200~paste\rd\x1b[201~\x1b[3~", 3)
	f.Add("\x1b[\x1b[99999999999999999999999999999999999999999999999999999999999999999999999999999999A", 1)
	f.Add("\xf0\x9f\x91\x1b[200~\x1b[201", 2)
	f.Fuzz(func(t *testing.T, text string, cut int) {
		var whole, parts decoder
		want := whole.feed([]byte(text))
		cut = min(max(cut, 0), len(text))
		got := append(parts.feed([]byte(text[:cut])), parts.feed([]byte(text[cut:]))...)
		if !slices.Equal(got, want) || !slices.Equal(whole.pastes, parts.pastes) {
			t.Fatalf("%q cut at %d: %q and %q, want %q and %q", text, cut, got, parts.pastes, want, whole.pastes)
		}
		for _, k := range want {
			if !isKey(k) && k != backspace && k >= ' ' && !isText(k) || k == 0 || k == escape {
				t.Fatalf("%q: key %q", text, k)
			}
		}
		for _, p := range whole.pastes {
			if !utf8.ValidString(p) || strings.ContainsAny(p, "\x1b\r\x00") {
				t.Fatalf("%q: paste %q", text, p)
			}
		}
	})
}
