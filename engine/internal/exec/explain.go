package exec

import (
	"fmt"
	"time"

	"github.com/credsql/credsql/engine/internal/plan"
)

// Explain is a plan as a tree, with what runs by rows marked. With the profile of a run it tells, for each operator, its rows and
// batches, the time spent in it and below, summed over all workers, and the memory that it held.
func Explain(node plan.Node, profile *Profile) string {
	return plan.Format(node, func(n plan.Node) string {
		note := ""
		if Declined(n) {
			note = " [by rows]"
		}
		if profile == nil {
			return note
		}
		s, ok := profile.Of(n)
		if !ok {
			return note
		}
		note += fmt.Sprintf(" (rows=%d batches=%d time=%s", s.Rows, s.Batches, s.Time.Round(time.Microsecond))
		if s.Memory > 0 {
			note += " memory=" + bytesText(s.Memory)
		}
		return note + ")"
	})
}

// bytesText is a size in the largest unit of which there is at least one.
func bytesText(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	default:
		return fmt.Sprintf("%d B", n)
	}
}
