package repl

import (
	"strings"

	"github.com/rivo/uniseg"
)

// wrap breaks a text at spaces into lines of a width, of which the first begins with first and the others with rest. A word that is
// longer stays whole; spaces inside of a line stay as many as they are.
func wrap(text string, width int, first, rest string) string {
	if width < 20 {
		width = 80
	}
	var b strings.Builder
	b.WriteString(first)
	used, gap, bare := uniseg.StringWidth(first), 0, true
	for i, word := range strings.Split(strings.ReplaceAll(text, "\n", " "), " ") {
		if i > 0 {
			gap++
		}
		if word == "" {
			continue
		}
		n := uniseg.StringWidth(word)
		if !bare && used+gap+n > width {
			b.WriteString("\n" + rest)
			used = uniseg.StringWidth(rest)
		} else {
			b.WriteString(strings.Repeat(" ", gap))
			used += gap
		}
		b.WriteString(word)
		used, gap, bare = used+n, 0, false
	}
	return b.String()
}
