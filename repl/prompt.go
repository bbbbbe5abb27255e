package repl

import (
	"fmt"
	"strings"
	"time"

	"github.com/rivo/uniseg"

	"github.com/credsql/credsql/repl/line"
	"github.com/credsql/credsql/repl/render"
)

// prompts are what stands before a statement's lines: the source, how many of its accounts the last answer had, and how old their oldest
// report is. Later lines say what is open.
func (s *Shell) prompts() line.Prompts {
	name := render.Safe(s.config.Source.Name())
	first := []line.Segment{{Text: name, Style: line.Prompt}}
	width := uniseg.StringWidth(name)
	if st, known := s.config.Source.Status(); known && st.Wanted > 0 {
		coverage := fmt.Sprintf(" %d/%d", st.Read, st.Wanted)
		style := line.Plain
		if st.Read < st.Wanted {
			style = line.Unknown
		}
		first = append(first, line.Segment{Text: coverage, Style: style})
		width += len(coverage)
		if st.Oldest > 0 {
			age := " " + shortAge(st.Oldest)
			first = append(first, line.Segment{Text: age, Style: line.Faint})
			width += len(age)
		}
	}
	first = append(first, line.Segment{Text: "> ", Style: line.Prompt})
	return line.Prompts{First: first, Next: func(open string) line.Segment {
		if open == "" {
			open = "-"
		}
		return line.Segment{Text: strings.Repeat(" ", max(0, width-len(open))) + open + "> ", Style: line.Faint}
	}}
}

// shortAge is an age in one number: 12m, 3h, 5d.
func shortAge(d time.Duration) string {
	switch {
	case d < time.Hour:
		return fmt.Sprintf("%dm", d/time.Minute)
	case d < 48*time.Hour:
		return fmt.Sprintf("%dh", d/time.Hour)
	default:
		return fmt.Sprintf("%dd", d/(24*time.Hour))
	}
}
