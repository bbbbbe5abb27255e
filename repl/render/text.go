package render

import (
	"strings"

	"github.com/rivo/uniseg"
)

// ANSI styles.
const (
	bold  = "\x1b[1m"
	dim   = "\x1b[2m"
	reset = "\x1b[0m"
)

// paint puts a style around s if colours are on.
func paint(on bool, style, s string) string {
	if !on {
		return s
	}
	return style + s + reset
}

// textWidth is the number of terminal cells of s, which must be safe.
func textWidth(s string) int {
	if isPlain(s) {
		return len(s)
	}
	return uniseg.StringWidth(s)
}

// clip shortens s to at most width cells, the last of which is then an ellipsis. It never cuts inside a visible character.
func clip(s string, width int) string {
	if textWidth(s) <= width {
		return s
	}
	if width < 1 {
		return ""
	}
	end, used, state := 0, 0, -1
	for rest := s; len(rest) > 0; {
		var cluster string
		var w int
		cluster, rest, w, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if used+w > width-1 {
			break
		}
		used += w
		end += len(cluster)
	}
	return s[:end] + "…"
}

// padding is the spaces that bring a text of that width to the wanted one.
func padding(have, want int) string {
	return strings.Repeat(" ", max(0, want-have))
}
