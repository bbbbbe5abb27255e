package ptytest

import (
	"fmt"
	"testing"
)

// TestScreen: what a terminal would show.
func TestScreen(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ output, want string }{
		{"one\r\ntwo", "one\ntwo\n"},
		{"12345678901", "1234567890\n1\n"},
		{"1234567890\r\nx", "1234567890\nx\n"},
		{"abc\rX\x1b[K", "X\n"},
		{"a\r\nb\r\nc\x1b[2A\rX\x1b[J", "X\n"},
		{"\x1b[1;31mred\x1b[0m", "red\n"},
		{"日本語\x1b[3D|", "日 |語\n"},
		{"1\r\n2\r\n3\r\n4\r\n5", "2\n3\n4\n5\n"},
		{"👩‍👩‍👧x", "👩‍👩‍👧x\n"},
	} {
		s := NewScreen(10, 4)
		_, _ = fmt.Fprint(s, c.output)
		if got := s.String(); got != c.want {
			t.Errorf("%q: %q, want %q", c.output, got, c.want)
		}
	}
}

// TestScreenResize: rows wrap at the new width, and what does not fit scrolls away.
func TestScreenResize(t *testing.T) {
	t.Parallel()
	s := NewScreen(10, 3)
	_, _ = fmt.Fprint(s, "abcdefghij\r\n12\r\n> x")
	s.Resize(4, 4)
	if got, want := s.All(), "abcd\nefgh\nij\n12\n> x\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if row, column := s.Cursor(); row != 3 || column != 3 {
		t.Errorf("cursor at %d, %d", row, column)
	}
}
